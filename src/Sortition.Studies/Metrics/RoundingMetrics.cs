using Sortition.Core;
using Sortition.Core.Ballots;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Sortition.Core.Sampling;

namespace Sortition.Studies.Metrics;

/// <summary>What rounding to ballots costs, and how many panels there are: figures that take time.</summary>
internal static class RoundingMetrics
{
    private const int Ballots = 1000;
    private const double Normal = 1.959963984540054;

    /// <summary>A computed lottery rounded to 1000 ballots, with the bounds of Flanigan, Kehne, Procaccia, NeurIPS 2021.</summary>
    public static IEnumerable<MetricValue> Of(MetricInput input, CancellationToken cancellationToken)
    {
        if (input.Lottery.Computed is not { } lottery || !input.Lottery.Covered.Contains(true))
        {
            yield break;
        }

        RandomSource random = RandomSource.Seeded(input.Run.Seed + "\nrounding");
        PanelTable ballots = BallotRounding.Round(lottery, Ballots, random, new ComputeOptions { MaxThreads = 1 }, cancellationToken);
        RoundingError error = RoundingError.Compute(lottery, ballots);
        yield return new MetricValue("rounding_max_deviation", error.MaxDeviation);
        yield return new MetricValue("rounding_rms_deviation", error.RootMeanSquareDeviation);
        yield return new MetricValue("rounding_min_lost", error.IdealMinProbability - (error.MinBallots / (double)Ballots));
        yield return new MetricValue("rounding_bound_by_seats", error.KnownBoundBySeats);
        if (error.KnownBoundByTypes is double byTypes)
        {
            yield return new MetricValue("rounding_bound_by_types", byTypes);
        }
    }

    /// <summary>How many panels the problem has, as a decimal logarithm.</summary>
    public static IEnumerable<MetricValue> CountOf(MetricInput input, CancellationToken cancellationToken)
    {
        UniformOptions options = new() { MaxThreads = 1 };
        PanelCount count = PanelCount.Estimate(input.Lottery.Problem, input.Run.Seed + "\ncount", options, cancellationToken);
        if (count.Log10 is double log && (count.Exact is not null || count.Log10StandardError is not null))
        {
            yield return new MetricValue("log10_panels", log, count.Exact is null ? Normal * count.Log10StandardError : null);
        }
    }
}
