using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files.Dialects;
using Sortition.Files.Storage;
using Sortition.Files.Tables;
using Sortition.Files.Tables.Model;

namespace Sortition.Files;

/// <summary>
/// Reads lists of people by their ids: one on each line, or in a column with the heading of the people file's ids. <c>selected.csv</c> of an earlier selection
/// is one.
/// </summary>
public static class PeopleFiles
{
    /// <summary>Reads the people of a problem that was posed before, such as that of a published lottery, with all their columns.</summary>
    /// <param name="file">The table that the problem was made from: CSV, or a workbook. Rows of other people are left out.</param>
    /// <param name="problem">The problem.</param>
    /// <param name="options">What the table does not say itself; null for nothing.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The problem with the rows of its people, to be written in the form of the table.</returns>
    /// <exception cref="MalformedInputException">
    /// The table cannot be read, or it is another one: somebody is missing, or has another value of a feature that it has a column of. All of it is listed.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static LoadedProblem LoadFor(
        FileSource file, SelectionProblem problem, PeopleFilesOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(problem);
        options ??= new PeopleFilesOptions();
        FaultList faults = new();
        SourceFile? source = SourceFiles.Read(file, SourceFiles.DefaultMaxBytes, faults, cancellationToken);
        TableRole role = SheetChoice.People([.. options.IdColumn is string asked ? [asked] : (string[])[], .. options.ContactColumns]);
        using TableReader table = source?.Open(role, options.Sheet, faults, cancellationToken) ?? throw faults.ToException();

        // Where nobody has an id, the features are all there is to tell that the rows are still those of the same people.
        string[] features = [.. problem.Features.Select(f => f.Name).Where(name => table.Header.Find(name) >= 0)];
        PeopleFile people = PeopleFile.Read(table, new PeopleColumns(options.IdColumn, [], null, options.ContactColumns), features, faults, cancellationToken);
        if (!people.HasIds && features.Length == 0 && options.IdColumn is null)
        {
            table.Header.ReportMissing("id", faults);
        }

        faults.ThrowIfAny();
        people.Compare(problem, faults);
        faults.ThrowIfAny();
        return new LoadedProblem(problem, people.ToRows(problem), [source.Description.WithSheet(table.Sheet)], [], entitlementColumn: null)
        {
            Warnings = faults.Warnings,
        };
    }

    /// <summary>Reads a list of ids.</summary>
    /// <param name="file">The file: CSV, or a workbook.</param>
    /// <param name="idColumn">The heading of the column of ids; null to find it.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The ids, in the order of the file, whether or not they are somebody's.</returns>
    /// <exception cref="MalformedInputException">The file cannot be read; the exception lists what is wrong.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IdList LoadIds(FileSource file, string? idColumn = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        FaultList faults = new();
        ListedId[] ids = [.. IdFile.Read(file, idColumn, SourceFiles.DefaultMaxBytes, faults, cancellationToken)];
        faults.ThrowIfAny();
        return new IdList(ids, faults.Warnings);
    }
}

/// <summary>What a table of people does not say itself.</summary>
public sealed class PeopleFilesOptions
{
    /// <summary>The name of its sheet; null to find it, or where the file is no workbook.</summary>
    public string? Sheet { get; init; }

    /// <summary>The heading of the column of ids; null to find it.</summary>
    public string? IdColumn { get; init; }

    /// <summary>The headings of the columns by which people are written to; empty (the default) to write none.</summary>
    public IReadOnlyList<string> ContactColumns { get; init; } = [];
}
