using Sortition.Core;
using Sortition.Core.Algorithms;
using Sortition.Core.Problems;
using Sortition.Studies.Algorithms;
using Xunit;

namespace Sortition.Studies.Tests;

public sealed class SwapSearchTests
{
    /// <summary>Every panel of a pool whose quotas leave few, and none that breaks them; the same seed draws the same one.</summary>
    [Fact]
    public void Finds_all_panels_and_nothing_else()
    {
        SelectionProblem problem = new SelectionProblemBuilder(3)
            .Quota("gender", "f", 1, 1).Quota("gender", "m", 2, 2).Quota("age", "old", 1, 2).Quota("age", "young", 1, 2).HouseholdLimit(1)
            .People(Enumerable.Range(0, 7), new PersonReader<int>
            {
                Id = i => $"p{i}",
                Value = (i, f) => f == "gender" ? (i < 3 ? "f" : "m") : (i % 2 == 0 ? "old" : "young"),
                Household = i => i is 0 or 3 ? "home" : null,
            })
            .MustBeIn("p4")
            .Build();
        HashSet<string> possible = [.. MetricTests.Sets(7, 3).Where(set => IsPanel(problem, set)).Select(set => string.Join(", ", set.Select(i => $"p{i}")))];
        HashSet<string> drawn = [.. Enumerable.Range(0, 300).Select(i => Draw(problem, $"{i}"))];
        Assert.InRange(possible.Count, 3, 20);
        Assert.Equal(possible.Order(StringComparer.Ordinal), drawn.Order(StringComparer.Ordinal));
        Assert.Equal(Draw(problem, "again"), Draw(problem, "again"));
    }

    /// <summary>The targets are the middles of the quotas: of 0 to 2 women one is wanted, so that two panels of one man and one woman are found and none of two women.</summary>
    [Fact]
    public void Goes_to_the_middle_of_the_quotas()
    {
        SelectionProblem problem = new SelectionProblemBuilder(2).Quota("gender", "f", 0, 2).Quota("gender", "m", 0, 2)
            .People(Enumerable.Range(0, 6), new PersonReader<int> { Id = i => $"p{i}", Value = (i, _) => i < 3 ? "f" : "m" }).Build();
        Assert.All(Enumerable.Range(0, 50), i => Assert.Single(new SwapSearch().DrawPanel(problem, RandomSource.Seeded($"{i}")).GetPanelOrThrow().Members, m => m < 3));
    }

    [Fact]
    public void Says_where_there_is_no_panel()
    {
        SelectionProblem problem = new SelectionProblemBuilder(2).Quota("gender", "f", 2, 2).Quota("gender", "m", 0, 0)
            .People(Enumerable.Range(0, 3), new PersonReader<int> { Id = i => $"p{i}", Value = (i, _) => i < 1 ? "f" : "m" }).Build();
        Assert.IsType<PanelResult.Infeasible>(new SwapSearch().DrawPanel(problem, RandomSource.Seeded("1")));
    }

    private static string Draw(SelectionProblem problem, string seed) => new SwapSearch().DrawPanel(problem, RandomSource.Seeded(seed)).GetPanelOrThrow().ToString();

    private static bool IsPanel(SelectionProblem problem, int[] set)
    {
        try
        {
            Panel.Create(problem, set.Select(i => problem.People[i].Id));
            return true;
        }
        catch (MalformedInputException)
        {
            return false;
        }
    }
}
