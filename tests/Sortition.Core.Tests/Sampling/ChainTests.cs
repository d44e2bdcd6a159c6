using Sortition.Core.Engine.Polytope;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Sortition.Core.Sampling;
using Sortition.Core.Tests.Lotteries;
using Xunit;

namespace Sortition.Core.Tests.Sampling;

/// <summary>Chains of exchanges: where they are uniform, and that they say so where they are not.</summary>
public sealed class ChainTests
{
    [Fact]
    public void A_chain_that_starts_uniformly_is_uniform_after_any_number_of_steps()
    {
        foreach ((int seed, SelectionProblem problem, List<int[]> panels) in Counting.Pools(0, 60, 4))
        {
            PanelSpace space = new(problem);
            Dictionary<string, int> indexOf = panels.Select((p, i) => (string.Join(',', p), i)).ToDictionary(p => p.Item1, p => p.i);
            int[] counts = new int[panels.Count];
            RandomSource random = RandomSource.Seeded(FormattableString.Invariant($"chain {seed}"));
            for (int d = 0; d < 60 * panels.Count; d++)
            {
                PanelChain chain = new(space, panels[d % panels.Count], random);
                for (int s = 0; s < 3; s++)
                {
                    chain.Step();
                }

                Assert.True(indexOf.TryGetValue(string.Join(',', chain.Members()), out int index), "The chain left the panels.");
                counts[index]++;
            }

            Statistics.AssertFits(counts, [.. panels.Select(_ => 1.0 / panels.Count)]);
        }
    }

    [Fact]
    public void A_long_chain_is_on_every_panel_as_often()
    {
        // Without the correction by F/F' some panels of these pools are visited more than a tenth more often than others.
        int pools = 0;
        foreach ((int seed, SelectionProblem problem, List<int[]> panels) in Counting.Pools(0, 60, 6).Where(p => p.Panels.Count <= 20))
        {
            Dictionary<string, int> counts = panels.ToDictionary(p => string.Join(',', p), _ => 0);
            PanelChain chain = new(new PanelSpace(problem), panels[0], RandomSource.Seeded(FormattableString.Invariant($"long chain {seed}")));
            const int Visits = 6_000;
            for (int s = 0; s < Visits * panels.Count; s++)
            {
                chain.Step();
                counts[string.Join(',', chain.Members())]++;
            }

            if (counts.Values.All(c => c > 0))
            {
                pools++;
                Assert.All(counts.Values, c => Assert.InRange(c, 0.91 * Visits, 1.09 * Visits));
            }
        }

        Assert.True(pools >= 8);
    }

    [Fact]
    public void A_chain_that_starts_anywhere_becomes_uniform()
    {
        (SelectionProblem problem, List<int[]> panels) = MediumPool.Problem();
        PanelSpace space = new(problem);
        double[] chances = Counting.Chances(problem, panels);
        int[] seats = new int[chances.Length];
        const int Draws = 4000;
        PanelChain chain = new(space, panels[0], RandomSource.Seeded("anywhere"));
        for (int d = 0; d < Draws; d++)
        {
            for (int s = 0; s < 60; s++)
            {
                chain.Step();
            }

            foreach (int i in chain.Members())
            {
                seats[i]++;
            }
        }

        Assert.All(Enumerable.Range(0, chances.Length), i => Assert.Equal(chances[i], seats[i] / (double)Draws, 0.04));
    }

    [Fact]
    public void Chains_that_cannot_move_say_that_they_do_not_agree()
    {
        // One seat for each row, each column and each diagonal: other panels differ in many members at once, so that hardly an exchange is one.
        SelectionProblem problem = Squares(7);
        PanelSpace space = new(problem);
        ChainRun run = new(space, 10, new SeededRandomSource("stuck"), new UniformOptions { MaxProposals = 1 }, default);
        ChainDiagnosis diagnosis = run.Run();
        Assert.False(diagnosis.IsConverged);
        Assert.True(double.IsPositiveInfinity(diagnosis.SplitRHat) || diagnosis.EffectiveSize < ChainDiagnosis.LeastEffectiveSize);
    }

    [Fact]
    public void Chains_that_agree_know_the_chances()
    {
        SelectionProblem problem = Instances.Load("mass_like_24", 24);
        PanelSpace space = new(problem);
        ChainRun run = new(space, 100, new SeededRandomSource("mass"), new UniformOptions { MaxProposals = 4_000_000 }, default);
        ChainDiagnosis diagnosis = run.Run();
        Assert.True(diagnosis.IsConverged);
        Assert.InRange(diagnosis.SplitRHat, 1, 1.01);
        Assert.InRange(diagnosis.EffectiveSize, 400, 4 * 1024);
        UniformSample exact = Assert.IsType<UniformResult.Drawn>(UniformPanels.Draw(problem, 2000, "mass")).Sample;
        for (int i = 0; i < problem.People.Count; i++)
        {
            int type = problem.TypeOf(i);
            double chance = diagnosis.TypeMeans[type] / problem.Types[type].Members.Count;
            double error = diagnosis.TypeErrors[type] / problem.Types[type].Members.Count;
            Assert.InRange(chance - exact.Chance(i), -5 * (error + exact.StandardError(i)), 5 * (error + exact.StandardError(i)));
        }
    }

    [Fact]
    public void The_same_chains_run_whatever_the_number_of_threads()
    {
        PanelSpace space = new(Instances.Load("mass_like_24", 24));
        int[][][] one = Panels(1);
        int[][][] four = Panels(4);
        Assert.All(Enumerable.Range(0, ChainRun.Chains), c => Assert.Equal(one[c], four[c]));

        int[][][] Panels(int threads)
        {
            ChainRun run = new(space, 10, new SeededRandomSource("threads"), new UniformOptions { MaxProposals = 1, MaxThreads = threads }, default);
            run.Run();
            return run.Panels;
        }
    }

    [Fact]
    public void Independent_panels_pass_and_chains_in_different_places_fail()
    {
        (SelectionProblem problem, List<int[]> panels) = MediumPool.Problem();
        QuotaPolytope polytope = QuotaPolytope.Of(problem);
        RandomSource random = RandomSource.Seeded("independent");
        int[][][] chains = [.. Enumerable.Range(0, 4).Select(_ => Enumerable.Range(0, 1000).Select(_ => panels[(int)random.NextBelow(panels.Count)]).ToArray())];
        ChainDiagnosis good = new(problem, chains, polytope, default);
        Assert.True(good.IsConverged);
        Assert.InRange(good.EffectiveSize, 2000, 4000);

        // One chain stays among the first half of the panels.
        chains[0] = [.. Enumerable.Range(0, 1000).Select(_ => panels[(int)random.NextBelow(panels.Count / 2)])];
        ChainDiagnosis apart = new(problem, chains, polytope, default);
        Assert.False(apart.IsConverged);
        Assert.True(apart.SplitRHat > 1.01);

        // All chains go through the same panels, each panel ten times in a row: a tenth of the panels counts.
        int[][] slow = [.. Enumerable.Range(0, 1000).Select(p => chains[1][p / 10])];
        ChainDiagnosis lazy = new(problem, [slow, slow, slow, slow], polytope, default);
        Assert.InRange(lazy.EffectiveSize, 100, 800);
    }

    /// <summary>As many people as squares of a board, one seat for each row and each column.</summary>
    private static SelectionProblem Squares(int side)
    {
        SelectionProblemBuilder builder = new(side);
        for (int v = 0; v < side; v++)
        {
            builder.Quota("row", FormattableString.Invariant($"r{v}"), 1, 1).Quota("column", FormattableString.Invariant($"c{v}"), 1, 1)
                .Quota("diagonal", FormattableString.Invariant($"d{v}"), 1, 1);
        }

        return builder.People(Enumerable.Range(0, side * side), new PersonReader<int>
        {
            Id = i => FormattableString.Invariant($"p{i:00}"),
            Value = (i, feature) => FormattableString.Invariant($"{feature[0]}{(feature == "row" ? i / side : feature == "column" ? i % side : (i / side + i % side) % side)}"),
        }).Build();
    }
}
