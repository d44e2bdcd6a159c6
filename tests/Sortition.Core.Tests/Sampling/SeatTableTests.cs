using System.Numerics;
using Sortition.Core.Lotteries;
using Sortition.Core.Sampling;
using Xunit;

namespace Sortition.Core.Tests.Sampling;

/// <summary>Counts and walks of tables against all panels of tiny pools, for every choice of what is tracked.</summary>
public sealed class SeatTableTests
{
    [Fact]
    public void Tables_that_track_everything_count_all_panels_and_know_all_chances()
    {
        int compared = 0;
        for (int seed = 0; seed < 400; seed++)
        {
            SelectionProblem problem = TinyPools.Problem(seed);
            List<int[]> panels = TinyPools.AllPanels(problem);
            PanelSpace space = new(problem);
            if (space.IsEmpty)
            {
                Assert.Empty(panels);
                continue;
            }

            foreach (TableWeights weights in Counting.Tables(space).Where(w => w.Tracked.IsComplete))
            {
                compared++;
                Assert.Equal(panels.Count, weights.ExactTotal(default));
                Assert.Equal(panels.Count == 0, weights.IsEmpty);
                if (panels.Count == 0)
                {
                    continue;
                }

                Assert.True(weights.IsSound);
                Assert.Equal(Math.Log10(panels.Count), weights.Log10Total, 1e-9);
                double[] chances = Counting.Chances(problem, panels);
                double[] means = TableFit.Means(weights, default);
                for (int j = 0; j < means.Length; j++)
                {
                    Assert.Equal(weights.Tracked.Kinds[j].Members.Sum(i => chances[i]), means[j], 1e-9);
                }
            }
        }

        Assert.InRange(compared, 300, 2000);
    }

    [Fact]
    public void Doubles_and_whole_numbers_agree_in_every_state_within_the_error_stated()
    {
        foreach ((int _, SelectionProblem problem, List<int[]> _) in Counting.Pools(0, 60, 5))
        {
            foreach (TableWeights weights in Counting.Tables(new PanelSpace(problem)))
            {
                for (int layer = 0; layer <= weights.Tracked.Steps.Length; layer++)
                {
                    BigInteger[] exact = weights.ExactTotals(layer, default);
                    int first = weights.Table.Layers[layer];
                    for (int s = 0; s < exact.Length; s++)
                    {
                        // What is still to be seated is not in the number of a state; its scale follows from the exact total.
                        double ratio = exact[s].IsZero ? 0 : weights.Totals[first + s] / (double)exact[s];
                        Assert.Equal(exact[s].IsZero, weights.Totals[first + s] == 0);
                        double power = ratio == 0 ? 0 : Math.Round(Math.Log2(ratio));
                        Assert.InRange(ratio == 0 ? 1 : Math.ScaleB(ratio, -(int)power), 1 - weights.Errors[layer], 1 + weights.Errors[layer]);
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0 / 1000)]
    [InlineData(1.0)]
    public void Whatever_is_tracked_and_however_little_doubles_decide_every_panel_is_equally_likely(double leastError)
    {
        int tables = 0;
        foreach ((int seed, SelectionProblem problem, List<int[]> panels) in Counting.Pools(0, leastError > 0 ? 40 : 80, 4))
        {
            foreach (TableWeights weights in Counting.Tables(new PanelSpace(problem)))
            {
                tables++;
                Counting.AssertUniform(weights, panels, FormattableString.Invariant($"uniform {seed} {tables} {leastError}"), leastError);
            }
        }

        Assert.InRange(tables, 40, 2000);
    }

    [Fact]
    public void Proposals_estimate_the_number_of_panels_without_bias_whatever_is_tracked()
    {
        int tables = 0;
        foreach ((int _, SelectionProblem problem, List<int[]> panels) in Counting.Pools(100, 150, 6))
        {
            foreach (TableWeights weights in Counting.Tables(new PanelSpace(problem)).Where(w => !w.Tracked.IsComplete))
            {
                tables++;
                TableSampler sampler = TableSampler.Of(weights);
                ProposalSums sums = default;
                for (int batch = 0; sums.Accepted < PanelCount.NormalHits; batch += 10)
                {
                    sums += sampler.Propose(batch, 10, 400, new SeededRandomSource("count"), 2, default);
                }

                double mean = sums.Sum / sums.Proposals;
                double error = Math.Sqrt(Math.Max(0, sums.Squares / sums.Proposals - mean * mean) / sums.Proposals);
                double least = Math.Pow(10, PanelCount.Log10Least(weights));
                double truth = panels.Count * least / Math.Pow(10, weights.Log10Total);

                // Panels that are heavy but seldom proposed may be missed as long as they are less than about 5 / hits of all panels.
                double missed = 5.0 / PanelCount.NormalHits * truth;
                Assert.InRange(mean, truth - 5 * error - missed, truth + 5 * error + missed);
            }
        }

        Assert.InRange(tables, 10, 1000);
    }

    [Fact]
    public void A_table_that_grows_too_large_is_given_up()
    {
        PanelSpace space = new(Instances.Load("mass_like_24", 24));
        TrackedRows all = TrackedRows.Of(space, [.. Enumerable.Range(0, space.Groups.Length)], withHouseholds: false)!;
        Assert.Null(SeatTable.Build(all, 1000, default));
        Assert.True(TablePlan.PredictStates(all, double.PositiveInfinity) > 1000);
    }
}
