namespace Sortition.Files.Tables.Model;

/// <summary>Keeps one string for equal cells of a column, as long as the column has few different ones: a million people share some dozen ages.</summary>
internal sealed class CellPool
{
    private const int MaxDistinct = 2048;

    private readonly List<Column> _columns = [];

    public string Get(int column, ReadOnlySpan<char> cell)
    {
        if (cell.IsEmpty)
        {
            return "";
        }

        while (_columns.Count <= column)
        {
            _columns.Add(new Column());
        }

        return _columns[column].Get(cell);
    }

    private sealed class Column
    {
        private HashSet<string>? _seen = new(StringComparer.Ordinal);

        public string Get(ReadOnlySpan<char> cell)
        {
            if (_seen is null)
            {
                return cell.ToString();
            }

            HashSet<string>.AlternateLookup<ReadOnlySpan<char>> seen = _seen.GetAlternateLookup<ReadOnlySpan<char>>();
            if (seen.TryGetValue(cell, out string? known))
            {
                return known;
            }

            string text = cell.ToString();
            if (_seen.Count < MaxDistinct)
            {
                _seen.Add(text);
            }
            else
            {
                // Ids and addresses: nothing to share.
                _seen = null;
            }

            return text;
        }
    }
}
