using Sortition.Core.Algorithms;
using Sortition.Core.Certificates;
using Sortition.Core.Problems;
using Sortition.Core.Tests.Certificates;
using Xunit;

namespace Sortition.Core.Tests.Objectives;

/// <summary>Repeatability, limits, cancellation and progress of every objective.</summary>
public class RunTests
{
    /// <summary>Each algorithm by its place in the list.</summary>
    public static TheoryData<int> Each => [.. Enumerable.Range(0, Chances.Algorithms.Length)];

    public static TheoryData<int, SolvePhase> EachInEveryPhase
    {
        get
        {
            TheoryData<int, SolvePhase> data = [];
            foreach (SolvePhase phase in Enum.GetValues<SolvePhase>())
            {
                for (int a = 0; a < Chances.Algorithms.Length; a++)
                {
                    data.Add(a, phase);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Each))]
    public void Misuse_is_refused(int algorithm)
    {
        SelectionProblem problem = Instances.Alternate(20, 4);
        Assert.Throws<ArgumentOutOfRangeException>(() => Chances.Algorithms[algorithm].Solve(problem, new SolveOptions { MaxThreads = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Chances.Algorithms[algorithm].Solve(problem, new SolveOptions { TimeLimit = TimeSpan.Zero }));
        Assert.Throws<ArgumentNullException>(() => Chances.Algorithms[algorithm].Solve(null!));
        Assert.IsType<SolveResult.Solved>(Chances.Algorithms[algorithm].Solve(problem, new SolveOptions { MaxThreads = 1, TimeLimit = TimeSpan.MaxValue }));
    }

    [Theory]
    [MemberData(nameof(Each))]
    public void To_ask_for_a_lottery_that_is_not_there_tells_why(int algorithm)
    {
        SelectionProblem problem = new SelectionProblemBuilder(2)
            .Quota("sex", "woman", 2, 2)
            .Quota("sex", "man", 0, 0)
            .People(["woman 1", "man 1", "man 2"], new PersonReader<string> { Id = id => id, Value = (id, _) => id[..^2] })
            .Build();
        SolveResult.Infeasible result = Assert.IsType<SolveResult.Infeasible>(Chances.Algorithms[algorithm].Solve(problem));
        Assert.Same(result.Report, Assert.Throws<NoLotteryException>(result.GetLotteryOrThrow).Report);
        Assert.Null(Assert.Throws<NoLotteryException>(new SolveResult.Stopped(null, 0, 1).GetLotteryOrThrow).Report);
    }

    [Theory]
    [MemberData(nameof(Each))]
    public void Who_may_stop_a_run_and_does_not_gets_what_others_get(int algorithm)
    {
        SelectionProblem problem = Instances.Load("sf_a_like_35", 35);
        using CancellationTokenSource stop = new();
        Assert.Equal(
            Fingerprint(Chances.Algorithms[algorithm], problem, new SolveOptions()),
            Fingerprint(Chances.Algorithms[algorithm], problem, new SolveOptions { StopToken = stop.Token }));
    }

    [Theory]
    [MemberData(nameof(Each))]
    public void Who_stops_a_run_gets_the_best_so_far(int algorithm)
    {
        using CancellationTokenSource stop = new();
        Listener<SolveProgress> progress = new(p =>
        {
            if (p.Phase == SolvePhase.Certificate)
            {
                stop.Cancel();
            }
        });
        SolveResult result = Chances.Algorithms[algorithm].Solve(
            Instances.Load("sf_a_like_35", 35), new SolveOptions { StopToken = stop.Token, Progress = progress });
        SolveResult.Stopped stopped = Assert.IsType<SolveResult.Stopped>(result);
        Assert.Equal(CertificateStatus.NotProven, Assert.IsType<PanelLottery>(stopped.Best).Certificate.Status);
    }

    [Theory]
    [MemberData(nameof(Each))]
    public void One_thread_gives_the_lottery_that_two_give(int algorithm)
    {
        SelectionProblem problem = Instances.Load("sf_a_like_35", 35);
        Assert.Equal(
            Fingerprint(Chances.Algorithms[algorithm], problem, new SolveOptions { MaxThreads = 1 }),
            Fingerprint(Chances.Algorithms[algorithm], problem, new SolveOptions { MaxThreads = 2 }));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(0.000001)]
    [InlineData(0.000999)]
    [InlineData(1e7)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Goldilocks_refuses_a_gamma_that_weighs_nothing_or_all(double gamma) =>
        Assert.Contains("from 0.001 to 1000000", Assert.Throws<ArgumentOutOfRangeException>(() => new Goldilocks(gamma)).Message, StringComparison.Ordinal);

    /// <summary>The ends of the ranges that are supported: the values farthest apart in one pool, and a γ that nearly leaves one chance out.</summary>
    [Fact]
    public void What_is_allowed_at_the_ends_of_the_ranges_is_proven()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            SelectionProblem problem = TinyPools.Problem(seed);
            if (TinyPools.AllPanels(problem).Count == 0)
            {
                continue;
            }

            foreach (double gamma in new[] { Goldilocks.MinGamma, Goldilocks.MaxGamma })
            {
                Assert.Equal(CertificateStatus.ProvenOptimal, new Goldilocks(gamma).Solve(problem).GetLotteryOrThrow().Certificate.Status);
            }

            foreach (double least in new[] { 1e-6, 1, 10 })
            {
                SelectionProblem unequal = Entitled(problem, i => i % 2 == 0 ? least : least * WeightedLeximin.MaxEntitlementRatio);
                Assert.Equal(CertificateStatus.ProvenOptimal, new WeightedLeximin().Solve(unequal).GetLotteryOrThrow().Certificate.Status);
            }
        }
    }

    [Theory]
    [InlineData(1e-6, 1e3)]
    [InlineData(1e-6, 1e6)]
    [InlineData(1, 100_001)]
    public void Entitlements_too_far_apart_are_refused(double least, double most)
    {
        SelectionProblem problem = Entitled(TinyPools.Problem(1), i => i % 2 == 0 ? least : most);
        Fault fault = Assert.Single(Assert.Throws<MalformedInputException>(() => new WeightedLeximin().Solve(problem)).Faults);
        Assert.Equal("core/entitlements-too-far-apart", fault.Code.Name);
        Assert.Contains("at most 100000 times the smallest", TextRenderer.English.Describe(fault), StringComparison.Ordinal);
    }

    private static SelectionProblem Entitled(SelectionProblem problem, Func<int, double> entitlement)
    {
        SelectionProblemBuilder builder = TinyPools.WithRulesOf(problem);

        string[] features = [.. problem.Features.Select(f => f.Name)];
        return builder.People(problem.People.Select((p, i) => (Person: p, Entitlement: entitlement(i))), new PersonReader<(Person Person, double Entitlement)>
        {
            Id = p => p.Person.Id,
            Value = (p, feature) => p.Person.Values[Array.IndexOf(features, feature)],
            Household = p => p.Person.Household?.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Entitlement = p => p.Entitlement,
        }).Build();
    }

    [Theory]
    [MemberData(nameof(EachInEveryPhase))]
    public void Cancelling_in_any_phase_throws(int algorithm, SolvePhase phase)
    {
        using CancellationTokenSource stop = new();
        SelectionProblem problem = Instances.Load("mass_like_24", 24);
        SolveOptions options = new() { Progress = new Listener<SolveProgress>(p => CancelIf(p.Phase == phase, stop)) };
        OperationCanceledException cancelled =
            Assert.ThrowsAny<OperationCanceledException>(() => Chances.Algorithms[algorithm].Solve(problem, options, stop.Token));
        Assert.Equal(stop.Token, cancelled.CancellationToken);
    }

    [Theory]
    [MemberData(nameof(Each))]
    public async Task Solving_aside_gives_the_same_lottery_and_takes_no_thread_of_the_pool(int algorithm)
    {
        SelectionProblem problem = Instances.Load("sf_a_like_35", 35);
        List<bool> pooled = [];
        SolveOptions options = new() { MaxThreads = 1, Progress = new Listener<SolveProgress>(_ => pooled.Add(Thread.CurrentThread.IsThreadPoolThread)) };
        SolveResult result = await Chances.Algorithms[algorithm].SolveAsync(problem, options);
        Assert.Equal(
            Fingerprint(Chances.Algorithms[algorithm], problem, new SolveOptions { MaxThreads = 1 }), Fingerprint(Assert.IsType<SolveResult.Solved>(result).Lottery));
        Assert.NotEmpty(pooled);
        Assert.DoesNotContain(true, pooled);
    }

    [Fact]
    public async Task Cancelling_what_is_solved_aside_cancels_the_task_with_the_callers_token()
    {
        using CancellationTokenSource stop = new();
        SolveOptions options = new() { Progress = new Listener<SolveProgress>(p => CancelIf(p.Phase == SolvePhase.Panels, stop)) };
        Task<SolveResult> task = new Leximin().SolveAsync(Instances.Load("mass_like_24", 24), options, stop.Token);
        OperationCanceledException cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
        Assert.Equal(stop.Token, cancelled.CancellationToken);
        Assert.True(task.IsCanceled);
    }

    /// <summary>The values are those of runs to the end.</summary>
    [Theory]
    [InlineData(1, 0.035294117647)]
    [InlineData(2, 0.035294117647)]
    [InlineData(3, 0.070727769547)]
    [InlineData(4, 0.2)]
    [InlineData(5, 5.588861738804)]
    public void A_limit_that_leaves_no_time_stops_with_honest_bounds(int algorithm, double value)
    {
        SelectionProblem problem = Instances.Load("obf_like_30", 30);
        SolveResult.Stopped stopped = Assert.IsType<SolveResult.Stopped>(Chances.Algorithms[algorithm].Solve(problem, new SolveOptions { TimeLimit = TimeSpan.FromTicks(1) }));
        Assert.InRange(value, stopped.LowerBound, stopped.UpperBound);
        Assert.True(stopped.Best is null || stopped.Best.Certificate.Status == CertificateStatus.NotProven);
    }

    [Theory]
    [MemberData(nameof(EachInEveryPhase))]
    public void A_limit_in_any_phase_gives_the_best_lottery_so_far_with_honest_bounds(int algorithm, SolvePhase phase)
    {
        SelectionProblem problem = Instances.Load("mass_like_24", 24);
        Certificate full = Chances.Algorithms[algorithm].Solve(problem).GetLotteryOrThrow().Certificate;
        SolveResult.Stopped stopped = StoppedRun.At(Chances.Algorithms[algorithm], problem, (p, _) => p.Phase == phase)!;
        AssertHonest(Chances.Algorithms[algorithm], problem, stopped, full.Value, isSurveyed: phase > SolvePhase.Feasibility);
        Assert.True(phase == SolvePhase.Feasibility || stopped.Best is not null);
    }

    /// <summary>Whoever has no chance must be looked for at every stop: by a property, and by the refusal of a lottery that somebody could be drawn from.</summary>
    [Theory]
    [MemberData(nameof(Each))]
    public void People_left_without_a_chance_are_named_and_nobody_is_drawn_by_mistake(int algorithm)
    {
        SelectionProblem problem = Instances.Load("sf_c_like_44", 44);
        List<int> without = [];
        for (int at = 0; StoppedRun.At(Chances.Algorithms[algorithm], problem, (_, index) => index == at) is { } stopped; at += 1 + (at / 3))
        {
            if (stopped.Best is not { } best)
            {
                continue;
            }

            int[] excused = [.. best.Uncovered.Select(u => u.Person)];
            int[] expected = [.. Enumerable.Range(0, problem.People.Count).Where(i => best.ProbabilityOf(i) == 0).Except(excused)];
            Assert.Equal(expected, best.WithoutChance);
            Assert.Equal(expected.Length, LotteryMetrics.Compute(best).WithoutChance);
            Assert.Equal(expected.Length > 0, Record.Exception(stopped.GetLotteryOrThrow) is NoLotteryException { Report: null });
            without.Add(expected.Length);
        }

        Assert.Contains(without, w => w > 0);
        Assert.True(without.Contains(0) || Chances.Algorithms[algorithm] is Minimax);
    }

    /// <summary>Pools with people who are on no panel, with statuses and different entitlements; stopped at every report in turn.</summary>
    [Theory]
    [Trait("Lane", "Slow")]
    [MemberData(nameof(Each))]
    public void A_limit_at_any_time_gives_honest_bounds_and_so_do_all_reports(int algorithm)
    {
        for (int seed = 0; seed < 150; seed++)
        {
            SelectionProblem problem = seed % 3 == 0 ? GapPools.Problem(seed) : TinyPools.Problem(seed);
            List<SolveProgress> told = [];
            if (Chances.Algorithms[algorithm].Solve(problem, new SolveOptions { Progress = new Listener<SolveProgress>(told.Add) }) is not SolveResult.Solved { Lottery.Certificate: var full })
            {
                continue;
            }

            double hair = 1e-8 * full.Value;
            Assert.All(told, p => Assert.InRange(full.Value, p.LowerBound - hair, p.UpperBound + hair));
            for (int report = 0; report < told.Count; report++)
            {
                SolveResult.Stopped? stopped = StoppedRun.At(Chances.Algorithms[algorithm], problem, (_, index) => index == report);
                if (stopped is not null)
                {
                    AssertHonest(Chances.Algorithms[algorithm], problem, stopped, full.Value, told[report].Phase > SolvePhase.Feasibility);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Each))]
    public void Order_of_rows_quotas_and_culture_do_not_change_the_lottery(int algorithm)
    {
        for (int seed = 0; seed < 60; seed++)
        {
            TinyPool pool = TinyPool.Of(seed);
            string expected = Fingerprint(Chances.Algorithms[algorithm], pool.Build());
            TinyPool turned = pool with { Rows = [.. pool.Rows.Reverse()], Quotas = [.. pool.Quotas.Reverse()] };
            Cultures.In("tr-TR", () => Assert.Equal(expected, Fingerprint(Chances.Algorithms[algorithm], turned.Build())));
        }
    }

    [Theory]
    [MemberData(nameof(Each))]
    public void Many_runs_at_once_give_what_one_gives(int algorithm)
    {
        SelectionProblem[] problems = [Instances.Load("mass_like_24", 24), .. Enumerable.Range(0, 40).Select(i => i % 2 == 0 ? TinyPools.Problem(i) : GapPools.Problem(i))];
        string[] expected = [.. problems.Select(p => Fingerprint(Chances.Algorithms[algorithm], p))];
        string[] found = new string[4 * problems.Length];
        Parallel.For(0, found.Length, new ParallelOptions { MaxDegreeOfParallelism = 6 }, i => found[i] = Fingerprint(Chances.Algorithms[algorithm], problems[i % problems.Length]));
        for (int i = 0; i < found.Length; i++)
        {
            Assert.Equal(expected[i % problems.Length], found[i]);
        }
    }

    [Theory]
    [MemberData(nameof(Each))]
    public void Progress_goes_through_the_phases_with_bounds_that_close_in(int algorithm)
    {
        List<SolveProgress> told = [];
        SelectionProblem problem = Instances.Load("mass_like_24", 24);
        PanelLottery lottery = Chances.Algorithms[algorithm].Solve(problem, new SolveOptions { Progress = new Listener<SolveProgress>(told.Add) }).GetLotteryOrThrow();
        Assert.Equal(Enum.GetValues<SolvePhase>(), told.Select(p => p.Phase).Distinct());
        Assert.All(told, p => Assert.True(p.LowerBound <= p.UpperBound * (1 + 1e-9)));
        Assert.All(told, p => Assert.True(p.Fraction is null or (>= 0 and <= 1)));
        double own = Chances.IsMinimised(Chances.Algorithms[algorithm]) ? told[^1].UpperBound : told[^1].LowerBound;
        Assert.Equal(lottery.Certificate.Value, own, 1e-9);
    }

    [Theory]
    [MemberData(nameof(Each))]
    public void An_infeasible_problem_is_an_answer(int algorithm)
    {
        SelectionProblem problem = Instances.Load("mass_like_24", 24, b => b.Quota(new QuotaInput
        {
            Condition = [new FeatureValue("f1", "v1"), new FeatureValue("f2", "v1")],
            Min = 9,
            Max = 24,
        }));
        Assert.IsType<SolveResult.Infeasible>(Chances.Algorithms[algorithm].Solve(problem));
        Assert.IsType<PanelResult.Infeasible>(Chances.Algorithms[algorithm].DrawPanel(problem, RandomSource.Seeded("x")));
    }

    private static void AssertHonest(ILotteryAlgorithm algorithm, SelectionProblem problem, SolveResult.Stopped stopped, double value, bool isSurveyed)
    {
        double hair = 1e-8 * value;
        Assert.InRange(value, stopped.LowerBound - hair, stopped.UpperBound + hair);
        if (stopped.Best is not { } best)
        {
            return;
        }

        Certificate certificate = best.Certificate;
        Assert.Equal(algorithm.Name, certificate.Objective.Name);
        CertificateVerdict verdict = certificate.Status switch
        {
            CertificateStatus.ProvenOptimal => CertificateVerdict.Confirmed,
            CertificateStatus.EpsilonLeximin => CertificateVerdict.ConfirmedWithinEpsilon,
            _ => CertificateVerdict.NotProven,
        };
        CertificateAssert.Is(verdict, best);
        Assert.All(best.ToPanelTable(20_000)!.Rows, row => Panel.Create(problem, row.Panel.Ids));
        if (isSurveyed)
        {
            // The lottery so far serves the objective as well as its bound says, and no better than the best.
            double reached = Chances.Of(best).Value(algorithm);
            Assert.Equal(reached, Chances.IsMinimised(algorithm) ? stopped.UpperBound : stopped.LowerBound, 1e-9 * reached);
            Assert.Equal(reached, certificate.Value, 1e-9 * reached);
            Assert.Equal(Chances.IsMinimised(algorithm) ? stopped.LowerBound : stopped.UpperBound, certificate.Bound);
        }
    }

    private static string Fingerprint(ILotteryAlgorithm algorithm, SelectionProblem problem, SolveOptions? options = null) =>
        algorithm.Solve(problem, options) is SolveResult.Solved solved ? Fingerprint(solved.Lottery) : "infeasible";

    private static string Fingerprint(PanelLottery lottery) =>
        string.Join(';', lottery.Panels.Select(p => FormattableString.Invariant($"{p.Weight}:{string.Join(',', p.Seats.Select(s => $"{s.Type}x{s.Seats}"))}")))
            + string.Join(';', lottery.ToPanelTable(10_000)!.Rows.Select(r => FormattableString.Invariant($"{r.Weight}:{string.Join(',', r.Panel.Ids)}")))
            + string.Join(';', lottery.Certificate.Claims.Select(c => FormattableString.Invariant($"{string.Join(',', c.Weights)}/{string.Join(',', c.CapWeights)}/{c.Limit}/{c.Bound:R}")))
            + string.Join(',', lottery.Uncovered.Select(u => lottery.Problem.People[u.Person].Id));

    private static void CancelIf(bool now, CancellationTokenSource stop)
    {
        if (now)
        {
            stop.Cancel();
        }
    }
}
