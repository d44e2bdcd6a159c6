namespace Sortition.Files.Tables.Csv;

/// <summary>Finds what separates the cells of a text file.</summary>
internal sealed class Delimiter
{
    /// <summary>Rows that are looked at: enough to outvote titles and remarks.</summary>
    private const int MostRows = 1000;

    private const int MostChars = 1 << 20;

    /// <summary>In the order in which ties are broken.</summary>
    private static readonly char[] Candidates = [';', '\t', ','];

    /// <summary>For each candidate, how many rows have each number of fields above one.</summary>
    private readonly Dictionary<int, int>[] _rowsOf = [.. Candidates.Select(_ => new Dictionary<int, int>())];

    private readonly int[] _found = new int[Candidates.Length];
    private bool _quoted;
    private bool _isAtStart = true;
    private bool _isBlank = true;
    private int _rows;

    /// <summary>The candidate that gives most rows the same number of fields, two or more; the comma where none does.</summary>
    public static char Find(TextReader text)
    {
        Delimiter delimiter = new();
        int c = 0;
        for (int read = 0; read < MostChars && c >= 0 && delimiter._rows < MostRows; read++)
        {
            c = text.Read();
            delimiter.Take(c);
        }

        int[] alike = [.. delimiter._rowsOf.Select(rows => rows.Count == 0 ? 0 : rows.Values.Max())];
        return alike.Max() == 0 ? ',' : Candidates[Array.IndexOf(alike, alike.Max())];
    }

    private void Take(int c)
    {
        if (c == '"' && (_quoted || _isAtStart))
        {
            // Quoted text stands apart, whatever separates the cells. A quote that is doubled closes it and opens it again.
            _quoted = !_quoted;
            _isAtStart = !_quoted;
            _isBlank = false;
        }
        else if (c < 0 || (!_quoted && c is '\r' or '\n'))
        {
            EndRow();
        }
        else if (!_quoted && Array.IndexOf(Candidates, (char)c) is >= 0 and int candidate)
        {
            _found[candidate]++;
            _isAtStart = true;
        }
        else
        {
            _isAtStart = false;
            _isBlank &= char.IsWhiteSpace((char)c);
        }
    }

    private void EndRow()
    {
        for (int d = 0; d < Candidates.Length && !_isBlank; d++)
        {
            if (_found[d] > 0)
            {
                _rowsOf[d][_found[d]] = _rowsOf[d].GetValueOrDefault(_found[d]) + 1;
            }
        }

        _rows += _isBlank ? 0 : 1;
        Array.Clear(_found);
        _quoted = false;
        _isAtStart = true;
        _isBlank = true;
    }
}
