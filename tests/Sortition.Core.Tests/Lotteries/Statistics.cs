using MathNet.Numerics.Distributions;
using Xunit;

namespace Sortition.Core.Tests.Lotteries;

/// <summary>Tests of frequencies. Seeds are fixed, so that a test that passes once passes always.</summary>
internal static class Statistics
{
    private const double Confidence = 0.999;

    /// <summary>Pearson's χ² test of counts against probabilities that add up to 1; cells expected fewer than five times are thrown together.</summary>
    public static void AssertFits(IReadOnlyList<int> counts, IReadOnlyList<double> probabilities)
    {
        Assert.Equal(1, probabilities.Sum(), 1e-9);
        int draws = counts.Sum();
        double statistic = 0;
        double restExpected = 0;
        int restCount = 0;
        int cells = 0;
        for (int i = 0; i < counts.Count; i++)
        {
            double expected = draws * probabilities[i];
            if (expected < 5)
            {
                restExpected += expected;
                restCount += counts[i];
                continue;
            }

            cells++;
            statistic += (counts[i] - expected) * (counts[i] - expected) / expected;
        }

        if (restExpected >= 5)
        {
            cells++;
            statistic += (restCount - restExpected) * (restCount - restExpected) / restExpected;
        }
        else
        {
            Assert.InRange(restCount, 0, 25);
        }

        if (cells > 1)
        {
            Assert.InRange(statistic, 0, ChiSquared.InvCDF(cells - 1, Confidence));
        }
    }

    /// <summary>The mean of independent numbers lies within five standard errors of what it should be; numbers that never vary must hit it.</summary>
    public static void AssertMean(double expected, IReadOnlyList<int> samples)
    {
        double mean = samples.Average();
        double variance = samples.Sum(s => (s - mean) * (s - mean)) / (samples.Count - 1);
        Assert.InRange(mean - expected, -5 * Math.Sqrt(variance / samples.Count) - 1e-12, (5 * Math.Sqrt(variance / samples.Count)) + 1e-12);
    }
}
