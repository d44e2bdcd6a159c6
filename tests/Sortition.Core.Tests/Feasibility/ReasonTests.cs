using Sortition.Core.Feasibility;
using Xunit;
using static Sortition.Core.Tests.Problems.FaultAssert;

namespace Sortition.Core.Tests.Feasibility;

/// <summary>Every reason that counting shows, worked out by hand: its code, its numbers, its constraints, its sentence.</summary>
public sealed class ReasonTests
{
    [Fact]
    public void A_pool_smaller_than_the_panel() =>
        Only(
            Pool(3, "v v").Feature("f", "v").MustBeOut("p0").Build(),
            InfeasibilityCode.PoolTooSmall, 1, 3, "The pool has 1 person who may be drawn, but the panel has 3 seats.", "3 members in all");

    [Fact]
    public void Too_few_people_for_a_minimum() =>
        Only(
            Pool(2, "v v w w").Quota("f", "v", 2, 2).Feature("f", "w").MustBeOut("p1").Build(),
            InfeasibilityCode.TooFewPeople, 1, 2, "f: v: the minimum is 2, but only 1 person in the pool matches.", "at least 2 of f: v");

    [Fact]
    public void Minima_above_the_panel_size() =>
        Only(
            Pool(3, "v v w w x").Quota("f", "v", 2, 2).Quota("f", "w", 2, 3).Quota("f", "x", 0, 1).Build(),
            InfeasibilityCode.MinimaExceedPanelSize, 4, 3, "f: the minima add up to 4, but the panel has 3 seats.", "at least 2 of f: v", "at least 2 of f: w", "3 members in all");

    [Fact]
    public void Maxima_below_the_panel_size()
    {
        Only(
            Pool(4, "v v w w").Quota("f", "v", 0, 2).Quota("f", "w", 0, 1).Build(),
            InfeasibilityCode.MaximaBelowPanelSize, 3, 4, "f: no more than 3 seats can be filled, but the panel has 4.", "at most 2 of f: v", "at most 1 of f: w", "4 members in all");

        // A maximum of 9 is worth the two people who are there; a value without a quota is worth its one person.
        Only(
            Pool(4, "v v w w x").Quota("f", "v", 0, 9).Quota("f", "w", 0, 0).Feature("f", "x").Build(),
            InfeasibilityCode.MaximaBelowPanelSize, 3, 4, "f: no more than 3 seats can be filled, but the panel has 4.", "at most 9 of f: v", "at most 0 of f: w", "4 members in all");
    }

    [Fact]
    public void Totals_of_two_features_that_disagree()
    {
        SelectionProblem problem = new SelectionProblemBuilder(3)
            .Quota("f", "v", 2, 3).Quota("f", "w", 2, 3).Quota("g", "x", 0, 2).Quota("g", "y", 0, 1)
            .With([.. Enumerable.Range(0, 6).Select(i => Row($"p{i}", null, i < 3 ? "f=v" : "f=w", i % 2 == 0 ? "g=x" : "g=y"))])
            .Build();
        FeasibilityReport report = FeasibilityAnalysis.Check(problem);
        Assert.Equal([InfeasibilityCode.MinimaExceedPanelSize, InfeasibilityCode.FeatureTotalsDisagree], report.Reasons.Select(r => r.Code));
        Is(
            problem, report.Reasons[1], InfeasibilityCode.FeatureTotalsDisagree, 4, 3, "f needs at least 4 seats, but g allows at most 3: no panel size suits both.",
            "at least 2 of f: v", "at least 2 of f: w", "at most 2 of g: x", "at most 1 of g: y");
        Assert.Empty(report.Uncovered);
    }

    [Fact]
    public void More_people_must_be_in_than_there_are_seats() =>
        Only(
            Pool(1, "v v v").Feature("f", "v").MustBeIn("p0").MustBeIn("p2").Build(),
            InfeasibilityCode.MustBeInExceedPanelSize, 2, 1, "2 people must be in, but the panel has 1 seat.", "the people who must be in", "1 members in all");

    [Fact]
    public void More_people_must_be_in_than_a_maximum_allows() =>
        Only(
            Pool(3, "v v w w w").Quota("f", "v", 0, 1).Feature("f", "w").MustBeIn("p0").MustBeIn("p1").Build(),
            InfeasibilityCode.MustBeInExceedMaximum, 2, 1, "f: v: 2 matching people must be in, but the maximum is 1.", "at most 1 of f: v", "the people who must be in");

    [Fact]
    public void More_people_of_a_household_must_be_in_than_the_limit_allows() =>
        Only(
            new SelectionProblemBuilder(3).Feature("f", "v").HouseholdLimit(1)
                .With(Row("a", "1", "f=v"), Row("b", "1", "f=v"), Row("c", null, "f=v"), Row("d", null, "f=v")).MustBeIn("a").MustBeIn("b").MustBeIn("c").Build(),
            InfeasibilityCode.MustBeInExceedHousehold, 2, 1, "2 people of one household must be in, but the limit is 1.", "at most 1 of one household", "the people who must be in");

    [Fact]
    public void People_without_a_household_who_must_be_in_share_none()
    {
        SelectionProblem problem = new SelectionProblemBuilder(2).Feature("f", "v").HouseholdLimit(1).With(Row("a", " ", "f=v"), Row("b", null, "f=v")).MustBeIn("a").MustBeIn("b").Build();
        Assert.True(FeasibilityAnalysis.Check(problem).IsFeasible);
    }

    [Fact]
    public void Every_simple_reason_that_applies_is_given()
    {
        SelectionProblem problem = Pool(2, "v v w").Quota("f", "v", 3, 9).Quota("f", "w", 2, 9).MustBeIn("p0").MustBeIn("p1").MustBeIn("p2").Build();
        Assert.Equal(
            [InfeasibilityCode.MustBeInExceedPanelSize, InfeasibilityCode.TooFewPeople, InfeasibilityCode.TooFewPeople, InfeasibilityCode.MinimaExceedPanelSize],
            FeasibilityAnalysis.Check(problem).Reasons.Select(r => r.Code));
    }

    [Fact]
    public void Huge_quotas_are_added_without_overflow()
    {
        SelectionProblemBuilder builder = new(1_000_000_000);
        foreach (string value in new[] { "a", "b", "c", "d", "e" })
        {
            builder.Quota("f", value, 1_000_000_000, 1_000_000_000);
        }

        InfeasibilityReason reason = Assert.Single(FeasibilityAnalysis.Check(builder.Build()).Reasons, r => r.Code == InfeasibilityCode.MinimaExceedPanelSize);
        Assert.Equal(5_000_000_000, reason.Available);
    }

    [Fact]
    public void A_conflict_of_two_features_names_what_clashes()
    {
        // The two old ones live in the two towns that may send nobody: an old one is asked for. Size does not matter, nor does the household rule.
        SelectionProblem problem = new SelectionProblemBuilder(2)
            .Quota("age", "old", 1, 2).Quota("age", "young", 0, 2).Quota("town", "a", 0, 0).Quota("town", "b", 0, 0).Quota("town", "c", 0, 2).HouseholdLimit(1)
            .With(Row("p", null, "age=old", "town=a"), Row("q", null, "age=old", "town=b"), Row("r", "1", "age=young", "town=c"), Row("s", "1", "age=young", "town=c"), Row("t", null, "age=young", "town=c"))
            .Build();
        FeasibilityReport report = FeasibilityAnalysis.Check(problem);
        Assert.False(report.IsFeasible);
        Is(
            problem, Assert.Single(report.Reasons), InfeasibilityCode.Conflict, 0, 0, "These cannot all be met together: at least 1 of age: old; at most 0 of town: a; at most 0 of town: b.",
            "at least 1 of age: old", "at most 0 of town: a", "at most 0 of town: b");
    }

    [Fact]
    public void A_conflict_of_the_household_rule_names_it()
    {
        // Two seats, one household: no quota is to blame.
        SelectionProblem problem = new SelectionProblemBuilder(2).Quota("f", "v", 0, 2).HouseholdLimit(1).With(Row("a", "1", "f=v"), Row("b", "1", "f=v")).Build();
        FeasibilityReport report = FeasibilityAnalysis.Check(problem);
        Is(
            problem, Assert.Single(report.Reasons), InfeasibilityCode.Conflict, 0, 0, "These cannot all be met together: 2 members in all; at most 1 of one household.",
            "2 members in all", "at most 1 of one household");
    }

    [Fact]
    public void Uncovered_people_are_told_why()
    {
        // Both seats are taken by the two blue ones who are asked for; c cannot be on, d must be out.
        SelectionProblem problem = new SelectionProblemBuilder(2).Quota("f", "blue", 2, 2).Feature("f", "red")
            .With(Row("a", null, "f=blue"), Row("b", null, "f=blue"), Row("c", null, "f=red"), Row("d", null, "f=blue")).MustBeOut("d").Build();
        FeasibilityReport report = FeasibilityAnalysis.Check(problem);
        Assert.True(report.IsFeasible);
        Assert.Equal([2, 3], report.Uncovered.Select(u => u.Person));
        Assert.Equal("With this person, these cannot all be met: 2 members in all; at least 2 of f: blue.", TextRenderer.English.Describe(report.Uncovered[0], problem));
        Assert.Equal("Must be out.", TextRenderer.English.Describe(report.Uncovered[1], problem));
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("sv-SE")]
    public void Sentences_are_the_same_in_every_culture(string culture)
    {
        Cultures.In(culture, () =>
        {
            SelectionProblem problem = Pool(1_234_567, "v w").Feature("f", "v", "w").Build();
            Assert.Equal("The pool has 2 people who may be drawn, but the panel has 1234567 seats.", TextRenderer.English.Describe(FeasibilityAnalysis.Check(problem).Reasons[0], problem));
            Assert.Equal("1234567 members in all", TextRenderer.English.Describe(new Constraint(ConstraintKind.PanelSize), problem));
        });
    }

    [Fact]
    public void A_cancelled_check_throws()
    {
        SelectionProblem problem = Instances.Load("mass_like_24", 24);
        Assert.ThrowsAny<OperationCanceledException>(() => FeasibilityAnalysis.Check(problem, new CancellationToken(canceled: true)));
        Assert.Throws<ArgumentNullException>(() => FeasibilityAnalysis.Check(null!));
    }

    private static void Only(SelectionProblem problem, InfeasibilityCode code, long have, long need, string sentence, params string[] constraints)
    {
        FeasibilityReport report = FeasibilityAnalysis.Check(problem);
        Assert.False(report.IsFeasible);
        Assert.Empty(report.Uncovered);
        Is(problem, Assert.Single(report.Reasons), code, have, need, sentence, constraints);
    }

    private static void Is(SelectionProblem problem, InfeasibilityReason reason, InfeasibilityCode code, long have, long need, string sentence, params string[] constraints)
    {
        Assert.Equal((code, have, need), (reason.Code, reason.Available, reason.Required));
        Assert.Equal(constraints, reason.Constraints.Select(c => TextRenderer.English.Describe(c, problem)));
        Assert.Equal(sentence, TextRenderer.English.Describe(reason, problem));
    }

    /// <summary>People p0, p1, … with the values given.</summary>
    private static SelectionProblemBuilder Pool(int panelSize, string values) =>
        new SelectionProblemBuilder(panelSize).With([.. values.Split(' ').Select((v, i) => Row($"p{i}", null, $"f={v}"))]);
}
