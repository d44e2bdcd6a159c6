using System.Diagnostics;
using System.Numerics;
using Sortition.Core;
using Sortition.Core.Lotteries;

namespace Sortition.Benchmarks;

/// <summary>Solves one instance for one objective, in the process it was started for, and says what it took.</summary>
internal static class InstanceRun
{
    public const string Header =
        """
        | instance | n | k | types | objective | value | lowest | highest | Gini | geometric mean | panels | cold s | warm s | peak MB | bound | certificate | gap |
        |---|--:|--:|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|--:|
        """;

    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(5);

    // As long as it takes until the runtime has compiled what is hot for good.
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(3);

    /// <summary>One row of the table.</summary>
    /// <remarks>
    /// <para>Cold is the first solve of the process, with the loading of the solvers and compilation in it. Warm is the median of three after three seconds
    /// of runs, or the one that these three seconds were, if it takes over five. Neither has the reading of the files in it.</para>
    /// <para>The peak of memory is the most that the process, read in and solved cold, has had resident, as the system keeps it; nothing between samples escapes. It is asked
    /// for before anything else is computed. It is of one process and one solve only because every row is.</para>
    /// </remarks>
    public static string Row(Instance instance, ILotteryAlgorithm objective)
    {
        SelectionProblem problem = instance.Load();
        (TimeSpan cold, SolveResult result) = Solve(problem, objective);
        string peak = PeakMegabytes();
        if (result is not SolveResult.Solved { Lottery: PanelLottery lottery })
        {
            return FormattableString.Invariant(
                $"| {instance.Name} | {problem.People.Count} | {problem.PanelSize} | | {objective.Name} | infeasible | | | | | | {cold.TotalSeconds:F3} | | {peak} | | | |");
        }

        LotteryMetrics metrics = LotteryMetrics.Compute(lottery);
        Certificate certificate = lottery.Certificate;
        TimeSpan warm = Warm(problem, objective);
        return FormattableString.Invariant(
            $"| {instance.Name} | {problem.People.Count} | {problem.PanelSize} | {lottery.Types.Count} | {objective.Name} | {certificate.Value:F6} | {metrics.MinProbability:F6} | {metrics.MaxProbability:F6} | {metrics.Gini:F4} | {metrics.GeometricMean:F6} | {lottery.Panels.Count} | {cold.TotalSeconds:F3} | {warm.TotalSeconds:F3} | {peak} | {Bound(lottery)} | {certificate.Status} | {certificate.Gap:G2} |");
    }

    private static TimeSpan Warm(SelectionProblem problem, ILotteryAlgorithm objective)
    {
        long start = Stopwatch.GetTimestamp();
        TimeSpan last;
        do
        {
            last = Solve(problem, objective).Time;
        }
        while (Stopwatch.GetElapsedTime(start) < s_warmUp);
        return last > s_long ? last : Enumerable.Range(0, 3).Select(_ => Solve(problem, objective).Time).Order().ElementAt(1);
    }

    /// <summary>The proven bound: a fraction of whole numbers where the claim gives one at once, otherwise a decimal number.</summary>
    private static string Bound(PanelLottery lottery)
    {
        Certificate certificate = lottery.Certificate;
        bool isMinimax = certificate.Objective.Explains == ExplainedValue.HighestChance;
        if (certificate.Claims is not [WeightClaim claim] || !(isMinimax || certificate.Objective.Explains == ExplainedValue.LowestChance))
        {
            return FormattableString.Invariant($"{certificate.Bound:F6}");
        }

        bool[] covered = LotteryMetrics.CoveredBy(lottery);
        Int128 total = 0;
        for (int t = 0; t < lottery.Types.Count; t++)
        {
            total += (Int128)(isMinimax ? claim.CapWeights : claim.Weights)[t] * lottery.Types[t].Members.Count(p => covered[p]);
        }

        BigInteger limit = isMinimax ? -(BigInteger)claim.Limit : claim.Limit;
        BigInteger divisor = BigInteger.GreatestCommonDivisor(limit, total);
        return divisor.IsZero ? "" : FormattableString.Invariant($"{limit / divisor}/{total / divisor}");
    }

    private static (TimeSpan Time, SolveResult Result) Solve(SelectionProblem problem, ILotteryAlgorithm objective)
    {
        long start = Stopwatch.GetTimestamp();
        SolveResult result = objective.Solve(problem);
        return (Stopwatch.GetElapsedTime(start), result);
    }

    /// <summary>Empty where the system does not tell.</summary>
    private static string PeakMegabytes()
    {
        using Process process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 == 0 ? "" : FormattableString.Invariant($"{process.PeakWorkingSet64 / 1e6:F0}");
    }
}
