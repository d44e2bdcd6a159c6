using System.Text;
using Sortition.Files.Storage;

namespace Sortition.Files.Tables.Xlsx;

/// <summary>
/// The text of an XML document, of which no reader need hold more than a piece: it is counted, and so is the distance between two opening brackets.
/// </summary>
/// <remarks>Tags and attributes cannot contain <c>&lt;</c>. So bounding that distance bounds what an XML reader must keep to understand one tag.</remarks>
internal sealed class MarkupReader(Stream stream, InflationLimit limit, CancellationToken cancellationToken) : TextReader
{
    private const int MaxDistance = 1 << 20;
    private const int Block = 1 << 15;

    private readonly StreamReader _text =
        new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true, Block);
    private int _distance;

    public override int Read(char[] buffer, int index, int count)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int read = _text.Read(buffer, index, Math.Min(count, Block));
        limit.Take(read);
        ReadOnlySpan<char> piece = buffer.AsSpan(index, read);
        int first = piece.IndexOf('<');
        _distance += first < 0 ? read : first;
        if (_distance > MaxDistance)
        {
            throw new WorkbookException(FileFaults.XmlPieceTooLong, MaxDistance);
        }

        if (first >= 0)
        {
            // The distances inside a piece are shorter than the piece.
            _distance = read - 1 - piece.LastIndexOf('<');
        }

        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _text.Dispose();
        }

        base.Dispose(disposing);
    }
}
