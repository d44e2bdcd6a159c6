namespace Sortition.Core.Engine;

/// <summary>Whole-number multiples of dual weights, so that a bound can be checked without floating-point arithmetic.</summary>
internal static class IntegerWeights
{
    private const int LargestSmallMultiple = 1_000;
    private const double Closeness = 1e-7;
    private const long FineScale = 1L << 40;

    /// <summary>Small whole numbers in the same proportions, if there are some; duals of quota programs often are such.</summary>
    /// <param name="weights">Weights, 0 or more, at least one above 0.</param>
    /// <returns>The numbers, or null.</returns>
    public static long[]? Small(double[] weights)
    {
        double largest = weights.Max();
        double[] shares = Array.ConvertAll(weights, w => w / largest);
        for (int multiple = 1; multiple <= LargestSmallMultiple; multiple++)
        {
            int scale = multiple;
            if (Array.TrueForAll(shares, s => Math.Abs(s * scale - Math.Round(s * scale)) < Closeness * scale))
            {
                return Array.ConvertAll(shares, s => (long)Math.Round(s * scale));
            }
        }

        return null;
    }

    /// <summary>Whole numbers up to 2⁴⁰ in nearly the same proportions. Any weights give a valid bound; these change it by a relative 1e-11 or less.</summary>
    public static long[] Fine(double[] weights)
    {
        double largest = weights.Max();
        return Array.ConvertAll(weights, w => (long)Math.Round(w / largest * FineScale));
    }
}
