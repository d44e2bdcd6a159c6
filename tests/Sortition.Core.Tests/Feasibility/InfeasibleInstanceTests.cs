using Sortition.Core.Feasibility;
using Sortition.Core.Problems;
using Xunit;

namespace Sortition.Core.Tests.Feasibility;

/// <summary>
/// Real quotas that were made impossible, of every instance: what clashes, in numbers that are counted here, and the ways out. Every conflict and every way out is checked by a program of its own.
/// </summary>
[Trait("Lane", "Slow")]
public sealed class InfeasibleInstanceTests
{
    public static TheoryData<string, int> Names
    {
        get
        {
            TheoryData<string, int> names = [];
            foreach (object[] row in Instances.All)
            {
                names.Add((string)row[0], (int)row[1]);
            }

            return names;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_minimum_above_what_the_pool_has(string name, int size)
    {
        SelectionProblem problem = Instances.Load(name, size);
        Quota quota = problem.Quotas.MinBy(q => Count(problem, q))!;
        int have = Count(problem, quota);
        SelectionProblem raised = Change(problem, q => q == quota ? (have + 5, have + 5) : (q.Min, q.Max));
        Diagnosis diagnosis = Answer(raised, out RelaxationReport report);
        Conflict conflict = diagnosis.Conflicts[0];
        Assert.Equal((InfeasibilityCode.TooFewPeople, have, have + 5), (conflict.Reason.Code, conflict.Reason.Available, conflict.Reason.Required));
        Assert.Equal($"{Label(quota)}: the minimum is {have + 5}, but only {have} people in the pool match.", TextRenderer.English.Describe(conflict, raised));
        Assert.Equal(
            [$"This would do: at least {have} instead of {have + 5} of {Label(quota)}.", $"So would 5 more volunteers, and no fewer: 5 of {Label(quota)}."], TextRenderer.English.DescribeHelp(conflict, raised));
        Assert.NotEmpty(report.Alternatives);
        Assert.All(report.Alternatives, a => Assert.Contains(a.Changes, c => c.IsMinimum && c.From == have + 5));
    }

    /// <summary>The minima of one feature are raised beyond the panel and beyond the maxima of another.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Two_features_whose_totals_disagree(string name, int size)
    {
        SelectionProblem problem = Instances.Load(name, size);
        string[] features = [.. problem.Features.Select(f => f.Name).OrderBy(f => Of(f).Sum(q => Math.Min(q.Max, Count(problem, q))))];
        (string other, string raised) = (features[0], features[^1]);
        int most = Of(other).Sum(q => Math.Min(q.Max, Count(problem, q)));
        int lacking = most + 1 - Of(raised).Sum(q => q.Min);

        // As much more of every value as there are people, one after the other.
        Dictionary<Quota, int> more = Of(raised).ToDictionary(q => q, q => 0);
        while (more.Values.Sum() < lacking)
        {
            Quota next = more.Where(m => m.Key.Min + m.Value < Count(problem, m.Key)).MinBy(m => m.Value).Key;
            more[next]++;
        }

        SelectionProblem changed = Change(problem, q => (q.Min + more.GetValueOrDefault(q), Math.Max(q.Max, q.Min + more.GetValueOrDefault(q))));
        Diagnosis diagnosis = Answer(changed, out RelaxationReport report);
        Assert.Contains(diagnosis.Conflicts, c => TextRenderer.English.Describe(c, changed) == $"{raised} needs at least {most + 1} seats, but {other} allows at most {most}: no panel size suits both.");

        // All minima of the feature and the size, or some of them where these are too many already.
        Conflict[] bySize = [.. diagnosis.Conflicts.Where(c => c.Constraints.All(r => r.Kind == ConstraintKind.PanelSize || (r.Kind == ConstraintKind.QuotaMinimum && r.Quota!.FeatureLabel == raised)))];
        Assert.NotEmpty(bySize);
        foreach (Conflict conflict in bySize)
        {
            Quota[] minima = [.. conflict.Constraints.Where(c => c.Quota is not null).Select(c => c.Quota!)];
            int sum = minima.Sum(q => q.Min);
            Assert.InRange(sum, size + 1, size + minima.Min(q => q.Min));
            bool areAll = sum == most + 1;
            Assert.Equal(
                areAll
                    ? $"{raised}: the minima add up to {sum}, but the panel has {size} seats."
                    : $"These cannot all be met together: {size} members in all; {string.Join("; ", minima.Select(q => $"at least {q.Min} of {Label(q)}"))}.",
                TextRenderer.English.Describe(conflict, changed));
            string[] help = [.. TextRenderer.English.DescribeHelp(conflict, changed)];
            Assert.StartsWith($"Any one of these would do: {sum} instead of {size} members in all; at least {minima[0].Min - sum + size} instead of {minima[0].Min} of {Label(minima[0])}; ", help[0], StringComparison.Ordinal);
            Assert.Equal("More volunteers would not help.", help[1]);
        }

        Assert.NotEmpty(report.Alternatives);

        IEnumerable<Quota> Of(string feature) => problem.Quotas.Where(q => q.FeatureLabel == feature);
    }

    /// <summary>Of one value so many are asked for that more of them have another value than may be on the panel.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Two_values_of_different_features_that_mostly_go_together(string name, int size)
    {
        SelectionProblem problem = Instances.Load(name, size);
        (Quota first, Quota second, int others, int asked) = (
            from a in problem.Quotas
            from b in problem.Quotas
            where a.FeatureLabel != b.FeatureLabel
            let without = problem.People.Count(p => problem.Matches(p, a) && !problem.Matches(p, b))
            let needed = Math.Max(a.Min, without + b.Max + 1)
            where needed <= Math.Min(Count(problem, a), size)
            orderby needed, without
            select (a, b, without, needed)).First();

        // Little else of the first feature is asked for, so that it is these two that clash.
        SelectionProblem changed = Change(problem, q => q == first ? (asked, Math.Max(asked, q.Max)) : (q.FeatureLabel == first.FeatureLabel ? 0 : q.Min, q.Max));
        Diagnosis diagnosis = Answer(changed, out RelaxationReport report);
        Constraint[] both = [new(ConstraintKind.QuotaMinimum, changed.Quotas.Single(q => Label(q) == Label(first))), new(ConstraintKind.QuotaMaximum, changed.Quotas.Single(q => Label(q) == Label(second)))];
        Conflict conflict = Assert.Single(diagnosis.Conflicts, c => c.Constraints.ToHashSet().SetEquals(both));
        Assert.Equal($"These cannot all be met together: at least {asked} of {Label(first)}; at most {second.Max} of {Label(second)}.", TextRenderer.English.Describe(conflict, changed));
        int fit = others + second.Max;
        int missing = asked - fit;
        Assert.Equal(
            [
                $"Any one of these would do: at least {fit} instead of {asked} of {Label(first)}; at most {second.Max + missing} instead of {second.Max} of {Label(second)}.",
                $"So would {(missing == 1 ? "1 more volunteer" : $"{missing} more volunteers, and no fewer")}: {missing} of {Label(first)}, not {Label(second)}.",
            ],
            TextRenderer.English.DescribeHelp(conflict, changed));
        Assert.NotEmpty(report.Alternatives);
    }

    /// <summary>Everybody with one value lives in one household fewer than are asked for.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void A_household_rule_too_tight_for_one_value(string name, int size)
    {
        SelectionProblem problem = Instances.Load(name, size);
        Quota quota = problem.Quotas.Where(q => q.Min >= 2).MinBy(q => Count(problem, q))!;
        int homes = quota.Min - 1;
        int next = 0;
        SelectionProblem changed = WithHouseholds(problem, p => problem.Matches(p, quota) ? FormattableString.Invariant($"home {next++ % homes}") : null);
        Quota same = changed.Quotas.Single(q => Label(q) == Label(quota));
        Diagnosis diagnosis = Answer(changed, out RelaxationReport report);
        Conflict conflict = Assert.Single(diagnosis.Conflicts, c => c.Constraints.ToHashSet().SetEquals([new(ConstraintKind.QuotaMinimum, same), new(ConstraintKind.HouseholdLimit)]));
        Assert.Equal($"These cannot all be met together: at least {quota.Min} of {Label(quota)}; at most 1 of one household.", TextRenderer.English.Describe(conflict, changed));
        Assert.Equal([$"This would do: at least {homes} instead of {quota.Min} of {Label(quota)}.", $"So would 1 more volunteer: 1 of {Label(quota)}."], TextRenderer.English.DescribeHelp(conflict, changed));
        Assert.NotEmpty(report.Alternatives);
    }

    /// <summary>The whole pool lives in one household fewer than there are seats, so that no quota helps.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void A_household_rule_too_tight_for_the_panel(string name, int size)
    {
        int next = 0;
        SelectionProblem changed = WithHouseholds(Instances.Load(name, size), _ => FormattableString.Invariant($"home {next++ % (size - 1)}"));
        Diagnosis diagnosis = Answer(changed, out RelaxationReport report);
        Conflict conflict = Assert.Single(diagnosis.Conflicts, c => c.Constraints.ToHashSet().SetEquals([new(ConstraintKind.PanelSize), new(ConstraintKind.HouseholdLimit)]));
        Assert.Equal($"These cannot all be met together: {size} members in all; at most 1 of one household.", TextRenderer.English.Describe(conflict, changed));
        Assert.Equal([$"This would do: {size - 1} instead of {size} members in all.", "So would 1 more volunteer."], TextRenderer.English.DescribeHelp(conflict, changed));
        Assert.Empty(report.Alternatives);
        Assert.True(report.IsExhaustive);
        Assert.False(report.Obstacles!.IsFeasible);
    }

    private static int Count(SelectionProblem problem, Quota quota) => problem.People.Count(p => problem.Matches(p, quota));

    private static string Label(Quota quota) => $"{quota.FeatureLabel}: {quota.ValueLabel}";

    private static SelectionProblem Change(SelectionProblem problem, Func<Quota, (int, int)> bounds) => problem.WithBounds(problem.Quotas.ToDictionary(q => q, bounds));

    /// <summary>The same pool and quotas with other households, of which one member each may be drawn.</summary>
    private static SelectionProblem WithHouseholds(SelectionProblem problem, Func<Person, string?> household)
    {
        SelectionProblemBuilder builder = new(problem.PanelSize);
        foreach (Quota quota in problem.Quotas)
        {
            builder.Quota(new QuotaInput { Condition = quota.Condition, Min = quota.Min, Max = quota.Max });
        }

        string[] features = [.. problem.Features.Select(f => f.Name)];
        Dictionary<Person, string?> homes = problem.People.ToDictionary(p => p, household);
        return builder.HouseholdLimit(1)
            .People(problem.People, new PersonReader<Person> { Id = p => p.Id, Household = p => homes[p], Value = (p, feature) => p.Values[Array.IndexOf(features, feature)] })
            .Build();
    }

    /// <summary>Diagnosis and ways out, with everything checked that they promise of any problem.</summary>
    private static Diagnosis Answer(SelectionProblem problem, out RelaxationReport report)
    {
        Diagnosis diagnosis = FeasibilityAnalysis.Diagnose(problem);
        report = QuotaRelaxation.Find(problem);
        Assert.NotEmpty(diagnosis.Conflicts);
        PeopleProgram program = new(problem);
        Assert.All(diagnosis.Conflicts, c => Irreducible(program, problem, c));
        Assert.All(report.Alternatives, a => Smallest(problem, a));
        return diagnosis;
    }

    private static void Irreducible(PeopleProgram program, SelectionProblem problem, Conflict conflict)
    {
        Assert.Equal(conflict.Constraints.Count, conflict.Constraints.Distinct().Count());
        Assert.False(program.CanBeMet(conflict.Constraints), TextRenderer.English.Describe(conflict, problem));
        Assert.All(conflict.Constraints, left => Assert.True(program.CanBeMet(conflict.Constraints.Where(c => !c.Equals(left))), $"{TextRenderer.English.Describe(conflict, problem)} without {TextRenderer.English.Describe(left, problem)}"));
    }

    private static void Smallest(SelectionProblem problem, Relaxation way)
    {
        Assert.NotEmpty(way.Changes);
        Assert.All(way.Changes, c => Assert.True(c.IsMinimum ? c.To < c.From : c.To > c.From));
        Assert.True(new PeopleProgram(Changed(null)).CanBeMet());
        Assert.True(new PeopleProgram(way.Problem).CanBeMet());
        foreach (ConstraintChange change in way.Changes)
        {
            Assert.False(new PeopleProgram(Changed(change)).CanBeMet(), $"a seat less would do: {TextRenderer.English.Describe(change)}");
        }

        SelectionProblem Changed(ConstraintChange? seatLess) => Change(problem, q =>
        {
            (int min, int max) = (q.Min, q.Max);
            foreach (ConstraintChange change in way.Changes.Where(c => c.Constraint.Quota == q))
            {
                int by = change.Seats - (change == seatLess ? 1 : 0);
                (min, max) = change.IsMinimum ? (min - by, max) : (min, max + by);
            }

            return (min, max);
        });
    }
}
