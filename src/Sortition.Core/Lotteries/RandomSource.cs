using System.Numerics;
using System.Security.Cryptography;
using Sortition.Core.Lotteries;

namespace Sortition.Core;

/// <summary>Where chance comes from.</summary>
/// <remarks>
/// Two kinds: <see cref="Secure"/>, which nobody can foresee or repeat, and <see cref="Seeded(string)"/>, which everybody who knows the seed can repeat, in any
/// language. An instance is not safe for use from several threads at once.
/// </remarks>
public abstract class RandomSource
{
    /// <summary>The name and version of the generator behind <see cref="Seeded(string)"/>, by which records of a draw call it.</summary>
    public const string SeededGenerator = "sha256-ctr/1";

    private const int SeedBytes = 32;

    /// <summary>The next 64 bits, each value 0..2⁶⁴−1 equally likely.</summary>
    public abstract ulong NextUInt64();

    /// <summary>A whole number below a bound, each equally likely: words from the top incomplete run of multiples are thrown away.</summary>
    /// <param name="bound">The bound, 1 or more.</param>
    /// <returns>A number 0..<paramref name="bound"/>−1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The bound is below 1.</exception>
    public long NextBelow(long bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        ulong n = (ulong)bound;

        // 2⁶⁴ mod n words at the top would favour small remainders.
        ulong excess = (ulong.MaxValue % n + 1) % n;
        ulong word;
        do
        {
            word = NextUInt64();
        }
        while (word > ulong.MaxValue - excess);

        return (long)(word % n);
    }

    /// <summary>Randomness from the operating system's cryptographic generator.</summary>
    /// <returns>A new source.</returns>
    public static RandomSource Secure() => new SecureRandomSource();

    /// <summary>Repeatable randomness: SHA-256 in counter mode, keyed by the SHA-256 of the seed.</summary>
    /// <remarks>
    /// The whole specification of <see cref="SeededGenerator"/>: key = SHA-256(seed in UTF-8); block i = SHA-256(key ‖ i as 8 bytes, big-endian), i = 0, 1, …;
    /// each block gives four words of 8 bytes, big-endian, which are the numbers of <see cref="NextUInt64"/>.
    /// </remarks>
    /// <param name="seed">Any text; its UTF-8 bytes count.</param>
    /// <returns>A new source at its beginning.</returns>
    public static RandomSource Seeded(string seed)
    {
        ArgumentNullException.ThrowIfNull(seed);
        return new SeededRandomSource(seed);
    }

    /// <summary>A seed that nobody can foresee, for draws that are to be redone by whoever knows it afterwards.</summary>
    /// <returns>32 bytes from the operating system's cryptographic generator, in lower-case hexadecimal digits: from here on a text like any other.</returns>
    public static string NewSeed() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SeedBytes));

    /// <summary>
    /// A whole number below a bound of any length, each equally likely: as many words as the bound needs, the first one weighing most, are read as one number,
    /// which is taken or thrown away like a single word.
    /// </summary>
    /// <param name="bound">The bound, 1 or more.</param>
    internal BigInteger NextBelow(BigInteger bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        int words = 1;
        BigInteger all = BigInteger.One << 64;
        while (all < bound)
        {
            words++;
            all <<= 64;
        }

        BigInteger end = all - (all % bound);
        BigInteger number;
        do
        {
            number = BigInteger.Zero;
            for (int w = 0; w < words; w++)
            {
                number = (number << 64) | NextUInt64();
            }
        }
        while (number >= end);

        return number % bound;
    }

    /// <summary>Puts <paramref name="count"/> randomly chosen entries, in random order, in front: the first steps of a Fisher–Yates shuffle.</summary>
    internal void Shuffle<T>(Span<T> items, int count)
    {
        for (int i = 0; i < count; i++)
        {
            int j = i + (int)NextBelow(items.Length - i);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}
