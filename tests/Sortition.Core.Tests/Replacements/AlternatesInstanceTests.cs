using Sortition.Core.Alternates;
using Sortition.Core.DropOuts;
using Xunit;

namespace Sortition.Core.Tests.Replacements;

/// <summary>Alternates on the instances that come with the project: one for every three members, everybody equally likely to drop out.</summary>
public sealed class AlternatesInstanceTests
{
    private const double Chance = 0.1;
    private const int Rivals = 5;

    // Few scenarios keep the suite quick. All instances with 300 each, and larger fresh samples: the benchmark command `alternates`.
    private const int Scenarios = 40;
    private const int Fresh = 1000;

    [Theory]
    [Trait("Lane", "Slow")]
    [InlineData("albertslund", 36)]
    [InlineData("mass_like_24", 24)]
    [InlineData("hd_like_30", 30)]
    [InlineData("sf_a_like_35", 35)]
    [InlineData("sf_b_like_20", 20)]
    [InlineData("nexus_like_170", 170)]
    public void On_fresh_scenarios_they_breach_quotas_less_than_the_simple_practices(string folder, int panelSize)
    {
        Panel panel = PanelOf(folder, panelSize);
        DropOutChances chances = DropOutChances.Equal(panel.Problem, Chance);
        DropOutSample sample = DropOutSample.Draw(panel, chances, Scenarios, RandomSource.Seeded("scenarios"));
        int count = (panelSize + 2) / 3;
        AlternatesResult.Chosen result = (AlternatesResult.Chosen)AlternateSelection.Optimize(sample, count, RandomSource.Seeded("alternates"));
        Assert.True(result.IsComplete);
        Assert.Equal(result.Alternates.Assess(sample).Mean, result.ExpectedBreach, 9);
        Assert.True(result.LowerBound <= result.ExpectedBreach);

        DropOutSample fresh = DropOutSample.Draw(panel, chances, Fresh, RandomSource.Seeded("fresh"));
        double[] ours = Breaches(result.Alternates, fresh);
        for (int i = 0; i < Rivals; i++)
        {
            RandomSource random = RandomSource.Seeded(FormattableString.Invariant($"rival {i}"));
            foreach (AlternateSet rival in new[] { AlternateSelection.AtRandom(panel, count, random)!, AlternateSelection.SameProfile(panel, count, random)! })
            {
                Assert.True(rival.Assess(sample).Mean >= result.LowerBound - 1e-9);

                // The same scenarios for both, so that what is alike about them cancels out.
                double[] differences = [.. Breaches(rival, fresh).Zip(ours, (theirs, mine) => theirs - mine)];
                double mean = differences.Average();
                double error = Math.Sqrt(differences.Sum(d => (d - mean) * (d - mean)) / (Fresh - 1) / Fresh);
                Assert.True(mean > 3 * error, FormattableString.Invariant($"better by {mean:F4}, which is within the sampling error {error:F4}"));
            }
        }
    }

    [Fact]
    public void The_same_input_has_the_same_answer()
    {
        string[] Choose() => [.. ((AlternatesResult.Chosen)AlternateSelection.Optimize(Sample(), 5, RandomSource.Seeded("alternates"))).Alternates.Ids];
        Assert.Equal(Choose(), Choose());
    }

    [Fact]
    public void A_time_limit_leaves_the_best_so_far_with_its_bound()
    {
        AlternatesResult.Chosen result = (AlternatesResult.Chosen)AlternateSelection.Optimize(Sample(), 12, RandomSource.Seeded("alternates"), options: new AlternatesOptions { TimeLimit = TimeSpan.FromTicks(1) });
        Assert.False(result.IsComplete);
        Assert.Equal(12, result.Alternates.People.Count);
        Assert.True(result.LowerBound <= result.ExpectedBreach);
        Assert.Equal(result.Alternates.Assess(Sample(result.Alternates.Panel)).Mean, result.ExpectedBreach, 9);
    }

    [Fact]
    public void Work_can_be_cancelled_half_way()
    {
        using CancellationTokenSource source = new();
        int reports = 0;
        AlternatesOptions options = new() { Progress = new Listener<AlternatesProgress>(_ => Cancel()) };
        OperationCanceledException cancelled = Assert.Throws<OperationCanceledException>(
            () => AlternateSelection.Optimize(Sample(), 12, RandomSource.Seeded("alternates"), options: options, cancellationToken: source.Token));
        Assert.Equal(source.Token, cancelled.CancellationToken);
        Assert.Equal(3, reports);

        void Cancel()
        {
            if (++reports == 3)
            {
                source.Cancel();
            }
        }
    }

    [Fact]
    public void Progress_narrows_the_gap()
    {
        List<AlternatesProgress> seen = [];
        AlternatesResult.Chosen result = (AlternatesResult.Chosen)AlternateSelection.Optimize(Sample(), 3, RandomSource.Seeded("alternates"), options: new AlternatesOptions { Progress = new Listener<AlternatesProgress>(seen.Add) });
        Assert.NotEmpty(seen);
        Assert.All(seen.Zip(seen.Skip(1)), p => Assert.True(p.Second.ExpectedBreach <= p.First.ExpectedBreach && p.Second.LowerBound >= p.First.LowerBound));
        Assert.Equal((result.ExpectedBreach, result.LowerBound), (seen[^1].ExpectedBreach, seen[^1].LowerBound));
    }

    private static DropOutSample Sample(Panel? panel = null)
    {
        panel ??= PanelOf("albertslund", 36);
        return DropOutSample.Draw(panel, DropOutChances.Equal(panel.Problem, Chance), 20, RandomSource.Seeded("scenarios"));
    }

    private static Panel PanelOf(string folder, int panelSize)
    {
        SelectionProblem problem = Instances.Load(folder, panelSize);
        return new Sortition.Core.Algorithms.Maximin().Solve(problem).GetLotteryOrThrow().Draw(RandomSource.Seeded("panel"));
    }

    private static double[] Breaches(AlternateSet alternates, DropOutSample sample) => new ReserveScenarios(sample, alternates.People, alternates.People.Count).Breaches(CancellationToken.None);
}
