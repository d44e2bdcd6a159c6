using System.Numerics;
using FsCheck.Xunit;
using Sortition.Core.Ballots;
using Xunit;

namespace Sortition.Core.Tests.Lotteries;

/// <summary>The laws of dependent rounding: the sum is M, every count is a floor or a ceiling, and every expectation is exact.</summary>
public sealed class DependentRoundingTests
{
    private const long Total = PanelLottery.WeightTotal;

    public static TheoryData<int, int[]> SmallWeights => new()
    {
        { 1, [8] },
        { 1, [1, 7] },
        { 1, [3, 3, 2] },
        { 1, [1, 1, 1, 1, 1, 1, 1, 1] },
        { 2, [5, 3] },
        { 3, [1, 2, 5] },
        { 3, [3, 1, 1, 1, 2] },
        { 5, [1, 1, 3, 3] },
        { 5, [3, 5] },
        { 6, [2, 1, 4, 1] },
        { 7, [1, 3, 3, 1] },
        { 8, [1, 2, 5] },
        { 1000, [3, 3, 1, 1] },
        { 999_999, [1, 1, 1, 5] },
    };

    [Theory]
    [MemberData(nameof(SmallWeights))]
    public void Expectations_are_exact_over_all_outcomes(int count, int[] eighths)
    {
        long[] weights = [.. eighths.Select(e => e * (Total / 8))];
        BigRational[] expectations = new BigRational[weights.Length];
        BigRational[] pairs = new BigRational[weights.Length * weights.Length];
        BigRational probability = BigRational.Zero;
        foreach ((int[] copies, BigRational chance) in Outcomes(weights, count))
        {
            AssertLaws(weights, count, copies);
            probability += chance;
            for (int p = 0; p < copies.Length; p++)
            {
                expectations[p] += chance * copies[p];
                for (int q = 0; q < p; q++)
                {
                    pairs[(p * copies.Length) + q] += chance * copies[p] * copies[q];
                }
            }
        }

        Assert.Equal(BigRational.One, probability);
        for (int p = 0; p < weights.Length; p++)
        {
            Assert.Equal(new BigRational((BigInteger)weights[p] * count, Total), expectations[p]);
            for (int q = 0; q < p; q++)
            {
                // Pipage rounding never correlates two counts positively.
                Assert.True(pairs[(p * weights.Length) + q].CompareTo(expectations[p] * expectations[q]) <= 0);
            }
        }
    }

    [Fact]
    public void Outcomes_of_a_case_solved_by_hand()
    {
        // Three panels of 3/8, 3/8, 2/8, one ballot: the first two meet (the sum 6/8 stays below 1), then the winner meets the third: each wins with its weight.
        (int[] Copies, BigRational Chance)[] outcomes = Outcomes([3 * (Total / 8), 3 * (Total / 8), 2 * (Total / 8)], 1);
        foreach ((int[] one, int eighths) in new[] { (new[] { 1, 0, 0 }, 3), (new[] { 0, 1, 0 }, 3), (new[] { 0, 0, 1 }, 2) })
        {
            BigRational sum = BigRational.Zero;
            foreach ((int[] copies, BigRational chance) in outcomes)
            {
                sum += copies.SequenceEqual(one) ? chance : BigRational.Zero;
            }

            Assert.Equal(new BigRational(eighths, 8), sum);
        }
    }

    [Property(MaxTest = 500)]
    public void The_sum_is_exact_and_counts_are_floors_or_ceilings_whatever_the_weights(int seed)
    {
        RandomSource random = RandomSource.Seeded($"rounding {seed}");
        long[] weights = RandomWeights(random, 1 + (int)random.NextBelow(60));
        int[] counts = [1, 2, 3, 1000, 1_000_000, 1 + (int)random.NextBelow(1_000_000)];
        Assert.All(counts, count => AssertLaws(weights, count, DependentRounding.Round(weights, count, random.NextBelow)));
    }

    [Fact]
    public void Weights_at_the_edges_round_too()
    {
        RandomSource random = RandomSource.Seeded("edges");
        long[][] cases = [[Total], [1, Total - 1], [Total - 1, 1], [Total / 2, Total / 2], [1, 1, Total - 2], [Total - 2, 1, 1], [1, Total / 2, (Total / 2) - 1], [Total / 3, Total / 3, Total - (Total / 3 * 2)]];
        foreach (long[] weights in cases)
        {
            foreach (int count in new[] { 1, 2, 3, 999_999, 1_000_000 })
            {
                for (int i = 0; i < 20; i++)
                {
                    AssertLaws(weights, count, DependentRounding.Round(weights, count, random.NextBelow));
                }
            }
        }
    }

    private static void AssertLaws(long[] weights, int count, int[] copies)
    {
        Assert.Equal(count, copies.Sum());
        for (int p = 0; p < weights.Length; p++)
        {
            BigInteger floor = BigInteger.DivRem((BigInteger)weights[p] * count, Total, out BigInteger rest);
            Assert.True(copies[p] == floor || (copies[p] == floor + 1 && !rest.IsZero));
        }
    }

    /// <summary>
    /// Every outcome with its probability. Weights are multiples of 2⁵⁹, so all bounds are; whether a number lies low or high within its multiple of 2⁵⁹ must then not
    /// matter. Both ways are enumerated and must agree.
    /// </summary>
    private static (int[] Copies, BigRational Chance)[] Outcomes(long[] weights, int count)
    {
        Dictionary<string, (int[] Copies, BigRational Chance)> low = Outcomes(weights, count, 0);
        Dictionary<string, (int[] Copies, BigRational Chance)> high = Outcomes(weights, count, (Total / 8) - 1);
        Assert.Equal(low.Keys.Order(StringComparer.Ordinal), high.Keys.Order(StringComparer.Ordinal));
        Assert.All(low, outcome => Assert.Equal(outcome.Value.Chance, high[outcome.Key].Chance));
        return [.. low.Values];
    }

    private static Dictionary<string, (int[] Copies, BigRational Chance)> Outcomes(long[] weights, int count, long offset)
    {
        Dictionary<string, (int[] Copies, BigRational Chance)> outcomes = [];
        const long Grain = Total / 8;
        Stack<(long Number, long Bound)[]> open = new([[]]);
        while (open.Count > 0)
        {
            (long Number, long Bound)[] prefix = open.Pop();
            int used = 0;
            long askedBeyond = 0;
            int[]? copies = null;
            try
            {
                copies = DependentRounding.Round(weights, count, Next);
            }
            catch (OutOfNumbersException)
            {
                Assert.Equal(0, askedBeyond % Grain);
            }

            if (copies is null)
            {
                for (long number = 0; number < askedBeyond; number += Grain)
                {
                    open.Push([.. prefix, (number + offset, askedBeyond)]);
                }

                continue;
            }

            Assert.Equal(prefix.Length, used);
            BigRational chance = BigRational.One;
            foreach ((_, long bound) in prefix)
            {
                chance *= new BigRational(Grain, bound);
            }

            string key = string.Join(',', copies);
            outcomes[key] = (copies, chance + (outcomes.TryGetValue(key, out (int[] Copies, BigRational Chance) before) ? before.Chance : BigRational.Zero));

            long Next(long bound)
            {
                if (used == prefix.Length)
                {
                    askedBeyond = bound;
                    throw new OutOfNumbersException();
                }

                Assert.Equal(prefix[used].Bound, bound);
                return prefix[used++].Number;
            }
        }

        return outcomes;
    }

    private static long[] RandomWeights(RandomSource random, int panels)
    {
        SortedSet<long> cuts = [0, Total];
        while (cuts.Count <= panels)
        {
            // Some weights are tiny, some are round.
            long cut = random.NextBelow(3) switch { 0 => 1 + random.NextBelow(1000), 1 => (1 + random.NextBelow(1023)) << 52, _ => random.NextBelow(Total) };
            cuts.Add(cut);
        }

        return [.. cuts.Zip(cuts.Skip(1), (a, b) => b - a)];
    }

    private sealed class OutOfNumbersException : Exception;
}
