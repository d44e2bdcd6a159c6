using FsCheck.Fluent;
using FsCheck.Xunit;
using Google.OrTools.LinearSolver;
using Sortition.Core.Certificates;
using Sortition.Core.Kernel;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Xunit;
using Objective = Sortition.Core.Lotteries.Objective;

namespace Sortition.Core.Tests.Kernel;

/// <summary>Column generation with a master for the lowest chance, whose answer the library knows otherwise.</summary>
public class ColumnGenerationTests
{
    private static readonly Objective s_lowest = new LowestChance();

    [Property(MaxTest = 150)]
    public void The_lowest_chance_is_that_of_maximin(int seed)
    {
        SelectionProblem problem = TinyPools.Problem(seed);
        switch (ColumnGeneration.Solve(problem, s_lowest, Master), new Core.Algorithms.Maximin().Solve(problem))
        {
            case (SolveResult.Solved own, SolveResult.Solved maximin):
                AssertSame(own.Lottery, maximin.Lottery, TinyPools.AllPanels(problem));
                break;
            case (SolveResult.Infeasible own, SolveResult.Infeasible maximin):
                Assert.Equal(maximin.Report.Reasons.Select(r => r.Code), own.Report.Reasons.Select(r => r.Code));
                throw Prop.Discard<Exception>();
            case (SolveResult own, SolveResult maximin):
                Assert.Fail($"{own} instead of {maximin}");
                break;
        }
    }

    [Theory]
    [InlineData("albertslund", 36)]
    [InlineData("mass_like_24", 24)]
    [InlineData("sf_a_like_35", 35)]
    public void Real_pools_too(string folder, int panelSize)
    {
        SelectionProblem problem = Instances.Load(folder, panelSize);
        List<SolveProgress> told = [];
        PanelLottery lottery = Solved(ColumnGeneration.Solve(problem, s_lowest, Master, new() { Progress = new Listener<SolveProgress>(told.Add) }));
        double maximin = new Core.Algorithms.Maximin().Solve(problem).GetLotteryOrThrow().Certificate.Value;
        Assert.Equal(maximin, lottery.Certificate.Value, 1e-9 * maximin);
        Assert.Equal(SolvePhase.Feasibility, told[0].Phase);
        Assert.Equal(SolvePhase.Certificate, told[^1].Phase);
        Assert.True(told.Count(p => p.Phase == SolvePhase.Panels) > 5);
        Assert.All(told.Zip(told.Skip(1)), pair => Assert.True(pair.Second.Panels >= pair.First.Panels));
        Assert.Equal(lottery.Certificate.Value, told[^1].LowerBound);
    }

    [Fact]
    public void The_certificate_claims_that_no_panel_is_heavier_and_its_check_says_not_checked()
    {
        PanelLottery lottery = Solved(ColumnGeneration.Solve(Instances.Load("mass_like_24", 24), s_lowest, Master));
        Assert.Equal((s_lowest, CertificateStatus.NotProven), (lottery.Certificate.Objective, lottery.Certificate.Status));
        CertificateReport report = CertificateVerifier.Verify(lottery);
        Assert.Equal(CertificateVerdict.NotChecked, report.Verdict);
        Assert.Contains(report.Points, p => p.Kind == CertificatePointCode.LimitBySearch);
        Assert.Contains(report.Points, p => p is { Kind: CertificatePointCode.ObjectiveNotKnown, Found: "lowest-chance" });

        // The panels of the lottery weigh what no panel exceeds, but for the tolerance.
        double worth = lottery.Types.Select((type, t) => lottery.Certificate.Claims[0].Weights[t] * lottery.ProbabilityOfType(t) * type.Members.Count).Sum();
        Assert.InRange(lottery.Certificate.Claims[0].Limit / worth, 1 - 1e-12, 1 + 1e-8);

        // A limit that a panel exceeds is still refuted, whatever the objective.
        WeightClaim claim = Assert.Single(lottery.Certificate.Claims);
        Certificate wrong = lottery.Certificate.Change(claims: [claim.Change(limit: claim.Limit / 2)]);
        PanelLottery forged = PanelLottery.Create(lottery.Problem, lottery.Panels.Select(p => (p.Seats, p.Weight)), lottery.Uncovered, wrong);
        Assert.Equal(CertificateVerdict.Refuted, CertificateVerifier.Verify(forged).Verdict);
    }

    [Fact]
    public void With_more_tolerance_fewer_panels_are_sought()
    {
        SelectionProblem problem = Instances.Load("mass_like_24", 24);
        Assert.InRange(CallsAt(1), 1, CallsAt(1e-9) - 1);

        int CallsAt(double tolerance)
        {
            int calls = 0;
            Solved(ColumnGeneration.Solve(problem, s_lowest, Counted, new() { Tolerance = tolerance }));
            return calls;

            MasterSolution Counted(IReadOnlyList<IReadOnlyList<TypeSeats>> panels, CoveredPeople people, CancellationToken token)
            {
                calls++;
                return Master(panels, people, token);
            }
        }
    }

    [Fact]
    public void The_time_limit_leaves_the_last_lottery()
    {
        int calls = 0;
        SelectionProblem problem = Instances.Load("mass_like_24", 24);
        SolveResult result = ColumnGeneration.Solve(problem, s_lowest, Slow, new() { TimeLimit = TimeSpan.FromMilliseconds(1) });
        SolveResult.Stopped stopped = Assert.IsType<SolveResult.Stopped>(result);
        Assert.Equal((stopped.Best?.Certificate.Value ?? 0, 1), (stopped.LowerBound, stopped.UpperBound));

        calls = 0;
        stopped = Assert.IsType<SolveResult.Stopped>(ColumnGeneration.Solve(problem, s_lowest, Slow, new() { TimeLimit = TimeSpan.FromSeconds(2) }));
        Assert.NotNull(stopped.Best);
        Assert.Equal((stopped.Best.Certificate.Value, 1), (stopped.LowerBound, stopped.UpperBound));
        Assert.Equal(CertificateVerdict.NotChecked, CertificateVerifier.Verify(stopped.Best).Verdict);

        // Answers once, then waits for the end.
        MasterSolution Slow(IReadOnlyList<IReadOnlyList<TypeSeats>> panels, CoveredPeople people, CancellationToken token)
        {
            if (++calls > 1)
            {
                token.WaitHandle.WaitOne();
                token.ThrowIfCancellationRequested();
            }

            return Master(panels, people, token);
        }
    }

    [Fact]
    public void Cancellation_throws_the_callers_token()
    {
        using CancellationTokenSource source = new();
        SelectionProblem problem = Instances.Load("mass_like_24", 24);
        OperationCanceledException e = Assert.ThrowsAny<OperationCanceledException>(() => ColumnGeneration.Solve(problem, s_lowest, Cancelling, null, source.Token));
        Assert.Equal(source.Token, e.CancellationToken);

        MasterSolution Cancelling(IReadOnlyList<IReadOnlyList<TypeSeats>> panels, CoveredPeople people, CancellationToken token)
        {
            source.Cancel();
            return Master(panels, people, token);
        }
    }

    [Fact]
    public void A_master_that_answers_nonsense_is_told_so()
    {
        SelectionProblem problem = Instances.Load("mass_like_24", 24);
        Refused(s => new MasterSolution([.. s.Probabilities, 0], s.Weights, s.Threshold));
        Refused(s => new MasterSolution(s.Probabilities, [.. s.Weights, 0], s.Threshold));
        Refused(s => new MasterSolution([.. s.Probabilities.Select(_ => -1.0)], s.Weights, s.Threshold));
        Refused(s => new MasterSolution([.. s.Probabilities.Select(p => p / 2)], s.Weights, s.Threshold));
        Refused(s => new MasterSolution([.. s.Probabilities.Select(_ => double.NaN)], s.Weights, s.Threshold));
        Refused(s => new MasterSolution(s.Probabilities, [.. s.Weights.Select(_ => double.PositiveInfinity)], s.Threshold));
        Refused(s => new MasterSolution(s.Probabilities, s.Weights, double.NaN));
        Refused(s => new MasterSolution(s.Probabilities, s.Weights, s.Threshold / 2));
        Refused(s => new MasterSolution(s.Probabilities, s.Weights, s.Threshold * 2));
        Refused(s => new MasterSolution(s.Probabilities, [.. s.Weights.Select(w => -w)], s.Threshold));

        void Refused(Func<MasterSolution, MasterSolution> wrong) => Assert.Throws<InvalidOperationException>(
            () => ColumnGeneration.Solve(problem, s_lowest, (panels, people, token) => wrong(Master(panels, people, token))));
    }

    [Fact]
    public void Options_are_checked()
    {
        SelectionProblem problem = TinyPools.Problem(3);
        Assert.Throws<ArgumentOutOfRangeException>(() => ColumnGeneration.Solve(problem, s_lowest, Master, new() { TimeLimit = TimeSpan.Zero }));
        foreach (double tolerance in new[] { 0, -1, 2, double.NaN })
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => ColumnGeneration.Solve(problem, s_lowest, Master, new() { Tolerance = tolerance }));
        }

        Assert.Throws<ArgumentNullException>(() => ColumnGeneration.Solve(problem, s_lowest, null!));
    }

    private static PanelLottery Solved(SolveResult result) => Assert.IsType<SolveResult.Solved>(result).Lottery;

    private static void AssertSame(PanelLottery own, PanelLottery maximin, List<int[]> panels)
    {
        Assert.Equal(maximin.Certificate.Value, own.Certificate.Value, 1e-9);
        Assert.Equal(maximin.Uncovered.Select(u => u.Person), own.Uncovered.Select(u => u.Person));
        WeightClaim claim = Assert.Single(own.Certificate.Claims);
        long Weigh(int i) => claim.Weights[own.Problem.TypeOf(i)] - (claim.CapWeights.Count > 0 ? claim.CapWeights[own.Problem.TypeOf(i)] : 0);
        Assert.True(panels.Max(panel => panel.Sum(Weigh)) <= claim.Limit);
    }

    /// <summary>max z with expected seats of each type ≥ z · people.</summary>
    private static MasterSolution Master(IReadOnlyList<IReadOnlyList<TypeSeats>> panels, CoveredPeople people, CancellationToken token)
    {
        using Solver lp = Solver.CreateSolver("GLOP");
        Variable z = lp.MakeNumVar(0, 1, "");
        Variable[] probabilities = [.. panels.Select(_ => lp.MakeNumVar(0, double.PositiveInfinity, ""))];
        Google.OrTools.LinearSolver.Constraint total = lp.MakeConstraint(1, 1);
        Google.OrTools.LinearSolver.Constraint[] rows = [.. people.Counts.Select(_ => lp.MakeConstraint(0, double.PositiveInfinity))];
        for (int t = 0; t < rows.Length; t++)
        {
            rows[t].SetCoefficient(z, -people.Counts[t]);
        }

        for (int p = 0; p < panels.Count; p++)
        {
            total.SetCoefficient(probabilities[p], 1);
            foreach ((int type, int seats) in panels[p])
            {
                rows[type].SetCoefficient(probabilities[p], seats);
            }
        }

        lp.Maximize(z);
        Assert.Equal(Solver.ResultStatus.OPTIMAL, lp.Solve());
        return new MasterSolution([.. probabilities.Select(v => v.SolutionValue())], [.. rows.Select(row => -row.DualValue())], total.DualValue());
    }

    private sealed class LowestChance() : Objective("lowest-chance")
    {
        public override double ValueOf(ReadOnlySpan<double> chances, CoveredPeople people) => people.Extremes(chances).Lowest;
    }
}
