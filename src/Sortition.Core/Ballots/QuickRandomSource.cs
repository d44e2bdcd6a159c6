using System.Numerics;

namespace Sortition.Core.Ballots;

/// <summary>
/// Many words quickly, from four words of another source: xoshiro256** (Blackman and Vigna, Scrambled linear pseudorandom number generators, 2021). For the
/// millions of steps of an exchange; nothing is drawn with it.
/// </summary>
internal sealed class QuickRandomSource : RandomSource
{
    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;

    /// <param name="seed">Four words are taken from it. The state must not be 0, so the lowest bit of the first is set.</param>
    public QuickRandomSource(RandomSource seed) => (_a, _b, _c, _d) = (seed.NextUInt64() | 1, seed.NextUInt64(), seed.NextUInt64(), seed.NextUInt64());

    /// <inheritdoc/>
    public override ulong NextUInt64()
    {
        ulong result = BitOperations.RotateLeft(_b * 5, 7) * 9;
        ulong shifted = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>A number below a bound, nearly equally likely: some by 2⁻³² more than others. For choices that have no need to be even.</summary>
    /// <param name="bound">The bound, 1..2³¹ − 1.</param>
    public int NearlyBelow(int bound) => (int)(((NextUInt64() >> 32) * (ulong)bound) >> 32);
}
