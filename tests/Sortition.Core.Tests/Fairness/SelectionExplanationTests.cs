using Sortition.Core.Algorithms;
using Sortition.Core.Fairness;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Sortition.Core.Tests.Lotteries;
using Xunit;

namespace Sortition.Core.Tests.Fairness;

/// <summary>Explanations of lotteries that can be solved by hand.</summary>
public class SelectionExplanationTests
{
    // Three seats; at most one for the four red ones (a1..a4), so two for the six blue ones (b1..b6).
    private static readonly SelectionProblem s_redAndBlue = Colours(3, ("red", 4, 0, 1), ("blue", 6, 0, 3));

    [Fact]
    public void Leximin_says_who_shares_a_chance_and_which_quota_holds_it_down()
    {
        PanelLottery lottery = new Leximin().Solve(s_redAndBlue).GetLotteryOrThrow();
        SelectionExplanation explanation = SelectionExplanation.ForPerson(lottery, "red 2");
        ExplanationPart part = Assert.Single(explanation.Parts);
        Assert.Equal((1, 1), (explanation.People, explanation.Covered));
        Assert.Equal(0.25, explanation.MeanChance!.Value, 12);
        Assert.Equal(ChanceReason.Settled, part.Reason);
        Assert.Equal(ExplainedValue.OwnChance, part.Explains);
        Assert.Equal(4, part.SettledTogether);
        Assert.Equal(0.25, part.Value!.Value, 12);
        BindingConstraint red = Assert.Single(part.Constraints);
        Assert.Equal(new Constraint(ConstraintKind.QuotaMaximum, s_redAndBlue.Quotas[0]), red.Constraint);
        Assert.True(red.CountsThem);
        Assert.Equal(1, red.Seats);

        // Two seats for four people by that quota alone; but then three seats for ten people bind.
        Assert.Equal(0.5, red.Bound!.Value, 12);
        Assert.Equal(0.3, part.ValueIn(new Leximin().Solve(s_redAndBlue.Loosen(red.Constraint)).GetLotteryOrThrow()), 12);
    }

    [Fact]
    public void Leximin_leaves_those_settled_before_what_they_have()
    {
        PanelLottery lottery = new Leximin().Solve(s_redAndBlue).GetLotteryOrThrow();
        ExplanationPart part = Assert.Single(SelectionExplanation.ForPerson(lottery, "blue 1").Parts);
        Assert.Equal(6, part.SettledTogether);
        Assert.Equal(1 / 3.0, part.Value!.Value, 12);
        BindingConstraint size = Assert.Single(part.Constraints, c => c.Constraint.Kind == ConstraintKind.PanelSize);

        // Four seats, of which the red ones keep one.
        Assert.Equal(0.5, size.Bound!.Value, 12);
        Assert.Equal(0.5, part.ValueIn(new Leximin().Solve(s_redAndBlue.Loosen(size.Constraint, size.Seats)).GetLotteryOrThrow()), 12);
    }

    [Fact]
    public void A_groups_people_stand_under_their_reasons_the_lowest_chance_first()
    {
        PanelLottery lottery = new Leximin().Solve(s_redAndBlue).GetLotteryOrThrow();
        SelectionExplanation all = SelectionExplanation.ForGroup(lottery);
        Assert.Equal([4, 6], all.Parts.Select(p => p.People.Count));
        Assert.Equal(0.25, all.LowestChance!.Value, 12);
        Assert.Equal(0.3, all.MeanChance!.Value, 12);
        Assert.Equal(1 / 3.0, all.HighestChance!.Value, 12);
        Assert.Equal(6, SelectionExplanation.ForGroup(lottery, new FeatureValue(" COLOUR", "Blue ")).People);
        Assert.Throws<ArgumentException>(() => SelectionExplanation.ForGroup(lottery, new FeatureValue("colour", "green")));
        Assert.Throws<ArgumentException>(() => SelectionExplanation.ForPerson(lottery, "red 5"));
    }

    [Fact]
    public void Weighted_leximin_tells_chances_by_what_each_is_entitled_to()
    {
        // A red person with entitlement 3 and three with 1 share one seat: 1/2 and 1/6.
        SelectionProblem problem = Colours(3, [("red", 4, 0, 1), ("blue", 6, 0, 3)], id => id == "red 1" ? 3 : 1);
        PanelLottery lottery = new WeightedLeximin().Solve(problem).GetLotteryOrThrow();
        SelectionExplanation red = SelectionExplanation.ForGroup(lottery, new FeatureValue("colour", "red"));
        Assert.Equal([1 / 6.0, 0.5], red.Parts.Select(p => Math.Round(p.Value!.Value, 9)).Select(v => v == 0.5 ? 0.5 : 1 / 6.0));
        Assert.All(red.Parts, part => Assert.Equal(part.LowestChance, part.Value!.Value, 12));
        Assert.All(red.Parts, part => Assert.Equal(2 * part.LowestChance, Assert.Single(part.Constraints).Bound!.Value, 12));
    }

    [Fact]
    public void Maximin_settles_the_lowest_chance_and_leaves_the_others_open()
    {
        PanelLottery lottery = new Core.Algorithms.Maximin().Solve(s_redAndBlue).GetLotteryOrThrow();
        ExplanationPart red = Assert.Single(SelectionExplanation.ForPerson(lottery, "red 1").Parts);
        ExplanationPart blue = Assert.Single(SelectionExplanation.ForPerson(lottery, "blue 1").Parts);
        Assert.Equal((ChanceReason.Settled, ChanceReason.LeftOpen), (red.Reason, blue.Reason));
        Assert.All([red, blue], part =>
        {
            Assert.Equal(ExplainedValue.LowestChance, part.Explains);
            Assert.Equal(0.25, part.Value!.Value, 12);
            Assert.Equal(0.5, Assert.Single(part.Constraints).Bound!.Value, 12);
        });
        Assert.True(red.Constraints[0].CountsThem);
        Assert.False(blue.Constraints[0].CountsThem);
    }

    [Fact]
    public void Nash_bounds_the_geometric_mean()
    {
        PanelLottery lottery = new Nash().Solve(s_redAndBlue).GetLotteryOrThrow();
        ExplanationPart part = Assert.Single(SelectionExplanation.ForPerson(lottery, "red 1").Parts);
        double mean = Math.Pow(Math.Pow(0.25, 4) * Math.Pow(1 / 3.0, 6), 0.1);
        Assert.Equal(ExplainedValue.GeometricMean, part.Explains);
        Assert.Equal(10, part.SettledTogether);
        Assert.Equal(mean, part.Value!.Value, 9);

        // Weights 4 and 3: a blue member weighs 3, a red one 4. Each seat is worth 3, and the quota on red one more: 10 in all, so 11 with a seat more of it and 13 with a seat more.
        Assert.Equal(mean * 13 / 10, Assert.Single(part.Constraints, c => c.Constraint.Kind == ConstraintKind.PanelSize).Bound!.Value, 9);
        Assert.Equal(mean * 11 / 10, Assert.Single(part.Constraints, c => c.Constraint.Kind == ConstraintKind.QuotaMaximum).Bound!.Value, 9);
    }

    [Fact]
    public void Minimax_and_goldilocks_bound_their_own_values()
    {
        PanelLottery minimax = new Minimax().Solve(s_redAndBlue).GetLotteryOrThrow();
        ExplanationPart high = Assert.Single(SelectionExplanation.ForPerson(minimax, "blue 1").Parts);
        Assert.Equal((ChanceReason.Settled, ExplainedValue.HighestChance), (high.Reason, high.Explains));
        Assert.Equal(1 / 3.0, high.Value!.Value, 9);

        // With two seats for red people, one is left for the six blue ones.
        Assert.Equal(1 / 6.0, Assert.Single(high.Constraints, c => c.Constraint.Kind == ConstraintKind.QuotaMaximum).Bound!.Value, 9);

        Goldilocks algorithm = new(2);
        PanelLottery goldilocks = algorithm.Solve(s_redAndBlue).GetLotteryOrThrow();
        ExplanationPart balance = Assert.Single(SelectionExplanation.ForPerson(goldilocks, "blue 1").Parts);
        Assert.Equal(ExplainedValue.GoldilocksValue, balance.Explains);
        Assert.Equal((10 / 3.0 / 3) + (2 * 0.3 / 0.25), balance.Value!.Value, 6);
        BindingConstraint red = Assert.Single(balance.Constraints, c => c.Constraint.Kind == ConstraintKind.QuotaMaximum);
        double loosened = balance.ValueIn(algorithm.Solve(s_redAndBlue.Loosen(red.Constraint)).GetLotteryOrThrow());
        Assert.Equal(3, loosened, 6);
        Assert.True(red.Bound!.Value <= loosened + 1e-6);
    }

    [Fact]
    public void People_without_a_choice_are_told_so()
    {
        SelectionProblem problem = Colours(3, [("red", 4, 0, 1), ("blue", 6, 0, 3), ("green", 2, 0, 0), ("grey", 1, 1, 1)], _ => 1, b => b.MustBeIn("blue 1").MustBeOut("blue 2"));
        PanelLottery lottery = new Leximin().Solve(problem).GetLotteryOrThrow();
        Assert.Equal(ChanceReason.MustBeIn, Part("blue 1").Reason);
        Assert.Equal(ChanceReason.MustBeOut, Part("blue 2").Reason);
        Assert.Equal(ChanceReason.AlwaysSelected, Part("grey 1").Reason);
        Assert.Contains(new Constraint(ConstraintKind.QuotaMinimum, problem.Quotas[3]), Part("grey 1").Constraints.Select(c => c.Constraint));
        Assert.All(Part("grey 1").Constraints, c => Assert.Null(c.Price));
        Assert.Equal(ChanceReason.Uncovered, Part("green 1").Reason);
        Assert.Contains(new Constraint(ConstraintKind.QuotaMaximum, problem.Quotas[2]), Part("green 1").Obstacles);
        SelectionExplanation green = SelectionExplanation.ForGroup(lottery, new FeatureValue("colour", "green"));
        Assert.Equal((2, 0, null), (green.People, green.Covered, green.LowestChance));

        ExplanationPart Part(string id) => Assert.Single(SelectionExplanation.ForPerson(lottery, id).Parts);
    }

    [Fact]
    public void Minimax_can_leave_people_without_a_chance_and_they_are_told_so()
    {
        // One seat must go to a1, the only red person, so the highest chance is 1 whatever happens to the others. One blue person would take up the seat that a square one needs.
        SelectionProblem problem = Colours(2, ("red", 1, 1, 1), ("blue", 2, 0, 2));
        TypeSeats[] red = [new(problem.TypeTable.TypeOf[problem.IndexOf("red 1")], 1), new(problem.TypeTable.TypeOf[problem.IndexOf("blue 1")], 1)];
        Certificate certificate = TinyLotteries.NoCertificate.Change(objective: LotteryAlgorithms.FindObjective("minimax", null), value: 1);
        PanelLottery lottery = PanelLottery.Create(problem, [(red, PanelLottery.WeightTotal)], [], certificate);
        Assert.Equal(ChanceReason.Unproven, Assert.Single(SelectionExplanation.ForPerson(lottery, "blue 1").Parts).Reason);

        SelectionProblem separate = Colours(1, ("red", 1, 0, 1), ("blue", 2, 0, 1));
        TypeSeats[] onlyBlue = [new(separate.TypeTable.TypeOf[separate.IndexOf("blue 1")], 1)];
        PanelLottery without = PanelLottery.Create(separate, [(onlyBlue, PanelLottery.WeightTotal)], [], certificate);
        ExplanationPart part = Assert.Single(SelectionExplanation.ForPerson(without, "red 1").Parts);
        Assert.Equal(ChanceReason.NoChance, part.Reason);
        Assert.Equal(0, part.HighestChance);
    }

    [Fact]
    public void A_claim_proven_by_a_search_names_the_quotas_that_bind_on_every_panel_without_a_price()
    {
        PanelLottery proven = new Leximin().Solve(s_redAndBlue).GetLotteryOrThrow();
        Certificate certificate = proven.Certificate.Change(claims: [.. proven.Certificate.Claims.Select(c => c.Change(prices: []))]);
        PanelLottery searched = PanelLottery.Create(s_redAndBlue, proven.Panels.Select(p => (p.Seats, p.Weight)), [], certificate);
        ExplanationPart part = Assert.Single(SelectionExplanation.ForPerson(searched, "red 1").Parts);
        BindingConstraint red = Assert.Single(part.Constraints);
        Assert.Equal(new Constraint(ConstraintKind.QuotaMaximum, s_redAndBlue.Quotas[0]), red.Constraint);
        Assert.Equal((null, null), (red.Price, red.Bound));
    }

    [Fact]
    public void The_household_limit_has_one_price_for_all_households()
    {
        // Two households of two and one person alone, two seats, one a household: everybody of a household has 1/2 at most... of the person alone nothing keeps the chance down.
        SelectionProblem problem = new SelectionProblemBuilder(3).HouseholdLimit(1)
            .People(["a1", "a2", "b1", "b2", "c"], id => id, id => id[..1], _ => new Dictionary<string, string>()).Build();
        PanelLottery lottery = new Leximin().Solve(problem).GetLotteryOrThrow();
        ExplanationPart part = Assert.Single(SelectionExplanation.ForPerson(lottery, "a1").Parts);
        Assert.Equal(0.5, part.Value!.Value, 12);
        BindingConstraint household = Assert.Single(part.Constraints);
        Assert.Equal(ConstraintKind.HouseholdLimit, household.Constraint.Kind);
        Assert.Equal(1, household.Bound!.Value, 12);
        Assert.Equal(0.6, part.ValueIn(new Leximin().Solve(problem.Loosen(household.Constraint)).GetLotteryOrThrow()), 12);
    }

    private static SelectionProblem Colours(int panelSize, params (string Colour, int People, int Min, int Max)[] groups) => Colours(panelSize, groups, _ => 1);

    private static SelectionProblem Colours(
        int panelSize, (string Colour, int People, int Min, int Max)[] groups, Func<string, double> entitlement, Action<SelectionProblemBuilder>? more = null)
    {
        SelectionProblemBuilder builder = new(panelSize);
        foreach ((string colour, _, int min, int max) in groups)
        {
            builder.Quota("colour", colour, min, max);
        }

        builder.People(
            groups.SelectMany(g => Enumerable.Range(1, g.People).Select(i => FormattableString.Invariant($"{g.Colour} {i}"))),
            new PersonReader<string> { Id = id => id, Value = (id, _) => id.Split(' ')[0], Entitlement = entitlement });
        more?.Invoke(builder);
        return builder.Build();
    }
}
