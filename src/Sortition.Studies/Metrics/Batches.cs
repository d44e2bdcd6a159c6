using Sortition.Studies.Lotteries;

namespace Sortition.Studies.Metrics;

/// <summary>How far figures may be off that are made of draws.</summary>
internal static class Batches
{
    /// <summary>The quantile 0.975 of Student's distribution with 19 degrees of freedom.</summary>
    private const double Quantile = 2.093024054408263;

    /// <summary>Computes figures, and for draws the half widths of their intervals of 95 %.</summary>
    /// <remarks>
    /// The draws are cut into 20 batches, and the figures computed again without each of them: error² = 19/20 · Σ (figure without b − mean)², times the
    /// quantile (jackknife by groups: Shao, Tu, The Jackknife and Bootstrap, 1995). For a mean over draws this is the method of batch means. Batches of
    /// neighbouring draws allow for draws that resemble their neighbours, as those of a chain do.
    /// </remarks>
    /// <param name="lottery">The lottery.</param>
    /// <param name="compute">Computes the figures of a lottery, always as many; not a number for what it has not.</param>
    public static (double Value, double? Error)[] Estimate(StudyLottery lottery, Func<StudyLottery, double[]> compute)
    {
        double[] values = compute(lottery);
        if (lottery.Draws is null)
        {
            return [.. values.Select(value => (value, (double?)null))];
        }

        double[][] without = [.. Enumerable.Range(0, StudyLottery.Batches).Select(batch => compute(lottery.WithoutBatch(batch)))];
        return [.. values.Select((value, v) => (value, (double?)ErrorOf([.. without.Select(batch => batch[v])])))];
    }

    private static double ErrorOf(double[] without)
    {
        double mean = without.Average();
        double squares = without.Sum(value => (value - mean) * (value - mean));
        return Quantile * Math.Sqrt(squares * (without.Length - 1) / without.Length);
    }
}
