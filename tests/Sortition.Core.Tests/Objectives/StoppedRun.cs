using Sortition.Core.Algorithms;

namespace Sortition.Core.Tests.Objectives;

/// <summary>Stops a run as a time limit would, but at a given report of its progress: that is effort counted, and nothing depends on a clock.</summary>
internal static class StoppedRun
{
    /// <summary>What the run has at the first report of which that is asked; null if it came to its end all the same.</summary>
    public static SolveResult.Stopped? At(ILotteryAlgorithm algorithm, SelectionProblem problem, Func<SolveProgress, int, bool> now, int maxThreads = 2)
    {
        using CancellationTokenSource stop = new();
        int index = 0;
        Listener<SolveProgress> progress = new(p =>
        {
            if (now(p, index++))
            {
                stop.Cancel();
            }
        });
        LotteryRun run = Run(algorithm, problem, new SolveOptions { TimeLimit = TimeSpan.FromDays(1), MaxThreads = maxThreads, Progress = progress });
        try
        {
            run.ToTheEnd(stop.Token);
            return null;
        }
        catch (OperationCanceledException)
        {
            return run.Stop();
        }
    }

    private static LotteryRun Run(ILotteryAlgorithm algorithm, SelectionProblem problem, SolveOptions options) => algorithm switch
    {
        Core.Algorithms.Maximin => new MaximinRun(problem, options, algorithm.Objective),
        Leximin or WeightedLeximin => new LeximinRun(problem, options, algorithm.Objective),
        Nash => new NashRun(problem, options, algorithm.Objective),
        Minimax or Goldilocks => new SpreadRun(problem, options, algorithm.Objective),
        _ => throw new ArgumentException("An objective without a run.", nameof(algorithm)),
    };
}
