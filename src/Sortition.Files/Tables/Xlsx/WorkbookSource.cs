using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files.Storage;
using Sortition.Files.Tables.Model;

namespace Sortition.Files.Tables.Xlsx;

/// <summary>A workbook (<c>.xlsx</c>), whose sheets are tables.</summary>
internal sealed class WorkbookSource(string name, ArraySegment<byte> bytes, ReadingOptions reading) : SourceFile(name, bytes, reading)
{
    private Workbook? _workbook;
    private bool _isUnreadable;

    public override TableReader? OpenWithoutHeader(TableRole role, string? sheet, FaultList faults, CancellationToken cancellationToken)
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
        if (seen.Count == 1)
        {
            return seen[0];
        }

        SheetEntry? named = Named(seen, role.Names);
        SheetEntry[] fitting = [.. seen.Where(s => Named([s], role.NamesOfOthers) is null && Fits(s, role))];
        SheetEntry? chosen = named ?? fitting.FirstOrDefault();
        string[] others = [.. fitting.Where(s => s != chosen).Select(s => s.Name)];
        if (chosen is not null && others.Length > 0)
        {
            faults.Add(FileFaults.SeveralSheets, new FaultLocation(Name), chosen.Name, others);
        }

        return chosen ?? Missing(role.Missing);

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
        new(Name, sheet.Name, workbook.Open(sheet), workbook.Merged(sheet), workbook.Cells, Reading, faults);

    private SheetReader? Beginning(SheetEntry sheet)
    {
        try
        {
            return new SheetReader(Name, sheet.Name, _workbook!.OpenBeginning(sheet), merged: null, _workbook.Cells, Reading, new FaultList());
        }
        catch (Exception e) when (WorkbookException.From(e) is not null)
        {
            // Told if it is read.
            return null;
        }
    }

    /// <summary>Whether a sheet may be the one wanted; its faults do not matter then.</summary>
    private bool Fits(SheetEntry sheet, TableRole role)
    {
        using TableReader? table = Beginning(sheet)?.WithHeader(role);
        return table is not null && role.Fits(table.Header) && (role.Unlike is null || !Fits(sheet, role.Unlike));
    }
}
