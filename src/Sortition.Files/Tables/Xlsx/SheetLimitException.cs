namespace Sortition.Files.Tables.Xlsx;

/// <summary>What a sheet of a workbook can hold only so many of.</summary>
public enum SheetLimit
{
    /// <summary>Rows, headings included: 1,048,576.</summary>
    Rows = 0,

    /// <summary>Columns: 16,384.</summary>
    Columns = 1,

    /// <summary>Characters in one cell: 32,767.</summary>
    Characters = 2,
}

/// <summary>A table does not fit into a sheet of a workbook.</summary>
public sealed class SheetLimitException : Exception
{
    internal SheetLimitException(string table, SheetLimit limit, int max, int row, int? characters = null)
        : base(FormattableString.Invariant($"The table \"{table}\" needs more than {max} {limit} of a sheet, in row {row}."))
    {
        Table = table;
        Limit = limit;
        Max = max;
        Row = row;
        Characters = characters;
    }

    /// <summary>The name of the table, and of its sheet.</summary>
    public string Table { get; }

    /// <summary>Which limit it is.</summary>
    public SheetLimit Limit { get; }

    /// <summary>The most that a sheet or a cell can hold.</summary>
    public int Max { get; }

    /// <summary>The first row that does not fit, from 1; the headings are row 1.</summary>
    public int Row { get; }

    /// <summary>Of a text that is too long for a cell, its length; null for the other limits.</summary>
    public int? Characters { get; }
}
