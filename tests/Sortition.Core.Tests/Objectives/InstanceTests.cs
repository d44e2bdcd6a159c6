using Sortition.Core.Algorithms;
using Sortition.Core.Lotteries;
using Sortition.Core.Tests.Certificates;
using Xunit;

namespace Sortition.Core.Tests.Objectives;

/// <summary>Every objective on the instances that come with the project. Maximin alone is tested on all of them elsewhere.</summary>
public class InstanceTests
{
    [Fact]
    public void Every_objective_is_proven_on_a_small_instance() => Every_objective_is_proven_and_served_best_by_its_own_algorithm("mass_like_24", 24, 0.25);

    [Theory]
    [Trait("Lane", "Slow")]
    [MemberData(nameof(Instances.Quick), MemberType = typeof(Instances))]
    public void Every_objective_is_proven_and_served_best_by_its_own_algorithm(string folder, int panelSize, double lowest)
    {
        SelectionProblem problem = Instances.Load(folder, panelSize);
        Chances[] chances = [.. Chances.Algorithms.Select(a => Check(a, problem))];
        for (int own = 0; own < chances.Length; own++)
        {
            foreach (Chances other in chances)
            {
                chances[own].AssertNoWorseThan(other, Chances.Algorithms[own], Chances.Algorithms[own] is Nash or Goldilocks ? 1e-7 : 1e-9);
            }
        }

        Assert.Equal(lowest, chances[1].Lowest, 6);
        Assert.Equal(chances[0].Lowest, chances[1].Lowest, 1e-9);

        // Nobody's entitlement differs here.
        Assert.All(chances[1].All.Zip(chances[2].All), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
    }

    [Theory]
    [InlineData(200, 20)]
    [InlineData(2000, 200)]
    public void Alternate_gives_everyone_the_same_chance_under_every_objective(int n, int k)
    {
        SelectionProblem problem = Instances.Alternate(n, k);
        foreach (ILotteryAlgorithm algorithm in Chances.Algorithms)
        {
            Assert.All(Check(algorithm, problem).All, chance => Assert.Equal(k / (double)n, chance, 1e-10));
        }
    }

    private static Chances Check(ILotteryAlgorithm algorithm, SelectionProblem problem)
    {
        PanelLottery lottery = Assert.IsType<SolveResult.Solved>(algorithm.Solve(problem)).Lottery;
        Chances chances = Chances.Of(lottery);
        Certificate certificate = lottery.Certificate;
        ExactCheck.Run(lottery);
        Assert.Empty(lottery.Uncovered);
        Assert.Equal(algorithm.Name, certificate.Objective.Name);
        Assert.Equal(CertificateStatus.ProvenOptimal, certificate.Status);
        Assert.InRange(certificate.Gap, 0, algorithm is Nash or Goldilocks ? 1e-7 : 1e-9);
        Assert.Equal(chances.Value(algorithm), certificate.Value, 1e-12 * certificate.Value);
        Assert.Equal(problem.PanelSize, chances.All.Sum(), 1e-9);
        Assert.All(chances.All, c => Assert.InRange(c, 0, 1));
        Assert.Equal(PanelLottery.WeightTotal, lottery.Panels.Sum(p => p.Weight));
        if (algorithm is Leximin or WeightedLeximin)
        {
            LeximinProofCheck.Run(problem, certificate, chances.All, [.. problem.People.Select(_ => 1.0)], [.. Enumerable.Range(0, problem.People.Count)]);
        }

        CertificateAssert.Confirmed(lottery);
        PanelTable table = lottery.ToPanelTable(20_000)!;
        Assert.All(table.Rows, row => Panel.Create(problem, row.Panel.Ids));
        Assert.All(table.SelectionProbabilities().Zip(chances.All), pair => Assert.Equal(pair.Second, pair.First, 1e-12));
        return chances;
    }
}
