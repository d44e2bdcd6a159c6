using Xunit;

namespace Sortition.Core.Tests;

/// <summary>The random pools hold what the tests that use them count on.</summary>
public sealed class TinyPoolsTests
{
    [Fact]
    public void Most_pools_are_feasible_and_every_peculiarity_occurs()
    {
        const int Pools = 1000;
        SelectionProblem[] problems = [.. Enumerable.Range(0, Pools).Select(TinyPools.Problem)];
        int feasible = problems.Count(p => TinyPools.AllPanels(p).Count > 0);
        Assert.InRange(feasible, Pools * 60 / 100, Pools * 90 / 100);
        AssertCommon(p => p.Quotas.Any(q => q.Min == q.Max && q.Min > 0));
        AssertCommon(p => p.Quotas.Any(q => q.Condition.Count > 1));
        AssertCommon(p => p.HouseholdLimit == 1 && p.TypeTable.Classes.Length > 0);
        AssertCommon(p => p.HouseholdLimit == 2 && p.TypeTable.Classes.Length > 0);
        AssertCommon(p => p.TypeTable.Classes.Any(c => c.Households.Length > 1));
        AssertCommon(p => p.People.Any(x => x.Status == PersonStatus.MustBeIn));
        AssertCommon(p => p.People.Any(x => x.Status == PersonStatus.MustBeOut));
        AssertCommon(p => p.People.Any(x => x.Household is null) && p.People.Any(x => x.Household is not null));
        AssertCommon(p => p.Quotas.Any(q => !p.People.Any(x => p.Matches(x, q))));
        AssertCommon(p => p.Features.Sum(f => f.Values.Count) > p.Quotas.Count(q => q.Condition.Count == 1));
        AssertCommon(p => Uncovered(p) > 0);

        void AssertCommon(Func<SelectionProblem, bool> peculiarity) => Assert.True(problems.Count(peculiarity) >= 15);
    }

    [Fact]
    public void The_enumeration_finds_the_panels_of_a_pool_solved_by_hand()
    {
        // Two of four with exactly one blue: ab, ad, bc, cd; but a and b live together.
        Dictionary<string, string> red = new() { ["colour"] = "red" };
        Dictionary<string, string> blue = new() { ["colour"] = "blue" };
        TinyPool pool = new()
        {
            PanelSize = 2,
            Rows = [new("a", "1", red), new("b", "1", blue), new("c", null, red), new("d", null, blue)],
            Quotas = [new() { Condition = [new("colour", "blue")], Min = 1, Max = 1 }],
            Declared = [("colour", ["red"])],
            HouseholdLimit = 1,
            MustBeIn = [],
            MustBeOut = [],
        };
        Assert.Equal([[0, 3], [1, 2], [2, 3]], TinyPools.AllPanels(pool.Build()));
        Assert.Equal([[1, 2]], TinyPools.AllPanels((pool with { MustBeIn = ["b"] }).Build()));
        Assert.Equal([[0, 3], [2, 3]], TinyPools.AllPanels((pool with { MustBeOut = ["b"] }).Build()));
        Assert.Equal([[0, 1], [0, 3], [1, 2], [2, 3]], TinyPools.AllPanels((pool with { HouseholdLimit = 2 }).Build()));
    }

    private static int Uncovered(SelectionProblem problem)
    {
        List<int[]> panels = TinyPools.AllPanels(problem);
        return panels.Count == 0 ? 0 : Enumerable.Range(0, problem.People.Count).Count(i => problem.People[i].Status != PersonStatus.MustBeOut && !panels.Any(p => p.Contains(i)));
    }
}
