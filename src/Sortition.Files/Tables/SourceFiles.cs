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

    private const int MarkupBytes = 1 << 12;

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
            return new WorkbookSource(file.Name, bytes, file.Reading);
        }

        FaultCode? other = start.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]) ? FileFaults.OldWorkbook : OtherMarkup(bytes);
        if (other is null)
        {
            return CsvSource.Of(file.Name, bytes, file.Reading, faults);
        }

        faults.Add(other, new FaultLocation(file.Name));
        return null;
    }

    /// <summary>The fault of a page or a document that some programs save under the name of a spreadsheet.</summary>
    private static FaultCode? OtherMarkup(ReadOnlySpan<byte> bytes)
    {
        // Signs of another encoding are spaces here; the words wanted are ASCII.
        string start = System.Text.Encoding.ASCII.GetString(bytes[..Math.Min(bytes.Length, MarkupBytes)]).Replace("\0", "", StringComparison.Ordinal);
        int tag = start.IndexOf('<', StringComparison.Ordinal);
        if (tag < 0 || start.AsSpan(0, tag).ContainsAnyExcept(" \t\r\n?"))
        {
            return null;
        }

        bool Has(string word) => start.Contains(word, StringComparison.OrdinalIgnoreCase);
        return Has("urn:schemas-microsoft-com:office:spreadsheet") && !Has("<html") ? FileFaults.XmlWorkbook
            : Has("<html") || Has("<table") || Has("<!doctype html") || Has("<body") || Has("<meta") ? FileFaults.WebPage
            : null;
    }
}
