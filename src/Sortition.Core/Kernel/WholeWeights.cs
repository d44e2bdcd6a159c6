using Sortition.Core.Engine.Proof;

namespace Sortition.Core.Kernel;

/// <summary>Weights as whole numbers, so that what no panel exceeds can be proven; and how much was rounded.</summary>
internal sealed class WholeWeights
{
    // The judge adds up in 64 bits.
    private const int BitsOfTotal = 60;

    private readonly long _unit;
    private readonly int _exponent;

    private WholeWeights(long[] numbers, long unit, int exponent, double error)
    {
        Numbers = numbers;
        _unit = unit;
        _exponent = exponent;
        Error = error;
    }

    /// <summary>The whole numbers: the weights times <see cref="Scaled"/>(1), rounded.</summary>
    public long[] Numbers { get; }

    /// <summary>How far the rounding of one seat's weight can be off, as a weight in whole numbers; 0 where nothing was rounded.</summary>
    public double Error { get; }

    /// <param name="weights">Finite weights, one a type.</param>
    /// <param name="members">How many people there are of each type.</param>
    public static WholeWeights Of(ReadOnlySpan<double> weights, IReadOnlyList<int> members)
    {
        double largest = 0;
        foreach (double weight in weights)
        {
            largest = Math.Max(largest, Math.Abs(weight));
        }

        if (largest == 0)
        {
            return new WholeWeights(new long[weights.Length], 1, 0, 0);
        }

        int bitsOfMembers = (int)Math.Ceiling(Math.Log2(1 + members.Sum(m => (double)m)));
        int bits = Math.Min((int)Math.Log2(WeightCertifier.FineSize), BitsOfTotal - bitsOfMembers);
        int exponent = bits - 1 - Math.ILogB(largest);
        long[] numbers = new long[weights.Length];
        double error = 0;
        long divisor = 0;
        for (int t = 0; t < numbers.Length; t++)
        {
            // A power of two: the product is exact, only the rounding is not.
            double scaled = Math.ScaleB(weights[t], exponent);
            numbers[t] = (long)Math.Round(scaled);
            error = Math.Max(error, Math.Abs(scaled - numbers[t]));
            divisor = GreatestCommonDivisor(divisor, Math.Abs(numbers[t]));
        }

        return new WholeWeights(Array.ConvertAll(numbers, number => number / divisor), divisor, exponent, error / divisor);
    }

    /// <summary>What seats weigh together, in whole numbers.</summary>
    public long Of(ReadOnlySpan<int> seats)
    {
        long sum = 0;
        for (int t = 0; t < seats.Length; t++)
        {
            sum = checked(sum + Numbers[t] * seats[t]);
        }

        return sum;
    }

    /// <summary>A weight in the units of the whole numbers.</summary>
    public double Scaled(double weight) => Math.ScaleB(weight, _exponent) / _unit;

    /// <summary>What no panel of some seats weighs more than, where none weighs more than a limit in whole numbers; rounded up.</summary>
    public double BoundOf(long limit, int seats)
    {
        double error = Error * seats;
        double sum = (double)limit * _unit;
        bool isExact = error == 0 && (Int128)sum == (Int128)limit * _unit && Math.Abs(sum) <= 1L << 53;
        return isExact ? Math.ScaleB(sum, -_exponent) : Math.BitIncrement(Math.ScaleB(Math.BitIncrement(Math.BitIncrement(sum) + error * _unit), -_exponent));
    }

    private static long GreatestCommonDivisor(long a, long b)
    {
        while (b != 0)
        {
            (a, b) = (b, a % b);
        }

        return a;
    }
}
