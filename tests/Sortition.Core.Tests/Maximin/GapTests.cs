using Sortition.Core.Engine.Polytope;
using Sortition.Core.Engine.Relaxation;
using Sortition.Core.Engine.Search;
using Sortition.Core.Tests.Objectives;
using Xunit;

namespace Sortition.Core.Tests.Maximin;

public class GapTests
{
    /// <summary>Seeds of <see cref="GapPools"/> at which no lottery reaches the relaxation's bound.</summary>
    public static TheoryData<int> PoolsWithAGap => [135, 2097, 6715, 6803, 9841, 10567, 11768, 17431, 18135, 18568, 22242, 27476, 27517, 30357, 31131, 34563, 35141, 38623, 42558, 47337, 48013, 48771, 54827, 59435];

    [Theory]
    [MemberData(nameof(PoolsWithAGap))]
    public void Equals_brute_force_where_the_relaxation_is_not_tight(int seed)
    {
        SelectionProblem problem = GapPools.Problem(seed);
        Assert.True(ObjectiveCheck.Run(new Algorithms.Maximin(), problem, FormattableString.Invariant($"gap pool {seed}")));
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
}
