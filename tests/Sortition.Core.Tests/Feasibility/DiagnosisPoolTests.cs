using Sortition.Core.Feasibility;
using Sortition.Core.Problems;
using Xunit;

namespace Sortition.Core.Tests.Feasibility;

/// <summary>Diagnoses of random tiny pools against all sets of their people.</summary>
public sealed class DiagnosisPoolTests
{
    [Fact]
    public void Conflicts_are_irreducible_and_complete_and_what_helps_helps() => Compare(InfeasiblePools.Few);

    [Fact]
    [Trait("Lane", "Slow")]
    public void Conflicts_are_irreducible_and_complete_and_what_helps_helps_in_many_more() => Compare(InfeasiblePools.Count);

    private static void Compare(int count)
    {
        int infeasible = 0;
        int conflicts = 0;
        int many = 0;
        for (int seed = 20_000; infeasible < count; seed++)
        {
            SelectionProblem problem = TinyPools.Problem(seed);
            AllConflicts all = new(problem);
            Diagnosis diagnosis = FeasibilityAnalysis.Diagnose(problem, new DiagnosisOptions { MaxConflicts = seed % 4 == 0 ? 2 : 10 });
            Assert.Equal(all.CanBeMet(all.Constraints), diagnosis.IsFeasible);
            if (diagnosis.IsFeasible)
            {
                Assert.True(diagnosis.IsExhaustive);
                continue;
            }

            infeasible++;
            conflicts += diagnosis.Conflicts.Count;
            HashSet<long> expected = [.. all.Irreducible()];
            long[] found = [.. diagnosis.Conflicts.Select(c => all.Bits(c.Constraints))];
            Assert.Equal(found.Length, found.Distinct().Count());
            Assert.All(found, f => Assert.True(expected.Contains(f), $"pool {seed}"));
            if (diagnosis.IsExhaustive)
            {
                Assert.Equal(expected.Count, found.Length);
            }
            else
            {
                many++;
                Assert.True(expected.Count > found.Length, $"pool {seed}: {expected.Count}");
            }

            foreach (Conflict conflict in diagnosis.Conflicts)
            {
                Remedies(problem, conflict, seed);
                if (infeasible % 5 == 0)
                {
                    Volunteers(problem, conflict, seed);
                }
            }
        }

        Assert.True(conflicts > count);
        Assert.True(many > 0);
    }

    /// <summary>The panel size gives way to both sides: the next size below and the next above with which the rest of the conflict can be met.</summary>
    [Fact]
    public void Sizes_on_both_sides_are_named()
    {
        SelectionProblem problem = new SelectionProblemBuilder(3)
            .Quota("F0", "v1", 1, 1)
            .Quota("F1", "v0", 1, 1)
            .Quota("F2", "v2", 2, 2)
            .Feature("F0", "v1", "v2")
            .Feature("F1", "v0", "v1", "v2")
            .Feature("F2", "v0", "v1", "v2")
            .People(
                (string[])["a v1 v1 v0", "b v2 v2 v2", "c v2 v2 v2", "d v1 v0 v2", "e v2 v0 v1"],
                new PersonReader<string> { Id = p => p[..1], Value = (p, feature) => p.Split(' ')[feature[1] - '0' + 1] })
            .Build();
        IEnumerable<ConstraintChange> remedies = FeasibilityAnalysis.Diagnose(problem).Conflicts.SelectMany(c => c.Remedies);
        Assert.Equal([2, 4], remedies.Where(r => r.Constraint.Kind == ConstraintKind.PanelSize).Select(r => r.To).Order());
    }

    /// <summary>Making the one change a remedy names ends the conflict; a smaller change does not.</summary>
    private static void Remedies(SelectionProblem problem, Conflict conflict, int seed)
    {
        if (conflict.Constraints.Contains(new Constraint(ConstraintKind.PanelSize)))
        {
            int[] below = [.. Enumerable.Range(1, problem.PanelSize - 1).Where(CanHave)];
            int[] above = [.. Enumerable.Range(problem.PanelSize + 1, problem.People.Count).Where(CanHave)];
            int[] named = [.. conflict.Remedies.Where(r => r.Constraint.Kind == ConstraintKind.PanelSize).Select(r => r.To).Order()];
            Assert.True(named.SequenceEqual([.. below.TakeLast(1), .. above.Take(1)]), $"pool {seed}");
        }

        bool CanHave(int size)
        {
            SelectionProblem other = problem.Loosen(new Constraint(ConstraintKind.PanelSize), size - problem.PanelSize);
            return new AllConflicts(other).CanBeMet(InTermsOf(other, problem, conflict.Constraints));
        }

        foreach (ConstraintChange remedy in conflict.Remedies)
        {
            Constraint constraint = remedy.Constraint;
            int from = constraint.Kind switch { ConstraintKind.PanelSize => problem.PanelSize, ConstraintKind.QuotaMinimum => constraint.Quota!.Min, _ => constraint.Quota!.Max };
            Assert.Equal(from, remedy.From);
            int seats = constraint.Kind == ConstraintKind.QuotaMinimum ? from - remedy.To : remedy.To - from;
            Assert.True(CanGive(seats), $"pool {seed}: {TextRenderer.English.Describe(remedy)}");
            Assert.True(Math.Abs(seats) == 1 || !CanGive(seats - Math.Sign(seats)), $"pool {seed}: {TextRenderer.English.Describe(remedy)}");

            bool CanGive(int by)
            {
                SelectionProblem looser = problem.Loosen(constraint, by);
                return new AllConflicts(looser).CanBeMet(InTermsOf(looser, problem, conflict.Constraints));
            }
        }
    }

    /// <summary>With the volunteers named there is no conflict; with fewer of any kind there still is.</summary>
    private static void Volunteers(SelectionProblem problem, Conflict conflict, int seed)
    {
        Assert.NotNull(conflict.Volunteers);
        string[][] kinds = [.. problem.Features.Aggregate<Feature, IEnumerable<string[]>>([[]], (all, f) => all.SelectMany(a => f.Values.Select(v => (string[])[.. a, v])))];
        int fewest = conflict.Volunteers.Sum(v => v.Count);
        if (fewest > 0)
        {
            IEnumerable<string[]> added = conflict.Volunteers.SelectMany(v => Enumerable.Repeat(
                kinds.First(k => v.RequiredValues.All(h => Has(k, h)) && !v.ExcludedValues.Any(h => Has(k, h))), v.Count));
            Assert.True(CanBeMetWith([.. added]), $"pool {seed}");
        }

        // One fewer than said, or, where none are said to help, two of any kinds.
        int tried = fewest > 0 ? fewest - 1 : 2;
        if (tried is 1 or 2)
        {
            foreach (string[] first in kinds)
            {
                Assert.False(CanBeMetWith([first]), $"pool {seed}");
                Assert.True(tried == 1 || !kinds.Any(second => CanBeMetWith([first, second])), $"pool {seed}");
            }
        }

        bool Has(string[] kind, FeatureValue value) => kind[problem.Features.ToList().FindIndex(f => f.Name == value.Feature)] == value.Value;

        bool CanBeMetWith(string[][] added)
        {
            SelectionProblemBuilder builder = TinyPools.WithRulesOf(problem);

            IEnumerable<TinyRow> rows = problem.People.Select(p => Row(p.Id, p.Household?.ToString(System.Globalization.CultureInfo.InvariantCulture), p.Values))
                .Concat(added.Select((k, i) => Row(FormattableString.Invariant($"new {i}"), null, k)));
            builder.People(rows, new PersonReader<TinyRow> { Id = r => r.Id, Household = r => r.Household, Value = (r, f) => r.Values.GetValueOrDefault(f) });
            foreach (Person person in problem.People)
            {
                _ = person.Status switch { PersonStatus.MustBeIn => builder.MustBeIn(person.Id), PersonStatus.MustBeOut => builder.MustBeOut(person.Id), _ => builder };
            }

            SelectionProblem larger = builder.Build();
            return new AllConflicts(larger).CanBeMet(InTermsOf(larger, problem, conflict.Constraints));
        }

        TinyRow Row(string id, string? household, IReadOnlyList<string> values) =>
            new(id, household, problem.Features.Select((f, i) => (f.Name, values[i])).ToDictionary(v => v.Name, v => v.Item2));
    }

    /// <summary>The constraints of one problem in those of another with the same quotas at the same places.</summary>
    private static IEnumerable<Constraint> InTermsOf(SelectionProblem other, SelectionProblem problem, IEnumerable<Constraint> constraints) =>
        constraints.Select(c => c.Quota is null ? c : new Constraint(c.Kind, other.Quotas[problem.Quotas.ToList().IndexOf(c.Quota)])).Where(c => c.Kind != ConstraintKind.QuotaMinimum || c.Quota!.Min > 0);
}

/// <summary>How many infeasible tiny pools are gone through: a few hundred, or as many as <c>SORTITION_INFEASIBLE</c> says.</summary>
internal static class InfeasiblePools
{
    /// <summary>How many are enough to see at once that something is wrong.</summary>
    public const int Few = 100;

    public static int Count { get; } = int.TryParse(Environment.GetEnvironmentVariable("SORTITION_INFEASIBLE"), System.Globalization.CultureInfo.InvariantCulture, out int count) ? count : 400;
}
