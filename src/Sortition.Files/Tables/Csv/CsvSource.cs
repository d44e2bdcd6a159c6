using System.Text;
using System.Text.Unicode;
using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files.Storage;
using Sortition.Files.Tables.Model;

namespace Sortition.Files.Tables.Csv;

/// <summary>A text file whose encoding is known. It holds one table.</summary>
internal sealed class CsvSource : SourceFile
{
    private const int Windows1252 = 1252;

    private readonly int _start;
    private readonly Encoding _encoding;

    private CsvSource(string name, ArraySegment<byte> bytes, int start, Encoding encoding)
        : base(name, bytes)
    {
        _start = start;
        _encoding = encoding;
    }

    /// <summary>Whether it is UTF-8 without a byte order mark, as programs write it, rather than what spreadsheets write.</summary>
    public bool IsPlainUtf8 => _start == 0 && _encoding is UTF8Encoding;

    /// <summary>The file, or null if its bytes are no text.</summary>
    public static CsvSource? Of(string name, ArraySegment<byte> bytes)
    {
        (int bom, Encoding? encoding) = DetectEncoding(bytes);
        return encoding is null ? null : new CsvSource(name, bytes, bom, encoding);
    }

    public TextReader OpenText()
    {
        MemoryStream text = new(Bytes.Array!, _start, Bytes.Count - _start, writable: false);
        return new StreamReader(text, _encoding, detectEncodingFromByteOrderMarks: false, bufferSize: 1 << 16);
    }

    public override TableReader? Open(TableRole role, string? sheet, FaultList faults, CancellationToken cancellationToken) =>
        OpenWithoutHeader(role, sheet, faults, cancellationToken)?.WithHeader();

    public override TableReader? OpenWithoutHeader(TableRole role, string? sheet, FaultList faults, CancellationToken cancellationToken)
    {
        if (sheet is null)
        {
            return new CsvFile(this, faults);
        }

        faults.Add(FileFaults.SheetOfText, new FaultLocation(Name), sheet);
        return null;
    }

    private static (int Bom, Encoding? Encoding) DetectEncoding(ReadOnlySpan<byte> all)
    {
        if (all.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || all.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            UnicodeEncoding utf16 = new(bigEndian: all[0] == 0xFE, byteOrderMark: false, throwOnInvalidBytes: true);
            return (2, IsText(utf16, all[2..]) ? utf16 : null);
        }

        if (all.Contains((byte)0))
        {
            return (0, null);
        }

        bool marked = all.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]);
        if (Utf8.IsValid(all))
        {
            return (marked ? 3 : 0, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
        }

        return (0, marked ? null : CodePagesEncodingProvider.Instance.GetEncoding(Windows1252));
    }

    private static bool IsText(UnicodeEncoding encoding, ReadOnlySpan<byte> bytes)
    {
        try
        {
            encoding.GetCharCount(bytes);
            return bytes.Length % 2 == 0;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
