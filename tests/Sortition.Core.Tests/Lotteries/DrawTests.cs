using MathNet.Numerics;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Sortition.Core.Replacements;
using Xunit;

namespace Sortition.Core.Tests.Lotteries;

/// <summary>Draws have the frequencies the lottery promises, and every one is a panel.</summary>
public sealed class DrawTests
{
    [Fact]
    public void Panels_without_households_are_drawn_with_their_exact_chances()
    {
        int tested = 0;
        for (int seed = 0; tested < 10; seed++)
        {
            SelectionProblem problem = TinyPools.Problem(seed);
            List<int[]> panels = TinyPools.AllPanels(problem);
            if (problem.TypeTable.Classes.Length > 0 || panels.Count < 6 || TinyLotteries.Of(problem, seed) is not PanelLottery lottery)
            {
                continue;
            }

            // A panel's chance: its type-level panel's, over the number of ways to choose the people of each type.
            tested++;
            double[] chances = [.. panels.Select(ChanceOf)];
            int[] counts = new int[panels.Count];
            foreach (Panel panel in lottery.Draw(RandomSource.Seeded(FormattableString.Invariant($"draws {seed}")), 4000))
            {
                counts[panels.FindIndex(p => p.SequenceEqual(panel.Members))]++;
            }

            Statistics.AssertFits(counts, chances);

            double ChanceOf(int[] panel)
            {
                TypeSeats[] seats = TinyLotteries.SeatsOf(problem, panel);
                double ways = seats.Aggregate(1.0, (product, s) => product * Combinatorics.Combinations(lottery.Types[s.Type].Members.Count, s.Seats));
                return lottery.Panels.Where(p => p.Seats.SequenceEqual(seats)).Sum(p => p.Probability) / ways;
            }
        }
    }

    [Fact]
    public void Any_two_of_a_plain_draw_sit_together_equally_often_and_so_do_any_four()
    {
        // Twelve neighbours, two a street, four seats: each of 495 panels is as likely, and any two sit together with (4·3)/(12·11) = 1/11.
        PanelLottery lottery = new Leximin().Solve(Neighbours(4).Build()).GetLotteryOrThrow();
        AssertPanelsEquallyLikely(12, 4, seed => lottery.Draw(RandomSource.Seeded(seed)).Members, (_, _) => true);
    }

    [Fact]
    public void Any_two_of_a_type_sit_together_equally_often_under_quotas()
    {
        // Ten villages of twelve, listed one after the other; of 120 people 12 sit, half women and half young.
        SelectionProblem problem = new SelectionProblemBuilder(12)
            .Quota("gender", "female", 6, 6).Quota("gender", "male", 6, 6).Quota("age", "young", 6, 6).Quota("age", "old", 6, 6)
            .People(Enumerable.Range(1, 120), new PersonReader<int>
            {
                Id = i => FormattableString.Invariant($"V{i:000}"),
                Value = (i, feature) => feature == "gender" ? (i % 2 == 1 ? "female" : "male") : i % 4 is 1 or 2 ? "young" : "old",
            })
            .Build();
        PanelLottery lottery = new Leximin().Solve(problem).GetLotteryOrThrow();
        RandomSource choice = RandomSource.Seeded("two of a panel");
        int[] counts = new int[30 * 29 / 2];
        int villages = 0;
        const int Draws = 9000;
        for (int d = 0; d < Draws; d++)
        {
            IReadOnlyList<int> members = lottery.Draw(RandomSource.Seeded(FormattableString.Invariant($"villages {d}"))).Members;
            villages += members.Select(i => i / 12).Distinct().Count();
            int[] ofType = [.. members.Where(i => i % 4 == 0).Select(i => i / 4)];
            choice.Shuffle<int>(ofType, Math.Min(2, ofType.Length));
            if (ofType.Length >= 2)
            {
                (int a, int b) = (Math.Min(ofType[0], ofType[1]), Math.Max(ofType[0], ofType[1]));
                counts[(b * (b - 1) / 2) + a]++;
            }
        }

        Statistics.AssertFits(counts, [.. counts.Select(_ => 1.0 / counts.Length)]);

        // Twelve of 120 come from seven or eight of the ten villages; from two at the most if neighbours were drawn together.
        Assert.InRange(villages / (double)Draws, 7, 8);
    }

    [Fact]
    public void Any_panel_that_keeps_households_apart_is_as_likely_as_another()
    {
        PanelLottery lottery = new Leximin().Solve(Neighbours(4).HouseholdLimit(1).Build()).GetLotteryOrThrow();
        Assert.NotEmpty(lottery.Problem.TypeTable.Classes);
        AssertPanelsEquallyLikely(12, 4, seed => lottery.Draw(RandomSource.Seeded(seed)).Members, (a, b) => a / 2 != b / 2);
    }

    [Fact]
    public void Replacements_are_drawn_as_a_first_panel_is()
    {
        // Two of four stay: two of the other eight join.
        SelectionProblem problem = Neighbours(4).Build();
        ReplacementRound round = ReplacementRound.Start(problem, ["P01", "P02"], ["P03", "P04"]).GetRoundOrThrow();
        PanelLottery lottery = new Leximin().Solve(round.Residual).GetLotteryOrThrow();
        AssertPanelsEquallyLikely(8, 2, seed => lottery.Draw(RandomSource.Seeded(seed)).Members, (_, _) => true);
    }

    [Fact]
    public void A_draw_takes_first_the_panel_by_type_and_then_its_people()
    {
        SelectionProblem problem = TinyLotteries.HouseholdProblem(3);
        PanelLottery lottery = TinyLotteries.Of(problem, 1)!;
        for (int seed = 0; seed < 50; seed++)
        {
            RandomSource random = RandomSource.Seeded(FormattableString.Invariant($"{seed}"));
            int panel = lottery.DrawPanelIndex(random);
            Panel members = lottery.DrawMembers(panel, random);
            Assert.Equal(lottery.Panels[panel].Seats, TinyLotteries.SeatsOf(problem, members.Members));
            Assert.Equal(lottery.Draw(RandomSource.Seeded(FormattableString.Invariant($"{seed}"))).Members, members.Members);
        }
    }

    [Fact]
    public void Draws_with_households_are_panels_and_give_everybody_their_chance()
    {
        int tested = 0;
        for (int seed = 0; tested < 15; seed++)
        {
            SelectionProblem problem = TinyLotteries.HouseholdProblem(seed);
            if (TinyLotteries.Of(problem, seed) is not PanelLottery lottery)
            {
                continue;
            }

            tested++;
            const int Draws = 1500;
            int[][] seated = [.. problem.People.Select(_ => new int[Draws])];
            RandomSource random = RandomSource.Seeded(FormattableString.Invariant($"household draws {seed}"));
            for (int d = 0; d < Draws; d++)
            {
                Panel panel = lottery.Draw(random);
                Assert.True(TinyPools.IsPanel(problem, panel.Members));
                foreach (int i in panel.Members)
                {
                    seated[i][d] = 1;
                }
            }

            for (int i = 0; i < seated.Length; i++)
            {
                Statistics.AssertMean(lottery.ProbabilityOf(i), seated[i]);
            }
        }
    }

    [Fact]
    public void Choices_in_households_of_one_class_are_uniform()
    {
        // Three couples of a red and a blue person; one red and one blue seat, at most one of a couple: six panels, equally likely.
        TinyRow[] rows = [.. Enumerable.Range(0, 6).Select(i => Problems.FaultAssert.Row($"p{i}", $"house {i / 2}", i % 2 == 0 ? "f=red" : "f=blue"))];
        SelectionProblem problem = Problems.FaultAssert.With(new SelectionProblemBuilder(2).Quota("f", "red", 1, 1).Quota("f", "blue", 1, 1).HouseholdLimit(1), rows).Build();
        PanelLottery lottery = PanelLottery.Create(problem, [([new TypeSeats(0, 1), new TypeSeats(1, 1)], PanelLottery.WeightTotal)], [], TinyLotteries.NoCertificate);
        List<int[]> panels = TinyPools.AllPanels(problem);
        Assert.Equal(6, panels.Count);
        int[] counts = new int[6];
        foreach (Panel panel in lottery.Draw(RandomSource.Seeded("couples"), 6000))
        {
            counts[panels.FindIndex(p => p.SequenceEqual(panel.Members))]++;
        }

        Statistics.AssertFits(counts, [.. Enumerable.Repeat(1 / 6.0, 6)]);
    }

    [Fact]
    public void The_first_number_below_two_to_the_62_chooses_the_panel_by_its_weight()
    {
        SelectionProblem problem = new SelectionProblemBuilder(1).Feature("f", "v", "w")
            .People(["a", "b"], new PersonReader<string> { Id = r => r, Value = (r, _) => r == "a" ? "v" : "w" }).Build();
        PanelLottery lottery = PanelLottery.Create(
            problem, [([new TypeSeats(0, 1)], 5), ([new TypeSeats(1, 1)], PanelLottery.WeightTotal - 5)], [], TinyLotteries.NoCertificate);
        foreach ((ulong number, string id) in new[] { (0UL, "a"), (4UL, "a"), (5UL, "b"), ((1UL << 62) - 1, "b"), ((1UL << 62) + 4, "a"), (ulong.MaxValue, "b") })
        {
            Assert.Equal([id], lottery.Draw(new ScriptedSource(number, 0, 0, 0)).Ids);
        }
    }

    [Fact]
    public void Several_draws_are_one_draw_after_the_other()
    {
        PanelLottery lottery = TinyLotteries.Of(TinyLotteries.HouseholdProblem(5), 5)!;
        RandomSource random = RandomSource.Seeded("several");
        IEnumerable<string> oneByOne = Enumerable.Range(0, 20).Select(_ => string.Join(' ', lottery.Draw(random).Ids));
        Assert.Equal(oneByOne.ToArray(), lottery.Draw(RandomSource.Seeded("several"), 20).Select(p => string.Join(' ', p.Ids)));
        Assert.Empty(lottery.Draw(random, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => lottery.Draw(random, -1));
        Assert.Throws<ArgumentNullException>(() => lottery.Draw(null!));
    }

    [Fact]
    public void A_row_of_a_table_is_drawn_by_cumulative_weight_with_one_number()
    {
        SelectionProblem problem = new SelectionProblemBuilder(1).Feature("f", "v").People(["a", "b", "c"], new PersonReader<string> { Id = r => r, Value = (_, _) => "v" }).Build();
        PanelTable table = new(problem, [.. new[] { ("a", 3L), ("b", 1L), ("c", 6L) }.Select(r => new WeightedPanel(Panel.Create(problem, [r.Item1]), r.Item2))]);
        Assert.Equal(10, table.TotalWeight);
        Assert.Equal([0.3, 0.1, 0.6], table.SelectionProbabilities());
        Assert.Equal([0.3, 0.1, 0.6], Enumerable.Range(0, 3).Select(table.ProbabilityOf));
        foreach ((ulong word, int row) in Enumerable.Range(0, 10).Zip([0, 0, 0, 1, 2, 2, 2, 2, 2, 2], (n, row) => ((ulong)n, row)))
        {
            ScriptedSource source = new(word);
            Assert.Equal(row, table.DrawRowIndex(source));
            Assert.Equal(1, source.Used);
            Assert.Equal(row, table.DrawRowIndex(new ScriptedSource(ulong.MaxValue, 50 + word)));
        }

        Assert.Throws<ArgumentNullException>(() => table.DrawRowIndex(null!));
    }

    /// <summary>P01 to P12, two of them a street, in the order of the streets.</summary>
    private static SelectionProblemBuilder Neighbours(int seats) => new SelectionProblemBuilder(seats).People(
        Enumerable.Range(0, 12), i => FormattableString.Invariant($"P{i + 1:00}"), i => FormattableString.Invariant($"Road {i / 2}"), _ => new Dictionary<string, string>());

    /// <summary>Draws with seeds of their own give every set of people, of whom any two may sit together, equally often; and so, counted apart, every two.</summary>
    private static void AssertPanelsEquallyLikely(int people, int seats, Func<string, IReadOnlyList<int>> draw, Func<int, int, bool> mayMeet)
    {
        const int Draws = 12_000;
        Dictionary<string, int> panels = Subsets(people, seats)
            .Where(set => set.All(a => set.All(b => a == b || mayMeet(a, b)))).ToDictionary(set => string.Join(' ', set), _ => 0);
        (int A, int B)[] pairs = [.. Subsets(people, 2).Select(p => (p[0], p[1])).Where(p => mayMeet(p.Item1, p.Item2))];
        int[] together = new int[pairs.Length];
        for (int d = 0; d < Draws; d++)
        {
            IReadOnlyList<int> members = draw(FormattableString.Invariant($"neighbours {d}"));
            panels[string.Join(' ', members)]++;

            // One pair of each panel, so that the counts are independent.
            (int a, int b) = Subsets(seats, 2).ElementAt(d % (seats * (seats - 1) / 2)) is [int x, int y] ? (members[x], members[y]) : default;
            together[Array.IndexOf(pairs, (a, b))]++;
        }

        Statistics.AssertFits([.. panels.Values], [.. panels.Select(_ => 1.0 / panels.Count)]);
        Statistics.AssertFits(together, [.. pairs.Select(_ => 1.0 / pairs.Length)]);
    }

    /// <summary>Every set of so many of the numbers 0..count−1, each ascending.</summary>
    private static IEnumerable<int[]> Subsets(int count, int size) => size == 0
        ? [[]]
        : Enumerable.Range(0, count).SelectMany(last => Subsets(last, size - 1).Select(rest => (int[])[.. rest, last]));
}
