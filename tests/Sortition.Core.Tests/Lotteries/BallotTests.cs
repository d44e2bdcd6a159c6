using FsCheck.Fluent;
using FsCheck.Xunit;
using Sortition.Core.Ballots;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Xunit;

namespace Sortition.Core.Tests.Lotteries;

/// <summary>M equally likely ballots: every one a panel, everybody's expected number of them exactly M times their chance.</summary>
public sealed class BallotTests
{
    [Property(MaxTest = 300)]
    public void Ballots_are_panels_shared_out_evenly(int seed)
    {
        SelectionProblem problem = seed % 2 == 0 ? TinyLotteries.HouseholdProblem(seed) : TinyPools.Problem(seed);
        if (TinyLotteries.Of(problem, seed) is not PanelLottery lottery)
        {
            throw Prop.Discard<Exception>();
        }

        RandomSource random = RandomSource.Seeded(FormattableString.Invariant($"ballots {seed}"));
        foreach (int count in new[] { 1, 2, 7, 1 + (int)random.NextBelow(200) })
        {
            PanelTable table = DependentRounding.Round(lottery, count, random);
            Assert.Equal(count, table.Rows.Count);
            Assert.Equal(count, table.TotalWeight);
            Assert.All(table.Rows, r => Assert.Equal(1, r.Weight));
            Assert.All(table.Rows, r => Assert.True(TinyPools.IsPanel(problem, r.Panel.Members)));
            AssertCopies(lottery, table, count);
            foreach (PersonType type in problem.TypeTable.Types)
            {
                int[] counts = [.. type.Members.Select(i => table.Rows.Count(r => r.Panel.Members.Contains(i)))];
                Assert.True(type.HouseholdClass is not null || counts.Max() - counts.Min() <= 1);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    public void Everybodys_expected_number_of_ballots_is_right(int count)
    {
        int tested = 0;
        for (int seed = 0; tested < 12; seed++)
        {
            SelectionProblem problem = seed % 2 == 0 ? TinyLotteries.HouseholdProblem(seed) : TinyPools.Problem(seed);
            if (TinyLotteries.Of(problem, seed) is not PanelLottery lottery || problem.People.Count < 5)
            {
                continue;
            }

            tested++;
            const int Tables = 600;
            int[][] samples = [.. problem.People.Select(_ => new int[Tables])];
            RandomSource random = RandomSource.Seeded(FormattableString.Invariant($"expected ballots {seed} {count}"));
            for (int i = 0; i < Tables; i++)
            {
                foreach (int member in DependentRounding.Round(lottery, count, random).Rows.SelectMany(r => r.Panel.Members))
                {
                    samples[member][i]++;
                }
            }

            for (int person = 0; person < samples.Length; person++)
            {
                Statistics.AssertMean(count * lottery.ProbabilityOf(person), samples[person]);
            }
        }
    }

    [Fact]
    public void A_number_of_ballots_out_of_range_is_refused()
    {
        PanelLottery lottery = TinyLotteries.Of(TinyLotteries.HouseholdProblem(1), 1)!;
        RandomSource random = RandomSource.Seeded("x");
        Assert.Throws<ArgumentOutOfRangeException>(() => DependentRounding.Round(lottery, 0, random));
        Assert.Throws<ArgumentOutOfRangeException>(() => DependentRounding.Round(lottery, 1_000_001, random));
        Assert.Throws<ArgumentNullException>(() => DependentRounding.Round(lottery, 1, null!));
    }

    private static void AssertCopies(PanelLottery lottery, PanelTable table, int count)
    {
        ILookup<string, WeightedPanel> byType = table.Rows.ToLookup(r => string.Join(' ', TinyLotteries.SeatsOf(lottery.Problem, [.. r.Panel.Members])));
        foreach (PanelComposition panel in lottery.Panels)
        {
            (Int128 floor, Int128 rest) = Int128.DivRem((Int128)panel.Weight * count, PanelLottery.WeightTotal);
            int copies = byType[string.Join(' ', panel.Seats)].Count();
            Assert.True(copies == floor || (copies == floor + 1 && rest > 0));
        }
    }
}
