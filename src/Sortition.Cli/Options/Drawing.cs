using Sortition.Cli.Texts;
using Sortition.Core;
using Sortition.Core.Algorithms;
using Sortition.Core.Ballots;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Sortition.Files.Dialects;
using Sortition.Files.Results;

namespace Sortition.Cli.Options;

/// <summary>Computes and draws. Where no panel comes of it, says why and gives no outcome.</summary>
internal sealed class Drawing(Terminal terminal, LoadedProblem input, string seed, CancellationToken cancellationToken)
{
    private readonly RandomSource _random = RandomSource.Seeded(seed);

    private BallotMixing? _ofBallots;
    private LotteryMixing? _ofLottery;

    /// <summary>How mixed that is from which the panel was drawn; null where nothing was mixed.</summary>
    public (string Label, string Text)? Mixing =>
        _ofBallots is not null ? BallotText.Describe(terminal.Language, _ofBallots)
        : _ofLottery is not null ? BallotText.Describe(terminal.Language, _ofLottery)
        : null;

    private SelectionProblem Problem => input.Problem;

    /// <summary>Says the same in JSON, if that was asked for.</summary>
    public void FillMixing()
    {
        if (_ofBallots is not null || _ofLottery is not null)
        {
            terminal.Fill(json => json["mixing"] = _ofBallots is not null ? Json.Mixing(_ofBallots) : Json.Mixing(_ofLottery!));
        }
    }

    /// <summary>Computes the lottery and draws from it, mixed or as found, or from ballots that it is rounded to.</summary>
    public (int ExitCode, SelectionOutcome? Outcome) FromLottery(LotteryComputation computation, int? ballots, bool mixes)
    {
        SolveResult result = ProgressDisplay.Run(terminal, computation.Name, progress => computation.Solve(Problem, progress, cancellationToken));
        switch (result)
        {
            case SolveResult.Infeasible infeasible:
                return (FeasibilityText.Refuse(terminal, Problem, infeasible.Report), null);
            case SolveResult.Stopped { Best: null }:
                terminal.Fill(json => json["stoppedByLimit"] = true);
                terminal.Warn("limit/nothing-written", ("before", terminal.Text(computation.FirstResult)));
                return (ExitCode.NotProven, null);
        }

        PanelLottery lottery = LotteryComputation.LotteryOf(result, terminal);
        bool stopped = result is SolveResult.Stopped;
        PanelTable? table = null;
        if (ballots is int count)
        {
            (table, _ofBallots) = BallotsInput.Round(terminal, lottery, count, _random, computation.MaxThreads, cancellationToken);
        }

        else if (mixes && !stopped && Mix(lottery, computation) is LotteryMixing mixing)
        {
            (lottery, _ofLottery) = (mixing.Lottery, mixing);
        }

        SelectionOutcome outcome = table is null
            ? SelectionOutcome.Draw(input, lottery, seed, Software.Version, stopped)
            : FromBallots(lottery, table, stopped);
        return (ProofText.IsProven(lottery) ? ExitCode.Done : ExitCode.NotProven, outcome);
    }

    /// <summary>Mixes the lottery in what is left of a time limit; null if that is too short.</summary>
    private LotteryMixing? Mix(PanelLottery lottery, LotteryComputation computation)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (computation.TimeLeft is TimeSpan left)
        {
            limit.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }

        try
        {
            return ProgressDisplay.RunWithShare(
                terminal,
                "progress/mixing",
                progress => LotteryMixing.Run(lottery, new ComputeOptions { MaxThreads = computation.MaxThreads, Progress = progress }, limit.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
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
                terminal.Warn("limit/failed", ("why", PanelAlgorithmText.Failed(terminal.Language, algorithm, failed)));
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
