using Sortition.Cli.Texts;
using Sortition.Core;
using Sortition.Core.Algorithms;
using Sortition.Core.Ballots;
using Sortition.Core.Lotteries;
using Sortition.Files.Dialects;
using Sortition.Files.Results;

namespace Sortition.Cli.Options;

/// <summary>Computes and draws. Where no panel comes of it, says why and gives no outcome.</summary>
internal sealed class Drawing(Terminal terminal, LoadedProblem input, string seed, CancellationToken cancellationToken)
{
    private readonly RandomSource _random = RandomSource.Seeded(seed);

    /// <summary>How mixed the ballots are that the panel was drawn from; null where it was not drawn from ballots.</summary>
    public BallotMixing? Mixing { get; private set; }

    private SelectionProblem Problem => input.Problem;

    /// <summary>Computes the lottery and draws from it, or from ballots that it is rounded to.</summary>
    public (int ExitCode, SelectionOutcome? Outcome) FromLottery(LotteryComputation computation, int? ballots)
    {
        SolveResult result = ProgressDisplay.Run(terminal, computation.Name, progress => computation.Solve(Problem, progress, cancellationToken));
        switch (result)
        {
            case SolveResult.Infeasible infeasible:
                return (FeasibilityText.Refuse(terminal, Problem, infeasible.Report), null);
            case SolveResult.Stopped { Best: null }:
                terminal.Fill(json => json["stoppedByLimit"] = true);
                terminal.Complain($"Stopped by the time limit before {computation.FirstResult}. Nothing was written; give it more time.");
                return (ExitCode.NotProven, null);
        }

        PanelLottery lottery = LotteryComputation.LotteryOf(result, terminal);
        bool stopped = result is SolveResult.Stopped;
        PanelTable? table = null;
        if (ballots is int count)
        {
            (table, Mixing) = BallotsInput.Round(terminal, lottery, count, _random, computation.MaxThreads, cancellationToken);
        }

        SelectionOutcome outcome = table is null
            ? SelectionOutcome.Draw(input, lottery, seed, Software.Version, stopped)
            : FromBallots(lottery, table, stopped);
        return (ProofText.IsProven(result, lottery) ? ExitCode.Done : ExitCode.NotProven, outcome);
    }

    private SelectionOutcome FromBallots(PanelLottery lottery, PanelTable ballots, bool stopped)
    {
        int drawn = ballots.DrawRowIndex(_random);
        return new SelectionOutcome
        {
            Input = input,
            Panel = ballots.Rows[drawn].Panel,
            Algorithm = lottery.Certificate.Objective.Name,
            SoftwareVersion = Software.Version,
            Seed = seed,
            Generator = RandomSource.SeededGenerator,
            Lottery = lottery,
            Ballots = ballots,
            DrawnPanel = drawn,
            StoppedByLimit = stopped,
        };
    }

    /// <summary>Lets an algorithm draw one panel that computes no lottery.</summary>
    public (int ExitCode, SelectionOutcome? Outcome) WithoutLottery(IPanelAlgorithm algorithm, int maxThreads)
    {
        PanelResult result = ProgressDisplay.Run(
            terminal, algorithm.Name, progress => algorithm.DrawPanel(
                Problem, _random, new SolveOptions { Progress = progress, MaxThreads = maxThreads }, cancellationToken));
        switch (result)
        {
            case PanelResult.Infeasible none:
                return (FeasibilityText.Refuse(terminal, Problem, none.Report), null);
            case PanelResult.AttemptsExhausted failed:
                terminal.Fill(json => json["attempts"] = failed.Attempts);
                terminal.Complain(PanelAlgorithmText.For(algorithm).Failed(failed) + " Nothing was written.");
                return (ExitCode.NotProven, null);
        }

        PanelResult.Drawn panel = (PanelResult.Drawn)result;
        SelectionOutcome outcome = new()
        {
            Input = input,
            Panel = panel.Panel,
            Algorithm = algorithm.Name,
            SoftwareVersion = Software.Version,
            Seed = seed,
            Generator = RandomSource.SeededGenerator,
            Attempts = panel.Attempts,
        };
        return (ExitCode.Done, outcome);
    }
}
