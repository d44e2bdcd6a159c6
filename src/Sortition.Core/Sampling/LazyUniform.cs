using System.Numerics;

namespace Sortition.Core.Sampling;

/// <summary>A number drawn uniformly from 0 to 1, of which only as many binary digits are drawn as a comparison needs.</summary>
/// <remarks>
/// Compared in doubles, with the error they may have, as long as that decides; else in whole numbers, with more digits until the matter is decided. So the
/// chance of every outcome is exactly what whole numbers say. Used by one thread at a time.
/// </remarks>
internal sealed class LazyUniform(RandomSource source)
{
    private const int Chunk = 8;
    private const int ShortBits = 16;
    private const int MostBitsInDoubles = 48;

    private static readonly double[] s_units = [.. Enumerable.Range(0, MostBitsInDoubles / Chunk + 1).Select(c => 1.0 / (1L << (c * Chunk)))];

    private ulong _word;
    private int _chunksLeft;
    private ulong _prefix;
    private BigInteger _longPrefix;
    private int _bits;

    /// <summary>Where the digits come from.</summary>
    public RandomSource Source => source;

    /// <summary>The number as far as it is drawn: it is no less.</summary>
    public double Low => _prefix * s_units[_bits / Chunk];

    /// <summary>Begins a new number.</summary>
    public void Next()
    {
        _prefix = Take();
        _bits = Chunk;
    }

    /// <summary>Whether the number is below a threshold of which 16 binary digits are known: it lies from those to two more in the last place.</summary>
    /// <returns>Null if few digits leave it open.</returns>
    public bool? IsBelow(ushort threshold)
    {
        while (true)
        {
            int missing = ShortBits - _bits;
            if (missing < 0)
            {
                return null;
            }

            if ((_prefix + 1) << missing <= threshold)
            {
                return true;
            }

            if (_prefix << missing >= threshold + 2UL)
            {
                return false;
            }

            _prefix = (_prefix << Chunk) | Take();
            _bits += Chunk;
        }
    }

    /// <summary>Whether the number times a total is below a threshold.</summary>
    /// <param name="threshold">The threshold, 0..<paramref name="total"/>.</param>
    /// <param name="total">The total.</param>
    /// <param name="error">By how much, as a share of the total, threshold and total together may be wrong.</param>
    /// <returns>Null if the errors leave it open.</returns>
    public bool? IsBelow(double threshold, double total, double error)
    {
        double slack = error * total;
        while (true)
        {
            double unit = total * s_units[_bits / Chunk];
            double low = _prefix * unit;
            if (low + unit <= threshold - slack)
            {
                return true;
            }

            if (low >= threshold + slack)
            {
                return false;
            }

            if (_bits == MostBitsInDoubles)
            {
                return null;
            }

            _prefix = (_prefix << Chunk) | Take();
            _bits += Chunk;
        }
    }

    /// <summary>Goes on in whole numbers from the digits drawn so far; to be called before <see cref="IsBelow(BigInteger, BigInteger)"/>.</summary>
    public void BecomeExact() => _longPrefix = _prefix;

    /// <summary>Whether the number times a total is below a threshold, for certain.</summary>
    public bool IsBelow(BigInteger threshold, BigInteger total)
    {
        while (true)
        {
            BigInteger scaled = threshold << _bits;
            BigInteger low = _longPrefix * total;
            if (low + total <= scaled)
            {
                return true;
            }

            if (low >= scaled)
            {
                return false;
            }

            _longPrefix = (_longPrefix << Chunk) | Take();
            _bits += Chunk;
        }
    }

    private ulong Take()
    {
        if (_chunksLeft == 0)
        {
            _word = source.NextUInt64();
            _chunksLeft = sizeof(ulong) * 8 / Chunk;
        }

        ulong chunk = _word >> (64 - Chunk);
        _word <<= Chunk;
        _chunksLeft--;
        return chunk;
    }
}
