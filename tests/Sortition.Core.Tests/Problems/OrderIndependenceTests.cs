using FsCheck.Xunit;
using Sortition.Core.Problems;
using Xunit;
using static Sortition.Core.Tests.Problems.FaultAssert;

namespace Sortition.Core.Tests.Problems;

/// <summary>Neither people nor types depend on the order in which rows or quotas are given.</summary>
public sealed class OrderIndependenceTests
{
    [Property(MaxTest = 300)]
    public void Rows_and_quotas_in_another_order_give_the_same_people_and_types(int seed)
    {
        TinyPool pool = TinyPool.Of(seed);
        RandomSource random = RandomSource.Seeded($"order {seed}");
        string expected = Print(pool.Build());
        Assert.Equal(expected, Print((pool with { Rows = Shuffled(pool.Rows, random) }).Build()));
        Assert.Equal(
            expected,
            Print((pool with { Rows = Shuffled(pool.Rows, random), Quotas = Shuffled(pool.Quotas, random), Declared = Shuffled(pool.Declared, random) }).Build()));
    }

    [Fact]
    public void The_spelling_of_free_values_does_not_depend_on_the_order_of_rows()
    {
        TinyRow[] rows = [Row("a", null, "f=x", "g=Zoo"), Row("b", null, "f=x", "g=zoo"), Row("c", null, "f=x", "g=apple"), Row("d", null, "f=X", "g=Melon")];
        SelectionProblem Build(IEnumerable<TinyRow> ordered) => new SelectionProblemBuilder(1)
            .Quota(new QuotaInput { Condition = [new("f", "x"), new("g", "melon")], Min = 0, Max = 1 }).With([.. ordered]).Build();
        SelectionProblem forward = Build(rows);
        SelectionProblem backward = Build(rows.Reverse());
        Assert.Equal(Print(forward), Print(backward));
        Assert.Equal(forward.Features.Select(f => string.Join(',', f.Values)), backward.Features.Select(f => string.Join(',', f.Values)));
    }

    [Fact]
    public void Features_and_values_keep_the_order_of_quotas_then_declarations()
    {
        SelectionProblem problem = new SelectionProblemBuilder(1)
            .Feature("a", "3", "1").Feature("c", "1")
            .Quota("b", "2", 0, 1).Quota("a", "2", 0, 1).Quota("b", "1", 0, 1)
            .Build();
        Assert.Equal(["b", "a", "c"], problem.Features.Select(f => f.Name));
        Assert.Equal(["2", "1"], problem.Features[0].Values);
        Assert.Equal(["2", "3", "1"], problem.Features[1].Values);
        Assert.Equal(["2", "2", "1"], problem.Quotas.Select(q => q.ValueLabel));
    }

    private static string Print(SelectionProblem problem)
    {
        IEnumerable<string> people = problem.People.Select(p => $"{p.Id}/{p.Household}/{p.Status}/{Values(problem, p.Values)}");
        IEnumerable<string> types = problem.TypeTable.Types.Select(t => $"{Values(problem, t.Values)}/{t.Status}/{t.HouseholdClass}/{string.Join('+', t.Members)}");
        IEnumerable<string> classes = problem.TypeTable.Classes.Select(
            c => $"{string.Join('+', c.Types)}/{string.Join('+', c.MembersOfType)}/{c.Limit}/{string.Join('+', c.Households.Select(h => string.Join('.', h)))}");
        return string.Join('\n', [.. people, .. types, .. classes, string.Join(',', problem.TypeTable.TypeOf)]);
    }

    private static string Values(SelectionProblem problem, IReadOnlyList<string> values) =>
        string.Join('&', problem.Features.Select((f, i) => $"{f.Name}={values[i]}").Order(StringComparer.Ordinal));

    private static T[] Shuffled<T>(IReadOnlyList<T> items, RandomSource random)
    {
        int[] order = [.. Enumerable.Range(0, items.Count)];
        random.Shuffle(order, order.Length);
        return [.. order.Select(i => items[i])];
    }
}
