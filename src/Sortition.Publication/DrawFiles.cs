using Sortition.Core;
using Sortition.Files;
using Sortition.Files.Dialects;
using Sortition.Files.Storage;
using Sortition.Publication.Format;

namespace Sortition.Publication;

/// <summary>
/// What the organiser needs after a draw in public: <c>selected.csv</c> and <c>remaining.csv</c> with all columns of the people, and <c>letters.csv</c> to
/// write to everybody. They say who is who: they are for the organiser alone. Beside them is <see cref="FindMePage"/> with the ballot that
/// was drawn, for everybody.
/// </summary>
public static class DrawFiles
{
    /// <summary>Whether a file of this name may be one of a draw.</summary>
    /// <param name="name">The name, without a folder.</param>
    public static bool IsResult(string name) => ResultFiles.IsResult(name) || string.Equals(name, FindMePage.FileName, StringComparison.Ordinal);

    /// <summary>Writes all files of a draw, or none.</summary>
    /// <param name="target">The folder, made if it does not exist; or an archive. Nothing of an earlier run is written over.</param>
    /// <param name="lottery">The lottery, with its private part.</param>
    /// <param name="draw">Its draw.</param>
    /// <param name="people">Its people, as <see cref="PeopleFiles.LoadFor"/> reads them.</param>
    /// <param name="findMeAt">The address of the page on which people find themselves, to make a link for each; null for none.</param>
    /// <param name="withWorkbook">Whether to write <c>selection.xlsx</c> too, a workbook whose sheets hold what the CSV files hold.</param>
    /// <param name="cancellationToken">Stops the writing; what is on disk is then as it was.</param>
    /// <returns>The names of the files.</returns>
    /// <exception cref="ArgumentException">
    /// The lottery has no private part, the draw is not one of it as its ballots are, or the people are those of another problem.
    /// </exception>
    /// <exception cref="FilesExistException">There are files of an earlier run; what is on disk is as it was.</exception>
    /// <exception cref="IOException">A file cannot be written; what is on disk is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to; it is as it was.</exception>
    /// <exception cref="Files.Tables.Xlsx.SheetLimitException">A table is too large for a sheet, or a text for a cell.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; what is on disk is as it was.</exception>
    public static IReadOnlyList<string> Write(
        FolderTarget target,
        PublishedLottery lottery,
        DrawRecord draw,
        LoadedProblem people,
        string? findMeAt = null,
        bool withWorkbook = false,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(lottery);
        ArgumentNullException.ThrowIfNull(draw);
        ArgumentNullException.ThrowIfNull(people);
        if (!lottery.HasPrivatePart || !IsOf(draw, lottery))
        {
            throw new ArgumentException("The lottery does not say who is who, or the draw is not one of it.", nameof(draw));
        }

        Panel panel = Panel.Create(people.Problem, draw.Members.Select(i => lottery.People[i].Id!));
        (string Name, Action<Stream> Write)[] files =
        [
            .. PanelFiles.Create(
                lottery.IsRehearsal ? people.ToRehearsal() : people,
                panel,
                lottery.Keys!.ColumnsFor(people.Problem, lottery, findMeAt),
                withWorkbook,
                cancellationToken),
            .. FindMePage.CanHold(lottery)
                ? [(FindMePage.FileName, stream => FindMePage.Write(stream, lottery, draw))]
                : Array.Empty<(string, Action<Stream>)>(),
        ];
        target.Write(files, IsResult, PanelFiles.IsForOwner, cancellationToken);
        return [.. files.Select(f => f.Name)];
    }

    /// <summary>Whether a draw is one of a lottery, and its members are those of the ballot.</summary>
    /// <param name="draw">The draw.</param>
    /// <param name="lottery">The lottery.</param>
    /// <returns>False also where the members of ballots are not known, because tickets are closed and the private part is not there.</returns>
    public static bool IsOf(DrawRecord draw, PublishedLottery lottery)
    {
        ArgumentNullException.ThrowIfNull(draw);
        ArgumentNullException.ThrowIfNull(lottery);
        return string.Equals(draw.Root, lottery.Root, StringComparison.Ordinal) && draw.Ballot < lottery.BallotCount
            && lottery.Ballots?[draw.Ballot].SequenceEqual(draw.Members) == true;
    }
}
