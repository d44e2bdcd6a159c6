using FsCheck.Xunit;
using Sortition.Core.Problems;
using Xunit;
using static Sortition.Core.Tests.Problems.FaultAssert;

namespace Sortition.Core.Tests.Problems;

/// <summary>Types are a partition of the people who can be drawn, and lose nothing: seats by type can be filled exactly if bounds and class rows hold.</summary>
public sealed class TypeTableTests
{
    [Property(MaxTest = 300)]
    public void Types_partition_the_drawable_people_into_people_alike(int seed)
    {
        SelectionProblem problem = TinyPools.Problem(seed);
        TypeTable table = problem.TypeTable;
        Assert.Equal(
            Enumerable.Range(0, problem.People.Count).Where(i => problem.People[i].Status != PersonStatus.MustBeOut),
            table.Types.SelectMany(t => t.Members).Order());
        for (int t = 0; t < table.Types.Length; t++)
        {
            PersonType type = table.Types[t];
            Assert.NotEmpty(type.Members);
            Assert.Equal(type.Members.Order(), type.Members);
            Assert.All(type.Members, i => Assert.Equal(t, table.TypeOf[i]));
            Assert.All(type.Members, i => Assert.Equal(type.Values, problem.People[i].Values));
            Assert.All(type.Members, i => Assert.Equal(type.Status, problem.People[i].Status));
            Assert.All(type.Members, i => Assert.Equal(type.Entitlement, problem.People[i].Entitlement));
            Assert.All(type.Members, i => Assert.Equal(type.HouseholdClass is not null, LivesInABindingHousehold(problem, i)));
        }

        Assert.All(Enumerable.Range(0, problem.People.Count), i => Assert.Equal(problem.People[i].Status == PersonStatus.MustBeOut, table.TypeOf[i] < 0));
        IEnumerable<string> keys = table.Types.Select(t => $"{string.Join('&', t.Values)}/{t.Status}/{t.Entitlement}/{t.HouseholdClass}");
        Assert.Equal(table.Types.Length, keys.Distinct().Count());
    }

    [Property(MaxTest = 300)]
    public void Households_of_a_class_have_members_of_the_same_types(int seed)
    {
        SelectionProblem problem = TinyPools.Problem(seed);
        TypeTable table = problem.TypeTable;
        for (int c = 0; c < table.Classes.Length; c++)
        {
            HouseholdClass @class = table.Classes[c];
            Assert.Equal(problem.HouseholdLimit, @class.Limit);
            Assert.All(@class.Types, t => Assert.Equal(c, table.Types[t].HouseholdClass));
            Assert.Equal(@class.Types.SelectMany(t => table.Types[t].Members).Order(), @class.Households.SelectMany(h => h).Order());
            foreach (int[] household in @class.Households)
            {
                int number = problem.People[household[0]].Household!.Value;
                Assert.Equal(
                    Enumerable.Range(0, problem.People.Count).Where(i => problem.People[i].Household == number && problem.People[i].Status != PersonStatus.MustBeOut), household.Order());
                Assert.Equal(@class.MembersOfType, @class.Types.Select(t => household.Count(i => table.TypeOf[i] == t)));
            }
        }

        // Two classes never have the same kinds of members: one of them would be superfluous.
        string[] contents = [.. table.Classes.Select(c => string.Join(';', c.Types.Zip(c.MembersOfType, (t, m) => $"{string.Join('&', table.Types[t].Values)}/{table.Types[t].Status}/{table.Types[t].Entitlement}x{m}").Order()))];
        Assert.Equal(contents.Length, contents.Distinct().Count());
    }

    [Fact]
    public void Seats_by_type_can_be_filled_exactly_if_bounds_and_class_rows_hold()
    {
        int withClasses = 0;
        int refusedByClasses = 0;
        for (int seed = 0; seed < 1500; seed++)
        {
            SelectionProblem problem = TinyPools.Problem(seed);
            TypeTable table = problem.TypeTable;
            if (table.Types.Length == 0 || problem.HouseholdLimit is null)
            {
                continue;
            }

            withClasses += table.Classes.Length > 0 ? 1 : 0;
            HashSet<string> realised = Realised(problem);
            foreach (int[] seats in AllSeats(table.Types))
            {
                bool rowsHold = table.Classes.All(c => c.Types.Sum(t => seats[t]) <= c.TotalLimit);
                refusedByClasses += rowsHold ? 0 : 1;
                Assert.Equal(rowsHold, realised.Contains(string.Join(',', seats)));
            }
        }

        Assert.True(withClasses > 200);
        Assert.True(refusedByClasses > 1000);
    }

    [Fact]
    public void Classes_of_a_pool_worked_out_by_hand()
    {
        // 1: red+blue, 2: blue+red, 3: red+red, 4: red+blue, one of whom must be out, 5: red+blue, one of whom must be in, 6: red alone.
        string[] rows = ["a1 1 red", "a2 1 blue", "b1 2 blue", "b2 2 red", "c1 3 red", "c2 3 red", "d1 4 red", "d2 4 blue", "e1 5 red", "e2 5 blue", "f 6 red"];
        SelectionProblem problem = new SelectionProblemBuilder(3).Feature("colour", "red", "blue").HouseholdLimit(1)
            .With([.. rows.Select(r => r.Split(' ')).Select(r => Row(r[0], r[1], $"colour={r[2]}"))])
            .MustBeOut("d2").MustBeIn("e1").Build();
        TypeTable table = problem.TypeTable;
        string[] classes = [.. table.Classes.Select(c => string.Join(' ', c.Households.Select(h => string.Join('+', h.Select(i => problem.People[i].Id)))) + $" ≤ {c.TotalLimit}")];
        Assert.Equal(["a2+a1 b1+b2 ≤ 2", "c1+c2 ≤ 1", "e2+e1 ≤ 1"], classes.Order(StringComparer.Ordinal));
        string[] types = [.. table.Types.Select(t => string.Join('+', t.Members.Select(i => problem.People[i].Id)))];
        Assert.Equal(["a1+b2", "a2+b1", "c1+c2", "d1+f", "e1", "e2"], types.Order(StringComparer.Ordinal));
    }

    private static bool LivesInABindingHousehold(SelectionProblem problem, int person) =>
        problem.HouseholdLimit is int limit && problem.People[person].Household is int household
        && problem.People.Count(p => p.Household == household && p.Status != PersonStatus.MustBeOut) > limit;

    /// <summary>What any set of drawable people within the household limit has of each type.</summary>
    private static HashSet<string> Realised(SelectionProblem problem)
    {
        HashSet<string> realised = [];
        int[] drawable = [.. Enumerable.Range(0, problem.People.Count).Where(i => problem.People[i].Status != PersonStatus.MustBeOut)];
        for (int set = 0; set < 1 << drawable.Length; set++)
        {
            int[] chosen = [.. drawable.Where((_, bit) => (set >> bit & 1) == 1)];
            if (chosen.Where(i => problem.People[i].Household is not null).GroupBy(i => problem.People[i].Household).Any(g => g.Count() > problem.HouseholdLimit))
            {
                continue;
            }

            int[] seats = new int[problem.TypeTable.Types.Length];
            foreach (int i in chosen)
            {
                seats[problem.TypeTable.TypeOf[i]]++;
            }

            realised.Add(string.Join(',', seats));
        }

        return realised;
    }

    private static IEnumerable<int[]> AllSeats(PersonType[] types)
    {
        int[] seats = new int[types.Length];
        while (true)
        {
            yield return seats;
            int t = 0;
            while (t < seats.Length && seats[t] == types[t].Members.Count)
            {
                seats[t++] = 0;
            }

            if (t == seats.Length)
            {
                yield break;
            }

            seats[t]++;
        }
    }
}
