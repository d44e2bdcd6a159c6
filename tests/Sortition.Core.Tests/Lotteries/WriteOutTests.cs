using FsCheck.Xunit;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Xunit;
using static Sortition.Core.Tests.Problems.FaultAssert;

namespace Sortition.Core.Tests.Lotteries;

/// <summary>A lottery written out is the same lottery: panels by the definition, weights that add up, everybody's chance to the unit.</summary>
public sealed class WriteOutTests
{
    [Property(MaxTest = 600)]
    public void Rows_are_panels_that_give_everybody_their_chance(int seed)
    {
        SelectionProblem problem = TinyPools.Problem(seed);
        if (TinyLotteries.Of(problem, seed) is PanelLottery lottery)
        {
            AssertSameLottery(lottery);
        }
    }

    [Property(MaxTest = 600)]
    public void Households_that_take_turns_give_everybody_their_chance_too(int seed)
    {
        SelectionProblem problem = TinyLotteries.HouseholdProblem(seed);
        if (TinyLotteries.Of(problem, seed) is PanelLottery lottery)
        {
            AssertSameLottery(lottery);
        }
    }

    [Fact]
    public void A_table_worked_out_by_hand()
    {
        // One type of three people, two seats: three rows at most, everybody two thirds.
        SelectionProblem problem = new SelectionProblemBuilder(2).Feature("f", "v").People(["a", "b", "c"], new PersonReader<string> { Id = r => r, Value = (_, _) => "v" }).Build();
        PanelTable table = PanelLottery.Create(problem, [([new TypeSeats(0, 2)], PanelLottery.WeightTotal)], [], TinyLotteries.NoCertificate).ToPanelTable(3)!;
        Assert.Equal(["a b", "a c", "b c"], table.Rows.Select(r => string.Join(' ', r.Panel.Ids)).Order(StringComparer.Ordinal));
        Assert.All(table.Rows, r => Assert.InRange(r.Weight, (PanelLottery.WeightTotal / 3) - 1, (PanelLottery.WeightTotal / 3) + 1));
        Assert.Null(PanelLottery.Create(problem, [([new TypeSeats(0, 2)], PanelLottery.WeightTotal)], [], TinyLotteries.NoCertificate).ToPanelTable(2));
    }

    [Fact]
    public void Weights_too_small_to_share_are_written_out_all_the_same()
    {
        // A panel of weight 1 cannot be shared by two people: one has it, and 2⁻⁶² more.
        SelectionProblem problem = new SelectionProblemBuilder(1).Feature("f", "v", "w")
            .People(["a1", "a2", "b1", "b2"], new PersonReader<string> { Id = r => r, Value = (r, _) => r[0] == 'a' ? "v" : "w" }).Build();
        PanelTable table = PanelLottery.Create(problem, [([new TypeSeats(0, 1)], 1), ([new TypeSeats(1, 1)], PanelLottery.WeightTotal - 1)], [], TinyLotteries.NoCertificate).ToPanelTable(100)!;
        Assert.Equal([1L << 61, (1L << 61) - 1, 1], table.Rows.Select(r => r.Weight).OrderDescending());
        Assert.Equal(3, table.Rows.Count);
    }

    [Fact]
    public void A_panel_too_unlikely_for_households_to_take_turns_does_not_cost_the_table()
    {
        // Two couples of one class share a panel of weight 1: one row, and one for the person living alone.
        TinyRow[] rows = [Row("a1", "a", "f=v"), Row("a2", "a", "f=v"), Row("b1", "b", "f=v"), Row("b2", "b", "f=v"), Row("c", null, "f=w")];
        SelectionProblem problem = new SelectionProblemBuilder(1).Feature("f", "v", "w").HouseholdLimit(1).With(rows).Build();
        PanelLottery lottery = PanelLottery.Create(
            problem, [([new TypeSeats(1, 1)], PanelLottery.WeightTotal - 1), ([new TypeSeats(0, 1)], 1)], [], TinyLotteries.NoCertificate);
        Assert.Equal(2, lottery.ToPanelTable(2)?.Rows.Count);
        Assert.Null(lottery.ToPanelTable(1));
    }

    [Fact]
    public void A_wish_for_less_than_one_row_is_misuse()
    {
        PanelLottery lottery = TinyLotteries.Of(TinyLotteries.HouseholdProblem(3), 1)!;
        Assert.Throws<ArgumentOutOfRangeException>(() => lottery.ToPanelTable(0));
    }

    private static void AssertSameLottery(PanelLottery lottery)
    {
        SelectionProblem problem = lottery.Problem;
        PersonType[] types = problem.TypeTable.Types;
        PanelTable table = lottery.ToPanelTable(int.MaxValue)!;
        Assert.Equal(PanelLottery.WeightTotal, table.TotalWeight);
        Assert.All(table.Rows, r => Assert.True(r.Weight > 0));
        Assert.All(table.Rows, r => Assert.True(TinyPools.IsPanel(problem, r.Panel.Members)));
        Assert.All(table.Rows, r => Assert.Equal(r.Panel.Members.Order(), r.Panel.Members));

        // Everybody's share of the weights, in whole numbers.
        Int128[] shares = new Int128[problem.People.Count];
        foreach (WeightedPanel row in table.Rows)
        {
            foreach (int i in row.Panel.Members)
            {
                shares[i] += row.Weight;
            }
        }

        bool plain = problem.TypeTable.Classes.Length == 0;
        double[] chances = table.SelectionProbabilities();
        for (int t = 0; t < types.Length; t++)
        {
            Int128 due = 0;
            foreach (PanelComposition panel in lottery.Panels)
            {
                due += (Int128)panel.Weight * panel.Seats.Where(s => s.Type == t).Sum(s => s.Seats);
            }

            Int128[] own = [.. types[t].Members.Select(i => shares[i])];
            Int128 sum = 0;
            Int128 highest = 0;
            Int128 lowest = own[0];
            foreach (Int128 share in own)
            {
                sum += share;
                highest = Int128.Max(highest, share);
                lowest = Int128.Min(lowest, share);
            }

            Assert.Equal(due, sum);
            Assert.True(highest - lowest <= (plain ? 1 : lottery.Panels.Count));
            Assert.All(types[t].Members, i => Assert.Equal(lottery.ProbabilityOfType(t), chances[i], 1e-15));
        }

        if (plain)
        {
            Assert.InRange(table.Rows.Count, 1, lottery.Panels.Count + types.Sum(t => t.Members.Count) - types.Length);
        }

        // Asking for exactly as many rows gives the same table, asking for fewer gives none.
        PanelTable again = lottery.ToPanelTable(table.Rows.Count)!;
        Assert.Equal(Print(table), Print(again));
        Assert.True(table.Rows.Count == 1 || lottery.ToPanelTable(table.Rows.Count - 1) is null);
    }

    private static string Print(PanelTable table) => string.Join('\n', table.Rows.Select(r => $"{r.Weight} {string.Join(' ', r.Panel.Ids)}"));
}
