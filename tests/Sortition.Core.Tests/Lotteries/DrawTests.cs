using MathNet.Numerics;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
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
            if (problem.Types.Classes.Length > 0 || panels.Count < 6 || TinyLotteries.Of(problem, seed) is not PanelLottery lottery)
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
        PanelLottery lottery = PanelLottery.Of(problem, [([new TypeSeats(0, 1), new TypeSeats(1, 1)], PanelLottery.WeightTotal)], [], TinyLotteries.NoCertificate);
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
        PanelLottery lottery = PanelLottery.Of(
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
        PanelTable table = new(problem, [.. new[] { ("a", 3L), ("b", 1L), ("c", 6L) }.Select(r => new PanelRow(Panel.Of(problem, [r.Item1]), r.Item2))]);
        Assert.Equal(10, table.TotalWeight);
        Assert.Equal([0.3, 0.1, 0.6], table.SelectionProbabilities());
        Assert.Equal([0.3, 0.1, 0.6], Enumerable.Range(0, 3).Select(table.ProbabilityOf));
        foreach ((ulong word, int row) in Enumerable.Range(0, 10).Zip([0, 0, 0, 1, 2, 2, 2, 2, 2, 2], (n, row) => ((ulong)n, row)))
        {
            ScriptedSource source = new(word);
            Assert.Equal(row, table.Draw(source));
            Assert.Equal(1, source.Used);
            Assert.Equal(row, table.Draw(new ScriptedSource(ulong.MaxValue, 50 + word)));
        }

        Assert.Throws<ArgumentNullException>(() => table.Draw(null!));
    }
}
