using System.Diagnostics;
using System.Numerics;
using Sortition.Core.Algorithms;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;

namespace Sortition.Benchmarks;

/// <summary>Solves one instance, in the process it was started for, and says what it took.</summary>
internal static class InstanceRun
{
    public const string Header =
        """
        | instance | n | k | types | minimum | panels | cold s | warm s | peak MB | bound | certificate | gap | greedy panels/s | attempts that succeed |
        |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|--:|--:|--:|
        """;

    private static readonly TimeSpan s_greedyWarmUp = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan s_greedyTime = TimeSpan.FromSeconds(1);

    /// <summary>One row of the table.</summary>
    /// <remarks>
    /// Cold is the first solve of the process, with the loading of the solvers and compilation in it; warm is the median of three after it. Neither has the reading of
    /// the files in it; the peak of memory, taken after the cold solve, has.
    /// </remarks>
    public static string Row(Instance instance)
    {
        SelectionProblem problem = instance.Load();
        (TimeSpan cold, SolveResult result) = Solve(problem);
        string peak = PeakMegabytes();
        if (result is not Solved { Lottery: PanelLottery lottery })
        {
            return FormattableString.Invariant($"| {instance.Name} | {problem.People.Count} | {problem.PanelSize} | infeasible | | | {cold.TotalSeconds:F3} | | {peak} | | | | | |");
        }

        TimeSpan warm = Enumerable.Range(0, 3).Select(_ => Solve(problem).Time).Order().ElementAt(1);
        Certificate certificate = lottery.Certificate;
        string bound = Bound(lottery);
        (double perSecond, double share) = Greedy(problem);
        return FormattableString.Invariant(
            $"| {instance.Name} | {problem.People.Count} | {problem.PanelSize} | {lottery.Types.Count} | {certificate.Value:F6} | {lottery.Panels.Count} | {cold.TotalSeconds:F3} | {warm.TotalSeconds:F3} | {peak} | {bound} | {certificate.Status} | {certificate.Gap:G2} | {perSecond:N0} | {share:P1} |");
    }

    /// <summary>The proven bound as a fraction of whole numbers.</summary>
    private static string Bound(PanelLottery lottery)
    {
        WeightClaim claim = lottery.Certificate.Claims[0];
        HashSet<int> uncovered = [.. lottery.Uncovered.Select(u => u.Person)];
        long total = lottery.Types.Select((type, t) => claim.Weights[t] * type.Members.Count(p => !uncovered.Contains(p))).Sum();
        long divisor = (long)BigInteger.GreatestCommonDivisor(claim.Limit, total);
        return FormattableString.Invariant($"{claim.Limit / divisor}/{total / divisor}");
    }

    private static (TimeSpan Time, SolveResult Result) Solve(SelectionProblem problem)
    {
        long start = Stopwatch.GetTimestamp();
        SolveResult result = new Maximin().Solve(problem);
        return (Stopwatch.GetElapsedTime(start), result);
    }

    /// <summary>Empty where the system does not tell.</summary>
    private static string PeakMegabytes()
    {
        using Process process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 == 0 ? "" : FormattableString.Invariant($"{process.PeakWorkingSet64 / 1e6:F0}");
    }

    /// <summary>Greedy draws on one core, failed attempts in between included in the time.</summary>
    private static (double PanelsPerSecond, double ShareOfAttempts) Greedy(SelectionProblem problem)
    {
        GreedyDraw draw = new(new GreedyPool(problem));
        RandomSource random = RandomSource.Seeded("benchmark");
        int[] members = new int[problem.PanelSize];
        Run(s_greedyWarmUp);
        (long attempts, long panels, TimeSpan time) = Run(s_greedyTime);
        return (panels / time.TotalSeconds, panels / (double)attempts);

        (long Attempts, long Panels, TimeSpan Time) Run(TimeSpan atLeast)
        {
            long start = Stopwatch.GetTimestamp();
            (long attempts, long panels) = (0, 0);
            while (Stopwatch.GetElapsedTime(start) < atLeast)
            {
                attempts++;
                panels += draw.Run(random, members, maxAttempts: 1, CancellationToken.None);
            }

            return (attempts, panels, Stopwatch.GetElapsedTime(start));
        }
    }
}
