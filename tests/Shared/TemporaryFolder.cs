using System.Text;

namespace Sortition.Testing;

/// <summary>A folder for one test, removed with all it holds.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    /// <summary>The folder itself.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("sortition-").FullName;

    /// <summary>The path of something in it, whether it exists or not.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Names of the files and folders in it, or in a folder in it, in ordinal order.</summary>
    public string[] Names(string folder = "") =>
        [.. Directory.EnumerateFileSystemEntries(this[folder]).Select(p => System.IO.Path.GetFileName(p)!).Order(StringComparer.Ordinal)];

    /// <summary>Writes a file in UTF-8, or in another encoding with its byte order mark, and gives its path.</summary>
    public string Write(string name, string text, Encoding? encoding = null) =>
        Write(name, encoding is null ? Encoding.UTF8.GetBytes(text) : [.. encoding.GetPreamble(), .. encoding.GetBytes(text)]);

    /// <summary>Writes a file and gives its path.</summary>
    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(this[name], bytes);
        return this[name];
    }

    /// <summary>The text of a file, with its byte order mark if it has one.</summary>
    public string Read(string name) => Encoding.UTF8.GetString(File.ReadAllBytes(this[name]));

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
