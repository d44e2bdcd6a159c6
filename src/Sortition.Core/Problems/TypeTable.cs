using System.Globalization;

namespace Sortition.Core.Problems;

/// <summary>The pool by types: the exact compression every lottery is computed on.</summary>
/// <remarks>
/// <para>Households that the limit can bind are grouped into classes: two are of one class when their members are of the same kinds. A panel can seat y_t
/// people of the types t of a class with H households exactly if y_t ≤ n_t and Σ y_t ≤ h·H: spreading y_t/H to every household is a fractional solution of a
/// transportation problem with whole-numbered data, so there is a whole-numbered one. One row for each class therefore says all there is to say, whatever
/// h.</para>
/// <para>The order of types depends on names only, not on the order of rows, features or quotas.</para>
/// </remarks>
internal sealed class TypeTable
{
    private TypeTable(PersonType[] types, HouseholdClass[] classes, int[] typeOf)
    {
        Types = types;
        Classes = classes;
        TypeOf = typeOf;
    }

    public PersonType[] Types { get; }

    public HouseholdClass[] Classes { get; }

    /// <summary>Entry i is the type of person i, or -1 for people who must be out.</summary>
    public int[] TypeOf { get; }

    public static TypeTable Of(SelectionProblem problem)
    {
        IReadOnlyList<Person> people = problem.People;
        int[] kindOf = Kinds(problem, out List<Person> kinds);
        List<int[]> households = BindingHouseholds(problem, kindOf);
        Dictionary<string, List<int[]>> byClass = new(StringComparer.Ordinal);
        foreach (int[] household in households)
        {
            Array.Sort(household, (a, b) => kindOf[a] != kindOf[b] ? kindOf[a].CompareTo(kindOf[b]) : a.CompareTo(b));
            string key = string.Join(',', household.Select(i => kindOf[i].ToString(CultureInfo.InvariantCulture)));
            if (!byClass.TryGetValue(key, out List<int[]>? members))
            {
                byClass.Add(key, members = []);
            }

            members.Add(household);
        }

        string[] classKeys = [.. byClass.Keys];
        Array.Sort(classKeys, string.CompareOrdinal);
        int[] classOf = new int[people.Count];
        Array.Fill(classOf, -1);
        for (int c = 0; c < classKeys.Length; c++)
        {
            foreach (int i in byClass[classKeys[c]].SelectMany(household => household))
            {
                classOf[i] = c;
            }
        }

        (int Kind, int Class)[] keys = [.. Enumerable.Range(0, people.Count).Where(i => kindOf[i] >= 0).Select(i => (kindOf[i], classOf[i])).Distinct()];
        Array.Sort(keys);
        Dictionary<(int, int), int> indexOf = keys.Select((key, t) => (key, t)).ToDictionary(p => p.key, p => p.t);
        int[] typeOf = new int[people.Count];
        List<int>[] membersOf = [.. keys.Select(_ => new List<int>())];
        for (int i = 0; i < typeOf.Length; i++)
        {
            typeOf[i] = kindOf[i] < 0 ? -1 : indexOf[(kindOf[i], classOf[i])];
            if (typeOf[i] >= 0)
            {
                membersOf[typeOf[i]].Add(i);
            }
        }

        PersonType[] types =
        [
            .. keys.Select((key, t) => new PersonType(
                kinds[key.Kind].Values, kinds[key.Kind].Status, kinds[key.Kind].Entitlement, key.Class < 0 ? null : key.Class, [.. membersOf[t]])),
        ];
        HouseholdClass[] classes = [.. classKeys.Select(key => HouseholdClass.Of(byClass[key], typeOf, problem.HouseholdLimit!.Value))];
        return new TypeTable(types, classes, typeOf);
    }

    /// <summary>Numbers the combinations of values, status and entitlement in the order of their names; people who must be out get -1.</summary>
    private static int[] Kinds(SelectionProblem problem, out List<Person> kinds)
    {
        IReadOnlyList<Person> people = problem.People;
        Dictionary<(ValueVector, PersonStatus, double), int> first = [];
        List<Person> found = [];
        int[] kindOf = new int[people.Count];
        for (int i = 0; i < kindOf.Length; i++)
        {
            Person person = people[i];
            if (person.Status == PersonStatus.MustBeOut)
            {
                kindOf[i] = -1;
            }
            else if (first.TryGetValue((person.Vector, person.Status, person.Entitlement), out int kind))
            {
                kindOf[i] = kind;
            }
            else
            {
                kindOf[i] = found.Count;
                first.Add((person.Vector, person.Status, person.Entitlement), found.Count);
                found.Add(person);
            }
        }

        int[] features = [.. Enumerable.Range(0, problem.Features.Count)];
        Array.Sort(features, (a, b) => string.CompareOrdinal(problem.Features[a].Name, problem.Features[b].Name));
        int[] order = [.. Enumerable.Range(0, found.Count)];
        Array.Sort(order, (a, b) => Compare(found[a], found[b]));
        int[] rank = new int[order.Length];
        for (int r = 0; r < order.Length; r++)
        {
            rank[order[r]] = r;
        }

        for (int i = 0; i < kindOf.Length; i++)
        {
            kindOf[i] = kindOf[i] < 0 ? -1 : rank[kindOf[i]];
        }

        kinds = [.. order.Select(o => found[o])];
        return kindOf;

        int Compare(Person a, Person b)
        {
            foreach (int f in features)
            {
                int c = string.CompareOrdinal(a.Values[f], b.Values[f]);
                if (c != 0)
                {
                    return c;
                }
            }

            return a.Status != b.Status ? a.Status.CompareTo(b.Status) : a.Entitlement.CompareTo(b.Entitlement);
        }
    }

    /// <summary>Households with more people who can be drawn than the limit lets in.</summary>
    private static List<int[]> BindingHouseholds(SelectionProblem problem, int[] kindOf)
    {
        if (problem.HouseholdLimit is not int limit)
        {
            return [];
        }

        Dictionary<int, List<int>> households = [];
        for (int i = 0; i < kindOf.Length; i++)
        {
            if (kindOf[i] >= 0 && problem.People[i].Household is int household)
            {
                if (!households.TryGetValue(household, out List<int>? members))
                {
                    households.Add(household, members = []);
                }

                members.Add(i);
            }
        }

        return [.. households.OrderBy(h => h.Key).Where(h => h.Value.Count > limit).Select(h => h.Value.ToArray())];
    }
}

/// <summary>Households whose members are of the same types.</summary>
internal sealed class HouseholdClass
{
    private HouseholdClass(int[] types, int[] membersOfType, int[][] households, int limit)
    {
        Types = types;
        MembersOfType = membersOfType;
        Households = households;
        Limit = limit;
    }

    /// <summary>The types of the class, ascending.</summary>
    public int[] Types { get; }

    /// <summary>Entry j: how many members of type <see cref="Types"/>[j] one household has.</summary>
    public int[] MembersOfType { get; }

    /// <summary>Each household's members, as indices of people, in the order of their types.</summary>
    public int[][] Households { get; }

    /// <summary>The most members of one household on a panel.</summary>
    public int Limit { get; }

    /// <summary>The most people of the whole class on a panel.</summary>
    public int TotalLimit => checked(Limit * Households.Length);

    /// <summary>
    /// Spreads seats over the households, dealing one after the other round them. Consecutive seats go to different households, so that none gets more than
    /// ⌈y_t/H⌉ ≤ m_t of a type or ⌈Σy/H⌉ ≤ h in all.
    /// </summary>
    /// <param name="seats">Seats of types of this class.</param>
    /// <param name="offset">The household at which the deal begins.</param>
    /// <returns>What each household got, one entry for each household and type with seats.</returns>
    public IEnumerable<(int Household, TypeSeats Seats)> Deal(IEnumerable<TypeSeats> seats, int offset)
    {
        int households = Households.Length;
        int next = offset;
        foreach ((int type, int count) in seats)
        {
            for (int j = 0; j < Math.Min(households, count); j++)
            {
                int share = count / households + (j < count % households ? 1 : 0);
                yield return ((next + j) % households, new TypeSeats(type, share));
            }

            next = (next + count) % households;
        }
    }

    public static HouseholdClass Of(List<int[]> households, int[] typeOf, int limit)
    {
        (int Type, int Count)[] counts = [.. households[0].GroupBy(i => typeOf[i]).OrderBy(g => g.Key).Select(g => (g.Key, g.Count()))];
        return new HouseholdClass([.. counts.Select(c => c.Type)], [.. counts.Select(c => c.Count)], [.. households], limit);
    }
}
