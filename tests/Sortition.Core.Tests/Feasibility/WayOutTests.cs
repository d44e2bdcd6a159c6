using Sortition.Core.Fairness;
using Sortition.Core.Feasibility;
using Xunit;
using static Sortition.Core.Tests.Problems.FaultAssert;

namespace Sortition.Core.Tests.Feasibility;

/// <summary>Conflicts and ways out worked out by hand, and their words.</summary>
public sealed class WayOutTests
{
    [Fact]
    public void A_conflict_of_two_features_says_what_would_help()
    {
        // Three old people are asked for. Of the three there are, one must be out, and two are of town a, which may send one.
        SelectionProblem problem = new SelectionProblemBuilder(3)
            .Quota("age", "old", 2, 3).Quota("age", "young", 0, 3).Quota("town", "a", 0, 1).Quota("town", "b", 0, 3)
            .With(
                Row("p", null, "age=old", "town=a"), Row("q", null, "age=old", "town=a"), Row("r", null, "age=old", "town=b"),
                Row("s", null, "age=young", "town=b"), Row("t", null, "age=young", "town=b"))
            .MustBeOut("r").Build();
        Diagnosis diagnosis = FeasibilityAnalysis.Diagnose(problem);
        Assert.True(diagnosis.IsExhaustive);
        Conflict conflict = Assert.Single(diagnosis.Conflicts);
        Assert.Equal("These cannot all be met together: at least 2 of age: old; at most 1 of town: a.", TextRenderer.English.Describe(conflict, problem));
        Assert.Equal(
            [
                "Any one of these would do: at least 1 instead of 2 of age: old; at most 2 instead of 1 of town: a.",
                "So would 1 more volunteer: 1 of age: old, town: b.",
                "1 person who counts towards these minima must be out.",
            ],
            TextRenderer.English.DescribeHelp(conflict, problem).Select(h => h.Replace("not town: a", "town: b", StringComparison.Ordinal)));

        RelaxationReport report = QuotaRelaxation.Find(problem);
        Assert.True(report.IsExhaustive);
        Assert.Equal([1.0, 2.0], report.Alternatives.Select(a => a.Cost));
        Assert.Equal(["town: a: at most 2 instead of 1", "age: old: at least 1 instead of 2"], report.Alternatives.Select(a => TextRenderer.English.Describe(Assert.Single(a.Changes))));

        // The other way round where the town matters three times as much, and the only way where it must not move.
        Assert.Equal([2.0, 3.0], QuotaRelaxation.Find(problem, new RelaxationOptions { Priority = q => q.FeatureLabel == "town" ? 3 : 1 }).Alternatives.Select(a => a.Cost));
        Assert.Equal(2.0, Assert.Single(QuotaRelaxation.Find(problem, new RelaxationOptions { IsKept = q => q.FeatureLabel == "town" }).Alternatives).Cost);
        RelaxationReport none = QuotaRelaxation.Find(problem, new RelaxationOptions { IsKept = _ => true });
        Assert.Empty(none.Alternatives);
        Assert.True(none.IsExhaustive);
        Assert.Equal("These cannot all be met together: at least 2 of age: old; at most 1 of town: a.", TextRenderer.English.Describe(Assert.Single(none.Obstacles!.Conflicts), none.Loosest!));
    }

    [Fact]
    public void A_household_rule_that_is_too_tight_is_named_and_no_quota_helps()
    {
        SelectionProblem problem = new SelectionProblemBuilder(2).Quota("f", "v", 0, 2).HouseholdLimit(1).With(Row("a", "1", "f=v"), Row("b", "1", "f=v")).Build();
        Conflict conflict = Assert.Single(FeasibilityAnalysis.Diagnose(problem).Conflicts);
        Assert.Equal("These cannot all be met together: 2 members in all; at most 1 of one household.", TextRenderer.English.Describe(conflict, problem));
        Assert.Equal(["This would do: 1 instead of 2 members in all.", "So would 1 more volunteer."], TextRenderer.English.DescribeHelp(conflict, problem));
        RelaxationReport report = QuotaRelaxation.Find(problem);
        Assert.Empty(report.Alternatives);
        Assert.False(report.Obstacles!.IsFeasible);
    }

    [Fact]
    public void Where_nobody_may_be_drawn_only_volunteers_help()
    {
        SelectionProblem problem = new SelectionProblemBuilder(2).Feature("f", "v").With(Row("a", null, "f=v")).MustBeOut("a").Build();
        Conflict conflict = Assert.Single(FeasibilityAnalysis.Diagnose(problem).Conflicts);
        Assert.Equal("The pool has 0 people who may be drawn, but the panel has 2 seats.", TextRenderer.English.Describe(conflict, problem));
        Assert.Equal(["This would do: 2 more volunteers, and no fewer."], TextRenderer.English.DescribeHelp(conflict, problem));
    }

    [Fact]
    public void Minima_that_add_up_to_too_much_are_told_by_their_sum()
    {
        SelectionProblem problem = new SelectionProblemBuilder(3).Quota("f", "v", 2, 3).Quota("f", "w", 2, 3)
            .With([.. Enumerable.Range(0, 6).Select(i => Row($"p{i}", null, i < 3 ? "f=v" : "f=w"))]).Build();
        Conflict conflict = Assert.Single(FeasibilityAnalysis.Diagnose(problem).Conflicts);
        Assert.Equal("f: the minima add up to 4, but the panel has 3 seats.", TextRenderer.English.Describe(conflict, problem));
        Assert.Equal("More volunteers would not help.", TextRenderer.English.DescribeHelp(conflict, problem).Last());
    }

    [Fact]
    public void A_feasible_problem_needs_no_change_and_its_trade_offs_are_solved()
    {
        // One seat for three blue ones, one for the only red one; or two for the blue ones.
        SelectionProblem problem = new SelectionProblemBuilder(2).Quota("f", "blue", 0, 1).Quota("f", "red", 0, 2)
            .With(Row("a", null, "f=blue"), Row("b", null, "f=blue"), Row("c", null, "f=blue"), Row("d", null, "f=red")).Build();
        Assert.True(FeasibilityAnalysis.Diagnose(problem) is { IsFeasible: true, IsExhaustive: true });
        Relaxation nothing = Assert.Single(QuotaRelaxation.Find(problem).Alternatives);
        Assert.Equal((0, 0.0), (nothing.Changes.Count, nothing.Cost));
        IReadOnlyList<SeatTradeOff> tradeOffs = SeatTradeOff.Compute(new Leximin().Solve(problem).GetLotteryOrThrow());
        SeatTradeOff best = tradeOffs[0];
        Assert.Equal((ConstraintKind.QuotaMaximum, 1), (best.Constraint.Kind, best.Seats));
        Assert.Equal(1 / 3.0, best.CurrentMinimum, 1e-9);
        Assert.Equal(1 / 2.0, best.NewMinimum!.Value, 1e-9);
    }

    [Fact]
    public void Each_alternative_comes_with_the_fairness_it_reaches()
    {
        SelectionProblem problem = new SelectionProblemBuilder(2).Quota("f", "v", 2, 2).Quota("f", "w", 1, 1)
            .With(Row("a", null, "f=v"), Row("b", null, "f=v"), Row("c", null, "f=w"), Row("d", null, "f=w")).Build();
        RelaxationReport report = QuotaRelaxation.Find(problem);
        IReadOnlyList<RelaxationFairness> fairness = RelaxationFairness.Compare(report);
        Assert.Equal(report.Alternatives, fairness.Select(f => f.Relaxation));
        Assert.All(fairness, f => Assert.Equal(LotteryMetrics.Compute(f.Result.GetLotteryOrThrow()).MinProbability, f.Metrics!.MinProbability));

        // One v and one w, or two v and no w.
        Assert.Equal([0.5, 1.0], fairness.Select(f => Math.Round(f.Metrics!.MinProbability, 9)));
    }

    [Fact]
    public void Both_stop_when_cancelled_and_refuse_what_is_out_of_range()
    {
        SelectionProblem problem = Instances.Load("mass_like_24", 24);
        Assert.ThrowsAny<OperationCanceledException>(() => FeasibilityAnalysis.Diagnose(problem, null, new CancellationToken(canceled: true)));
        Assert.ThrowsAny<OperationCanceledException>(() => QuotaRelaxation.Find(problem, null, new CancellationToken(canceled: true)));
        Assert.Throws<ArgumentOutOfRangeException>(() => FeasibilityAnalysis.Diagnose(problem, new DiagnosisOptions { MaxConflicts = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => QuotaRelaxation.Find(problem, new RelaxationOptions { MaxAlternatives = 0 }));
        Assert.Throws<ArgumentException>(() => QuotaRelaxation.Find(problem, new RelaxationOptions { Priority = _ => 0 }));
    }
}
