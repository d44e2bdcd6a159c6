using Sortition.Core.Problems;
using Sortition.Core.Sampling;
using Xunit;

namespace Sortition.Core.Tests.Sampling;

/// <summary>A pool with some thousands of panels and with everything that makes counting hard: households, intersections, people who must be in or out.</summary>
public sealed class MediumPool
{
    public static (SelectionProblem Problem, List<int[]> Panels) Problem()
    {
        SelectionProblemBuilder builder = new(7);
        builder.Quota("age", "young", 2, 3).Quota("age", "middle", 2, 3).Quota("age", "old", 1, 3);
        builder.Quota("gender", "f", 3, 4).Quota("gender", "m", 3, 4);
        builder.Quota("area", "north", 2, 4);
        builder.Feature("area", ["south", "east"]);
        builder.Quota(new QuotaInput { Condition = [new FeatureValue("gender", "f"), new FeatureValue("age", "old")], Min = 1, Max = 2 });
        builder.HouseholdLimit(1);
        builder.People(Enumerable.Range(0, 22), new PersonReader<int>
        {
            Id = i => FormattableString.Invariant($"p{i:00}"),
            Value = (i, feature) => feature switch
            {
                "age" => (i * 7 % 5) switch { 0 or 1 => "young", 2 or 3 => "middle", _ => "old" },
                "gender" => i * 5 % 3 == 0 ? "m" : "f",
                _ => (i * 11 % 4) switch { 0 or 1 => "north", 2 => "south", _ => "east" },
            },
            Household = i => i switch { < 3 => "one", 5 or 6 => "two", 9 or 14 => "three", _ => null },
        });
        SelectionProblem problem = builder.MustBeIn("p03").MustBeOut("p18").Build();
        return (problem, TinyPools.AllPanels(problem));
    }

    [Fact]
    public void Every_panel_is_equally_likely_where_households_and_two_features_are_left_to_rejection()
    {
        (SelectionProblem problem, List<int[]> panels) = Problem();
        Assert.InRange(panels.Count, 1000, 100_000);
        PanelSpace space = new(problem);
        Assert.Equal((3, 4), (space.Households.Length, space.Groups.Length));
        SeatTable table = SeatTable.Build(TrackedRows.Of(space, [0, 2], withHouseholds: false)!, 100_000, default)!;
        Counting.AssertUniform(TableFit.Fit(table, new SeatModel(space), default), panels, "medium");
        Assert.Equal(panels.Count, PanelCount.Estimate(problem, "x").Exact);
    }

    [Fact]
    [Trait("Lane", "Slow")]
    public void Every_panel_is_equally_likely_whatever_is_tracked()
    {
        (SelectionProblem problem, List<int[]> panels) = Problem();
        int tables = 0;
        foreach (TableWeights weights in Counting.Tables(new PanelSpace(problem)).Where(w => w.Tracked.Groups.Length % 2 == 0))
        {
            Counting.AssertUniform(weights, panels, FormattableString.Invariant($"medium {tables++}"));
        }

        Assert.Equal(16, tables);
    }
}
