using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Sortition.Files.Results;

namespace Sortition.Files;

/// <summary>Writes a selection: <c>selected.csv</c>, <c>remaining.csv</c>, <c>lottery.csv</c>, <c>probabilities.csv</c> and <c>report.json</c>, as told in <c>docs/file-formats.md</c>.</summary>
/// <remarks>The bytes depend on the outcome only: not on the clock, the machine, the process or the culture.</remarks>
public static class ResultFiles
{
    /// <summary>The most rows a lottery is written out to; longer ones are written by type. Pass it to <see cref="Core.Lotteries.PanelLottery.WriteOut"/>.</summary>
    public const int MaxLotteryRows = 100_000;

    private const string Selected = "selected.csv";
    private const string Remaining = "remaining.csv";
    private const string Lottery = "lottery.csv";
    private const string Types = "types.csv";
    private const string Probabilities = "probabilities.csv";
    private const string ReportName = "report.json";

    private static readonly string[] AllNames = [Selected, Remaining, Lottery, Types, Probabilities, ReportName];

    /// <summary>Writes all files of a selection into a folder, or none.</summary>
    /// <param name="directory">The folder; made if it does not exist.</param>
    /// <param name="outcome">The selection.</param>
    /// <param name="cancellationToken">Stops the writing; the folder is then as it was.</param>
    /// <returns>The names of the files written, in the order of their importance.</returns>
    /// <remarks>
    /// Files are written beside their places and moved in when all are whole. Result files of an earlier run are replaced, or removed where this one has none; other files are left alone.
    /// </remarks>
    /// <exception cref="ArgumentException">The parts of the outcome belong to different problems, or a drawn row is not that of the panel.</exception>
    /// <exception cref="IOException">A file cannot be written; the folder is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to; it is as it was.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the folder is as it was.</exception>
    public static IReadOnlyList<string> Write(string directory, SelectionOutcome outcome, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        ArgumentNullException.ThrowIfNull(outcome);
        Check(outcome);
        cancellationToken.ThrowIfCancellationRequested();
        using StagedFolder folder = new(directory);
        List<string> names = [];
        Add(Selected, stream => ResultTables.WriteSelected(stream, outcome, cancellationToken));
        Add(Remaining, stream => ResultTables.WriteRemaining(stream, outcome, cancellationToken));
        if (outcome.Table is PanelTable table)
        {
            Add(Lottery, stream => ResultTables.WriteLottery(stream, table, cancellationToken));
        }
        else if (outcome.Lottery is PanelLottery tooLong)
        {
            Add(Lottery, stream => ResultTables.WriteLotteryByType(stream, tooLong, cancellationToken));
            Add(Types, stream => ResultTables.WriteTypes(stream, tooLong, cancellationToken));
        }

        if (outcome.Lottery is PanelLottery lottery)
        {
            // The chances in the draw that lottery.csv describes: of ballots, which are random themselves, or of the lottery.
            double[] probabilities = outcome.Ballots is null ? lottery.SelectionProbabilities() : outcome.Table!.SelectionProbabilities();
            Add(Probabilities, stream => ResultTables.WriteProbabilities(stream, lottery.Problem, probabilities, cancellationToken));
        }

        Add(ReportName, stream => Report.Write(stream, outcome));
        cancellationToken.ThrowIfCancellationRequested();
        folder.MoveIn(AllNames);
        return names;

        void Add(string name, Action<Stream> write)
        {
            names.Add(name);
            using Stream stream = folder.Create(name);
            write(stream);
        }
    }

    private static void Check(SelectionOutcome outcome)
    {
        SelectionProblem problem = outcome.Input.Problem;
        if (outcome.Panel.Problem != problem || (outcome.Lottery?.Problem ?? problem) != problem || (outcome.Table?.Problem ?? problem) != problem)
        {
            throw new ArgumentException("Panel, lottery and input belong to different problems.", nameof(outcome));
        }

        PanelTable? table = outcome.Table;
        if (table is null != outcome.DrawnRow is null || (table is not null && outcome.Lottery is null) || (outcome.Ballots is int ballots && ballots != table?.Rows.Count))
        {
            throw new ArgumentException("A table comes with its lottery and a drawn row, and ballots with a table of as many rows.", nameof(outcome));
        }

        if (outcome.DrawnRow is int row
            && ((uint)row >= (uint)table!.Rows.Count || !table.Rows[row].Panel.Members.SequenceEqual(outcome.Panel.Members)))
        {
            throw new ArgumentException("The row drawn is not the panel's.", nameof(outcome));
        }
    }
}
