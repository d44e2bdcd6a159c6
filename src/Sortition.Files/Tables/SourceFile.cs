using System.Security.Cryptography;
using Sortition.Core.Problems;
using Sortition.Files.Csv;
using Sortition.Files.Xlsx;

namespace Sortition.Files.Tables;

/// <summary>A file that holds tables, wholly read and hashed: text with one table, or a workbook with some.</summary>
internal abstract class SourceFile
{
    protected SourceFile(string name, ArraySegment<byte> bytes)
    {
        Description = new InputFile(name, Convert.ToHexStringLower(SHA256.HashData(bytes.AsSpan())), bytes.Count);
        Bytes = bytes;
    }

    public InputFile Description { get; }

    public string Name => Description.Name;

    protected ArraySegment<byte> Bytes { get; private set; }

    public static string NameOf(string path) => Path.GetFileName(path) is { Length: > 0 } name ? name : path;

    /// <summary>Opens a table and reads its headings, or reports why not and returns null.</summary>
    /// <param name="role">What the table is wanted for.</param>
    /// <param name="sheet">The name of its sheet; null to find it by its role.</param>
    /// <param name="report">Is told every fault, now and while rows are read.</param>
    /// <param name="cancellationToken">Stops the reading, now and later.</param>
    public abstract TableReader? Open(TableRole role, string? sheet, Action<ProblemFault> report, CancellationToken cancellationToken);

    /// <summary>Lets go of the bytes, once nobody reads them any more: a large pool needs the memory for its people.</summary>
    public virtual void Release() => Bytes = ArraySegment<byte>.Empty;

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
