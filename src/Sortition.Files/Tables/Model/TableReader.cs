using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files.Storage;

namespace Sortition.Files.Tables.Model;

/// <summary>A table that is read once, from a text file or a sheet: its headings, then its rows one after the other.</summary>
/// <param name="name">What faults call it.</param>
/// <param name="faults">Is told every fault of its form.</param>
internal abstract class TableReader(string name, FaultList faults) : IDisposable
{
    /// <summary>The most characters of a row.</summary>
    protected const int MaxRecordChars = 1 << 20;

    private const int MaxRows = 10_000_000;

    private int _rows;

    /// <summary>What faults call it.</summary>
    public string Name => name;

    public TableHeader Header { get; private set; } = null!;

    /// <summary>The line of the row last read, from 1, as an editor or a spreadsheet program counts it.</summary>
    public int Line { get; protected set; }

    /// <summary>How many fields the row last read has, empty ones included.</summary>
    public int FieldCount { get; protected set; }

    /// <summary>How far the text of the row last read goes: the number of columns up to the last that holds something.</summary>
    public int TextEnd { get; protected set; }

    /// <summary>The cells of the row last read, without empty ones at the end; a row that goes beyond the last heading may be cut off there.</summary>
    public string[] Cells { get; protected set; } = [];

    /// <summary>What separates the cells, here and where its rows are written as CSV.</summary>
    public abstract char Delimiter { get; }

    /// <summary>Whether it came from a program that needs a byte order mark to know UTF-8.</summary>
    public abstract bool MarkEncoding { get; }

    /// <summary>Whether nothing more is read, because how it goes on cannot be known.</summary>
    protected bool HasEnded { get; set; }

    /// <summary>The fault of a row that lacks fields or has too many.</summary>
    protected abstract FaultCode WrongFields { get; }

    protected FaultList Faults => faults;

    /// <summary>Reads the headings; or reports why there are none, lets go of the table and returns null.</summary>
    public TableReader? WithHeader()
    {
        if (ReadRecord())
        {
            Header = new TableHeader(Name, Line, Cells);
            return this;
        }

        if (!HasEnded)
        {
            Faults.Add(FileFaults.EmptyFile, new FaultLocation(Name));
        }

        Dispose();
        return null;
    }

    /// <summary>
    /// Reads the next row that holds something. A row that breaks the format is reported and ends the table: where the next one begins cannot be known.
    /// </summary>
    public bool Read()
    {
        if (HasEnded || !ReadRecord())
        {
            return false;
        }

        if (++_rows <= MaxRows)
        {
            return true;
        }

        HasEnded = true;
        Faults.Add(FileFaults.TooManyRows, new FaultLocation(Name, Line), MaxRows);
        return false;
    }

    /// <summary>Reports a row that lacks columns it needs, or has something beyond the last heading.</summary>
    /// <param name="neededFields">The least number of fields that holds all the columns needed.</param>
    /// <returns>Whether the row is sound.</returns>
    public bool CheckFieldCount(int neededFields)
    {
        // Spreadsheets leave empty cells at the end out, or add some.
        int headings = Header.Headings.Length;
        if (FieldCount >= neededFields && TextEnd <= headings)
        {
            return true;
        }

        Faults.Add(WrongFields, new FaultLocation(Name, Line), FieldCount, headings);
        return false;
    }

    /// <summary>A cell of the row last read; empty where the row is shorter.</summary>
    public string Cell(int column) => column < Cells.Length ? Cells[column] : "";

    public abstract void Dispose();

    /// <summary>Reads the next record that holds something, the headings included; false at the end, or after a fault that has been reported.</summary>
    protected abstract bool ReadRecord();
}
