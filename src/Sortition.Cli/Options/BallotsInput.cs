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
    /// <param name="otherwise">What is done where the option is not given.</param>
    public BallotsInput(string otherwise) => Option = Numbers.Whole(
        "--ballots",
        "M",
        "Round the lottery to M equally likely panels, numbered from 0 in as many digits as the last one has, so that drawn digits can decide. "
            + $"[default: {otherwise}]",
        1,
        BallotRounding.MaxCount);

    public Option<int?> Option { get; }

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
            "Rounding the lottery to ballots",
            progress =>
            {
                ComputeOptions options = new() { MaxThreads = maxThreads, Progress = progress };
                PanelTable ballots = BallotRounding.RoundWithMixing(lottery, count, random, out BallotMixing mixing, options, cancellationToken);
                return (ballots, mixing);
            });
}
