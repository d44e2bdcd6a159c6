using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files.Storage;
using Sortition.Files.Tables.Model;
using Sortition.Shared;

namespace Sortition.Files.Tables;

/// <summary>A table as it stands in its file, whatever its columns mean.</summary>
/// <remarks>May hold personal data. Immutable and safe to read from any thread.</remarks>
public sealed class LoadedTable
{
    private readonly string _name;
    private readonly TableHeader _header;
    private readonly List<string[]> _rows = [];
    private readonly List<int> _lines = [];

    private LoadedTable(TableReader table)
    {
        _name = table.Name;
        _header = table.Header;
    }

    /// <summary>The rows that hold something, as written: at most one cell for each heading; empty cells at the end are left out.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Rows => _rows;

    /// <summary>Whether it was written in a rehearsal.</summary>
    public bool IsOfRehearsal => Rehearsal.IsMarked(_header.Headings);

    /// <summary>A cell.</summary>
    /// <param name="row">Index into <see cref="Rows"/>.</param>
    /// <param name="heading">The heading of its column, without regard to case.</param>
    /// <returns>The cell, trimmed; empty where the row is shorter.</returns>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public string Cell(int row, string heading)
    {
        int column = _header.Find(heading);
        return column < 0 ? throw new ArgumentException("There is no column with this heading.", nameof(heading))
            : column < _rows[row].Length ? _rows[row][column].Trim()
            : "";
    }

    /// <summary>Where a cell stands, to say what is wrong with it.</summary>
    /// <param name="row">Index into <see cref="Rows"/>.</param>
    /// <param name="heading">The heading of its column.</param>
    public FaultLocation LocationOf(int row, string heading) => new(_name, _lines[row], heading);

    /// <summary>Reads a table, or throws what is wrong with its form.</summary>
    internal static LoadedTable Load(FileSource file, IReadOnlyList<string> columns, string? sheet, CancellationToken cancellationToken)
    {
        int Found(TableHeader header) => columns.Count(column => header.Find(column) >= 0);
        TableRole role = new([], [], header => Found(header) == columns.Count, FileFaults.NoSheetWithColumns, Found);
        FaultList faults = new();
        SourceFile? source = SourceFiles.Read(file, SourceFiles.DefaultMaxBytes, faults, cancellationToken);
        using TableReader table = source?.Open(role, sheet, faults, cancellationToken) ?? throw faults.ToException();
        int[] places = [.. columns.Select(table.Header.Find)];
        foreach (string missing in columns.Where((_, c) => places[c] < 0))
        {
            table.Header.ReportMissing(missing, faults);
        }

        table.Header.ReportRepeated(places.Where(place => place >= 0), faults);
        faults.ThrowIfAny();
        LoadedTable loaded = new(table);
        while (table.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (table.CheckFieldCount(1 + places.Append(-1).Max()))
            {
                loaded._rows.Add(table.Cells);
                loaded._lines.Add(table.Line);
            }
        }

        faults.ThrowIfAny();
        return loaded;
    }
}
