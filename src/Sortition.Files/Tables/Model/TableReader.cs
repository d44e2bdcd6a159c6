using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files.Storage;
using Sortition.Shared;

namespace Sortition.Files.Tables.Model;

/// <summary>A table that is read once, from a text file or a sheet: its headings, then its rows one after the other.</summary>
/// <param name="name">What faults call it.</param>
/// <param name="reading">What becomes of rows that are hidden, and of tables of a rehearsal.</param>
/// <param name="faults">Is told every fault of its form.</param>
internal abstract class TableReader(string name, ReadingOptions reading, FaultList faults) : IDisposable
{
    /// <summary>The most characters of a row.</summary>
    protected const int MaxRecordChars = 1 << 20;

    private const int MaxRows = 10_000_000;

    /// <summary>Headings are looked for in so many rows; what stands above them is a title.</summary>
    private const int MostRowsAboveData = 30;

    private const int HiddenRowsTold = 1000;
    private const int MostTrailers = 100;

    private readonly LinkedList<TableRow> _ahead = [];
    private readonly List<int> _hidden = [];
    private TableRow _row = new(0, [], 0);
    private Func<TableRow, FaultCode?>? _trailer;
    private int _sureRows;
    private int _hiddenCount;
    private int _rows;
    private bool _isEndTold;

    /// <summary>What faults call it.</summary>
    public string Name => name;

    public TableHeader Header { get; private set; } = null!;

    /// <summary>The line of the row last read, from 1, as an editor or a spreadsheet program counts it.</summary>
    public int Line => _row.Line;

    /// <summary>How far the text of the row last read goes: the number of columns up to the last that holds something.</summary>
    public int TextEnd => _row.Cells.Length;

    /// <summary>The cells of the row last read, without empty ones at the end.</summary>
    public string[] Cells => _row.Cells;

    /// <summary>Whether the row last read is hidden.</summary>
    public bool IsHidden => _row.IsHidden;

    /// <summary>How its rows are written as CSV.</summary>
    public abstract TextForm Form { get; }

    /// <summary>The name of its sheet; null where its file has none.</summary>
    public virtual string? Sheet => null;

    /// <summary>Whether nothing more can be read, because how it goes on cannot be known.</summary>
    public bool HasEnded { get; protected set; }

    protected FaultList Faults => faults;

    /// <summary>Reads the headings; or reports why there are none, lets go of the table and returns null.</summary>
    public TableReader? WithHeader(TableRole role)
    {
        List<TableRow> rows = [];
        while (rows.Count < MostRowsAboveData && !HasEnded && ReadRecord() is TableRow row)
        {
            rows.Add(row);
        }

        if (rows.Count == 0)
        {
            if (!HasEnded)
            {
                Faults.Add(FileFaults.EmptyFile, new FaultLocation(Name));
            }

            Dispose();
            return null;
        }

        int first = HeaderAmong(rows, role);
        TableRow heading = rows[first];
        bool mayBeTitle = first == 0 && heading.Cells.Count(c => c.Length > 0) == 1 && rows.Exists(r => r.Cells.Length > heading.Cells.Length);
        Header = new TableHeader(Name, heading.Line, heading.Cells, mayBeTitle);
        ReportRehearsal(heading.Line, heading.Cells);
        if (first > 0)
        {
            Faults.Add(FileFaults.TitleLines, new FaultLocation(Name, rows[0].Line), rows[0].Cells.First(c => !string.IsNullOrWhiteSpace(c)), first);
        }

        rows.Skip(first + 1).ToList().ForEach(row => _ahead.AddLast(row));
        return this;
    }

    /// <summary>
    /// Reads the next row that holds something. A row that breaks the format is reported and ends the table: where the next one begins cannot be known.
    /// </summary>
    public bool Read()
    {
        while (NextOfBody() is TableRow row)
        {
            _row = row;
            if (++_rows > MaxRows)
            {
                HasEnded = true;
                Faults.Add(FileFaults.TooManyRows, new FaultLocation(Name, Line), MaxRows);
                break;
            }

            if (!row.IsHidden || Header is null)
            {
                return true;
            }

            _hiddenCount++;
            if (_hidden.Count < HiddenRowsTold)
            {
                _hidden.Add(row.Line);
            }

            if (reading.HiddenRows == HiddenRows.Use)
            {
                return true;
            }
        }

        TellHidden();
        return false;
    }

    /// <summary>Says which rows at the end of the table are none of it, such as totals and remarks; they are told and left out.</summary>
    /// <param name="trailer">How a row that may be one is told; null for a row that is none.</param>
    public void LeaveOutAtEnd(Func<TableRow, FaultCode?> trailer) => _trailer = trailer;

    /// <summary>Reports a row that lacks columns it needs, or has something beyond the last heading.</summary>
    /// <param name="neededFields">The least number of fields that holds all the columns needed.</param>
    /// <returns>Whether the row is sound.</returns>
    public bool CheckFieldCount(int neededFields)
    {
        // Spreadsheets leave empty cells at the end out, or add some.
        int headings = Header.Headings.Length;
        if (_row.FieldCount >= neededFields && TextEnd <= headings)
        {
            return true;
        }

        Faults.Add(WrongFields(headings));
        return false;
    }

    /// <summary>Reports headings of a table that was written in a rehearsal, where none is wanted.</summary>
    public void ReportRehearsal(int line, IEnumerable<string> headings)
    {
        if (!reading.AcceptsRehearsal && Rehearsal.IsMarked(headings))
        {
            Faults.Add(FileFaults.OfRehearsal, new FaultLocation(Name, line, Rehearsal.Mark));
        }
    }

    /// <summary>A cell of the row last read; empty where the row is shorter.</summary>
    public string Cell(int column) => column < Cells.Length ? Cells[column] : "";

    /// <summary>Whether a cell of the row last read is a number of a workbook, which is exact.</summary>
    public bool IsNumber(int column) => _row.Numbers is bool[] numbers && column < numbers.Length && numbers[column];

    public abstract void Dispose();

    /// <summary>Reads the next record that holds something, the headings included; null at the end, or after a fault that has been reported.</summary>
    protected abstract TableRow? ReadRecord();

    /// <summary>The fault of the row last read, which lacks fields or has too many.</summary>
    protected abstract Fault WrongFields(int headings);

    /// <summary>The fields of the row last read, empty ones included.</summary>
    protected int FieldCount => _row.FieldCount;

    private TableRow? Next()
    {
        if (_ahead.First?.Value is TableRow row)
        {
            _ahead.RemoveFirst();
            return row;
        }

        return HasEnded ? null : ReadRecord();
    }

    /// <summary>The next row that is no trailer of the table.</summary>
    private TableRow? NextOfBody()
    {
        TableRow? row = Next();
        if (_sureRows > 0)
        {
            _sureRows--;
            return row;
        }

        List<TableRow> trailers = [];
        while (row is not null && _trailer?.Invoke(row) is not null && trailers.Count < MostTrailers)
        {
            trailers.Add(row);
            row = Next();
        }

        if (row is null)
        {
            trailers.ForEach(t => Faults.Add(_trailer!(t)!, new FaultLocation(Name, t.Line), t.Cells.First(c => !string.IsNullOrWhiteSpace(c))));
            return null;
        }

        if (trailers.Count == 0)
        {
            return row;
        }

        // More rows follow, so these are rows like all others.
        _ahead.AddFirst(row);
        trailers.Skip(1).Reverse().ToList().ForEach(t => _ahead.AddFirst(t));
        _sureRows = trailers.Count - 1;
        return trailers[0];
    }

    /// <summary>The row that holds most of the headings wanted, the first of them; the first of all where none holds any.</summary>
    private int HeaderAmong(List<TableRow> rows, TableRole role)
    {
        int best = 0;
        int most = 0;
        for (int r = 0; r < rows.Count; r++)
        {
            int found = role.Headings(new TableHeader(Name, rows[r].Line, rows[r].Cells, mayBeTitle: false));
            if (found > most)
            {
                (best, most) = (r, found);
            }
        }

        return best;
    }

    private void TellHidden()
    {
        if (_hiddenCount == 0 || _isEndTold)
        {
            return;
        }

        _isEndTold = true;
        FaultCode code = reading.HiddenRows switch
        {
            HiddenRows.Use => FileFaults.HiddenRowsUsed,
            HiddenRows.LeaveOut => FileFaults.HiddenRowsLeftOut,
            _ => FileFaults.RowsHidden,
        };
        Faults.Add(code, new FaultLocation(Name), _hiddenCount, RowRanges.Of(_hidden, _hiddenCount));
    }
}
