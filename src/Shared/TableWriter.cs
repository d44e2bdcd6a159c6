namespace Sortition.Shared;

/// <summary>Takes a table cell by cell, row by row, the headings first.</summary>
internal abstract class TableWriter : IDisposable
{
    /// <summary>Writes a cell of text, such as an id, even if it looks like a number.</summary>
    public abstract TableWriter Cell(string text);

    /// <summary>Writes a cell that is a number.</summary>
    public abstract TableWriter Cell(double number);

    public abstract void EndRow();

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
}
