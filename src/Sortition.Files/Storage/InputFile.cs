namespace Sortition.Files.Storage;

/// <summary>A file that was read, so that anyone can check they hold the same one.</summary>
public sealed class InputFile
{
    internal InputFile(string name, string sha256, long bytes) => (Name, Sha256, Bytes) = (name, sha256, bytes);

    /// <summary>The file's name, without its folder.</summary>
    public string Name { get; }

    /// <summary>The SHA-256 of its bytes, 64 hexadecimal digits in lower case.</summary>
    public string Sha256 { get; }

    /// <summary>Its size in bytes.</summary>
    public long Bytes { get; }
}
