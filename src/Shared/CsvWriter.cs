using System.Buffers;
using System.Globalization;
using System.Text;

namespace Sortition.Shared;

/// <summary>
/// Writes rows as RFC 4180 has them, with neutralised formulas. Lines end with a line feed everywhere, so that one outcome is one sequence of bytes.
/// </summary>
internal sealed class CsvWriter : TableWriter
{
    // Any delimiter is quoted, not only the one in use: whoever guesses the delimiter guesses right.
    private static readonly SearchValues<char> Special = SearchValues.Create(",;\t\"\r\n");

    private readonly StreamWriter _writer;
    private readonly char _delimiter;
    private bool _rowHasCells;

    /// <param name="stream">Where to; closed with the writer.</param>
    /// <param name="delimiter">What separates the cells.</param>
    /// <param name="encoding">The encoding, which writes its byte order mark if it has one; null for UTF-8 without one.</param>
    public CsvWriter(Stream stream, char delimiter = ',', Encoding? encoding = null)
    {
        _writer = new StreamWriter(stream, encoding ?? new UTF8Encoding(false), bufferSize: 1 << 16);
        _delimiter = delimiter;
    }

    public override TableWriter Cell(string text)
    {
        if (_rowHasCells)
        {
            _writer.Write(_delimiter);
        }

        _rowHasCells = true;
        string cell = FormulaGuard.Neutralise(text);
        if (!cell.AsSpan().ContainsAny(Special))
        {
            _writer.Write(cell);
            return this;
        }

        _writer.Write('"');
        _writer.Write(cell.Replace("\"", "\"\"", StringComparison.Ordinal));
        _writer.Write('"');
        return this;
    }

    public override TableWriter Cell(double number) => Cell(number.ToString("R", CultureInfo.InvariantCulture));

    public override void Dispose() => _writer.Dispose();

    protected override void FinishRow()
    {
        _writer.Write('\n');
        _rowHasCells = false;
    }
}
