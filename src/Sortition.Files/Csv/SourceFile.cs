using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;
using Sortition.Core.Problems;

namespace Sortition.Files.Csv;

/// <summary>A text file, wholly read, hashed, and its encoding known.</summary>
internal sealed class SourceFile
{
    private const int Windows1252 = 1252;

    private readonly int _start;
    private readonly Encoding _encoding;
    private ArraySegment<byte> _bytes;

    private SourceFile(string name, ArraySegment<byte> bytes, int start, Encoding encoding)
    {
        Description = new InputFile(name, Convert.ToHexStringLower(SHA256.HashData(bytes.AsSpan())), bytes.Count);
        _bytes = bytes;
        _start = start;
        _encoding = encoding;
    }

    public InputFile Description { get; }

    public string Name => Description.Name;

    /// <summary>Whether it is UTF-8 without a byte order mark, as programs write it, rather than what spreadsheets write.</summary>
    public bool IsPlainUtf8 => _start == 0 && _encoding is UTF8Encoding;

    public static string NameOf(string path) => Path.GetFileName(path) is { Length: > 0 } name ? name : path;

    public TextReader OpenText() =>
        new StreamReader(new MemoryStream(_bytes.Array!, _start, _bytes.Count - _start, writable: false), _encoding, detectEncodingFromByteOrderMarks: false, bufferSize: 1 << 16);

    /// <summary>Lets go of the bytes, once nobody reads them any more: a large pool needs the memory for its people.</summary>
    public void Release() => _bytes = ArraySegment<byte>.Empty;

    /// <summary>Reads a file, or reports why it cannot be read and returns null.</summary>
    public static SourceFile? Read(string path, long maxBytes, Action<ProblemFault> report, CancellationToken cancellationToken)
    {
        string name = NameOf(path);
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
        if (start.StartsWith("PK\x03\x04"u8) || start.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
        {
            return Refuse(FaultCode.UnreadableFile, "a workbook or archive", "a CSV file: open the workbook and save its sheet as \"CSV UTF-8\"");
        }

        (int bom, Encoding? encoding) = DetectEncoding(bytes);
        return encoding is not null
            ? new SourceFile(name, bytes, bom, encoding)
            : Refuse(FaultCode.UnreadableFile, "bytes that are no text", "a text file in UTF-8, UTF-16 with a byte order mark, or Windows-1252");

        SourceFile? Refuse(FaultCode code, string? found, string expected)
        {
            report(new ProblemFault(code, new FaultLocation(name), null, found, [expected]));
            return null;
        }
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
