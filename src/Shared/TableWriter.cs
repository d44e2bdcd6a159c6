namespace Sortition.Shared;

/// <summary>Takes a table cell by cell, row by row, the headings first.</summary>
internal abstract class TableWriter : IDisposable
{
    /// <summary>What a last cell of every row says, the headings included; null for none.</summary>
    public string? Mark { get; set; }

    /// <summary>Writes a cell of text, such as an id, even if it looks like a number.</summary>
    public abstract TableWriter Cell(string text);

    /// <summary>Writes a cell that is a number.</summary>
    public abstract TableWriter Cell(double number);

    /// <summary>Ends a row, after the mark if there is one.</summary>
    public void EndRow()
    {
        if (Mark is not null)
        {
            Cell(Mark);
        }

        FinishRow();
    }

    /// <summary>Writes a row of text.</summary>
    public void Row(IEnumerable<string> cells)
    {
        foreach (string cell in cells)
        {
            Cell(cell);
        }

        EndRow();
    }

    public abstract void Dispose();

    /// <summary>Ends a row whose cells are all written.</summary>
    protected abstract void FinishRow();
}
