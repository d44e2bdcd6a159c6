using System.Text;
using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files.Storage;
using Sortition.Files.Tables;
using Sortition.Files.Tables.Model;

namespace Sortition.Files.Mapping;

/// <summary>
/// A table as it comes, before anybody knows which of its rows are headings and which are people: an export of a form, or rows of a database.
/// </summary>
/// <remarks>Holds personal data. Immutable and safe to read from any thread.</remarks>
public sealed class RawTable
{
    private readonly IReadOnlyList<string[]> _rows;
    private readonly IReadOnlyList<int> _lines;
    private readonly HashSet<int> _hidden;

    private RawTable(string name, IReadOnlyList<string[]> rows, IReadOnlyList<int> lines, HashSet<int> hidden)
    {
        Name = name;
        _rows = rows;
        _lines = lines;
        _hidden = hidden;
    }

    /// <summary>What faults call it: the name of its file, and of its sheet where there are some.</summary>
    public string Name { get; }

    /// <summary>All rows that hold something, headings included; empty cells at the end of a row are left out.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Rows => _rows;

    /// <summary>What whoever gave the table should know of how it was read, such as the encoding that was assumed.</summary>
    public IReadOnlyList<Fault> Warnings { get; private init; } = [];

    /// <summary>The sheet it was on; null where its file has none.</summary>
    internal string? Sheet { get; private init; }

    /// <summary>What was said of how to read it.</summary>
    internal ReadingOptions Reading { get; private init; } = ReadingOptions.Default;

    /// <summary>How tables that are made of it are written as CSV.</summary>
    internal TextForm Form { get; private init; } = TextForm.Plain;

    internal IReadOnlyList<string[]> Cells => _rows;

    /// <summary>Where a row stands in its file.</summary>
    /// <param name="row">Index into <see cref="Rows"/>.</param>
    /// <returns>Its line, from 1, as an editor or a spreadsheet program counts it.</returns>
    public int LineOf(int row) => _lines[row];

    /// <summary>Whether a row is hidden in its file, by a filter or by hand.</summary>
    internal bool IsHidden(int row) => _hidden.Contains(row);

    /// <summary>A table that comes from elsewhere, such as a host's own database.</summary>
    /// <param name="name">What faults call it.</param>
    /// <param name="rows">Its rows, the headings first; null and blank cells are the same. Lines are counted from 1.</param>
    public static RawTable FromRows(string name, IEnumerable<IEnumerable<string?>> rows)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(rows);
        List<string[]> cells = [];
        List<int> lines = [];
        int line = 0;
        foreach (IEnumerable<string?> row in rows)
        {
            line++;
            string[] all = [.. row.Select(Whole)];
            int length = all.Length;
            while (length > 0 && NameComparer.IsBlank(all[length - 1]))
            {
                length--;
            }

            if (length > 0)
            {
                cells.Add(all[..length]);
                lines.Add(line);
            }
        }

        return new RawTable(name, cells, lines, []);
    }

    /// <summary>A text in valid Unicode: half of a surrogate pair can stand in no file.</summary>
    private static string Whole(string? cell) =>
        cell is null ? "" : cell.Any(char.IsSurrogate) ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(cell)) : cell;

    /// <summary>Reads a table, or throws what is wrong with its form.</summary>
    /// <param name="file">The file.</param>
    /// <param name="sheet">The sheet; null to find it.</param>
    /// <param name="role">What the table is wanted for.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    internal static RawTable Load(FileSource file, string? sheet, TableRole role, CancellationToken cancellationToken)
    {
        FaultList faults = new();
        SourceFile? source = SourceFiles.Read(file, SourceFiles.DefaultMaxBytes, faults, cancellationToken);
        using TableReader table = source?.OpenWithoutHeader(role, sheet, faults, cancellationToken) ?? throw faults.ToException();
        List<string[]> rows = [];
        List<int> lines = [];
        HashSet<int> hidden = [];
        while (table.Read())
        {
            if (rows.Count % 4096 == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (table.IsHidden)
            {
                hidden.Add(rows.Count);
            }

            rows.Add(table.Cells);
            lines.Add(table.Line);
        }

        if (rows.Count == 0)
        {
            faults.Add(FileFaults.EmptyFile, new FaultLocation(table.Name));
        }

        // Tables that are written have their headings in the first row.
        table.ReportRehearsal(lines.FirstOrDefault(), rows.FirstOrDefault([]));
        faults.ThrowIfAny();
        return new RawTable(table.Name, rows, lines, hidden)
        {
            Warnings = faults.Warnings,
            Sheet = table.Sheet,
            Reading = file.Reading,
            Form = table.Form,
        };
    }
}
