using System.Diagnostics;
using System.Globalization;
using Sortition.Cli.Texts;
using Sortition.Core;
using Sortition.Core.Algorithms;

namespace Sortition.Cli.Options;

/// <summary>Computes lotteries as the command line asks for. For goldilocks, γ may have to be found first; it is then kept for further problems.</summary>
internal sealed class LotteryComputation(ILotteryAlgorithm chosen, Gamma gamma, TimeSpan? limit, int? threads)
{
    private ILotteryAlgorithm? _algorithm;
    private long _start;

    /// <summary>The algorithm's name.</summary>
    public string Name => chosen.Name;

    /// <summary>The most threads that compute at the same time.</summary>
    public int MaxThreads => threads ?? new SolveOptions().MaxThreads;

    /// <summary>What is left of the time limit since the computation began; below 0 if it is over, null if there is none.</summary>
    public TimeSpan? TimeLeft => limit - Stopwatch.GetElapsedTime(_start);

    /// <summary>What a time limit may have cut off before there was any panel to show: the key of its text.</summary>
    public string FirstResult => gamma == Gamma.Extremes ? "limit/gamma-and-panel" : "limit/panel";

    /// <summary>Computes the lottery for a problem, within the time limit.</summary>
    /// <exception cref="UsageException">γ found by its rule is out of range.</exception>
    public SolveResult Solve(SelectionProblem problem, IProgress<SolveProgress>? progress, CancellationToken cancellationToken)
    {
        _start = Stopwatch.GetTimestamp();
        _algorithm ??= chosen is not Goldilocks ? chosen
            : gamma.Number is double number ? new Goldilocks(number)
            : gamma == Gamma.Quotas ? WithGamma(Goldilocks.GammaFromQuotas(problem))
            : null;
        if (_algorithm is null)
        {
            SolveResult maximin = Run(new Maximin());
            SolveResult minimax = maximin is SolveResult.Solved ? Run(new Minimax()) : maximin;
            if (minimax is not SolveResult.Solved high)
            {
                // Their lotteries are no answer to what was asked.
                return minimax is SolveResult.Infeasible ? minimax : new SolveResult.Stopped(null, 0, double.PositiveInfinity);
            }

            _algorithm = WithGamma(Goldilocks.GammaFromLotteries(((SolveResult.Solved)maximin).Lottery, high.Lottery));
        }

        return Run(_algorithm);

        SolveResult Run(ILotteryAlgorithm algorithm)
        {
            TimeSpan? left = TimeLeft;
            return left <= TimeSpan.Zero
                ? new SolveResult.Stopped(null, 0, double.PositiveInfinity)
                : algorithm.Solve(problem, new SolveOptions { TimeLimit = left, MaxThreads = MaxThreads, Progress = progress }, cancellationToken);
        }
    }

    /// <summary>The lottery, although a time limit may have left people without a chance; not to be asked for where there is none.</summary>
    public static PanelLottery LotteryOf(SolveResult result, Terminal terminal)
    {
        PanelLottery lottery = result is SolveResult.Stopped { Best: PanelLottery best } ? best : result.GetLotteryOrThrow();
        WithoutChanceText.Warn(terminal, lottery, result is SolveResult.Stopped);
        return lottery;
    }

    private Goldilocks WithGamma(double number)
    {
        try
        {
            return new Goldilocks(number);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new UsageException(
                "usage/gamma-out-of-range", ("rule", gamma.Name), ("number", number.ToString("G4", CultureInfo.InvariantCulture)));
        }
    }
}
