namespace Sortition.Core.Engine.Proof;

/// <summary>Whole-number multiples of dual values, so that a bound can be checked without floating-point arithmetic.</summary>
internal static class IntegerWeights
{
    private const long LargestMultiple = 100_000;

    /// <summary>Small whole numbers in the same proportions, if there are some; duals of quota programs often are such.</summary>
    /// <param name="values">Values of either sign, not all 0.</param>
    /// <returns>The numbers, or null.</returns>
    public static long[]? Small(double[] values)
    {
        double largest = values.Max(Math.Abs);
        double[] shares = Array.ConvertAll(values, v => v / largest);
        long multiple = 1;
        foreach (double share in shares)
        {
            // One share after the other asks for its own denominator; all earlier ones divide the multiple.
            long factor = 1;
            while (!IsWhole(share * multiple * factor, multiple * factor))
            {
                if (++factor * multiple > LargestMultiple)
                {
                    return null;
                }
            }

            multiple *= factor;
        }

        return Array.ConvertAll(shares, s => (long)Math.Round(s * multiple));

        static bool IsWhole(double number, long scale) => Math.Abs(number - Math.Round(number)) <= Tolerances.WholeMultiple * Math.Min(scale, 100);
    }

    /// <summary>Whole numbers of at most the given size in nearly the same proportions; what is negligible beside the largest becomes 0.</summary>
    public static long[] Fine(double[] values, long size)
    {
        double largest = values.Max(Math.Abs);
        return Array.ConvertAll(values, v => Math.Abs(v) <= Tolerances.NegligibleWeight * largest ? 0 : (long)Math.Round(v / largest * size));
    }
}
