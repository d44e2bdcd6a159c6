using System.Globalization;

namespace Sortition.Files.Mapping;

/// <summary>What the cells of a column look like.</summary>
internal sealed class ColumnProfile
{
    private const int FirstYear = 1890;
    private const int LastYear = 2100;
    private const int OldestAge = 120;
    private const double Most = 0.8;

    /// <summary>So many different cells tell what a column holds.</summary>
    private const int CellsJudged = 2000;

    private readonly int _judged;
    private readonly int _years;
    private readonly int _ages;
    private readonly int _dates;
    private readonly int _emails;

    public ColumnProfile(MappedTable table, int column, IEnumerable<int> rows)
    {
        Column = column;
        Heading = table.Header.Name(column);
        Tally cells = new();
        foreach (int row in rows)
        {
            string cell = table.Cell(row, column);
            if (cell.Length == 0)
            {
                Blank++;
            }
            else
            {
                Filled++;
                cells.Add(cell, row);
            }
        }

        Cells = [.. cells.Cells.Select(c => (c.Cell, c.Rows.Count))];
        foreach ((string cell, int count) in Cells.Take(CellsJudged))
        {
            _judged += count;
            _emails += cell.Contains('@', StringComparison.Ordinal) ? count : 0;
            if (int.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            {
                _years += number is >= FirstYear and <= LastYear ? count : 0;
                _ages += number <= OldestAge ? count : 0;
            }
            else
            {
                _dates += BirthText.TryRead(cell) is { Year: null } ? count : 0;
            }
        }
    }

    public int Column { get; }

    public string Heading { get; }

    /// <summary>How many cells hold something, and how many do not.</summary>
    public int Filled { get; }

    public int Blank { get; }

    /// <summary>The different cells, and in how many rows each stands.</summary>
    public IReadOnlyList<(string Cell, int Rows)> Cells { get; }

    public bool AreMostlyDifferent => Blank == 0 && Cells.Count >= Most * Filled;

    public bool AreYears => IsMost(_years);

    public bool AreDates => IsMost(_dates);

    public bool AreAges => IsMost(_ages) && !AreYears;

    public bool AreEmails => IsMost(_emails);

    private bool IsMost(int count) => _judged > 0 && count >= Most * _judged;
}
