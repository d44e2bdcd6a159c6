namespace Sortition.Files.Storage;

/// <summary>A file that was read, so that anyone can check they hold the same one.</summary>
/// <param name="Name">The file's name, without its folder.</param>
/// <param name="Sha256">The SHA-256 of its bytes, 64 hexadecimal digits in lower case.</param>
/// <param name="Bytes">Its size in bytes.</param>
public sealed record InputFile(string Name, string Sha256, long Bytes);
