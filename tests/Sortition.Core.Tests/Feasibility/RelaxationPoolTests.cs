using Sortition.Core.Feasibility;
using Xunit;

namespace Sortition.Core.Tests.Feasibility;

/// <summary>Relaxations of random tiny pools against all sets of k of their people.</summary>
public sealed class RelaxationPoolTests
{
    [Fact]
    public void Alternatives_are_the_cheapest_minimal_changes_and_their_absence_is_true() => Compare(InfeasiblePools.Few);

    [Fact]
    [Trait("Lane", "Slow")]
    public void Alternatives_are_the_cheapest_minimal_changes_and_their_absence_is_true_in_many_more() => Compare(InfeasiblePools.Count);

    private static void Compare(int count)
    {
        int infeasible = 0;
        int several = 0;
        int none = 0;
        for (int seed = 40_000; infeasible < count; seed++)
        {
            SelectionProblem problem = WithFlex(seed);
            RelaxationOptions options = new()
            {
                MaxAlternatives = seed % 5 + 1,
                Priority = q => seed % 3 == 0 ? 1 : new[] { 1, 2.5m, 0.4m, 1 / 3m }[Hash(seed, q) % 4],
                IsKept = q => seed % 4 == 0 && Hash(seed, q) % 3 == 0,
            };
            RelaxationReport report = QuotaRelaxation.Find(problem, options);
            bool isFeasible = TinyPools.AllPanels(problem).Count > 0;
            if (isFeasible)
            {
                Relaxation nothing = Assert.Single(report.Alternatives);
                Assert.Empty(nothing.Changes);
                Assert.Equal(0, nothing.Cost);
                continue;
            }

            infeasible++;
            several += report.Alternatives.Count > 1 ? 1 : 0;
            none += report.Alternatives.Count == 0 ? 1 : 0;
            Check(problem, options, report, seed);
        }

        Assert.True(several > count / 20);
        Assert.True(none > count / 100);
    }

    private static void Check(SelectionProblem problem, RelaxationOptions options, RelaxationReport report, int seed)
    {
        List<int[]> minimal = MinimalChanges(problem, options);
        HashSet<int[]> left = [.. minimal];
        foreach (Relaxation alternative in report.Alternatives)
        {
            Assert.True(alternative.Cost > 0, $"pool {seed}");
            Assert.NotEmpty(TinyPools.AllPanels(alternative.Problem));
            int[] changes = Vector(problem, alternative);
            Assert.Contains(minimal, m => m.SequenceEqual(changes));
            Assert.Contains(left, l => l.SequenceEqual(changes));
            Assert.Equal(Cost(problem, options, changes), alternative.Cost, 1e-9);
            Assert.True(alternative.Cost <= left.Min(l => Cost(problem, options, l)) + 1e-9, $"pool {seed}");
            Assert.Equal(problem.Quotas.SelectMany((q, i) => new[] { q.Min - changes[2 * i], q.Max + changes[2 * i + 1] }), alternative.Problem.Quotas.SelectMany(q => new[] { q.Min, q.Max }));
            left.RemoveWhere(l => IsNested(l, changes));
        }

        Assert.True(report.Alternatives.Count == options.MaxAlternatives || left.Count == 0, $"pool {seed}");
        Assert.True(!report.IsExhaustive || left.Count == 0, $"pool {seed}");
        Assert.Equal(minimal.Count == 0, report.Alternatives.Count == 0);
        Assert.Equal(report.Alternatives.Count == 0, report.Obstacles is { IsFeasible: false });
        if (report.Loosest is SelectionProblem loosest)
        {
            Assert.Empty(TinyPools.AllPanels(loosest));
        }
    }

    /// <summary>What every set of k people would take, without what is not allowed, nor what asks for more than another everywhere.</summary>
    private static List<int[]> MinimalChanges(SelectionProblem problem, RelaxationOptions options)
    {
        SelectionProblem free = problem.WithBounds(problem.Quotas.ToDictionary(q => q, q => (0, 1000)));
        List<int[]> all = [];
        foreach (int[] panel in TinyPools.AllPanels(free))
        {
            int[] changes = [.. problem.Quotas.SelectMany(q =>
            {
                int count = panel.Count(i => problem.Matches(problem.People[i], q));
                return new[] { Math.Max(0, q.Min - count), Math.Max(0, count - q.Max) };
            })];
            bool isAllowed = problem.Quotas.Select((q, i) => options.IsKept(q)
                ? changes[2 * i] == 0 && changes[2 * i + 1] == 0
                : q.Min - changes[2 * i] >= (q.MinFlex ?? 0) && q.Max + changes[2 * i + 1] <= (q.MaxFlex ?? 1000)).All(a => a);
            if (isAllowed)
            {
                all.Add(changes);
            }
        }

        List<int[]> distinct = [.. all.GroupBy(c => string.Join(',', c)).Select(g => g.First())];
        return [.. distinct.Where(c => !distinct.Exists(d => d != c && d.Zip(c).All(p => p.First <= p.Second)))];
    }

    private static bool IsNested(int[] a, int[] b) =>
        a.Zip(b).All(p => p.First == 0 || p.Second > 0) || a.Zip(b).All(p => p.Second == 0 || p.First > 0);

    private static double Cost(SelectionProblem problem, RelaxationOptions options, int[] changes) => problem.Quotas.Select((q, i) =>
        (double)options.Priority(q) * ((changes[2 * i] == 0 ? 0 : (1 + 2.0 / q.Min) * changes[2 * i]) + changes[2 * i + 1])).Sum();

    private static int[] Vector(SelectionProblem problem, Relaxation alternative)
    {
        int[] changes = new int[2 * problem.Quotas.Count];
        foreach (ConstraintChange change in alternative.Changes)
        {
            changes[2 * problem.Quotas.ToList().IndexOf(change.Constraint.Quota!) + (change.IsMinimum ? 0 : 1)] = change.Seats;
            Assert.True(change.IsMinimum ? change.To < change.From : change.To > change.From);
        }

        return changes;
    }

    private static SelectionProblem WithFlex(int seed)
    {
        TinyPool pool = TinyPool.Of(seed);
        return seed % 3 != 0 ? pool.Build() : (pool with
        {
            Quotas = [.. pool.Quotas.Select((q, i) => ((i + seed / 3) % 3) switch
            {
                0 => q.Change(minFlex: Math.Max(0, q.Min - 1), maxFlex: q.Max + 1),
                1 => q.Change(maxFlex: q.Max),
                _ => q,
            })],
        }).Build();
    }

    private static int Hash(int seed, Quota quota) => quota.ValueLabel.Sum(c => c) * 31 % 97 + seed % 7;
}
