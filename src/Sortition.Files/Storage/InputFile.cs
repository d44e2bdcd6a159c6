namespace Sortition.Files.Storage;

/// <summary>A file that was read, so that anyone can check they hold the same one.</summary>
public sealed class InputFile
{
    internal InputFile(string name, string sha256, long bytes, string? sheet = null) =>
        (Name, Sha256, Bytes, Sheet) = (name, sha256, bytes, sheet);

    /// <summary>The file's name, without its folder.</summary>
    public string Name { get; }

    /// <summary>The SHA-256 of its bytes, 64 hexadecimal digits in lower case.</summary>
    public string Sha256 { get; }

    /// <summary>Its size in bytes.</summary>
    public long Bytes { get; }

    /// <summary>The sheet that was read of a workbook; null for other files.</summary>
    public string? Sheet { get; }

    /// <summary>The same file, of which a sheet was read.</summary>
    internal InputFile WithSheet(string? sheet) => new(Name, Sha256, Bytes, sheet);
}
