namespace Sortition.Core.Engine.Numerics;

/// <summary>The columns of a matrix of zeros and ones with few rows: adds up a vector over the rows of every column.</summary>
/// <remarks>
/// A column has a row for each feature and few features have many values. So the rows are cut into blocks in which few different patterns of ones occur: the
/// vector is summed once for each pattern of a block, and a column's sum is that of its patterns. That takes two or three additions a column instead of one for
/// each feature.
/// </remarks>
internal sealed class ColumnSums
{
    private const int LeastPatterns = 16;
    private const int ColumnsPerPattern = 8;

    private readonly int[][] _rowsOf;
    private readonly List<Block> _blocks = [];
    private readonly List<(int Row, int[] Columns)> _added = [];
    private int _rows;

    /// <param name="rowsOf">The rows of each column, ascending.</param>
    /// <param name="rows">How many rows there are.</param>
    public ColumnSums(int[][] rowsOf, int rows)
    {
        _rowsOf = [.. rowsOf];
        _rows = rows;
        int most = Math.Max(LeastPatterns, rowsOf.Length / ColumnsPerPattern);
        int[] next = new int[rowsOf.Length];
        for (int row = 0; row < rows;)
        {
            row = AddBlock(row, most, next);
        }
    }

    /// <summary>The rows of a column, ascending.</summary>
    public ReadOnlySpan<int> RowsOf(int column) => _rowsOf[column];

    /// <summary>Adds a row over some columns.</summary>
    public void AddRow(ReadOnlySpan<int> columns)
    {
        foreach (int j in columns)
        {
            _rowsOf[j] = [.. _rowsOf[j], _rows];
        }

        _added.Add((_rows++, columns.ToArray()));
    }

    /// <summary>sums[j] = Σ vector[r] over the rows r of column j, for all columns.</summary>
    public void Sum(ReadOnlySpan<double> vector, Span<double> sums)
    {
        bool isFirst = true;
        foreach (Block block in _blocks)
        {
            ReadOnlySpan<double> table = block.Table(vector);
            ReadOnlySpan<int> patternOf = block.PatternOf;
            for (int j = 0; j < patternOf.Length; j++)
            {
                sums[j] = isFirst ? table[patternOf[j]] : sums[j] + table[patternOf[j]];
            }

            isFirst = false;
        }

        SumAdded(vector, sums);
    }

    /// <summary>The same for some columns; the sums of others are left undefined.</summary>
    public void Sum(ReadOnlySpan<double> vector, Span<double> sums, ReadOnlySpan<int> columns)
    {
        bool isFirst = true;
        foreach (Block block in _blocks)
        {
            ReadOnlySpan<double> table = block.Table(vector);
            ReadOnlySpan<int> patternOf = block.PatternOf;
            if (isFirst)
            {
                foreach (int j in columns)
                {
                    sums[j] = table[patternOf[j]];
                }
            }
            else
            {
                foreach (int j in columns)
                {
                    sums[j] += table[patternOf[j]];
                }
            }

            isFirst = false;
        }

        SumAdded(vector, sums);
    }

    private void SumAdded(ReadOnlySpan<double> vector, Span<double> sums)
    {
        foreach ((int row, int[] columns) in _added)
        {
            foreach (int j in columns)
            {
                sums[j] += vector[row];
            }
        }
    }

    /// <summary>Makes a block of as many rows from a first one on as have few patterns; returns the row after the last.</summary>
    private int AddBlock(int first, int most, int[] next)
    {
        int[] patternOf = new int[_rowsOf.Length];
        List<int[]> patterns = [[]];
        int row = first;
        for (; row < _rows; row++)
        {
            // A pattern splits where some of its columns have the new row and others have not.
            Dictionary<(int Pattern, bool Has), int> indexOf = [];
            List<int[]> split = [];
            int[] splitOf = new int[patternOf.Length];
            for (int j = 0; j < patternOf.Length; j++)
            {
                bool has = next[j] < _rowsOf[j].Length && _rowsOf[j][next[j]] == row;
                if (!indexOf.TryGetValue((patternOf[j], has), out int index))
                {
                    indexOf[(patternOf[j], has)] = index = split.Count;
                    split.Add(has ? [.. patterns[patternOf[j]], row] : patterns[patternOf[j]]);
                }

                splitOf[j] = index;
            }

            if (split.Count > most && row > first)
            {
                break;
            }

            (patterns, patternOf) = (split, splitOf);
            for (int j = 0; j < next.Length; j++)
            {
                next[j] += next[j] < _rowsOf[j].Length && _rowsOf[j][next[j]] == row ? 1 : 0;
            }
        }

        _blocks.Add(new Block(patterns, patternOf));
        return row;
    }

    private sealed class Block(List<int[]> patterns, int[] patternOf)
    {
        private readonly int[] _ends = [.. patterns.Select((_, p) => patterns.Take(p + 1).Sum(x => x.Length))];
        private readonly int[] _rows = [.. patterns.SelectMany(p => p)];
        private readonly double[] _table = new double[patterns.Count];

        public int[] PatternOf => patternOf;

        public ReadOnlySpan<double> Table(ReadOnlySpan<double> vector)
        {
            int i = 0;
            for (int p = 0; p < _ends.Length; p++)
            {
                double sum = 0;
                for (; i < _ends[p]; i++)
                {
                    sum += vector[_rows[i]];
                }

                _table[p] = sum;
            }

            return _table;
        }
    }
}
