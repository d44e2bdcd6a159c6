using MathNet.Numerics.Distributions;

namespace Sortition.Studies.Lotteries;

/// <summary>Jeffreys intervals for a chance that was estimated by counting.</summary>
/// <remarks>The quantiles of Beta(½ + s, ½ + N − s), with 0 below s = 0 and 1 above s = N (Brown, Cai, DasGupta, Statistical Science 16, 2001).</remarks>
internal static class Jeffreys
{
    /// <summary>What the field reports of a chance that was seldom or never seen: the end of a one-sided interval of 99 %.</summary>
    public const double FieldConfidence = 0.99;

    private const double Tail = 0.025;

    /// <summary>No higher, with a one-sided confidence.</summary>
    /// <param name="hits">s, 0..N; need not be whole where it is a mean over people of one type.</param>
    /// <param name="draws">N, 1 or more.</param>
    /// <param name="confidence">Between 0 and 1.</param>
    public static double Upper(double hits, int draws, double confidence) =>
        hits >= draws ? 1 : Beta.InvCDF(0.5 + hits, 0.5 + draws - hits, confidence);

    /// <summary>No lower, with a one-sided confidence.</summary>
    public static double Lower(double hits, int draws, double confidence) => hits <= 0 ? 0 : Beta.InvCDF(0.5 + hits, 0.5 + draws - hits, 1 - confidence);

    /// <summary>The distance from s/N to the further end of the interval of 95 %.</summary>
    public static double HalfWidth(double hits, int draws)
    {
        double share = hits / draws;
        return Math.Max(Upper(hits, draws, 1 - Tail) - share, share - Lower(hits, draws, 1 - Tail));
    }
}
