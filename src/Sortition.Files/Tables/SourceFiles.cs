using Sortition.Core.Problems;
using Sortition.Files.Tables.Csv;
using Sortition.Files.Tables.Model;
using Sortition.Files.Tables.Xlsx;

namespace Sortition.Files.Tables;

/// <summary>Reads files that hold tables and finds out of which form they are.</summary>
internal static class SourceFiles
{
    public const long DefaultMaxBytes = 512L << 20;

    /// <summary>Reads a file, or reports why it cannot be read and returns null.</summary>
    public static SourceFile? Read(string path, long maxBytes, Action<ProblemFault> report, CancellationToken cancellationToken)
    {
        string name = SourceFile.NameOf(path);
        ArraySegment<byte>? content;
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            content = BoundedRead.All(stream, maxBytes, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return Refuse(FaultCode.UnreadableFile, null, "a file that exists and may be read");
        }

        if (content is not ArraySegment<byte> bytes)
        {
            return Refuse(FaultCode.FileTooLarge, null, FormattableString.Invariant($"at most {maxBytes} bytes"));
        }

        ReadOnlySpan<byte> start = bytes.AsSpan(0, Math.Min(bytes.Count, 8));
        if (start.StartsWith("PK\x03\x04"u8))
        {
            return new WorkbookSource(name, bytes);
        }

        if (start.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
        {
            return Refuse(FaultCode.UnreadableFile, "an old workbook (.xls) or one with a password", "the workbook saved as .xlsx without a password, or its sheet saved as \"CSV UTF-8\"");
        }

        CsvSource? text = CsvSource.Of(name, bytes);
        return text is not null
            ? text
            : Refuse(FaultCode.UnreadableFile, "bytes that are no text", "a text file in UTF-8, UTF-16 with a byte order mark, or Windows-1252, or an .xlsx workbook");

        SourceFile? Refuse(FaultCode code, string? found, string expected)
        {
            report(new ProblemFault(code, new FaultLocation(name), null, found, [expected]));
            return null;
        }
    }
}
