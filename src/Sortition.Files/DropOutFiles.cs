using Sortition.Core;
using Sortition.Core.DropOuts;
using Sortition.Core.Problems;
using Sortition.Files.Dialects;
using Sortition.Files.Storage;
using Sortition.Files.Tables;
using Sortition.Files.Tables.Model;

namespace Sortition.Files;

/// <summary>
/// Reads how likely people are to drop out, and who dropped out of past assemblies, from tables, saved as CSV or as sheets of a workbook (<c>.xlsx</c>).
/// </summary>
/// <remarks>
/// <para>Chances are numbers from 0 to 1 or percentages with their sign, in a column headed <c>chance</c>: by person beside a column of ids, or by group beside
/// columns such as <c>feature,value</c>. Somebody in several groups stays only if none of them makes the person drop out.</para>
/// <para>A table of past members has a row for each, with their features and a column headed <c>dropped out</c> of <c>yes</c> and <c>no</c>. It may have 16
/// MiB at most.</para>
/// </remarks>
public static class DropOutFiles
{
    /// <summary>Some 80,000 past members; assemblies have some dozens each.</summary>
    private const long MostBytesOfPast = 16L << 20;

    /// <summary>Reads a table of drop-out chances: by person if it has a column of ids, and else by group.</summary>
    /// <param name="file">The file.</param>
    /// <param name="problem">The problem whose pool the chances are for.</param>
    /// <param name="otherwise">The drop-out chance, 0..1, of whoever the table says nothing about.</param>
    /// <param name="sheet">The name of the sheet; null to find it, or where the file is no workbook.</param>
    /// <param name="idColumn">The heading of the column of ids; null to find it.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The chances, and the file they come from.</returns>
    /// <exception cref="MalformedInputException">
    /// Something is malformed or cannot be read; the exception lists all of it, with file, line and column.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="otherwise"/> is no number from 0 to 1.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static LoadedDropOuts LoadChances(
        FileSource file,
        SelectionProblem problem,
        double otherwise,
        string? sheet = null,
        string? idColumn = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(problem);
        FaultList faults = new();
        SourceFile? source = SourceFiles.Read(file, SourceFiles.DefaultMaxBytes, faults, cancellationToken);
        using TableReader? table = source?.Open(SheetChoice.DropOutChances, sheet, faults, cancellationToken);
        DropOutChances? chances = table is not null && ChanceDialect.Of(table.Header, idColumn, faults) is ChanceDialect dialect
            ? faults.Try(() => new ChanceFile(table, dialect, problem, faults).Read(otherwise, cancellationToken))
            : null;
        return chances is not null && faults.Count == 0 ? new LoadedDropOuts(chances, model: null, source!.Description) : throw faults.ToException();
    }

    /// <summary>
    /// Reads a table of members of past panels, with a column that says whether each dropped out; every other column but that of ids is a feature.
    /// </summary>
    /// <param name="file">The file, of 16 MiB at most.</param>
    /// <param name="sheet">The name of the sheet; null to find it, or where the file is no workbook.</param>
    /// <param name="idColumn">The heading of the column of ids; null to find it.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The past members, in the order of the file; blank cells are left out.</returns>
    /// <exception cref="MalformedInputException">
    /// Something is malformed or cannot be read; the exception lists all of it, with file, line and column.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IReadOnlyList<PastMember> LoadPast(
        FileSource file, string? sheet = null, string? idColumn = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        FaultList faults = new();
        IReadOnlyList<PastMember> members = ReadPast(file, sheet, idColumn, faults, cancellationToken).Members;
        faults.ThrowIfAny();
        return members;
    }

    /// <summary>
    /// Reads a table of members of past panels, as <see cref="LoadPast"/> does, and estimates the chances for a pool, so that the faults of both are told at
    /// once.
    /// </summary>
    /// <param name="file">The file, of 16 MiB at most.</param>
    /// <param name="problem">The problem whose pool the chances are for.</param>
    /// <param name="sheet">The name of the sheet; null to find it, or where the file is no workbook.</param>
    /// <param name="idColumn">The heading of the column of ids; null to find it.</param>
    /// <param name="cancellationToken">Stops the reading and the estimate.</param>
    /// <returns>The chances, the model they come from, and its file.</returns>
    /// <exception cref="MalformedInputException">
    /// Something is malformed or cannot be read, or the estimate cannot be made; the exception lists all of it, with file, line and column.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static LoadedDropOuts LoadModel(
        FileSource file, SelectionProblem problem, string? sheet = null, string? idColumn = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(problem);
        FaultList faults = new();
        (IReadOnlyList<PastMember> members, InputFile? description) = ReadPast(file, sheet, idColumn, faults, cancellationToken);
        DropOutModel? model = members.Count > 0 ? faults.Try(() => DropOutModel.Fit(problem, members, cancellationToken)) : null;
        return model is not null && faults.Count == 0 ? new LoadedDropOuts(model.Chances, model, description!) : throw faults.ToException();
    }

    /// <summary>Those members whose rows are sound; there is a fault if there are none.</summary>
    private static (IReadOnlyList<PastMember> Members, InputFile? Description) ReadPast(
        FileSource file, string? sheet, string? idColumn, FaultList faults, CancellationToken cancellationToken)
    {
        SourceFile? source = SourceFiles.Read(file, MostBytesOfPast, faults, cancellationToken);
        using TableReader? table = source?.Open(SheetChoice.PastMembers, sheet, faults, cancellationToken);
        IReadOnlyList<PastMember> members = table is not null && PastDialect.Of(table.Header, idColumn, faults) is PastDialect dialect
            ? new PastFile(table, dialect, faults).Read(cancellationToken)
            : [];
        if (faults.Count == 0 && members.Count == 0)
        {
            faults.Add(CoreFaults.NoPastMembers, new FaultLocation(table!.Name));
        }

        return (members, source?.Description);
    }
}
