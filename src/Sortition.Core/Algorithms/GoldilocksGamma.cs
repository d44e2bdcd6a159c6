namespace Sortition.Core.Algorithms;

/// <summary>
/// The choices of γ for <see cref="Goldilocks"/> that its authors published beside γ = 1 (Baharav, Flanigan, Fair, Manipulation-Robust, and Transparent
/// Sortition, EC 2024).
/// </summary>
/// <remarks>
/// With a γ made to measure, the highest and the lowest chance that a pool allows at best count about the same:
/// <code>new Goldilocks(GoldilocksGamma.FromQuotas(problem)).Solve(problem)</code>
/// </remarks>
public static class GoldilocksGamma
{
    /// <summary>
    /// γ from the chances that are possible at best: (n/k)²·(lowest chance of maximin)·(highest chance of minimax), with n covered people and k seats.
    /// </summary>
    /// <param name="maximin">A lottery whose lowest chance is as high as can be: one of <see cref="Maximin"/> or <see cref="Leximin"/>.</param>
    /// <param name="minimax">A lottery whose highest chance is as low as can be: one of <see cref="Minimax"/>.</param>
    /// <returns>γ. As good as the lotteries are: an unproven one gives another γ.</returns>
    /// <exception cref="ArgumentException">The lotteries are of different problems.</exception>
    public static double FromLotteries(PanelLottery maximin, PanelLottery minimax)
    {
        ArgumentNullException.ThrowIfNull(maximin);
        ArgumentNullException.ThrowIfNull(minimax);
        if (!maximin.Problem.Equals(minimax.Problem))
        {
            throw new ArgumentException("The lotteries are of different problems.", nameof(minimax));
        }

        LotteryMetrics metrics = LotteryMetrics.Compute(maximin);
        double peoplePerSeat = metrics.Covered / (double)maximin.Problem.PanelSize;
        return peoplePerSeat * peoplePerSeat * metrics.MinProbability * LotteryMetrics.Compute(minimax).MaxProbability;
    }

    /// <summary>
    /// γ from the quotas alone: the lowest times the highest r, where r of a feature value is the middle of its quota as a share of the panel, divided by its
    /// share of the pool, ((l+u)/2k)/(n_fv/n). Values whose maximum is 0, or that nobody in the pool has, do not count, nor do quotas on several features at
    /// once, nor people who must be out.
    /// </summary>
    /// <param name="problem">The problem.</param>
    /// <returns>γ; 1 where there are no such quotas.</returns>
    public static double FromQuotas(SelectionProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        Person[] pool = [.. problem.People.Where(p => p.Status != PersonStatus.MustBeOut)];
        double lowest = double.PositiveInfinity;
        double highest = 0;
        foreach (Quota quota in problem.Quotas.Where(q => q.Condition.Count == 1 && q.Max > 0))
        {
            int people = pool.Count(p => problem.Matches(p, quota));
            if (people > 0)
            {
                double wanted = ((double)quota.Min + quota.Max) / (2.0 * problem.PanelSize);
                double ratio = wanted * pool.Length / people;
                (lowest, highest) = (Math.Min(lowest, ratio), Math.Max(highest, ratio));
            }
        }

        return highest > 0 ? lowest * highest : 1;
    }
}
