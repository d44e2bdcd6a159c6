using Sortition.Core.Problems;

namespace Sortition.Core.Lotteries;

/// <summary>Writes type-level panels out as lists of people in which all people of a type have one chance.</summary>
/// <remarks>
/// <para>A lottery is a stretch of time in which one panel after the other sits, each as long as its weight. Of n people who share x(u) seats at time u, the first is given
/// all the time where x(u) = n, which nobody can do without, and further time until the share Σ weight·x / n is reached; at most one panel is cut in two for that. The other
/// n − 1 then share what is left, and never more than n − 1 seats at once. So every person costs at most one further row, and shares are equal to the unit.</para>
/// <para>Households of one class that the limit binds take turns first: seat after seat is dealt round them, starting elsewhere in every part of a panel's time.</para>
/// </remarks>
internal static class Seating
{
    /// <summary>The lists for panels with weights, or null if there are more than wanted.</summary>
    public static PanelTable? WriteOut(SelectionProblem problem, IReadOnlyList<(IReadOnlyList<TypeSeats> Seats, long Weight)> panels, int maxRows)
    {
        TypeTable table = problem.Types;
        List<Row> rows = [];
        foreach ((IReadOnlyList<TypeSeats> seats, long weight) in panels)
        {
            ILookup<int, TypeSeats> ofClass = SeatsOfClasses(table, seats);
            SortedSet<long> cuts = [0];
            foreach (int households in ofClass.Select(c => table.Classes[c.Key].Households.Length).Distinct())
            {
                for (int j = 1; j < households; j++)
                {
                    long cut = (long)(((Int128)weight * j + households - 1) / households);
                    if (cut == weight)
                    {
                        break;
                    }

                    cuts.Add(cut);
                    if (rows.Count + cuts.Count > maxRows)
                    {
                        return null;
                    }
                }
            }

            long[] starts = [.. cuts];
            for (int s = 0; s < starts.Length; s++)
            {
                long start = starts[s];
                long end = s + 1 < starts.Length ? starts[s + 1] : weight;
                rows.Add(new Row(end - start, SeatGroups(table, seats, ofClass, c => (int)((Int128)start * table.Classes[c].Households.Length / weight))));
            }
        }

        return Fill(problem, rows, PeopleInGroups(table), maxRows);
    }

    /// <summary>M lists of weight 1, for panels with numbers of copies that add up to M. Who of a type gets the odd seat is random.</summary>
    public static PanelTable Ballots(SelectionProblem problem, IReadOnlyList<(IReadOnlyList<TypeSeats> Seats, int Copies)> panels, RandomSource random)
    {
        TypeTable table = problem.Types;
        List<Row> rows = [];
        int[] next = [.. table.Classes.Select(c => (int)random.NextBelow(c.Households.Length))];
        foreach ((IReadOnlyList<TypeSeats> seats, int copies) in panels)
        {
            ILookup<int, TypeSeats> ofClass = SeatsOfClasses(table, seats);
            for (int copy = 0; copy < copies; copy++)
            {
                rows.Add(new Row(1, SeatGroups(table, seats, ofClass, c => next[c])));
                foreach (IGrouping<int, TypeSeats> c in ofClass)
                {
                    next[c.Key] = (next[c.Key] + c.Sum(s => s.Seats)) % table.Classes[c.Key].Households.Length;
                }
            }
        }

        SortedDictionary<Group, int[]> people = PeopleInGroups(table);
        foreach (int[] group in people.Values)
        {
            random.Shuffle(group, group.Length);
        }

        return Fill(problem, rows, people, int.MaxValue)!;
    }

    private static ILookup<int, TypeSeats> SeatsOfClasses(TypeTable table, IReadOnlyList<TypeSeats> seats) =>
        seats.Where(s => table.Types[s.Type].HouseholdClass is not null).ToLookup(s => table.Types[s.Type].HouseholdClass!.Value);

    /// <summary>The seats of one row by groups of people who share them: a type, or a type's members in one household.</summary>
    private static Dictionary<Group, int> SeatGroups(TypeTable table, IReadOnlyList<TypeSeats> seats, ILookup<int, TypeSeats> ofClass, Func<int, int> offset)
    {
        Dictionary<Group, int> groups = [];
        foreach (TypeSeats s in seats.Where(s => table.Types[s.Type].HouseholdClass is null))
        {
            groups.Add(new Group(s.Type, 0), s.Seats);
        }

        foreach (IGrouping<int, TypeSeats> c in ofClass)
        {
            foreach ((int household, TypeSeats s) in table.Classes[c.Key].Deal(c, offset(c.Key)))
            {
                groups.Add(new Group(s.Type, household), s.Seats);
            }
        }

        return groups;
    }

    private static SortedDictionary<Group, int[]> PeopleInGroups(TypeTable table)
    {
        SortedDictionary<Group, int[]> groups = new(Comparer<Group>.Create((a, b) => (a.Type, a.Household).CompareTo((b.Type, b.Household))));
        for (int t = 0; t < table.Types.Length; t++)
        {
            if (table.Types[t].HouseholdClass is not int number)
            {
                groups.Add(new Group(t, 0), [.. table.Types[t].Members]);
                continue;
            }

            int[][] households = table.Classes[number].Households;
            for (int h = 0; h < households.Length; h++)
            {
                groups.Add(new Group(t, h), [.. households[h].Where(i => table.TypeOf[i] == t)]);
            }
        }

        return groups;
    }

    private static PanelTable? Fill(SelectionProblem problem, List<Row> rows, SortedDictionary<Group, int[]> people, int maxRows)
    {
        foreach ((Group group, int[] members) in people)
        {
            Share(rows, group, members, maxRows);
            if (rows.Count > maxRows)
            {
                return null;
            }
        }

        return new PanelTable(problem, [.. rows.Select(r => new PanelRow(new Panel(problem, r.SortedMembers()), r.Weight))]);
    }

    private static void Share(List<Row> rows, Group group, int[] members, int maxRows)
    {
        Int128 left = 0;
        foreach (Row row in rows)
        {
            left += (Int128)row.Weight * row.SeatsOf(group);
        }

        for (int m = 0; m < members.Length && left > 0 && rows.Count <= maxRows; m++)
        {
            int sharers = members.Length - m;
            long share = (long)(left / sharers);
            left -= share;
            foreach (Row row in rows)
            {
                if (row.SeatsOf(group) == sharers)
                {
                    row.Seat(group, members[m]);
                    share -= row.Weight;
                }
            }

            for (int r = 0; r < rows.Count && share > 0; r++)
            {
                Row row = rows[r];
                if (row.SeatsOf(group) is 0 || row.HasJustSeated(members[m]))
                {
                    continue;
                }

                if (row.Weight > share)
                {
                    rows.Insert(r + 1, row.CutOff(row.Weight - share));
                }

                row.Seat(group, members[m]);
                share -= row.Weight;
            }
        }
    }

    /// <summary>People who share seats: a type (household 0), or a type's members in one household of its class.</summary>
    private readonly record struct Group(int Type, int Household);

    private sealed class Row(long weight, Dictionary<Group, int> seats)
    {
        private readonly List<int> _members = [];

        public long Weight { get; private set; } = weight;

        public int SeatsOf(Group group) => seats.GetValueOrDefault(group);

        public bool HasJustSeated(int person) => _members.Count > 0 && _members[^1] == person;

        public void Seat(Group group, int person)
        {
            seats[group]--;
            _members.Add(person);
        }

        public Row CutOff(long weight)
        {
            Row rest = new(weight, new Dictionary<Group, int>(seats));
            rest._members.AddRange(_members);
            Weight -= weight;
            return rest;
        }

        public int[] SortedMembers()
        {
            int[] members = [.. _members];
            Array.Sort(members);
            return members;
        }
    }
}
