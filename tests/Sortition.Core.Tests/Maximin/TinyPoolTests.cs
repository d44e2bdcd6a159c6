using Sortition.Core.Algorithms;
using Sortition.Core.Engine;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Xunit;

namespace Sortition.Core.Tests.Maximin;

public class TinyPoolTests
{
    /// <summary>Seeds of <see cref="GapPools"/> at which no lottery reaches the relaxation's bound.</summary>
    public static TheoryData<int> PoolsWithAGap => [135, 2097, 6715, 6803, 9841, 10567, 11768, 17431, 18135, 18568, 22242, 27476, 27517, 30357, 31131, 34563, 35141, 38623, 42558, 47337, 48013, 48771, 54827, 59435];

    [Theory]
    [MemberData(nameof(PoolsWithAGap))]
    public void Equals_brute_force_where_the_relaxation_is_not_tight(int seed)
    {
        SelectionProblem problem = GapPools.Problem(seed);
        Assert.True(Check(problem, seed));
        QuotaPolytope polytope = QuotaPolytope.Of(problem);
        PoolSurvey survey = new(polytope);
        survey.Run(null, default);
        double bound = RelaxedLeximin.SolveLowest(polytope, survey.Covered, default).Value;
        Assert.True(bound > BruteForce.LowestChance(TinyPools.AllPanels(problem)) + 1e-3, "This pool no longer tests what it is here for.");
    }

    /// <summary>Independent pools side by side: the lowest chance is the lowest of theirs, but every panel is a choice in all of them at once.</summary>
    [Fact]
    public void Equals_brute_force_where_many_pools_with_a_gap_stand_side_by_side()
    {
        int[] seeds = [135, 2097, 6715, 6803, 18568, 27476, 27517, 48013];
        double expected = seeds.Min(seed => BruteForce.LowestChance(TinyPools.AllPanels(GapPools.Problem(seed))));
        PanelLottery lottery = new Algorithms.Maximin().Solve(GapPools.SideBySide(seeds)).GetLotteryOrThrow();
        Assert.Equal(CertificateStatus.ProvenOptimal, lottery.Certificate.Status);
        Assert.Equal(expected, lottery.Certificate.Value, 9);
    }

    [Theory]
    [InlineData(0, 1500)]
    [InlineData(1500, 3000)]
    public void Equals_brute_force_and_proves_it(int from, int to)
    {
        int feasible = 0;
        for (int seed = from; seed < to; seed++)
        {
            feasible += Check(TinyPools.Problem(seed), seed) ? 1 : 0;
        }

        Assert.InRange(feasible, (to - from) / 2, to - from - 1);
    }

    /// <summary>Solves a pool both ways; false if it has no panel.</summary>
    internal static bool Check(SelectionProblem problem, int seed)
    {
        List<int[]> all = TinyPools.AllPanels(problem);
        SolveResult result = new Algorithms.Maximin().Solve(problem);
        if (all.Count == 0)
        {
            Assert.IsType<Infeasible>(result);
            return false;
        }

        PanelLottery lottery = Assert.IsType<Solved>(result).Lottery;
        HashSet<int> covered = [.. all.SelectMany(panel => panel)];
        Assert.Equal(Enumerable.Range(0, problem.People.Count).Where(i => !covered.Contains(i)), lottery.Uncovered.Select(u => u.Person));

        double[] chances = lottery.SelectionProbabilities();
        double lowest = covered.Min(i => chances[i]);
        Assert.True(Math.Abs(BruteForce.LowestChance(all) - lowest) < 1e-9, FormattableString.Invariant($"seed {seed}: {BruteForce.LowestChance(all)} but {lowest}"));
        Assert.Equal(CertificateStatus.ProvenOptimal, lottery.Certificate.Status);
        Assert.Equal(lowest, lottery.Certificate.Value, 12);
        Assert.True(lottery.Panels.Count <= lottery.Types.Count, FormattableString.Invariant($"seed {seed}: more panels than types"));
        CheckCertificate(problem, lottery, all);
        CheckLottery(problem, lottery, chances);
        return true;
    }

    /// <summary>Redoes the certificate's claim by going through every panel.</summary>
    private static void CheckCertificate(SelectionProblem problem, PanelLottery lottery, List<int[]> all)
    {
        Certificate certificate = lottery.Certificate;
        WeightClaim claim = Assert.Single(certificate.Claims);
        long WeightOf(int person) => claim.Weights[problem.Types.TypeOf[person]];
        Assert.All(claim.Weights, w => Assert.True(w >= 0));
        Assert.Empty(claim.CapWeights);
        Assert.True(all.Max(panel => panel.Sum(WeightOf)) <= claim.Limit);
        Assert.Equal(Math.Min(1, claim.Limit / (double)all.SelectMany(p => p).Distinct().Sum(WeightOf)), certificate.Bound, 15);
    }

    /// <summary>Property 1: chances add up to k, lie in 0..1, and everything that is written out or drawn is a panel.</summary>
    private static void CheckLottery(SelectionProblem problem, PanelLottery lottery, double[] chances)
    {
        Assert.Equal(problem.PanelSize, chances.Sum(), 9);
        Assert.All(chances, c => Assert.InRange(c, 0, 1 + 1e-12));
        Assert.Equal(PanelLottery.WeightTotal, lottery.Panels.Sum(p => p.Weight));
        PanelTable table = lottery.WriteOut(10_000)!;
        Assert.All(table.Rows, row => Assert.True(TinyPools.IsPanel(problem, row.Panel.Members)));
        double[] written = table.SelectionProbabilities();
        for (int i = 0; i < chances.Length; i++)
        {
            Assert.Equal(chances[i], written[i], 12);
        }

        Assert.True(TinyPools.IsPanel(problem, lottery.Draw(RandomSource.Seeded("tiny")).Members));
    }
}
