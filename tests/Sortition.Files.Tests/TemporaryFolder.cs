using System.Text;

namespace Sortition.Files.Tests;

/// <summary>A folder of its own for one test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("sortition-");

    public string FullName => _directory.FullName;

    public string PathOf(string name) => Path.Combine(FullName, name);

    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(PathOf(name), bytes);
        return PathOf(name);
    }

    public string Read(string name) => Encoding.UTF8.GetString(File.ReadAllBytes(PathOf(name)));

    /// <summary>The names of everything in the folder, in ordinal order.</summary>
    public string[] Names() => [.. _directory.EnumerateFileSystemInfos().Select(f => f.Name).Order(StringComparer.Ordinal)];

    public void Dispose() => _directory.Delete(recursive: true);
}
