using System.Buffers;
using System.Globalization;
using System.Text;

namespace Sortition.Shared;

/// <summary>
/// Writes rows as RFC 4180 has them, in UTF-8, with neutralised formulas. Lines end with a line feed everywhere, so that one outcome is one sequence of bytes.
/// </summary>
internal sealed class CsvWriter : TableWriter
{
    // Any delimiter is quoted, not only the one in use: whoever guesses the delimiter guesses right.
    private static readonly SearchValues<char> Special = SearchValues.Create(",;\t\"\r\n");

    private readonly StreamWriter _writer;
    private readonly char _delimiter;
    private bool _rowHasCells;

    public CsvWriter(Stream stream, char delimiter = ',', bool byteOrderMark = false)
    {
        _writer = new StreamWriter(stream, new UTF8Encoding(byteOrderMark), bufferSize: 1 << 16);
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

    public override void EndRow()
    {
        _writer.Write('\n');
        _rowHasCells = false;
    }

    public override void Dispose() => _writer.Dispose();
}
