using Sortition.Core.Problems;
using Xunit;

namespace Sortition.Core.Tests.Problems;

public class LoosenTests
{
    private static readonly SelectionProblem s_problem = new SelectionProblemBuilder(2).HouseholdLimit(1)
        .Quota("Side", "Left", 1, 1, 1, 1).Quota("Side", "Right", 0, 2)
        .People(["a", "b"], id => id, id => "home", id => new Dictionary<string, string> { ["side"] = id == "a" ? "left" : "right" }).Build();

    [Fact]
    public void One_bound_gives_and_nothing_else_changes()
    {
        SelectionProblem lower = s_problem.Loosen(new Constraint(ConstraintKind.QuotaMinimum, s_problem.Quotas[0]));
        Assert.Equal((0, 1, 0, 1), Bounds(lower.Quotas[0]));
        Assert.Same(s_problem.Quotas[1], lower.Quotas[1]);
        Assert.Same(s_problem.People, lower.People);
        Assert.Equal((1, 4, 1, 4), Bounds(s_problem.Loosen(new Constraint(ConstraintKind.QuotaMaximum, s_problem.Quotas[0]), 3).Quotas[0]));
        Assert.Equal((0, 2, null, null), Bounds(s_problem.Loosen(new Constraint(ConstraintKind.QuotaMinimum, s_problem.Quotas[1])).Quotas[1]));
        Assert.Equal(2, s_problem.Loosen(new Constraint(ConstraintKind.HouseholdLimit)).HouseholdLimit);
        Assert.Equal(3, s_problem.Loosen(new Constraint(ConstraintKind.PanelSize)).PanelSize);
        Assert.Equal(1, s_problem.Loosen(new Constraint(ConstraintKind.PanelSize), -1).PanelSize);
        Assert.Equal((1, 1, 1, 1), Bounds(s_problem.Quotas[0]));
    }

    [Fact]
    public void What_is_no_loosening_is_refused()
    {
        Constraint minimum = new(ConstraintKind.QuotaMinimum, s_problem.Quotas[0]);
        Constraint maximum = new(ConstraintKind.QuotaMaximum, s_problem.Quotas[0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => s_problem.Loosen(minimum, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => s_problem.Loosen(maximum, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => s_problem.Loosen(maximum, 1_000_000_000));
        Assert.Throws<ArgumentOutOfRangeException>(() => s_problem.Loosen(new Constraint(ConstraintKind.PanelSize), -2));
        Assert.Throws<ArgumentOutOfRangeException>(() => s_problem.Loosen(new Constraint(ConstraintKind.PanelSize), 0));
        Assert.Throws<ArgumentException>(() => s_problem.Loosen(new Constraint(ConstraintKind.MustBeIn)));
        SelectionProblem other = s_problem.Loosen(maximum);
        Assert.Throws<ArgumentException>(() => other.Loosen(maximum));
        Assert.Throws<ArgumentException>(() => new SelectionProblemBuilder(1).Build().Loosen(new Constraint(ConstraintKind.HouseholdLimit)));
    }

    [Fact]
    public void One_bound_takes_and_nothing_else_changes()
    {
        SelectionProblem wide = new SelectionProblemBuilder(4).HouseholdLimit(3).Quota("side", "left", 1, 3, 0, 4).Build();
        Quota quota = wide.Quotas[0];
        Assert.Equal((3, 3, 0, 4), Bounds(wide.Tighten(new Constraint(ConstraintKind.QuotaMinimum, quota), 2).Quotas[0]));
        Assert.Equal((1, 2, 0, 4), Bounds(wide.Tighten(new Constraint(ConstraintKind.QuotaMaximum, quota)).Quotas[0]));
        Assert.Equal(1, wide.Tighten(new Constraint(ConstraintKind.HouseholdLimit), 2).HouseholdLimit);
        Assert.Equal((1, 3, 0, 4), Bounds(quota));
        Assert.Throws<ArgumentOutOfRangeException>(() => wide.Tighten(new Constraint(ConstraintKind.QuotaMinimum, quota), 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => wide.Tighten(new Constraint(ConstraintKind.QuotaMaximum, quota), 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => wide.Tighten(new Constraint(ConstraintKind.QuotaMaximum, quota), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => wide.Tighten(new Constraint(ConstraintKind.HouseholdLimit), 3));
        Assert.Throws<ArgumentException>(() => wide.Tighten(new Constraint(ConstraintKind.PanelSize)));
        Assert.Throws<ArgumentException>(() => wide.Tighten(new Constraint(ConstraintKind.QuotaMaximum, s_problem.Quotas[0])));
        Assert.Equal(wide, wide.Tighten(new Constraint(ConstraintKind.HouseholdLimit)).Loosen(new Constraint(ConstraintKind.HouseholdLimit)));
    }

    [Theory]
    [InlineData(" side", "LEFT ", true)]
    [InlineData("side", "up", false)]
    [InlineData("sides", "left", false)]
    public void A_value_is_found_however_it_is_written(string feature, string value, bool isFound) =>
        Assert.Equal(isFound ? new FeatureValue("Side", "Left") : null, s_problem.FindValue(feature, value));

    private static (int Min, int Max, int? MinFlex, int? MaxFlex) Bounds(Quota quota) => (quota.Min, quota.Max, quota.MinFlex, quota.MaxFlex);
}
