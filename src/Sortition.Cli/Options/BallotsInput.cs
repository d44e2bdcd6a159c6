using System.CommandLine;
using Sortition.Cli.Texts;
using Sortition.Core;
using Sortition.Core.Ballots;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;

namespace Sortition.Cli.Options;

/// <summary>The option that asks for ballots, and how a lottery is rounded to them: for one lottery, number and seed the same in all commands.</summary>
internal sealed class BallotsInput
{
    public Option<int?> Option { get; } = Numbers.Whole("--ballots", "M", 1, BallotRounding.MaxCount);

    /// <summary>Rounds a lottery.</summary>
    /// <param name="terminal">Where progress is shown.</param>
    /// <param name="lottery">The lottery.</param>
    /// <param name="count">How many ballots.</param>
    /// <param name="random">From its seed, with nothing drawn of it yet.</param>
    /// <param name="maxThreads">The most threads that compute at the same time.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The ballots, and how mixed they are.</returns>
    public static (PanelTable Ballots, BallotMixing Mixing) Round(
        Terminal terminal, PanelLottery lottery, int count, RandomSource random, int maxThreads, CancellationToken cancellationToken) =>
        ProgressDisplay.RunWithShare(
            terminal,
            "progress/rounding",
            progress =>
            {
                ComputeOptions options = new() { MaxThreads = maxThreads, Progress = progress };
                PanelTable ballots = BallotRounding.RoundWithMixing(lottery, count, random, out BallotMixing mixing, options, cancellationToken);
                return (ballots, mixing);
            });
}
