using Sortition.Core.Problems;
using Sortition.Files.Tables;

namespace Sortition.Files.Xlsx;

/// <summary>A workbook (<c>.xlsx</c>), whose sheets are tables.</summary>
internal sealed class WorkbookSource(string name, ArraySegment<byte> bytes) : SourceFile(name, bytes)
{
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
            SheetEntry chosen = SheetChoice.Of(_workbook, role, sheet, Headings);
            return OpenSheet(_workbook, chosen, report).WithHeader();
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

    private SheetReader OpenSheet(Workbook workbook, SheetEntry sheet, Action<ProblemFault> report) =>
        new($"{Name} [{sheet.Name}]", workbook.Open(sheet), workbook.Cells, report);

    /// <summary>The headings of a sheet that may not be the one wanted, and whose faults do not matter then.</summary>
    private TableHeader? Headings(SheetEntry sheet)
    {
        using TableReader? table = OpenSheet(_workbook!, sheet, _ => { }).WithHeader();
        return table?.Header;
    }
}
