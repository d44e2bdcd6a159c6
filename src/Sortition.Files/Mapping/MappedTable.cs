using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files.Storage;
using Sortition.Files.Tables.Model;

namespace Sortition.Files.Mapping;

/// <summary>A raw table of which it is known where its headings are, and which rows are people.</summary>
internal sealed class MappedTable
{
    private const int LinesTold = 1000;

    private readonly RawTable _raw;
    private readonly HashSet<string> _notPeople;

    private MappedTable(RawTable raw, TableHeader header, int firstRow, IReadOnlyList<string> notPeople)
    {
        _raw = raw;
        Header = header;
        FirstRow = firstRow;
        _notPeople = new HashSet<string>(notPeople, NameComparer.Instance);
    }

    public TableHeader Header { get; }

    public string Name => _raw.Name;

    /// <summary>The first row that may be a person.</summary>
    public int FirstRow { get; }

    public int RowCount => _raw.Cells.Count;

    /// <summary>The table below its headings; null, and a fault, where the line of the headings holds nothing.</summary>
    public static MappedTable? Of(RawTable raw, TableForm form, FaultList faults)
    {
        int header = 0;
        while (header < raw.Cells.Count && raw.LineOf(header) < (form.HeaderRow ?? 1))
        {
            header++;
        }

        if (header == raw.Cells.Count || (form.HeaderRow is int wanted && raw.LineOf(header) != wanted))
        {
            faults.Add(FileFaults.NoHeadingsThere, new FaultLocation(raw.Name, form.HeaderRow));
            return null;
        }

        int first = header + 1;
        while (first < raw.Cells.Count && raw.LineOf(first) < form.FirstRow)
        {
            first++;
        }

        return new MappedTable(raw, new TableHeader(raw.Name, raw.LineOf(header), raw.Cells[header], mayBeTitle: false), first, form.NotPeople);
    }

    public int LineOf(int row) => _raw.LineOf(row);

    public bool IsHidden(int row) => _raw.IsHidden(row);

    /// <summary>A cell as it is compared and shown: without white space around it, and without characters that nobody sees.</summary>
    public string Cell(int row, int column) => column >= 0 && column < _raw.Cells[row].Length ? NameComparer.Clean(_raw.Cells[row][column]) : "";

    /// <summary>A cell as it stands.</summary>
    public string AsWritten(int row, int column) => column < _raw.Cells[row].Length ? _raw.Cells[row][column] : "";

    /// <summary>How many columns a row reaches.</summary>
    public int Width(int row) => _raw.Cells[row].Length;

    /// <summary>Whether a row is said to be nobody's: it begins with a word such as <c>Total</c>, perhaps with a number behind it.</summary>
    public bool IsNotPeople(int row) =>
        _notPeople.Count > 0 && Array.Find(_raw.Cells[row], cell => !NameComparer.IsBlank(cell)) is string first
        && (_notPeople.Contains(first) || _notPeople.Contains(HeaderSearch.WithoutNumber(NameComparer.Clean(first))));

    /// <summary>The column with a heading; -1, and a fault, where there is none or there are two.</summary>
    public int FindOrReport(string heading, FaultList faults)
    {
        int column = Header.Find(heading);
        if (column < 0)
        {
            Header.ReportMissing(heading, faults);
        }
        else
        {
            Header.ReportRepeated([column], faults);
        }

        return column;
    }

    /// <summary>Where a cell stands, to say what is wrong with it.</summary>
    public FaultLocation At(int row, int column) => new(Name, LineOf(row), column < 0 ? null : Header.Name(column));

    /// <summary>The lines of some rows, in words; the first of them where there are very many.</summary>
    public string[] Lines(IReadOnlyCollection<int> rows) =>
    [
        .. rows.Take(LinesTold).Select(row => FormattableString.Invariant($"{LineOf(row)}")), .. rows.Count > LinesTold ? (string[])["…"] : [],
    ];
}
