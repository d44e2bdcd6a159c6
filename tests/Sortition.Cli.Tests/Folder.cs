using System.Text;

namespace Sortition.Cli.Tests;

/// <summary>A folder for one test, removed with all it holds.</summary>
internal sealed class Folder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("sortition-cli-").FullName;

    public string this[string name] => Path.Combine(_path, name);

    /// <summary>Names of the files and folders in it, or in a folder in it, in order.</summary>
    public string[] Names(string folder = "") => [.. Directory.EnumerateFileSystemEntries(this[folder]).Select(p => Path.GetFileName(p)!).Order(StringComparer.Ordinal)];

    /// <summary>Writes a file and gives its path.</summary>
    public string Write(string name, string text, Encoding? encoding = null)
    {
        File.WriteAllBytes(this[name], [.. (encoding ?? new UTF8Encoding(false)).GetPreamble(), .. (encoding ?? new UTF8Encoding(false)).GetBytes(text)]);
        return this[name];
    }

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
