using FsCheck.Fluent;
using FsCheck.Xunit;
using Sortition.Core.Ballots;
using Sortition.Core.Lotteries;
using Xunit;

namespace Sortition.Core.Tests.Lotteries;

/// <summary>The exchange of people between ballots: what it must keep, that all it can reach is equally likely, and that it says when it cannot mix.</summary>
public sealed class BallotExchangeTests
{
    [Property(MaxTest = 3000)]
    [Trait("Lane", "Slow")]
    public void Counts_stay_and_ballots_stay_panels_in_thousands_of_pools(int seed) => Everybody_stays_on_as_many_ballots_and_every_ballot_stays_a_panel(seed);

    [Property(MaxTest = 200)]
    public void Everybody_stays_on_as_many_ballots_and_every_ballot_stays_a_panel(int seed)
    {
        SelectionProblem problem = seed % 3 == 0 ? TinyLotteries.HouseholdProblem(seed) : TinyPools.Problem(seed);
        int[][] ballots = RandomBallots(problem, 1 + (int)((uint)seed % 7), seed) ?? throw Prop.Discard<Exception>();
        (IReadOnlyList<IReadOnlyList<int>> mixed, BallotMixing mixing) =
            BallotExchange.Run(problem, ballots, RandomSource.Seeded($"{seed}"), 1, null, CancellationToken.None);
        Assert.Equal(ballots.Length, mixed.Count);
        Assert.All(mixed, ballot => Assert.True(TinyPools.IsPanel(problem, ballot)));
        Assert.All(mixed, ballot => Assert.Equal(ballot.Order(), ballot));
        Assert.Equal(Times(ballots), Times(mixed));
        Assert.Equal(mixed.Select(b => string.Join(' ', b)).Distinct().Count(), mixing.DifferentPanels);
        Assert.NotNull(mixing.IsMixed);
    }

    /// <summary>The chance of every step between any two arrangements, from the lists and the exchanges themselves: as likely there as back.</summary>
    /// <summary>The same where there are too many groups of people to write down, so that kinds of people are written down and people are drawn.</summary>
    [Theory]
    [InlineData(12, ExchangeList.MaxGroups)]
    [InlineData(6, 12)]
    public void A_try_and_its_way_back_are_equally_likely(int pools, int maxGroups)
    {
        bool drawsPeople = maxGroups < ExchangeList.MaxGroups;
        int tested = 0;
        int withHouseholds = 0;
        for (int seed = 0; tested < pools; seed++)
        {
            SelectionProblem problem = seed % 2 == 0 ? TinyLotteries.HouseholdProblem(seed) : TinyPools.Problem(seed);
            if (RandomBallots(problem, 2 + (seed % 2), seed) is not int[][] ballots || BallotExchange.ListsOf(problem, ballots, maxGroups) is not { Count: > 0 } lists
                || lists.Any(l => l.DrawsPeople) != drawsPeople)
            {
                continue;
            }

            Dictionary<string, Dictionary<string, double>> steps = [];
            if (!Explore(problem, ballots, lists, steps, most: 400) || steps.Count < 3)
            {
                continue;
            }

            tested++;
            withHouseholds += problem.TypeTable.Classes.Length > 0 ? 1 : 0;
            foreach ((string from, Dictionary<string, double> to) in steps)
            {
                Assert.Equal(1, to.Values.Sum(), 1e-9);
                Assert.All(to, step => Assert.Equal(step.Value, steps[step.Key].GetValueOrDefault(from), 1e-12));
            }
        }

        Assert.InRange(withHouseholds, pools / 6, pools);
    }

    [Fact]
    [Trait("Lane", "Slow")]
    public void A_try_and_its_way_back_are_equally_likely_in_many_pools() => A_try_and_its_way_back_are_equally_likely(150, ExchangeList.MaxGroups);

    [Fact]
    [Trait("Lane", "Slow")]
    public void All_that_tries_reach_is_equally_likely_in_more_pools() => Every_arrangement_that_tries_reach_is_as_likely_as_another(12);

    [Theory]
    [InlineData(1)]
    public void Every_arrangement_that_tries_reach_is_as_likely_as_another(int pools)
    {
        int tested = 0;
        for (int seed = 0; tested < pools; seed++)
        {
            SelectionProblem problem = seed % 2 == 0 ? TinyLotteries.HouseholdProblem(seed) : TinyPools.Problem(seed);
            if (RandomBallots(problem, 3, seed) is not int[][] ballots || BallotExchange.ListsOf(problem, ballots) is not { Count: > 0 } lists)
            {
                continue;
            }

            Dictionary<string, Dictionary<string, double>> steps = [];
            if (!Explore(problem, ballots, lists, steps, most: 60) || steps.Count < 6)
            {
                continue;
            }

            tested++;
            Dictionary<string, int> counts = steps.Keys.ToDictionary(k => k, _ => 0);
            for (int run = 0; run < 40 * steps.Count; run++)
            {
                counts[KeyOf(BallotExchange.Run(problem, ballots, RandomSource.Seeded($"run {seed} {run}"), 1, null, CancellationToken.None).Ballots)]++;
            }

            Statistics.AssertFits([.. counts.Values], [.. counts.Select(_ => 1.0 / counts.Count)]);
        }
    }

    [Fact]
    public void Where_nobody_can_change_places_ballots_are_not_called_mixed()
    {
        // One person for each row and column of a square of three, one of each row and each column: two Latin squares, and no way from one to the other.
        SelectionProblemBuilder builder = new(3);
        foreach ((string feature, string value) in from f in (string[])["row", "column"] from v in (string[])["1", "2", "3"] select (f, v))
        {
            builder.Quota(feature, value, 1, 1);
        }

        SelectionProblem problem = builder.People(
            Enumerable.Range(0, 9), i => $"p{i}", _ => null, i => new Dictionary<string, string> { ["row"] = $"{1 + (i / 3)}", ["column"] = $"{1 + (i % 3)}" }).Build();
        int[][] ballots = [[0, 4, 8], [1, 5, 6], [2, 3, 7], [0, 4, 8], [1, 5, 6], [2, 3, 7]];
        (IReadOnlyList<IReadOnlyList<int>> mixed, BallotMixing mixing) =
            BallotExchange.Run(problem, ballots, RandomSource.Seeded("squares"), 1, null, CancellationToken.None);
        Assert.False(mixing.IsMixed);

        // Ballots can only change their numbers.
        Assert.Equal(ballots.Select(b => string.Join(' ', b)).Order(), mixed.Select(b => string.Join(' ', b)).Order());
    }

    [Fact]
    public void Where_there_is_one_panel_only_there_is_nothing_to_mix()
    {
        SelectionProblem problem = new SelectionProblemBuilder(2).MustBeIn("a").MustBeIn("b").People(["a", "b", "c"], id => id, _ => null, _ => new Dictionary<string, string>()).Build();
        (_, BallotMixing mixing) = BallotExchange.Run(problem, [[0, 1], [0, 1], [0, 1]], RandomSource.Seeded("x"), 1, null, CancellationToken.None);
        Assert.Equal((true, 1, 2, 0.0), (mixing.IsMixed, mixing.DifferentPanels, mixing.LargestOverlap, mixing.PairExcess));
    }

    [Fact]
    public void Ballots_of_one_panel_by_type_become_different_panels()
    {
        SelectionProblem problem = Instances.Load("mass_like_24", 24);
        PanelTable ballots = BallotRounding.RoundWithMixing(new Leximin().Solve(problem).GetLotteryOrThrow(), 1000, RandomSource.Seeded("mixed"), out BallotMixing mixing);
        Assert.True(mixing.IsMixed);
        Assert.InRange(mixing.DifferentPanels, 990, 1000);
        Assert.InRange(mixing.PairExcess, 1.1, 1.6);
        Assert.InRange(mixing.LargestOverlap!.Value, 12, 23);
        BallotMixing measured = BallotMixing.Measure(ballots);
        Assert.Equal((mixing.DifferentPanels, mixing.LargestOverlap, mixing.LargestPairRatio), (measured.DifferentPanels, measured.LargestOverlap, measured.LargestPairRatio));
        Assert.Null(measured.IsMixed);
    }

    /// <summary>The aims of the exchange on every instance, against four runs with chance of their own; where it did not get there it must say so.</summary>
    [Theory]
    [Trait("Lane", "Slow")]
    [MemberData(nameof(Instances.Quick), MemberType = typeof(Instances))]
    public void A_thousand_ballots_are_mixed(string folder, int panelSize, double lowest)
    {
        SelectionProblem problem = Instances.Load(folder, panelSize);
        PanelLottery lottery = new Leximin().Solve(problem).GetLotteryOrThrow();
        BallotMixing[] runs = [.. Enumerable.Range(0, 3).Select(run =>
        {
            PanelTable ballots = BallotRounding.RoundWithMixing(lottery, 1000, RandomSource.Seeded($"run {run}"), out BallotMixing mixing);
            Assert.Equal(Math.Floor((1000 * lowest) + 1e-3), ballots.SelectionWeights().Where((_, i) => lottery.ProbabilityOf(i) > 0).Min());
            return mixing;
        })];
        Assert.All(runs, run => Assert.True(run.IsMixed));
        Assert.All(runs, run => Assert.InRange(run.DifferentPanels, 990, 1000));
        Assert.InRange(runs.Max(r => r.PairExcess) / runs.Min(r => r.PairExcess), 1, 1.1);
    }

    [Fact]
    public void Figures_of_ballots_worked_out_by_hand()
    {
        // Four people of two features on two of four ballots each; a and b are always together, and so are c and d.
        SelectionProblem problem = new SelectionProblemBuilder(2).Feature("f", "x", "y").Feature("g", "u", "v")
            .People(["a", "b", "c", "d"], id => id, _ => null, id => new Dictionary<string, string> { ["f"] = id is "a" or "b" ? "x" : "y", ["g"] = id is "a" or "c" ? "u" : "v" }).Build();
        BallotMixing mixing = BallotMixing.Measure(PanelTable.FromBallots(problem, [["a", "b"], ["a", "b"], ["c", "d"], ["c", "d"]]));
        Assert.Equal((4, 2, 2, 0L), (mixing.Ballots, mixing.DifferentPanels, mixing.LargestOverlap, mixing.Exchanges));

        // By chance any two on one ballot: two pairs have (2 − 1)²/1, four have (0 − 1)²/1.
        Assert.Equal(1, mixing.PairExcess, 1e-12);
        Assert.Null(mixing.LargestPairRatio);

        // x with u: b and a are together twice; by chance (4·4 − 4)/4 = 3, as all pairs of x and u but a with a.
        Assert.Equal(2 / 3.0, mixing.LargestGroupRatio!.Value, 1e-12);

        // Each of four cells has one member on two ballots and none on the others, and half a one is expected.
        Assert.Equal(0.25, mixing.MeanSquaredCellError, 1e-12);
        PanelTable same = PanelTable.FromBallots(problem, [.. Enumerable.Repeat((string[])["a", "b"], 6), .. Enumerable.Repeat((string[])["c", "d"], 6)]);
        Assert.Null(BallotMixing.Measure(same).LargestPairRatio);
        PanelTable more = PanelTable.FromBallots(problem, [.. Enumerable.Repeat((string[])["a", "b"], 10), .. Enumerable.Repeat((string[])["c", "d"], 10)]);
        Assert.Equal(2, BallotMixing.Measure(more).LargestPairRatio!.Value, 1e-12);
        Assert.Throws<ArgumentException>(() => BallotMixing.Measure(PanelTable.Create(problem, [(more.Rows[0].Panel, 2)])));
        Assert.Throws<ArgumentNullException>(() => BallotMixing.Measure(null!));
    }

    /// <summary>All arrangements within reach, and the chance of every step; false if there are more than wanted.</summary>
    private static bool Explore(
        SelectionProblem problem, int[][] start, IReadOnlyList<ExchangeList> lists, Dictionary<string, Dictionary<string, double>> steps, int most)
    {
        ExchangeRules rules = new(problem);
        Queue<int[][]> open = new([start]);
        steps.Add(KeyOf(start), []);
        while (open.TryDequeue(out int[][]? from))
        {
            Dictionary<string, double> to = steps[KeyOf(from)];
            foreach ((int[] one, int[] other, double chance) in lists.SelectMany(l => Exchanges(l, lists.Count)))
            {
                int[] ofOne = [.. Enumerable.Range(0, from.Length).Where(b => one.All(from[b].Contains) && !other.Any(from[b].Contains))];
                int[] ofOther = [.. Enumerable.Range(0, from.Length).Where(b => other.All(from[b].Contains) && !one.Any(from[b].Contains))];
                double each = chance / Math.Max(1, ofOne.Length * ofOther.Length);
                foreach ((int p, int q) in ofOne.SelectMany(p => ofOther, (p, q) => (p, q)))
                {
                    BallotChain chain = new(rules, from);
                    chain.Exchange(one, other, p, q);
                    int[][] next = chain.ToBallots();
                    if (steps.TryAdd(KeyOf(next), []))
                    {
                        open.Enqueue(next);
                    }

                    to[KeyOf(next)] = to.GetValueOrDefault(KeyOf(next)) + each;
                }

                if (ofOne.Length * ofOther.Length == 0)
                {
                    to[KeyOf(from)] = to.GetValueOrDefault(KeyOf(from)) + chance;
                }
            }

            if (steps.Count > most)
            {
                return false;
            }
        }

        return true;

        static IEnumerable<(int[] One, int[] Other, double Chance)> Exchanges(ExchangeList list, int lists) => list.All().Select(e =>
        {
            return (e.One.Except(e.Other).ToArray(), e.Other.Except(e.One).ToArray(), e.Chance / lists);
        });
    }

    private static string KeyOf(IReadOnlyList<IReadOnlyList<int>> ballots) => string.Join('|', ballots.Select(b => string.Join(' ', b)));

    private static int[] Times(IReadOnlyList<IReadOnlyList<int>> ballots)
    {
        int[] times = new int[ballots.Max(b => b.Max()) + 1];
        foreach (int i in ballots.SelectMany(b => b))
        {
            times[i]++;
        }

        return times;
    }

    /// <summary>Any panels of a tiny problem; null if it has none.</summary>
    private static int[][]? RandomBallots(SelectionProblem problem, int count, int seed)
    {
        List<int[]> panels = TinyPools.AllPanels(problem);
        RandomSource random = RandomSource.Seeded($"ballots {seed}");
        return panels.Count == 0 ? null : [.. Enumerable.Range(0, count).Select(_ => panels[(int)random.NextBelow(panels.Count)])];
    }
}
