using System.Numerics;

namespace Sortition.Core.Tests;

/// <summary>An exact fraction, as much of one as the tests need. The default value is 0.</summary>
internal readonly struct BigRational : IEquatable<BigRational>, IComparable<BigRational>
{
    private readonly BigInteger _numerator;
    private readonly BigInteger _denominatorLessOne;

    public BigRational(BigInteger numerator, BigInteger denominator)
    {
        BigInteger common = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        _numerator = numerator / common;
        _denominatorLessOne = (denominator / common) - 1;
    }

    public static BigRational Zero => default;

    public static BigRational One => new(1, 1);

    private BigInteger Denominator => _denominatorLessOne + 1;

    public static BigRational operator +(BigRational a, BigRational b) => new((a._numerator * b.Denominator) + (b._numerator * a.Denominator), a.Denominator * b.Denominator);

    public static BigRational operator -(BigRational a, BigRational b) => a + (b * -1);

    public static BigRational operator /(BigRational a, BigRational b) => new(a._numerator * b.Denominator, a.Denominator * b._numerator);

    public static BigRational operator *(BigRational a, BigRational b) => new(a._numerator * b._numerator, a.Denominator * b.Denominator);

    public static BigRational operator *(BigRational a, int b) => a * new BigRational(b, 1);

    public int CompareTo(BigRational other) => (_numerator * other.Denominator).CompareTo(other._numerator * Denominator);

    public bool Equals(BigRational other) => _numerator == other._numerator && _denominatorLessOne == other._denominatorLessOne;

    public override bool Equals(object? obj) => obj is BigRational other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(_numerator, _denominatorLessOne);

    public override string ToString() => FormattableString.Invariant($"{_numerator}/{Denominator}");
}
