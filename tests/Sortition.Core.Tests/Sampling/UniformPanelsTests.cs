using System.Numerics;
using Sortition.Core.Algorithms;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Sortition.Core.Sampling;
using Sortition.Core.Tests.Lotteries;
using Xunit;

namespace Sortition.Core.Tests.Sampling;

/// <summary>Uniform panels and counts as hosts get them.</summary>
public sealed class UniformPanelsTests
{
    [Fact]
    public void Counts_of_tiny_pools_are_exact()
    {
        for (int seed = 400; seed < 600; seed++)
        {
            SelectionProblem problem = TinyPools.Problem(seed);
            PanelCount count = PanelCount.Estimate(problem, "x");
            int panels = TinyPools.AllPanels(problem).Count;
            Assert.Equal(panels, count.Exact);
            Assert.Equal(panels == 0 ? double.NegativeInfinity : Math.Log10(panels), count.Log10!.Value, 1e-12);
            Assert.Equal((0, 0, 0, true), (count.Log10StandardError, count.Proposals, count.EffectiveHits, count.IsConclusive));
        }
    }

    [Fact]
    public void Known_numbers_come_out()
    {
        // Stated with the instances (benchmarks, and Flanigan et al., Nature 2021, for the family Alternate).
        Assert.Equal(51_013_442_084_580, PanelCount.Estimate(Instances.Load("mass_like_24", 24), "x").Exact);
        Assert.Equal(BigInteger.Parse("814225107551835924136192000", null), PanelCount.Estimate(Instances.Alternate(200, 20), "x").Exact);

        // Without any quota: C(n, k), far beyond the range of doubles.
        SelectionProblem large = new SelectionProblemBuilder(200).People(
            Enumerable.Range(0, 20_000), new PersonReader<int> { Id = i => FormattableString.Invariant($"p{i}"), Value = (_, _) => null }).Build();
        BigInteger binomial = 1;
        for (int i = 0; i < 200; i++)
        {
            binomial = binomial * (20_000 - i) / (i + 1);
        }

        Assert.Equal(binomial, PanelCount.Estimate(large, "x").Exact);
    }

    [Fact]
    public void Known_chances_come_out()
    {
        UniformSample small = Sample(Instances.Alternate(200, 20), 3, "x");
        Assert.Equal((UniformStatus.Exact, UniformMethod.Table), (small.Status, small.Method));
        Assert.Equal((double.PositiveInfinity, null, 3), (small.EffectiveSize, small.SplitRHat, small.Panels.Count));
        AssertChances(small, 100, 0.0731985294, 0.1005715241, 0.0997022059);
    }

    [Fact]
    [Trait("Lane", "Slow")]
    public void Known_chances_of_a_large_pool_come_out()
    {
        SelectionProblem problem = Instances.Alternate(2000, 200);
        AssertChances(Sample(problem, 1, "x"), 1000, 0.0694037567, 0.1000646567, 0.0999660042);
        Assert.Equal(281, PanelCount.Estimate(problem, "x").Exact!.Value.ToString(null, null).Length);
    }

    [Fact]
    public void Draws_are_panels_equally_likely_and_do_not_depend_on_threads()
    {
        int pools = 0;
        foreach ((int seed, SelectionProblem problem, List<int[]> panels) in Counting.Pools(600, 640, 4))
        {
            pools++;
            UniformSample sample = Sample(problem, 40 * panels.Count, "draws");
            UniformSample again = Sample(problem, 40 * panels.Count, "draws", new UniformOptions { MaxThreads = 4 });
            Assert.Equal(UniformStatus.Exact, sample.Status);
            Assert.Equal(sample.Panels, again.Panels);
            Assert.Equal(sample.Proposals, again.Proposals);
            Assert.NotEqual(sample.Panels, Sample(problem, 40 * panels.Count, "other").Panels);
            Dictionary<string, int> counts = panels.ToDictionary(p => string.Join(',', p), _ => 0);
            foreach (Panel panel in sample.Panels)
            {
                counts[string.Join(',', panel.Members)]++;
            }

            Statistics.AssertFits([.. counts.Values], [.. counts.Select(_ => 1.0 / panels.Count)]);
            double[] chances = Counting.Chances(problem, panels);
            Assert.All(Enumerable.Range(0, chances.Length), i => Assert.InRange(sample.Chance(i) - chances[i], -(5 * sample.StandardError(i)) - 1e-9, (5 * sample.StandardError(i)) + 1e-9));
            Assert.Equal(problem.PanelSize, Enumerable.Range(0, chances.Length).Sum(sample.Chance), 1e-9);
        }

        Assert.InRange(pools, 10, 40);
    }

    [Fact]
    public void One_panel_is_drawn_uniformly_or_refused_with_reasons()
    {
        (_, SelectionProblem problem, List<int[]> panels) = Counting.Pools(700, 800, 6).First(p => p.Panels.Count < 9);
        RandomSource random = RandomSource.Seeded("one");
        int[] counts = new int[panels.Count];
        for (int d = 0; d < 12 * panels.Count; d++)
        {
            PanelResult.Drawn drawn = Assert.IsType<PanelResult.Drawn>(new UniformPanels().DrawPanel(problem, random));
            Assert.True(drawn.Attempts >= 1);
            counts[panels.FindIndex(p => p.SequenceEqual(drawn.Panel.Members))]++;
        }

        Statistics.AssertFits(counts, [.. panels.Select(_ => 1.0 / panels.Count)]);
        SelectionProblem none = TinyPools.Problem(Enumerable.Range(0, 100).First(s => TinyPools.AllPanels(TinyPools.Problem(s)).Count == 0));
        Assert.False(Assert.IsType<PanelResult.Infeasible>(new UniformPanels().DrawPanel(none, random)).Report.IsFeasible);
        Assert.False(Assert.IsType<UniformResult.Infeasible>(UniformPanels.Draw(none, 1, "x")).Report.IsFeasible);
        Assert.Equal(0, PanelCount.Estimate(none, "x").Exact);
    }

    [Fact]
    public void With_few_proposals_nothing_is_claimed()
    {
        SelectionProblem problem = Instances.Load("albertslund", 36);
        UniformOptions few = new() { MaxProposals = 20_000, MaxTableBytes = 1 << 20 };
        UniformSample sample = Sample(problem, 5, "few", few);
        Assert.Equal((UniformStatus.NotConverged, UniformMethod.Chain), (sample.Status, sample.Method));
        Assert.All(sample.Panels, p => Assert.True(new PanelRules(problem).IsFeasible([.. p.Members])));
        Assert.True(sample.SplitRHat >= 1.01 || sample.EffectiveSize < 400);

        PanelCount count = PanelCount.Estimate(problem, "few", few);
        Assert.Equal((null, null, false), (count.Exact, count.Log10StandardError, count.IsConclusive));
        Assert.True(count.Log10UpperBound > 43.5);
        Assert.True(count.Log10LowerBound is null or < 43.51);
    }

    [Fact]
    [Trait("Lane", "Slow")]
    public void Albertslund_is_counted_and_drawn_exactly()
    {
        SelectionProblem problem = Instances.Load("albertslund", 36);
        PanelCount count = PanelCount.Estimate(problem, "albertslund");
        Assert.True(count.IsConclusive);
        Assert.Null(count.Exact);
        Assert.InRange(count.Log10!.Value, 43.505 - 0.05, 43.505 + 0.05);
        Assert.InRange(count.Log10StandardError!.Value, 0.005, 0.01);
        Assert.True(count.Log10LowerBound < count.Log10 && count.Log10 < count.Log10UpperBound);

        UniformSample sample = Sample(problem, 300, "albertslund");
        Assert.Equal((UniformStatus.Exact, UniformMethod.TableWithRejection), (sample.Status, sample.Method));
        Assert.All(sample.Panels, p => Assert.True(new PanelRules(problem).IsFeasible([.. p.Members])));
        Assert.Equal(300, sample.EffectiveSize);
        double[] chances = [.. Enumerable.Range(0, problem.People.Count).Select(sample.Chance)];
        Assert.InRange(chances.Max(), 0.38, 0.50);
        Assert.Equal(36, chances.Sum(), 1e-9);
    }

    [Theory]
    [Trait("Lane", "Slow")]
    [InlineData("sf_a_like_35", 35, 29.96, 0.02)]
    [InlineData("sf_d_like_40", 40, 40.98, 0.08)]
    public void Other_instances_are_counted_as_stated(string folder, int panelSize, double log, double error)
    {
        PanelCount count = PanelCount.Estimate(Instances.Load(folder, panelSize), "count", new UniformOptions { TargetLog10Error = 0.03 });
        Assert.True(count.IsConclusive);
        Assert.InRange(count.Log10!.Value, log - 3 * (error + 0.03), log + 3 * (error + 0.03));
    }

    [Fact]
    public void Different_features_in_the_table_agree_on_the_number_and_the_chances()
    {
        // The number and all chances of this pool are known exactly; every table that leaves something out must come to the same.
        SelectionProblem problem = Instances.Load("mass_like_24", 24);
        PanelSpace space = new(problem);
        SeatModel model = new(space);
        Assert.Equal(5, space.Groups.Length);
        double truth = Math.Log10(51_013_442_084_580);
        foreach (int[] groups in new int[][] { [3, 2, 4], [3, 2], [0, 3, 1], [3, 1, 4] })
        {
            TableWeights weights = TableFit.Fit(SeatTable.Build(TrackedRows.Of(space, groups, false)!, 100_000, default)!, model, default);
            ProposalSums sums = TableSampler.Of(weights).Propose(0, 10, 2_000, new SeededRandomSource("mass"), 2, default);
            Assert.True(sums.Accepted >= PanelCount.NormalHits);
            double log = weights.Log10Total - PanelCount.Log10Least(weights) + Math.Log10(sums.Sum / sums.Proposals);
            double mean = sums.Sum / sums.Proposals;
            double error = Math.Sqrt((sums.Squares / sums.Proposals - mean * mean) / sums.Proposals) / mean / Math.Log(10);
            Assert.InRange(log, truth - 4 * error, truth + 4 * error);
        }
    }

    [Fact]
    public void Fewer_than_one_draw_and_impossible_options_are_misuse()
    {
        SelectionProblem problem = TinyPools.Problem(1);
        Assert.Throws<ArgumentOutOfRangeException>(() => UniformPanels.Draw(problem, 0, "x"));
        Assert.Throws<ArgumentOutOfRangeException>(() => UniformPanels.Draw(problem, 1, "x", new UniformOptions { MaxThreads = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => PanelCount.Estimate(problem, "x", new UniformOptions { MaxProposals = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => PanelCount.Estimate(problem, "x", new UniformOptions { MaxTableBytes = 5 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => PanelCount.Estimate(problem, "x", new UniformOptions { TargetLog10Error = double.NaN }));
        Assert.Throws<OperationCanceledException>(() => PanelCount.Estimate(problem, "x", null, new CancellationToken(true)));
        Assert.Throws<OperationCanceledException>(() => UniformPanels.Draw(Instances.Load("mass_like_24", 24), 1, "x", null, new CancellationToken(true)));
    }

    private static UniformSample Sample(SelectionProblem problem, int draws, string seed, UniformOptions? options = null) =>
        Assert.IsType<UniformResult.Drawn>(UniformPanels.Draw(problem, draws, seed, options)).Sample;

    /// <summary>The chance of the one person (f, c), of those (f, l), and of those (m, c).</summary>
    private static void AssertChances(UniformSample sample, int half, double one, double others, double second)
    {
        SelectionProblem problem = sample.Problem;
        for (int i = 0; i < 2 * half; i++)
        {
            int person = problem.IndexOf(FormattableString.Invariant($"p{i}"));
            Assert.Equal(i == 0 ? one : i < half ? others : second, sample.Chance(person), 1e-10);
            Assert.Equal(0, sample.StandardError(person));
        }
    }
}
