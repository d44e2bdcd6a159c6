using System.IO.Compression;

namespace Sortition.Files.Storage;

/// <summary>Opens archives that may be hostile.</summary>
internal static class BoundedZip
{
    public const int MaxFiles = 10_000;

    /// <summary>The archive, or null if it has too many files.</summary>
    /// <exception cref="InvalidDataException">It is none, or damaged.</exception>
    public static ZipArchive? Open(ArraySegment<byte> bytes) =>
        // Each file has this mark in the archive's list of files, which is read as a whole when it is opened.
        bytes.AsSpan().Count("PK\x01\x02"u8) > MaxFiles
            ? null
            : new ZipArchive(new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false), ZipArchiveMode.Read);
}
