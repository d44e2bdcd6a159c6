using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files.Storage;
using Sortition.Files.Tables.Csv;
using Sortition.Files.Tables.Model;
using Sortition.Files.Tables.Xlsx;

namespace Sortition.Files.Tables;

/// <summary>Reads files that hold tables and finds out of which form they are.</summary>
internal static class SourceFiles
{
    public const long DefaultMaxBytes = 512L << 20;

    /// <summary>Reads a file, or reports why it cannot be read and returns null.</summary>
    public static SourceFile? Read(FileSource file, long maxBytes, FaultList faults, CancellationToken cancellationToken)
    {
        ArraySegment<byte> bytes;
        try
        {
            bytes = file.Read(maxBytes, cancellationToken);
        }
        catch (MalformedInputException e)
        {
            faults.AddAll(e);
            return null;
        }

        ReadOnlySpan<byte> start = bytes.AsSpan(0, Math.Min(bytes.Count, 8));
        if (start.StartsWith("PK\x03\x04"u8))
        {
            return new WorkbookSource(file.Name, bytes);
        }

        if (start.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
        {
            faults.Add(FileFaults.OldWorkbook, new FaultLocation(file.Name));
            return null;
        }

        CsvSource? text = CsvSource.Of(file.Name, bytes);
        if (text is null)
        {
            faults.Add(FileFaults.NoText, new FaultLocation(file.Name));
        }

        return text;
    }
}
