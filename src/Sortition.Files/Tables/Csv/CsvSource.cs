using System.Text.RegularExpressions;
using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files.Storage;
using Sortition.Files.Tables.Model;

namespace Sortition.Files.Tables.Csv;

/// <summary>A text file whose encoding is known. It holds one table.</summary>
internal sealed partial class CsvSource : SourceFile
{
    private const int LongestSeparatorLine = 40;

    private readonly TextEncoding _encoding;

    /// <summary>The length of a first line that is no part of the table, but names the separator.</summary>
    private readonly int _separatorLine;

    private CsvSource(string name, ArraySegment<byte> bytes, TextEncoding encoding, ReadingOptions reading)
        : base(name, bytes, reading)
    {
        _encoding = encoding;
        if (SeparatorLine().Match(Beginning()) is { Success: true } match)
        {
            _separatorLine = match.Length;
            Separator = match.Groups["separator"].ValueSpan[0];
        }
    }

    /// <summary>What a line <c>sep=;</c> above the table says; null where there is none.</summary>
    public char? Separator { get; }

    /// <summary>The line on which the table begins, from 1.</summary>
    public int FirstLine => _separatorLine > 0 ? 2 : 1;

    /// <summary>The encoding to write tables in that go with this one.</summary>
    public System.Text.Encoding EncodingToWrite => _encoding.ToWrite();

    /// <summary>The file, or null if its bytes are no text, or it is not certain which.</summary>
    public static CsvSource? Of(string name, ArraySegment<byte> bytes, ReadingOptions reading, FaultList faults) =>
        TextEncoding.Of(name, bytes, reading.Encoding, faults) is TextEncoding encoding ? new CsvSource(name, bytes, encoding, reading) : null;

    public TextReader OpenText()
    {
        TextReader text = OpenWhole();
        _ = text.ReadBlock(new char[_separatorLine]);
        return text;
    }

    public override TableReader? OpenWithoutHeader(TableRole role, string? sheet, FaultList faults, CancellationToken cancellationToken)
    {
        if (sheet is null)
        {
            return new CsvFile(this, faults);
        }

        faults.Add(FileFaults.SheetOfText, new FaultLocation(Name), sheet);
        return null;
    }

    private StreamReader OpenWhole()
    {
        MemoryStream text = new(Bytes.Array!, Bytes.Offset + _encoding.Start, Bytes.Count - _encoding.Start, writable: false);
        return new StreamReader(text, _encoding.Encoding, detectEncodingFromByteOrderMarks: false, bufferSize: 1 << 16);
    }

    private string Beginning()
    {
        using StreamReader text = OpenWhole();
        char[] start = new char[LongestSeparatorLine];
        return new string(start, 0, text.ReadBlock(start));
    }

    // Programs that save the file again add separators behind it.
    [GeneratedRegex("^\"?sep=(?<separator>[^\\w\\s\"]|\\t)\"?[,;\\t]*(\\r\\n|\\n|\\r)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SeparatorLine();
}
