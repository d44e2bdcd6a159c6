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
    public static SourceFile? Read(FileSource file, long maxBytes, Action<ProblemFault> report, CancellationToken cancellationToken)
    {
        ArraySegment<byte> bytes;
        try
        {
            bytes = file.Read(maxBytes, cancellationToken);
        }
        catch (InvalidProblemException e)
        {
            report(e.Faults[0]);
            return null;
        }

        ReadOnlySpan<byte> start = bytes.AsSpan(0, Math.Min(bytes.Count, 8));
        if (start.StartsWith("PK\x03\x04"u8))
        {
            return new WorkbookSource(file.Name, bytes);
        }

        if (start.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
        {
            return Refuse(
                "an old workbook (.xls) or one with a password", "the workbook saved as .xlsx without a password, or its sheet saved as \"CSV UTF-8\"");
        }

        CsvSource? text = CsvSource.Of(file.Name, bytes);
        return text is not null
            ? text
            : Refuse("bytes that are no text", "a text file in UTF-8, UTF-16 with a byte order mark, or Windows-1252, or an .xlsx workbook");

        SourceFile? Refuse(string found, string expected)
        {
            report(new ProblemFault(FaultCode.UnreadableFile, new FaultLocation(file.Name), null, found, [expected]));
            return null;
        }
    }
}
