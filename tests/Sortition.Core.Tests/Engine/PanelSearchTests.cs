using Sortition.Core.Engine.Polytope;
using Sortition.Core.Engine.Proof;
using Sortition.Core.Engine.Search;
using Xunit;

namespace Sortition.Core.Tests.Engine;

public class PanelSearchTests
{
    [Fact]
    public void Finds_the_heaviest_panel_of_tiny_pools_by_brute_force_and_so_does_the_judge()
    {
        for (int seed = 0; seed < 600; seed++)
        {
            SelectionProblem problem = TinyPools.Problem(seed);
            List<int[]> all = TinyPools.AllPanels(problem);
            QuotaPolytope polytope = QuotaPolytope.Of(problem);
            PanelSearch search = new(polytope);
            for (int objective = 0; objective < 3; objective++)
            {
                long[] weights = Weights(polytope.TypeCount, $"{seed} {objective}", 50);
                long? best = all.Count == 0 ? null : all.Max(panel => panel.Sum(i => weights[problem.TypeTable.TypeOf[i]]));
                int[]? found = search.Search(Array.ConvertAll(weights, w => (double)w), double.NegativeInfinity, false, long.MaxValue, null, default);
                Assert.False(search.GaveUp);
                Assert.Equal(best, found is null ? null : Weight(found, weights));
                Assert.True(found is null || polytope.Contains(found));
                ExactJudge.Verdict verdict = ExactJudge.HeaviestPanel(polytope, weights, null, null, default);
                Assert.Equal(best, verdict.Panel is null ? null : verdict.Weight);
            }
        }
    }

    [Theory]
    [InlineData("albertslund", 36, false)]
    [InlineData("albertslund", 36, true)]
    [InlineData("mass_like_24", 24, false)]
    [InlineData("sf_a_like_35", 35, false)]
    [InlineData("nexus_like_170", 170, false)]
    public void Agrees_with_the_judge_on_real_sizes(string folder, int panelSize, bool withHouseholds)
    {
        SelectionProblem problem = Instances.Load(folder, panelSize, b => _ = withHouseholds ? b.HouseholdLimit(1) : b);
        QuotaPolytope polytope = QuotaPolytope.Of(problem);
        Assert.Equal(withHouseholds, polytope.HouseholdRows.Count > 0);
        PanelSearch search = new(polytope);
        for (int objective = 0; objective < 8; objective++)
        {
            long[] weights = Weights(polytope.TypeCount, $"{folder} {objective}", 1000);
            int[]? found = search.Search(Array.ConvertAll(weights, w => (double)w), double.NegativeInfinity, false, long.MaxValue, null, default);
            Assert.NotNull(found);
            Assert.True(polytope.Contains(found));
            Assert.Equal(ExactJudge.HeaviestPanel(polytope, weights, null, null, default).Weight, Weight(found, weights));
        }
    }

    [Fact]
    public void A_floor_above_the_heaviest_panel_leaves_nothing()
    {
        SelectionProblem problem = Instances.Load("mass_like_24", 24);
        QuotaPolytope polytope = QuotaPolytope.Of(problem);
        long[] weights = Weights(polytope.TypeCount, "floor", 100);
        double[] costs = Array.ConvertAll(weights, w => (double)w);
        PanelSearch search = new(polytope);
        int[] best = search.Search(costs, double.NegativeInfinity, false, long.MaxValue, null, default)!;
        Assert.Null(search.Search(costs, Weight(best, weights), false, long.MaxValue, null, default));
        Assert.False(search.GaveUp);
        int[]? again = search.Search(costs, Weight(best, weights) - 1, false, long.MaxValue, null, default);
        Assert.Equal(Weight(best, weights), Weight(again!, weights));
    }

    [Fact]
    public void A_search_that_was_cut_short_can_be_used_again()
    {
        SelectionProblem problem = Instances.Load("hd_like_30", 30);
        QuotaPolytope polytope = QuotaPolytope.Of(problem);
        double[] weights = Array.ConvertAll(Weights(polytope.TypeCount, "cut short", 100), w => (double)w);
        int[] expected = new PanelSearch(polytope).Search(weights, double.NegativeInfinity, false, long.MaxValue, null, default)!;
        PanelSearch search = new(polytope);
        using CancellationTokenSource stop = new();
        search.Search(weights, double.NegativeInfinity, false, 2, null, stop.Token);
        Assert.True(search.GaveUp);
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => search.Search(weights, double.NegativeInfinity, false, long.MaxValue, null, stop.Token));
        int[] found = search.Search(weights, double.NegativeInfinity, false, long.MaxValue, null, default)!;
        Assert.False(search.GaveUp);
        Assert.Equal(Weight(expected, weights), Weight(found, weights), 9);
    }

    private static long[] Weights(int types, string seed, int below)
    {
        RandomSource random = RandomSource.Seeded(seed);
        return [.. Enumerable.Range(0, types).Select(_ => random.NextBelow(below))];
    }

    private static long Weight(int[] panel, long[] weights) => panel.Zip(weights, (x, w) => x * w).Sum();

    private static double Weight(int[] panel, double[] weights) => panel.Zip(weights, (x, w) => x * w).Sum();
}
