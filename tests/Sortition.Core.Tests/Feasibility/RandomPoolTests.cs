using Sortition.Core.Feasibility;
using Sortition.Core.Problems;
using Xunit;

namespace Sortition.Core.Tests.Feasibility;

/// <summary>The feasibility check against all panels of thousands of tiny pools, its reasons against all sets of people.</summary>
public sealed class RandomPoolTests
{
    [Fact]
    public void The_verdict_the_uncovered_people_and_every_reason_are_right()
    {
        int infeasible = 0;
        int conflicts = 0;
        int uncovered = 0;
        for (int seed = 0; seed < 5000; seed++)
        {
            SelectionProblem problem = TinyPools.Problem(seed);
            List<int[]> panels = TinyPools.AllPanels(problem);
            FeasibilityReport report = FeasibilityAnalysis.Check(problem);
            Assert.Equal(panels.Count > 0, report.IsFeasible);
            infeasible += report.IsFeasible ? 0 : 1;
            foreach (InfeasibilityReason reason in report.Reasons)
            {
                conflicts += reason.Code == InfeasibilityCode.Conflict ? 1 : 0;
                Assert.False(CanBeMet(problem, reason.Constraints, null), $"pool {seed}: {TextRenderer.English.Describe(reason, problem)}");
            }

            int[] expected = report.IsFeasible ? [.. Enumerable.Range(0, problem.People.Count).Where(i => !panels.Any(p => p.Contains(i)))] : [];
            Assert.Equal(expected, report.Uncovered.Select(u => u.Person));
            foreach (UnselectablePerson person in report.Uncovered)
            {
                if (problem.People[person.Person].Status == PersonStatus.MustBeOut)
                {
                    Assert.Empty(person.Constraints);
                    continue;
                }

                uncovered++;
                Assert.NotEmpty(person.Constraints);
                Assert.False(CanBeMet(problem, person.Constraints, person.Person), $"pool {seed}: {TextRenderer.English.Describe(person, problem)}");
            }
        }

        Assert.InRange(infeasible, 700, 2000);
        Assert.True(conflicts > 50);
        Assert.True(uncovered > 200);
    }

    [Fact]
    public void Reasons_by_counting_apply_only_to_infeasible_pools()
    {
        for (int seed = 5000; seed < 8000; seed++)
        {
            SelectionProblem problem = TinyPools.Problem(seed);
            IReadOnlyList<InfeasibilityReason> reasons = QuickReasons.Of(problem);
            Assert.All(reasons, reason => Assert.False(CanBeMet(problem, reason.Constraints, null), $"pool {seed}: {TextRenderer.English.Describe(reason, problem)}"));
            Assert.All(reasons, reason => Assert.NotEqual(InfeasibilityCode.Conflict, reason.Code));
            Assert.True(reasons.Count == 0 || TinyPools.AllPanels(problem).Count == 0);
        }
    }

    /// <summary>Whether some set of people who may be drawn (of any size, unless the size is among the constraints) meets constraints, with one person in it.</summary>
    private static bool CanBeMet(SelectionProblem problem, IReadOnlyList<Constraint> constraints, int? person)
    {
        int[] drawable = [.. Enumerable.Range(0, problem.People.Count).Where(i => problem.People[i].Status != PersonStatus.MustBeOut)];
        for (int set = 0; set < 1 << drawable.Length; set++)
        {
            Person[] members = [.. drawable.Where((_, bit) => (set >> bit & 1) == 1).Select(i => problem.People[i])];
            if ((person is not int i || members.Contains(problem.People[i])) && constraints.All(c => Holds(problem, c, members)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Holds(SelectionProblem problem, Constraint constraint, Person[] members) => constraint.Kind switch
    {
        ConstraintKind.PanelSize => members.Length == problem.PanelSize,
        ConstraintKind.QuotaMinimum => members.Count(m => problem.Matches(m, constraint.Quota!)) >= constraint.Quota!.Min,
        ConstraintKind.QuotaMaximum => members.Count(m => problem.Matches(m, constraint.Quota!)) <= constraint.Quota!.Max,
        ConstraintKind.HouseholdLimit => members.Where(m => m.Household is not null).GroupBy(m => m.Household).All(g => g.Count() <= problem.HouseholdLimit),
        ConstraintKind.MustBeIn => problem.People.Where(p => p.Status == PersonStatus.MustBeIn).All(members.Contains),
        _ => throw new InvalidOperationException(),
    };
}
