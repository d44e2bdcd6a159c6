using Sortition.Core.Lotteries;
using Xunit;

namespace Sortition.Core.Tests.Maximin;

public class InstanceTests
{
    [Theory]
    [MemberData(nameof(Instances.All), MemberType = typeof(Instances))]
    public void Reaches_the_published_minimum_and_proves_it(string folder, int panelSize, double lowest)
    {
        SelectionProblem problem = Instances.Load(folder, panelSize);
        PanelLottery lottery = Assert.IsType<SolveResult.Solved>(new Algorithms.Maximin().Solve(problem)).Lottery;
        Assert.Empty(lottery.Uncovered);
        double[] chances = lottery.SelectionProbabilities();
        Assert.Equal(lowest, chances.Min(), 6);
        Assert.Equal(panelSize, chances.Sum(), 9);
        Assert.Equal(CertificateStatus.ProvenOptimal, lottery.Certificate.Status);
        Assert.InRange(lottery.Certificate.Gap, 0, 1e-9);
        Assert.InRange(lottery.Panels.Count, 1, lottery.Types.Count);

        PanelTable table = lottery.ToPanelTable(20_000)!;
        Assert.All(table.Rows, row => Panel.Create(problem, row.Panel.Ids));
        double[] written = table.SelectionProbabilities();
        for (int i = 0; i < chances.Length; i++)
        {
            Assert.Equal(chances[i], written[i], 12);
        }
    }

    [Theory]
    [InlineData(200, 20)]
    [InlineData(2000, 200)]
    public void Alternate_gives_everyone_the_same_chance(int n, int k)
    {
        PanelLottery lottery = new Algorithms.Maximin().Solve(Instances.Alternate(n, k)).GetLotteryOrThrow();
        Assert.All(lottery.SelectionProbabilities(), chance => Assert.Equal(k / (double)n, chance, 12));
        Assert.Equal(CertificateStatus.ProvenOptimal, lottery.Certificate.Status);
    }

    [Fact]
    public void A_household_limit_is_kept_and_costs_the_worst_off_nothing_in_Albertslund()
    {
        SelectionProblem problem = Instances.Load("albertslund", 36, b => b.HouseholdLimit(1));
        PanelLottery lottery = new Algorithms.Maximin().Solve(problem).GetLotteryOrThrow();
        Assert.Equal(CertificateStatus.ProvenOptimal, lottery.Certificate.Status);
        Assert.Equal(3.0 / 139, lottery.SelectionProbabilities().Min(), 12);
        Assert.All(lottery.ToPanelTable(20_000)!.Rows, row => Panel.Create(problem, row.Panel.Ids));
    }
}
