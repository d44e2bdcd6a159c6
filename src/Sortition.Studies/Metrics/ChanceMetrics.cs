using Sortition.Core;
using Sortition.Studies.Lotteries;

namespace Sortition.Studies.Metrics;

/// <summary>How evenly chances are spread over the people who can be on a panel.</summary>
internal static class ChanceMetrics
{
    /// <summary>Estimated chances of almost nobody would make any geometric mean 0; in [N21] none counts as less than this.</summary>
    private const double Cap = 1e-4;

    // Chances that differ by less are one chance that was rounded.
    private const double Same = 1e-9;

    private static readonly string[] s_names = ["gini", "geometric_mean", "geometric_mean_capped", "ratio_product_correlation"];

    public static IEnumerable<MetricValue> Of(StudyLottery lottery)
    {
        int[] covered = [.. Enumerable.Range(0, lottery.Chances.Count).Where(i => lottery.Covered[i])];
        if (covered.Length == 0)
        {
            yield break;
        }

        (int lowest, int highest) = (covered.MinBy(i => lottery.Chances[i]), covered.MaxBy(i => lottery.Chances[i]));
        yield return new MetricValue("min_chance", lottery.Chances[lowest], lottery.ErrorOf(lowest));
        yield return new MetricValue("max_chance", lottery.Chances[highest], lottery.ErrorOf(highest));
        if (lottery is { HasExactChances: false, Draws: int draws })
        {
            yield return new MetricValue("min_chance_upper99", Jeffreys.Upper(lottery.Chances[lowest] * draws, draws, Jeffreys.FieldConfidence));
        }

        double[] ratios = RatioProducts(lottery.Problem);
        (double Value, double? Error)[] figures = Batches.Estimate(lottery, l => Figures(l, ratios));
        for (int f = 0; f < s_names.Length; f++)
        {
            yield return new MetricValue(s_names[f], figures[f].Value, lottery.HasExactChances ? null : figures[f].Error);
        }

        double equal = (double)lottery.Problem.PanelSize / covered.Length;
        yield return ShareBelow("share_below_equal", lottery, covered, equal);
        yield return ShareBelow("share_below_half_equal", lottery, covered, equal / 2);
        if (lottery.HasExactChances)
        {
            yield return new MetricValue("share_without_chance", covered.Count(i => lottery.Chances[i] == 0) / (double)covered.Length);
        }
    }

    /// <summary>
    /// The share of people with a chance below a limit. Where chances are estimated, it may be off by as many as have the limit within their own intervals: a
    /// share jumps when chances move, so that batches say nothing of it.
    /// </summary>
    private static MetricValue ShareBelow(string name, StudyLottery lottery, int[] covered, double limit)
    {
        double least = limit * (1 - Same);
        int below = covered.Count(i => lottery.Chances[i] < least);
        int surely = covered.Count(i => lottery.Chances[i] + (lottery.ErrorOf(i) ?? 0) < least);
        int possibly = covered.Count(i => lottery.Chances[i] - (lottery.ErrorOf(i) ?? 0) < least);
        double count = covered.Length;
        return new MetricValue(name, below / count, lottery.HasExactChances ? null : Math.Max(below - surely, possibly - below) / count);
    }

    private static double[] Figures(StudyLottery lottery, double[] ratios)
    {
        LotteryMetrics metrics = LotteryMetrics.Compute([.. lottery.Chances], [.. lottery.Covered]);
        int[] covered = [.. Enumerable.Range(0, lottery.Chances.Count).Where(i => lottery.Covered[i])];
        double[] chances = [.. covered.Select(i => lottery.Chances[i])];
        return
        [
            metrics.Gini,
            metrics.GeometricMean,
            Math.Exp(chances.Order().Sum(c => Math.Log(Math.Max(c, Cap))) / chances.Length),
            RankCorrelation([.. covered.Select(i => ratios[i])], chances),
        ];
    }

    /// <summary>
    /// How much more often than by chance the pool has a person's values than the panel wants them: Π over the features of (share of the value in the pool) /
    /// (middle of its quota / k). Values without a quota of their own do not count [N21].
    /// </summary>
    internal static double[] RatioProducts(SelectionProblem problem)
    {
        double[] products = new double[problem.People.Count];
        Array.Fill(products, 1);
        foreach (Quota quota in problem.Quotas.Where(q => q.Condition.Count == 1 && q.Max > 0))
        {
            int[] matching = [.. Enumerable.Range(0, products.Length).Where(i => problem.Matches(problem.People[i], quota))];
            double ratio = matching.Length / (double)products.Length / ((quota.Min + (double)quota.Max) / 2 / problem.PanelSize);
            foreach (int i in matching)
            {
                products[i] *= ratio;
            }
        }

        return products;
    }

    /// <summary>Spearman's correlation: that of the ranks, where equal numbers share the mean of theirs; 0 where all numbers of a side are equal.</summary>
    internal static double RankCorrelation(double[] first, double[] second)
    {
        (double[] x, double[] y) = (Ranks(first), Ranks(second));
        double mean = (x.Length - 1) / 2.0;
        (double xy, double xx, double yy) = (0, 0, 0);
        for (int i = 0; i < x.Length; i++)
        {
            xy += (x[i] - mean) * (y[i] - mean);
            xx += (x[i] - mean) * (x[i] - mean);
            yy += (y[i] - mean) * (y[i] - mean);
        }

        return xx > 0 && yy > 0 ? xy / Math.Sqrt(xx * yy) : 0;
    }

    private static double[] Ranks(double[] numbers)
    {
        int[] order = [.. Enumerable.Range(0, numbers.Length).OrderBy(i => numbers[i])];
        double[] ranks = new double[numbers.Length];
        for (int start = 0, end; start < order.Length; start = end)
        {
            // What differs in the last digits only is equal.
            end = start + 1;
            while (end < order.Length && numbers[order[end]] - numbers[order[end - 1]] <= Same * Math.Abs(numbers[order[end]]))
            {
                end++;
            }

            for (int r = start; r < end; r++)
            {
                ranks[order[r]] = (start + end - 1) / 2.0;
            }
        }

        return ranks;
    }
}
