using System.Globalization;
using Sortition.Core.Lotteries;
using Xunit;

namespace Sortition.Core.Tests.Lotteries;

/// <summary>The generator of docs/randomness.md against values that another implementation computed, and bounded numbers without bias.</summary>
public sealed class RandomSourceTests
{
    private const long ThreeQuarters = 3L << 61;

    [Theory]
    [InlineData("", "5c5d42dcf39f71c0 226ca720d8d518db 615b5773f038e5e4 91963f6f47621bbd 48f2b0172585b575")]
    [InlineData("sortition", "53a2d7d7a30c3fca 00934475d3695c2b 20cc8df60ec651e9 38bfc373203f0562 0cea8bc2c7ab1b6f")]
    [InlineData("\u00c5lborg 2025", "d39ce46e5da65fec 271cfe0dcb2bccc0 7ca77a9bc06c3413 c40e2c4d58108763 5c11811c27496b3b")]
    public void The_seeded_generator_gives_the_words_of_its_specification(string seed, string words)
    {
        Assert.Equal(words, Words(RandomSource.Seeded(seed), 5));
        Assert.Contains(words, Specification(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "2c9ca9801acafb12 4298305874a61116 0d21383db6223f87 a61d4452348c922f a07692942d0a0ee0")]
    [InlineData(1, "49f9ea61b5004908 97a9d71d607be65a 77be4ad03f37005d b49d871a1096dcfa 9ef982052e93710c")]
    [InlineData(long.MaxValue, "96ff4f7beecf83b3 df0060df0b8efc00 493065c4fde8ee9d 04a03add39ef5aab cd46deeb76b486c7")]
    public void Streams_give_the_words_of_their_specification_wherever_their_generator_is(long stream, string words)
    {
        SeededRandomSource generator = new("sortition");
        Assert.Equal(words, Words(generator.Stream(stream), 5));
        Words(generator, 7);
        Assert.Equal(words, Words(generator.Stream(stream), 5));
        Assert.Contains(words, Specification(), StringComparison.Ordinal);
    }

    [Fact]
    public void New_seeds_are_64_hexadecimal_digits_and_never_the_same()
    {
        string[] seeds = [.. Enumerable.Range(0, 100).Select(_ => RandomSource.NewSeed())];
        Assert.All(seeds, seed => Assert.Matches("^[0-9a-f]{64}$", seed));
        Assert.Equal(seeds.Length, seeds.Distinct().Count());
    }

    [Fact]
    public void Streams_have_streams() => Assert.Equal("7486d1267ed98b0e e853bb7079281420", Words(new SeededRandomSource("sortition").Stream(1).Stream(2), 2));

    [Fact]
    public void The_generator_keeps_to_its_specification_far_out()
    {
        RandomSource random = RandomSource.Seeded("sortition");
        for (int i = 0; i < 1000; i++)
        {
            random.NextUInt64();
        }

        Assert.Equal(0x7b37275520cb065dUL, random.NextUInt64());
    }

    [Fact]
    public void Bounded_numbers_are_those_of_the_specification()
    {
        RandomSource random = RandomSource.Seeded("sortition");
        Assert.Equal([0L, 3, 9, 0, 7, 8, 5, 5, 0, 2, 6, 4, 5, 7, 2, 3, 9, 7, 7, 5], Enumerable.Range(0, 20).Select(_ => random.NextBelow(10)));
        random = RandomSource.Seeded("sortition");
        Assert.Equal([1414930554101186506, 41452094425226283, 2363419992412017129], Enumerable.Range(0, 3).Select(_ => random.NextBelow(1L << 62)));

        // The ninth word is thrown away.
        random = RandomSource.Seeded("sortition");
        Assert.Equal(
            [6026616572528574410, 41452094425226283, 2363419992412017129, 4089201885905356130, 930709941695224687, 3681116510335770322, 2894531107868242875, 1151956005915576609, 3833648820736284976],
            Enumerable.Range(0, 9).Select(_ => random.NextBelow(ThreeQuarters)));
    }

    [Theory]
    [InlineData(10, 10)]
    [InlineData(3, 3)]
    [InlineData(0, 0)]
    public void Shuffles_are_those_of_the_specification(int count, int words)
    {
        int[] items = [.. Enumerable.Range(0, 10)];
        RandomSource random = RandomSource.Seeded("sortition");
        random.Shuffle(items, count);
        int[] expected = count == 10 ? [0, 1, 3, 4, 5, 8, 9, 7, 2, 6] : count == 3 ? [0, 1, 3, 2, 4, 5, 6, 7, 8, 9] : [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
        Assert.Equal(expected, items);
        RandomSource other = RandomSource.Seeded("sortition");
        Words(other, words);
        Assert.Equal(other.NextUInt64(), random.NextUInt64());
    }

    [Theory]
    [InlineData(1, ulong.MaxValue)]
    [InlineData(2, ulong.MaxValue)]
    [InlineData(1L << 62, ulong.MaxValue)]
    [InlineData(3, ulong.MaxValue - 1)]
    [InlineData(10, ulong.MaxValue - 6)]
    [InlineData(ThreeQuarters, 0xbfffffffffffffff)]
    [InlineData(long.MaxValue, ulong.MaxValue - 2)]
    public void Exactly_the_words_beyond_the_last_whole_multiple_are_thrown_away(long bound, ulong last)
    {
        ulong n = (ulong)bound;
        Assert.Equal(0UL, unchecked(last + 1) % n);
        ScriptedSource kept = new(last, 0);
        Assert.Equal(bound - 1, kept.NextBelow(bound));
        Assert.Equal(1, kept.Used);
        if (last < ulong.MaxValue)
        {
            ScriptedSource thrown = new(ulong.MaxValue, last + 1, n + 5 % n);
            Assert.Equal((long)(5 % n), thrown.NextBelow(bound));
            Assert.Equal(3, thrown.Used);
        }
    }

    [Fact]
    public void Every_remainder_is_as_likely_as_any_other_under_a_bound_that_would_be_biased()
    {
        // Without rejection the three thirds would have the shares 3/8, 3/8 and 2/8.
        int[] thirds = new int[3];
        RandomSource random = RandomSource.Seeded("thirds");
        for (int i = 0; i < 30_000; i++)
        {
            thirds[random.NextBelow(ThreeQuarters) >> 61]++;
        }

        Statistics.AssertFits(thirds, [1 / 3.0, 1 / 3.0, 1 / 3.0]);
        int[] tens = new int[10];
        for (int i = 0; i < 50_000; i++)
        {
            tens[random.NextBelow(10)]++;
        }

        Statistics.AssertFits(tens, [.. Enumerable.Repeat(0.1, 10)]);
    }

    [Fact]
    public void Every_order_is_as_likely_as_any_other()
    {
        Dictionary<string, int> seen = [];
        RandomSource random = RandomSource.Seeded("orders");
        for (int i = 0; i < 24_000; i++)
        {
            int[] items = [0, 1, 2, 3];
            random.Shuffle(items, 4);
            string order = string.Concat(items);
            seen[order] = seen.GetValueOrDefault(order) + 1;
        }

        Assert.Equal(24, seen.Count);
        Statistics.AssertFits([.. seen.Values], [.. Enumerable.Repeat(1 / 24.0, 24)]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    public void A_bound_below_1_is_refused(long bound) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => RandomSource.Seeded("x").NextBelow(bound));

    [Fact]
    public void Seeds_are_texts_as_they_are()
    {
        string[] seeds = ["", " ", "a", "A", "a ", "\u00e5", "a\u030a"];
        Assert.Equal(seeds.Length, seeds.Select(s => RandomSource.Seeded(s).NextUInt64()).Distinct().Count());
        Assert.Throws<ArgumentNullException>(() => RandomSource.Seeded(null!));
    }

    [Fact]
    public void Secure_sources_give_different_words()
    {
        ulong[] words = [.. Enumerable.Range(0, 4).Select(_ => RandomSource.Secure()).SelectMany(r => new[] { r.NextUInt64(), r.NextUInt64() })];
        Assert.Equal(8, words.Distinct().Count());
        Assert.All(Enumerable.Range(0, 64), bit => Assert.Contains(Many(), w => (w >> bit & 1) == 1));

        static IEnumerable<ulong> Many()
        {
            RandomSource random = RandomSource.Secure();
            return Enumerable.Range(0, 100).Select(_ => random.NextUInt64());
        }
    }

    private static string Words(RandomSource random, int count) =>
        string.Join(' ', Enumerable.Range(0, count).Select(_ => random.NextUInt64().ToString("x16", CultureInfo.InvariantCulture)));

    private static string Specification()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Sortition.Core.sln")))
        {
            folder = folder.Parent;
        }

        return File.ReadAllText(Path.Combine(folder.FullName, "docs", "randomness.md"));
    }
}
