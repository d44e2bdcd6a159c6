namespace Sortition.Files;

/// <summary>Writes a selection: <c>selected.csv</c>, <c>remaining.csv</c>, <c>lottery.csv</c>, <c>probabilities.csv</c> and <c>report.json</c>, as told in <c>docs/file-formats.md</c>.</summary>
/// <remarks>The bytes depend on the outcome only: not on the clock, the machine, the process or the culture.</remarks>
public static class ResultFiles
{
    /// <summary>The most rows a lottery is written out to; longer ones are written by type. Pass it to <see cref="Core.Lotteries.PanelLottery.WriteOut"/>.</summary>
    public const int MaxLotteryRows = 100_000;

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
        throw new NotSupportedException();
    }
}
