using System.Numerics;

namespace Sortition.Core.Lotteries;

/// <summary>An exact rational number, in lowest terms with a bottom above 0.</summary>
internal readonly record struct Fraction : IComparable<Fraction>
{
    private const int MantissaBits = 52;
    private const int ExponentBias = 1075;

    // So that the default value is 0.
    private readonly BigInteger _bottomLessOne;

    /// <param name="top">The numerator.</param>
    /// <param name="bottom">The denominator, not 0.</param>
    public Fraction(BigInteger top, BigInteger bottom)
    {
        BigInteger common = BigInteger.GreatestCommonDivisor(top, bottom) * bottom.Sign;
        Top = top / common;
        _bottomLessOne = (bottom / common) - 1;
    }

    public BigInteger Top { get; }

    public BigInteger Bottom => _bottomLessOne + 1;

    /// <summary>The very value of a finite floating-point number.</summary>
    public static Fraction Of(double number)
    {
        long bits = BitConverter.DoubleToInt64Bits(number);
        int exponent = (int)((bits >> MantissaBits) & 0x7FF);
        long mantissa = (bits & ((1L << MantissaBits) - 1)) | (exponent == 0 ? 0 : 1L << MantissaBits);
        int power = Math.Max(exponent, 1) - ExponentBias;
        BigInteger top = bits < 0 ? -mantissa : mantissa;
        return power >= 0 ? new Fraction(top << power, 1) : new Fraction(top, BigInteger.One << -power);
    }

    public static Fraction operator +(Fraction a, Fraction b) => new((a.Top * b.Bottom) + (b.Top * a.Bottom), a.Bottom * b.Bottom);

    public static Fraction operator -(Fraction a, Fraction b) => new((a.Top * b.Bottom) - (b.Top * a.Bottom), a.Bottom * b.Bottom);

    public static Fraction operator *(Fraction a, Fraction b) => new(a.Top * b.Top, a.Bottom * b.Bottom);

    public static Fraction operator /(Fraction a, Fraction b) => new(a.Top * b.Bottom, a.Bottom * b.Top);

    public static bool operator <(Fraction a, Fraction b) => a.CompareTo(b) < 0;

    public static bool operator >(Fraction a, Fraction b) => a.CompareTo(b) > 0;

    public static bool operator <=(Fraction a, Fraction b) => a.CompareTo(b) <= 0;

    public static bool operator >=(Fraction a, Fraction b) => a.CompareTo(b) >= 0;

    public static implicit operator Fraction(BigInteger number) => new(number, BigInteger.One);

    public static implicit operator Fraction(long number) => new(number, BigInteger.One);

    /// <summary>The lowest whole number that is no less.</summary>
    public BigInteger Ceiling() => (Top / Bottom) + (Top.Sign > 0 && !(Top % Bottom).IsZero ? 1 : 0);

    /// <summary>The nearest floating-point number that is no less, or the next. Only for numbers of 0 or more.</summary>
    public double ToDoubleUp()
    {
        double number = ToDouble();
        while (Of(number) < this)
        {
            number = double.BitIncrement(number);
        }

        return number;
    }

    /// <summary>Below 0 if this is less than another, above 0 if it is more.</summary>
    public int CompareTo(Fraction other) => (Top * other.Bottom).CompareTo(other.Top * Bottom);

    /// <summary>The nearest floating-point number, but for the last digit.</summary>
    public double ToDouble()
    {
        // Enough bits of the quotient for any double, whatever the size of the numbers.
        int shift = Math.Max(0, 64 - (int)(Top.GetBitLength() - Bottom.GetBitLength()));
        return Math.ScaleB((double)((Top << shift) / Bottom), -shift);
    }

    /// <summary>The nearest multiple of 2⁻ᵇ, in such units. Only for numbers of 0 or more.</summary>
    /// <param name="bits">b, 0 or more.</param>
    public BigInteger RoundTo(int bits) => ((Top << (bits + 1)) + Bottom) / (2 * Bottom);
}
