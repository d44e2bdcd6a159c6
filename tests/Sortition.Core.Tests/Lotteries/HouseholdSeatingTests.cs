using System.Numerics;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Xunit;

namespace Sortition.Core.Tests.Lotteries;

/// <summary>Who of alike households sits: every set of people that the limit allows is as likely as another, against a list of all sets.</summary>
public sealed class HouseholdSeatingTests
{
    [Fact]
    public void Ways_are_counted_as_going_through_all_sets_does()
    {
        int several = 0;
        for (int seed = 0; seed < 600; seed++)
        {
            (SelectionProblem problem, TypeSeats[] seats) = Alike(seed);
            BigInteger ways = HouseholdSeating.Count(problem.TypeTable.Classes[0], seats);
            Assert.Equal(AllSeatings(problem, seats).Count, ways);
            several += ways > 1 ? 1 : 0;
        }

        Assert.InRange(several, 300, 600);
    }

    [Fact]
    public void Every_seating_that_the_limit_allows_is_as_likely_as_another()
    {
        int tested = 0;
        for (int seed = 0; tested < 25; seed++)
        {
            (SelectionProblem problem, TypeSeats[] seats) = Alike(seed);
            List<int[]> seatings = AllSeatings(problem, seats);
            if (problem.HouseholdLimit > 1 && seatings.Count is >= 4 and <= 300)
            {
                AssertSeatingsEquallyLikely(problem, seats, seatings, 20 * seatings.Count, seed);
                tested++;
            }
        }
    }

    [Fact]
    public void Housemates_are_drawn_together_under_a_limit_of_two()
    {
        // Two households of three, two seats: three pairs of housemates each, and nine pairs of strangers.
        SelectionProblem problem = Households(2, 2, 2, "red", "red", "red");
        TypeSeats[] seats = [new(0, 2)];
        List<int[]> seatings = AllSeatings(problem, seats);
        Assert.Equal(15, seatings.Count);
        AssertSeatingsEquallyLikely(problem, seats, seatings, 6000, 1);
    }

    [Theory]
    [InlineData(1, "red", "blue")]
    [InlineData(2, "red", "red", "blue")]
    [InlineData(3, "red", "red", "blue", "blue", "green")]
    public void People_of_a_type_have_one_chance_and_so_have_pairs_and_triples_of_one_kind(int limit, params string[] colours)
    {
        // Six seats; single people, pairs and triples are counted apart, one of each from a draw so that the counts are independent.
        SelectionProblem problem = Households(limit == 3 ? 4 : 6, 6, limit, colours);
        TypeSeats[] seats = problem.TypeTable.Types.Length == 2 ? [new(0, 3), new(1, 3)] : [new(0, 2), new(1, 2), new(2, 2)];
        List<int[]> seatings = AllSeatings(problem, seats);
        PanelLottery lottery = LotteryOf(problem, seats);
        RandomSource choice = RandomSource.Seeded("which of them");
        foreach (int size in (int[])[1, 2, 3])
        {
            Dictionary<string, double> expected = [];
            foreach (int[] subset in seatings.SelectMany(s => Subsets(s, size)))
            {
                string key = string.Join(' ', subset);
                expected[key] = expected.GetValueOrDefault(key) + 1;
            }

            Dictionary<string, int> counts = expected.Keys.ToDictionary(k => k, _ => 0);
            for (int d = 0; d < 4000; d++)
            {
                int[] members = [.. lottery.Draw(RandomSource.Seeded(FormattableString.Invariant($"{size} of a draw {d}"))).Members];
                choice.Shuffle<int>(members, size);
                counts[string.Join(' ', members[..size].Order())]++;
            }

            double all = expected.Values.Sum();
            Statistics.AssertFits([.. expected.Keys.Select(k => counts[k])], [.. expected.Values.Select(e => e / all)]);
        }
    }

    [Fact]
    public void Thousands_of_alike_households_are_seated_exactly()
    {
        // Five thousand families of two adults and two children, at most two of a family: with 60 seats nearly all families have one at most, yet some have two.
        SelectionProblem problem = Households(5000, 60, 2, "adult", "adult", "child", "child");
        PanelLottery lottery = LotteryOf(problem, [new(0, 30), new(1, 30)]);
        int together = 0;
        const int Draws = 100;
        for (int d = 0; d < Draws; d++)
        {
            Panel panel = lottery.Draw(RandomSource.Seeded(FormattableString.Invariant($"families {d}")));
            Assert.Equal(30, panel.Members.Count(i => problem.TypeOf(i) == 0));
            int[] families = [.. panel.Members.CountBy(i => problem.People[i].Household!.Value).Select(f => f.Value)];
            Assert.InRange(families.Max(), 1, 2);
            together += families.Count(n => n == 2);
        }

        // Nearly a Poisson number: 2·C(30, 2) pairs of one type that meet with 1/9999, and 30² mixed ones with 1/5000, in each draw.
        double mean = Draws * ((30 * 29 / 9999.0) + (30 * 30 / 5000.0));
        Assert.InRange(together, mean - (4 * Math.Sqrt(mean)), mean + (4 * Math.Sqrt(mean)));
    }

    [Fact]
    public void Numbers_of_ways_that_no_word_holds_are_drawn_from_and_full_households_leave_no_choice()
    {
        SelectionProblem problem = Households(200, 400, 2, "red", "blue", "green");
        TypeSeats[] seats = [new(0, 130), new(1, 130), new(2, 140)];
        Assert.True(HouseholdSeating.Count(problem.TypeTable.Classes[0], seats) > BigInteger.Pow(2, 250));
        Panel panel = LotteryOf(problem, seats).Draw(RandomSource.Seeded("full"));
        Assert.All(panel.Members.CountBy(i => problem.People[i].Household!.Value), h => Assert.Equal(2, h.Value));
    }

    [Fact]
    public void The_order_of_rows_and_names_of_households_do_not_matter()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            (SelectionProblem problem, TypeSeats[] seats) = Alike(seed);
            SelectionProblem turned = Build(
                problem.PanelSize, problem.HouseholdLimit!.Value, problem.People.Reverse().Select(p => (p.Id, $"z{100 - p.Household}", p.Values[0])));
            Assert.Equal(LotteryOf(problem, seats).Draw(RandomSource.Seeded("rows")).Ids, LotteryOf(turned, seats).Draw(RandomSource.Seeded("rows")).Ids);
        }
    }

    [Fact]
    public void Numbers_below_bounds_of_any_length_are_words_read_as_one_number()
    {
        foreach (long bound in (long[])[1, 2, 10, 3L << 61, long.MaxValue])
        {
            Assert.Equal(RandomSource.Seeded("n").NextBelow(bound), RandomSource.Seeded("n").NextBelow(new BigInteger(bound)));
        }

        BigInteger two64 = BigInteger.One << 64;
        Assert.Equal(ulong.MaxValue, new ScriptedSource(ulong.MaxValue).NextBelow(two64));
        Assert.Equal((5 * two64) + 7, new ScriptedSource(5, 7).NextBelow(two64 * two64));
        BigInteger third = (two64 * two64) / 3;
        ScriptedSource source = new(ulong.MaxValue, ulong.MaxValue, 0, 9);
        Assert.Equal(9, source.NextBelow(third));
        Assert.Equal(4, source.Used);
        Assert.Throws<ArgumentOutOfRangeException>(() => source.NextBelow(BigInteger.Zero));
    }

    private static void AssertSeatingsEquallyLikely(SelectionProblem problem, TypeSeats[] seats, List<int[]> seatings, int draws, int seed)
    {
        Dictionary<string, int> counts = seatings.ToDictionary(s => string.Join(' ', s), _ => 0);
        foreach (Panel panel in LotteryOf(problem, seats).Draw(RandomSource.Seeded(FormattableString.Invariant($"seatings {seed}")), draws))
        {
            counts[string.Join(' ', panel.Members)]++;
        }

        Statistics.AssertFits([.. counts.Values], [.. counts.Select(_ => 1.0 / counts.Count)]);
    }

    /// <summary>One to four alike households of two to five people of up to three colours, a limit that binds, and seats that it allows.</summary>
    private static (SelectionProblem Problem, TypeSeats[] Seats) Alike(int seed)
    {
        RandomSource random = RandomSource.Seeded(FormattableString.Invariant($"alike {seed}"));
        int size = 2 + (int)random.NextBelow(4);
        int limit = 1 + (int)random.NextBelow(size - 1);
        int houses = 1 + (int)random.NextBelow(14 / size);
        string[] colours = [.. Enumerable.Range(0, size).Select(_ => ((string[])["blue", "green", "red"])[random.NextBelow(3)])];
        int panelSize = 1 + (int)random.NextBelow(limit * houses);
        SelectionProblem problem = Households(houses, panelSize, limit, colours);

        // The seats of people who obey the limit, taken at random.
        int[] order = [.. Enumerable.Range(0, problem.People.Count)];
        random.Shuffle<int>(order, order.Length);
        List<int> members = [];
        foreach (int i in order)
        {
            if (members.Count < panelSize && members.Count(m => problem.People[m].Household == problem.People[i].Household) < limit)
            {
                members.Add(i);
            }
        }

        return (problem, TinyLotteries.SeatsOf(problem, members));
    }

    private static SelectionProblem Households(int houses, int panelSize, int limit, params string[] colours) => Build(
        panelSize,
        limit,
        Enumerable.Range(0, houses * colours.Length)
            .Select(i => (FormattableString.Invariant($"p{i:00000}"), FormattableString.Invariant($"h{i % houses}"), colours[i / houses])));

    private static SelectionProblem Build(int panelSize, int limit, IEnumerable<(string Id, string Household, string Colour)> people) =>
        new SelectionProblemBuilder(panelSize).Feature("colour", "red", "blue", "green", "adult", "child").HouseholdLimit(limit)
            .People(people, p => p.Id, p => p.Household, p => new Dictionary<string, string> { ["colour"] = p.Colour }).Build();

    private static PanelLottery LotteryOf(SelectionProblem problem, TypeSeats[] seats) =>
        PanelLottery.Create(problem, [(seats, PanelLottery.WeightTotal)], [], TinyLotteries.NoCertificate);

    private static List<int[]> AllSeatings(SelectionProblem problem, TypeSeats[] seats) =>
        [.. Subsets([.. Enumerable.Range(0, problem.People.Count)], problem.PanelSize).Where(s =>
            s.CountBy(i => problem.People[i].Household!.Value).All(h => h.Value <= problem.HouseholdLimit)
            && seats.All(t => s.Count(i => problem.TypeOf(i) == t.Type) == t.Seats))];

    private static IEnumerable<int[]> Subsets(int[] items, int size)
    {
        if (size == 0)
        {
            yield return [];
            yield break;
        }

        for (int i = 0; i + size <= items.Length; i++)
        {
            foreach (int[] rest in Subsets(items[(i + 1)..], size - 1))
            {
                yield return [items[i], .. rest];
            }
        }
    }
}
