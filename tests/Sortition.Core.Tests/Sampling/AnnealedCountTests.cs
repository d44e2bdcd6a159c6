using System.Numerics;
using Sortition.Core.Lotteries;
using Sortition.Core.Sampling;
using Xunit;

namespace Sortition.Core.Tests.Sampling;

/// <summary>Numbers of panels by runs that enforce quotas by degrees, against exact numbers.</summary>
public sealed class AnnealedCountTests
{
    /// <summary>A mean of weights without bias lies within its error bars: on many tiny pools, with must-in, households and intersections.</summary>
    [Fact]
    public void Agrees_with_all_panels_of_tiny_pools()
    {
        (int counted, int near) = (0, 0);
        double squares = 0;
        for (int seed = 0; seed < 40; seed++)
        {
            SelectionProblem problem = TinyPools.Problem(seed);
            PanelSpace space = new(problem);
            int panels = TinyPools.AllPanels(problem).Count;
            if (panels == 0 || space.Seats == 0 || space.Kinds.Length == 0)
            {
                continue;
            }

            AnnealedSums sums = Sums(space, 0.02, 4e7);
            double apart = (sums.Log10Mean - Math.Log10(panels)) / sums.Log10Error;
            Assert.True(Math.Abs(apart) < 5, FormattableString.Invariant($"pool {seed}: {sums.Log10Mean} for {panels}"));
            squares += apart * apart;
            (counted, near) = (counted + 1, near + (Math.Abs(apart) < 2 ? 1 : 0));
        }

        // Standard errors that are too small would show here: the squares are about 1 on average.
        Assert.InRange(counted, 20, 39);
        Assert.InRange(squares / counted, 0, 2);
        Assert.InRange(near / (double)counted, 0.85, 1);
    }

    [Fact]
    public void Agrees_with_the_exact_number_of_a_real_pool()
    {
        AnnealedSums sums = Sums(new PanelSpace(Instances.Load("mass_like_24", 24)), 0.01, 1e9);
        Assert.InRange(sums.Log10Error, 0.001, 0.01);
        Assert.InRange((sums.Log10Mean - BigInteger.Log10(51_013_442_084_580)) / sums.Log10Error, -4, 4);
    }

    /// <summary>Where the table takes too many proposals (3,700 a panel here) the estimate is made so, the same for any number of threads.</summary>
    [Fact]
    [Trait("Lane", "Slow")]
    public void Is_used_where_tables_would_hit_too_seldom()
    {
        SelectionProblem problem = Instances.Load("albertslund", 36);
        UniformOptions options = new() { MaxProposals = 4_000_000, TargetLog10Error = 0.05 };
        PanelCount count = PanelCount.Estimate(problem, "a", options);
        Assert.True(count.IsConclusive);
        Assert.InRange(count.Log10StandardError!.Value, 0.001, 0.05);
        Assert.InRange((count.Log10!.Value - 43.505) / count.Log10StandardError.Value, -4, 4);
        Assert.InRange(count.EffectiveHits, 400, count.Proposals);
        PanelCount one = PanelCount.Estimate(problem, "a", new UniformOptions { MaxProposals = 4_000_000, TargetLog10Error = 0.05, MaxThreads = 1 });
        Assert.Equal((count.Log10, count.Proposals), (one.Log10, one.Proposals));
    }

    /// <summary>No run comes to a panel where there is none, and too few runs say nothing.</summary>
    [Fact]
    public void Nothing_is_said_where_nothing_is_known()
    {
        SelectionProblem problem = new SelectionProblemBuilder(2)
            .Quota("pair", "a", 1, 1).Quota("pair", "b", 1, 1).Quota("side", "left", 2, 2).Quota("side", "right", 0, 0)
            .People((string[])["a left", "a right", "b right", "b right 2"], p => p, null, p => new Dictionary<string, string> { ["pair"] = p[..1], ["side"] = p.Split(' ')[1] })
            .Build();
        PanelSpace space = new(problem);
        Assert.True(space.IsEmpty || Sums(space, 0.01, 1e6) is { Hits: 0, Log10Error: double.PositiveInfinity, EffectiveHits: 0 });
        AnnealedSums few = Sums(new PanelSpace(Instances.Load("mass_like_24", 24)), 0.01, 1e4);
        Assert.Equal(double.PositiveInfinity, few.Log10Error);
    }

    private static AnnealedSums Sums(PanelSpace space, double error, double maxSteps)
    {
        AnnealedPanels panels = new(space, new SeatModel(space));
        Assert.True(panels.IsSound);
        return panels.Run(new SeededRandomSource("runs"), new SeededRandomSource("trial"), maxSteps, new UniformOptions { TargetLog10Error = error }, default);
    }
}
