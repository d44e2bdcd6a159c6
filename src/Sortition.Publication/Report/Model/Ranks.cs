namespace Sortition.Publication.Report.Model;

/// <summary>Chances by rank, and what shares of the seats they come to.</summary>
internal static class Ranks
{
    /// <summary>The chances by ballots, as steps.</summary>
    public static IReadOnlyList<ChanceStep> ByBallots(ReportChances chances, int ballots) =>
        [.. chances.ByBallots.Select(s => new ChanceStep((double)s.Ballots / ballots, s.People))];

    /// <summary>The lowest chance that at least the given share of the people do not exceed.</summary>
    public static double At(IReadOnlyList<ChanceStep> steps, double share)
    {
        long rank = Math.Max(1, (long)Math.Ceiling(share * steps.Sum(s => (long)s.People)));
        foreach (ChanceStep step in steps)
        {
            rank -= step.People;
            if (rank <= 0)
            {
                return step.Chance;
            }
        }

        return steps[^1].Chance;
    }

    /// <summary>Which share of all chances the half of the people have whose chances are lower; of an odd number, the one in the middle counts half.</summary>
    public static double LowerHalf(IReadOnlyList<ChanceStep> steps)
    {
        double left = steps.Sum(s => (long)s.People) / 2.0;
        double sum = 0;
        foreach (ChanceStep step in steps)
        {
            double taken = Math.Min(left, step.People);
            sum += taken * step.Chance;
            left -= taken;
        }

        return sum / steps.Sum(s => s.People * s.Chance);
    }
}
