using Sortition.Core.Problems;
using Sortition.Files.Tables.Model;

namespace Sortition.Files.Tables.Xlsx;

/// <summary>A workbook (<c>.xlsx</c>), whose sheets are tables.</summary>
internal sealed class WorkbookSource(string name, ArraySegment<byte> bytes) : SourceFile(name, bytes)
{
    private const int SheetsNamed = 20;

    private Workbook? _workbook;
    private bool _isUnreadable;

    public override TableReader? Open(TableRole role, string? sheet, Action<ProblemFault> report, CancellationToken cancellationToken)
    {
        if (_isUnreadable)
        {
            // Told when it was opened for the other table.
            return null;
        }

        try
        {
            _workbook ??= OpenWorkbook(cancellationToken);
            return OpenSheet(_workbook, Choose(_workbook, role, sheet), report).WithHeader();
        }
        catch (Exception e) when (WorkbookException.Of(e) is WorkbookException fault)
        {
            report(new ProblemFault(fault.Code, new FaultLocation(Name), null, fault.Found, [fault.Expected]));
            return null;
        }
    }

    public override void Release()
    {
        base.Release();
        _workbook?.Dispose();
        _workbook = null;
    }

    private Workbook OpenWorkbook(CancellationToken cancellationToken)
    {
        _isUnreadable = true;
        Workbook workbook = new(Bytes, cancellationToken);
        _ = workbook.Cells;
        _isUnreadable = false;
        return workbook;
    }

    /// <summary>The sheet asked for, or named for the role, or the only one, or the first whose headings fit; or a fault that names those there are.</summary>
    private SheetEntry Choose(Workbook workbook, TableRole role, string? asked)
    {
        if (asked is not null)
        {
            return Named(workbook.Sheets, [asked]) ?? throw Missing($"a sheet named \"{asked.Trim()}\"");
        }

        // What is hidden is not meant unless it is named.
        IReadOnlyList<SheetEntry> seen = [.. workbook.Sheets.Where(s => !s.IsHidden)];
        return seen.Count == 1
            ? seen[0]
            : Named(seen, role.Names)
                ?? seen.FirstOrDefault(s => Named([s], role.NamesOfOthers) is null && Headings(s) is TableHeader header && role.Fits(header))
                ?? throw Missing(role.Expected);

        WorkbookException Missing(string expected) =>
            new(FaultCode.MissingSheet, string.Join(", ", workbook.Sheets.Take(SheetsNamed).Select(s => s.Name)), expected);
    }

    private static SheetEntry? Named(IReadOnlyList<SheetEntry> sheets, string[] names) =>
        names.SelectMany(name => sheets.Where(s => Heading.Comparer.Equals(Heading.Clean(s.Name), Heading.Clean(name)))).FirstOrDefault();

    private SheetReader OpenSheet(Workbook workbook, SheetEntry sheet, Action<ProblemFault> report) =>
        new($"{Name} [{sheet.Name}]", workbook.Open(sheet), workbook.Cells, report);

    /// <summary>The headings of a sheet that may not be the one wanted, and whose faults do not matter then.</summary>
    private TableHeader? Headings(SheetEntry sheet)
    {
        using TableReader? table = OpenSheet(_workbook!, sheet, _ => { }).WithHeader();
        return table?.Header;
    }
}
