using Sortition.Core.Algorithms;
using Sortition.Core.Feasibility;
using Sortition.Core.Problems;
using Xunit;

namespace Sortition.Core.Tests.Maximin;

/// <summary>Repeatability, limits, cancellation and progress.</summary>
public class RunTests
{
    [Fact]
    public void Order_of_rows_quotas_and_culture_do_not_change_the_lottery()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            TinyPool pool = TinyPool.Of(seed);
            string expected = Fingerprint(pool.Build());
            TinyPool turned = pool with { Rows = [.. pool.Rows.Reverse()], Quotas = [.. pool.Quotas.Reverse()] };
            Cultures.In("tr-TR", () => Assert.Equal(expected, Fingerprint(turned.Build())));
        }
    }

    [Fact]
    public void Many_runs_at_once_give_what_one_gives()
    {
        SelectionProblem problem = Instances.Load("sf_a_like_35", 35);
        string expected = Fingerprint(problem);
        string[] found = new string[6];
        Parallel.For(0, found.Length, new ParallelOptions { MaxDegreeOfParallelism = found.Length }, i => found[i] = Fingerprint(problem));
        Assert.All(found, f => Assert.Equal(expected, f));
    }

    [Fact]
    public void A_cancelled_token_throws()
    {
        using CancellationTokenSource stop = new();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => new Algorithms.Maximin().Solve(Instances.Alternate(20, 4), null, stop.Token));
    }

    [Theory]
    [InlineData(SolvePhase.Feasibility)]
    [InlineData(SolvePhase.Relaxation)]
    [InlineData(SolvePhase.Panels)]
    [InlineData(SolvePhase.Certificate)]
    public void Cancelling_in_any_phase_throws(SolvePhase phase)
    {
        using CancellationTokenSource stop = new();
        SolveOptions options = new() { Progress = new Listener<SolveProgress>(p => CancelIf(p.Phase == phase, stop)) };
        SelectionProblem problem = Instances.Load("sf_a_like_35", 35);
        Assert.ThrowsAny<OperationCanceledException>(() => new Algorithms.Maximin().Solve(problem, options, stop.Token));
    }

    [Fact]
    public void A_limit_that_leaves_no_time_stops_with_honest_bounds()
    {
        SelectionProblem problem = Instances.Load("obf_like_30", 30);
        SolveResult.Stopped stopped = Assert.IsType<SolveResult.Stopped>(new Algorithms.Maximin().Solve(problem, new SolveOptions { TimeLimit = TimeSpan.FromTicks(1) }));
        Assert.InRange(0.035294, stopped.LowerBound, stopped.UpperBound);
        if (stopped.Best is { } best)
        {
            Assert.Equal(CertificateStatus.NotProven, best.Certificate.Status);
        }
    }

    /// <summary>As in a server that computes on the thread pool: the limit must not wait for a free thread of it.</summary>
    [Fact]
    public async Task A_limit_is_kept_while_every_thread_of_the_pool_computes()
    {
        SelectionProblem problem = Instances.Load("obf_like_30", 30);
        SolveOptions options = new() { TimeLimit = TimeSpan.FromTicks(1) };
        SolveResult[] results = await Task.WhenAll(
            Enumerable.Range(0, 4 * Environment.ProcessorCount).Select(_ => Task.Run(() => new Algorithms.Maximin().Solve(problem, options))));
        Assert.All(results, result => Assert.IsType<SolveResult.Stopped>(result));
    }

    [Fact]
    public void A_limit_reached_among_the_panels_gives_the_best_lottery_so_far()
    {
        SelectionProblem problem = Instances.Load("sf_a_like_35", 35);
        using CancellationTokenSource stop = new();
        MaximinRun run = new(problem, new SolveOptions { TimeLimit = TimeSpan.FromDays(1), Progress = new Listener<SolveProgress>(p => CancelIf(p.Phase == SolvePhase.Panels, stop)) }, new Core.Algorithms.Maximin().Objective);
        Assert.ThrowsAny<OperationCanceledException>(() => run.ToTheEnd(stop.Token));
        SolveResult.Stopped stopped = run.Stop();
        PanelLottery best = Assert.IsType<PanelLottery>(stopped.Best);
        Assert.Equal(stopped.LowerBound, best.SelectionProbabilities().Min(), 12);
        Assert.InRange(0.057631, stopped.LowerBound, stopped.UpperBound + 1e-6);
        Assert.Equal(CertificateStatus.NotProven, best.Certificate.Status);
        Assert.All(best.ToPanelTable(20_000)!.Rows, row => Panel.Create(problem, row.Panel.Ids));
    }

    [Fact]
    public void A_limit_longer_than_any_clock_is_none() =>
        Assert.IsType<SolveResult.Solved>(new Algorithms.Maximin().Solve(Instances.Alternate(20, 4), new SolveOptions { TimeLimit = TimeSpan.MaxValue }));

    [Fact]
    public void A_time_limit_of_zero_is_misuse() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Algorithms.Maximin().Solve(Instances.Alternate(20, 4), new SolveOptions { TimeLimit = TimeSpan.Zero }));

    [Fact]
    public void Progress_goes_through_the_phases_with_bounds_that_close_in()
    {
        List<SolveProgress> told = [];
        SelectionProblem problem = Instances.Load("mass_like_24", 24);
        PanelLottery lottery = new Algorithms.Maximin().Solve(problem, new SolveOptions { Progress = new Listener<SolveProgress>(told.Add) }).GetLotteryOrThrow();
        Assert.Equal(Enum.GetValues<SolvePhase>(), told.Select(p => p.Phase).Distinct());
        Assert.All(told, p => Assert.True(p.LowerBound <= p.UpperBound + 1e-12));
        Assert.Equal(lottery.Certificate.Value, told[^1].LowerBound, 9);
        Assert.Equal(lottery.Certificate.Value, told[^1].UpperBound, 9);
    }

    [Fact]
    public void An_infeasible_problem_is_an_answer()
    {
        SelectionProblem problem = Instances.Load("mass_like_24", 24, b => b.Quota(new QuotaInput
        {
            Condition = [new FeatureValue("f1", "v1"), new FeatureValue("f2", "v1")],
            Min = 9,
            Max = 24,
        }));
        SolveResult.Infeasible infeasible = Assert.IsType<SolveResult.Infeasible>(new Algorithms.Maximin().Solve(problem));
        InfeasibilityReason reason = Assert.Single(infeasible.Report.Reasons);
        Assert.Contains("f1 & f2: v1 & v1", TextRenderer.English.Describe(reason, problem), StringComparison.Ordinal);
        Assert.IsType<PanelResult.Infeasible>(((IPanelAlgorithm)new Algorithms.Maximin()).DrawPanel(problem, RandomSource.Seeded("x")));
    }

    private static string Fingerprint(SelectionProblem problem)
    {
        SolveResult result = new Algorithms.Maximin().Solve(problem);
        return result is not SolveResult.Solved { Lottery: var lottery }
            ? "infeasible"
            : string.Join(';', lottery.Panels.Select(p => FormattableString.Invariant($"{p.Weight}:{string.Join(',', p.Seats.Select(s => $"{s.Type}x{s.Seats}"))}")))
                + string.Join(';', lottery.ToPanelTable(10_000)!.Rows.Select(r => FormattableString.Invariant($"{r.Weight}:{string.Join(',', r.Panel.Ids)}")))
                + string.Join(',', lottery.Certificate.Claims[0].Weights)
                + string.Join(',', lottery.Uncovered.Select(u => problem.People[u.Person].Id));
    }

    private static void CancelIf(bool now, CancellationTokenSource stop)
    {
        if (now)
        {
            stop.Cancel();
        }
    }
}
