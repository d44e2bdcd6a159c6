using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files.Storage;
using Sortition.Files.Tables.Model;

namespace Sortition.Files.Tables.Xlsx;

/// <summary>A workbook (<c>.xlsx</c>), whose sheets are tables.</summary>
internal sealed class WorkbookSource(string name, ArraySegment<byte> bytes) : SourceFile(name, bytes)
{
    private Workbook? _workbook;
    private bool _isUnreadable;

    public override TableReader? Open(TableRole role, string? sheet, FaultList faults, CancellationToken cancellationToken) =>
        OpenSheet(role, sheet, faults, cancellationToken)?.WithHeader();

    public override TableReader? OpenWithoutHeader(TableRole role, string? sheet, FaultList faults, CancellationToken cancellationToken) =>
        OpenSheet(role, sheet, faults, cancellationToken);

    private SheetReader? OpenSheet(TableRole role, string? sheet, FaultList faults, CancellationToken cancellationToken)
    {
        if (_isUnreadable)
        {
            // Told when it was opened for the other table.
            return null;
        }

        try
        {
            _workbook ??= OpenWorkbook(cancellationToken);
            return Choose(_workbook, role, sheet, faults) is SheetEntry chosen ? OpenSheet(_workbook, chosen, faults) : null;
        }
        catch (Exception e) when (WorkbookException.From(e) is WorkbookException wrong)
        {
            faults.Add(wrong.Of(Name));
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

    /// <summary>
    /// The sheet asked for, or named for the role, or the only one, or the first whose headings fit; or a fault that names those there are, and null.
    /// </summary>
    private SheetEntry? Choose(Workbook workbook, TableRole role, string? asked, FaultList faults)
    {
        if (asked is not null)
        {
            return Named(workbook.Sheets, [asked]) ?? Missing(FileFaults.MissingSheet, asked.Trim());
        }

        // What is hidden is not meant unless it is named.
        IReadOnlyList<SheetEntry> seen = [.. workbook.Sheets.Where(s => !s.IsHidden)];
        return seen.Count == 1
            ? seen[0]
            : Named(seen, role.Names)
                ?? seen.FirstOrDefault(s => Named([s], role.NamesOfOthers) is null && Headings(s) is TableHeader header && role.Fits(header))
                ?? Missing(role.Missing);

        SheetEntry? Missing(FaultCode code, params IReadOnlyList<object?> values)
        {
            string[] names = [.. workbook.Sheets.Select(s => s.Name)];
            faults.Add(code, new FaultLocation(Name), [names, .. values]);
            return null;
        }
    }

    private static SheetEntry? Named(IReadOnlyList<SheetEntry> sheets, string[] names) =>
        names.SelectMany(name => sheets.Where(s => NameComparer.Instance.Equals(NameComparer.Clean(s.Name), NameComparer.Clean(name)))).FirstOrDefault();

    private SheetReader OpenSheet(Workbook workbook, SheetEntry sheet, FaultList faults) =>
        new($"{Name} [{sheet.Name}]", workbook.Open(sheet), workbook.Cells, faults);

    /// <summary>The headings of a sheet that may not be the one wanted, and whose faults do not matter then.</summary>
    private TableHeader? Headings(SheetEntry sheet)
    {
        using TableReader? table = OpenSheet(_workbook!, sheet, new FaultList()).WithHeader();
        return table?.Header;
    }
}
