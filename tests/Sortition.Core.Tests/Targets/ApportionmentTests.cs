using FsCheck.Xunit;
using Sortition.Core.Targets;
using Xunit;
using static Sortition.Core.Tests.Targets.Populations;

namespace Sortition.Core.Tests.Targets;

/// <summary>Seats by largest remainder and by Sainte-Laguë: published examples, and what each method promises.</summary>
public sealed class ApportionmentTests
{
    // Votes of six parties, used in encyclopedias for quota methods: targets 4.70, 1.60, 1.59, 1.20, 0.60 and 0.31.
    private static readonly int[] SixParties = [47_000, 16_000, 15_900, 12_000, 6_000, 3_100];

    [Fact]
    public void Largest_remainder_of_the_six_parties() => Assert.Equal([5, 2, 1, 1, 1, 0], Seats(TargetMethod.LargestRemainder, 10, SixParties));

    [Fact]
    public void Largest_remainder_has_the_Alabama_paradox()
    {
        // The smallest state has 1.43 of 10 seats and 1.57 of 11; the larger ones' remainders overtake it.
        Assert.Equal([4, 4, 2], Seats(TargetMethod.LargestRemainder, 10, 6, 6, 2));
        Assert.Equal([5, 5, 1], Seats(TargetMethod.LargestRemainder, 11, 6, 6, 2));

        // Sainte-Laguë has it never; here the last seats are a tie of 6/9, 6/9 and 2/3, which the larger states win.
        Assert.Equal([5, 4, 1], Seats(TargetMethod.SainteLague, 10, 6, 6, 2));
        Assert.Equal([5, 5, 1], Seats(TargetMethod.SainteLague, 11, 6, 6, 2));
    }

    [Theory]
    [InlineData(7, new[] { 53_000, 24_000, 23_000 }, new[] { 3, 2, 2 })]
    [InlineData(8, new[] { 100_000, 80_000, 30_000, 20_000 }, new[] { 3, 3, 1, 1 })]
    public void Sainte_Lague_of_published_examples(int seats, int[] votes, int[] expected) => Assert.Equal(expected, Seats(TargetMethod.SainteLague, seats, votes));

    [Theory]
    [InlineData(TargetMethod.LargestRemainder)]
    [InlineData(TargetMethod.SainteLague)]
    public void A_tie_goes_to_the_larger_group_and_then_to_the_first_name(TargetMethod method)
    {
        // Four equal groups and two seats: whatever their order, the two names that come first.
        Population population = Of(("c", 1), ("A", 1), ("d", 1), ("b", 1));
        Assert.Equal("A b", string.Join(' ', QuotaTargets.Compute(population, 2, new TargetOptions { Method = method }).Where(t => t.Seats == 1).Select(t => t.Group.Condition[0].Value)));

        // 1.5 and 0.5 of 2 seats by remainder; 3/3 and 1/1 by quotient: the larger group wins although its name comes last.
        Assert.Equal([0, 2], Seats(method, 2, 1, 3));
    }

    [Property(MaxTest = 300)]
    public void Seats_add_up_and_nobody_is_a_seat_from_the_target_by_largest_remainder(int seed)
    {
        RandomCase random = new(seed);
        int[] seats = Seats(TargetMethod.LargestRemainder, random.Size, random.Counts);
        Assert.Equal(random.Size, seats.Sum());
        long total = random.Counts.Sum(c => (long)c);
        Assert.All(seats.Zip(random.Counts), pair => Assert.True(Math.Abs((pair.First * total) - ((long)pair.Second * random.Size)) < total));
    }

    [Property(MaxTest = 300)]
    public void Sainte_Lague_gives_seat_after_seat_and_takes_none_away(int seed)
    {
        RandomCase random = new(seed);
        int[] one = Sequence(random.Counts, random.Size);
        Assert.Equal(one, Seats(TargetMethod.SainteLague, random.Size, random.Counts));
        int[] next = Seats(TargetMethod.SainteLague, random.Size + 1, random.Counts);
        Assert.Equal(random.Size + 1, next.Sum());
        Assert.All(one.Zip(next), pair => Assert.InRange(pair.Second, pair.First, pair.First + 1));
    }

    [Theory]
    [InlineData(TargetMethod.LargestRemainder, 2, "Open 0-1, Open 0-1, Open 0-1", 4, 4, 4)]
    [InlineData(TargetMethod.SainteLague, 2, "Open 0-1, Open 0-1, Open 0-1", 4, 4, 4)]
    [InlineData(TargetMethod.SainteLague, 10, "Open 4-5, Open 4-5, Lost 1-1", 6, 6, 2)]
    [InlineData(TargetMethod.LargestRemainder, 10, "None 4-4, None 4-4, None 2-2", 6, 6, 2)]
    [InlineData(TargetMethod.LargestRemainder, 3, "None 1-1, None 1-1, None 1-1", 4, 4, 4)]
    [InlineData(TargetMethod.LargestRemainder, 2, "Won 2-2, Lost 0-0", 3, 1)]
    [InlineData(TargetMethod.SainteLague, 2, "Won 2-2, Lost 0-0", 3, 1)]
    public void Ties_go_to_the_larger_group_and_among_equal_ones_stay_open(TargetMethod method, int size, string expected, params int[] counts) =>
        Assert.Equal(expected, string.Join(", ", QuotaTargets.Compute(Of(counts), size, new TargetOptions { Method = method }).Select(t => $"{t.Tie} {t.Min}-{t.Max}")));

    [Fact]
    public void A_million_seats_are_apportioned_at_once() => Assert.Equal([333_334, 333_333, 333_333], Seats(TargetMethod.SainteLague, 1_000_000, 1, 1, 1));

    private static int[] Seats(TargetMethod method, int size, params int[] counts) =>
        [.. QuotaTargets.Compute(Of(counts), size, new TargetOptions { Method = method }).Select(t =>
        {
            Assert.Equal(t.Tie == ApportionmentTie.Open ? 1 : 0, t.Max - t.Min);
            Assert.InRange(t.Seats!.Value, t.Min, t.Max);
            return t.Seats!.Value;
        })];

    /// <summary>The definition: the next seat to the highest quotient.</summary>
    private static int[] Sequence(int[] counts, int size)
    {
        int[] seats = new int[counts.Length];
        for (int s = 0; s < size; s++)
        {
            int best = 0;
            for (int g = 1; g < counts.Length; g++)
            {
                long mine = counts[g] * ((2L * seats[best]) + 1);
                long its = counts[best] * ((2L * seats[g]) + 1);
                if (mine > its || (mine == its && counts[g] > counts[best]))
                {
                    best = g;
                }
            }

            seats[best]++;
        }

        return seats;
    }
}
