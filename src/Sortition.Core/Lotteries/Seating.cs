using System.Runtime.InteropServices;
using Sortition.Core.Problems;

namespace Sortition.Core.Lotteries;

/// <summary>Writes type-level panels out as lists of people in which all people of a type have one chance.</summary>
/// <remarks>
/// <para>A lottery is a stretch of time in which one panel after the other sits, each as long as its weight. Of n people who share x(u) seats at time u, the
/// first is given all the time where x(u) = n, which nobody can do without, and further time until the share Σ weight·x / n is reached; at most one panel is
/// cut in two for that. The other n − 1 then share what is left, and never more than n − 1 seats at once. So every person costs at most one further row, and
/// shares are equal to the unit.</para>
/// <para>Households of one class that the limit binds take turns first: seat after seat is dealt round them, starting elsewhere in every part of a panel's
/// time.</para>
/// </remarks>
internal static class Seating
{
    /// <summary>The lists for panels with weights, or null if there are more than wanted.</summary>
    public static PanelTable? ToPanelTable(SelectionProblem problem, IReadOnlyList<(IReadOnlyList<TypeSeats> Seats, long Weight)> panels, int maxRows)
    {
        TypeTable table = problem.TypeTable;
        List<Part> parts = [];
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
                    if (parts.Count + cuts.Count > maxRows)
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
                parts.Add(new Part(end - start, SeatGroups(table, seats, ofClass, c => (int)((Int128)start * table.Classes[c].Households.Length / weight))));
            }
        }

        return Fill(problem, parts, PeopleInGroups(table, households => [.. Enumerable.Range(0, households)]), maxRows);
    }

    /// <summary>M lists of weight 1, for panels with numbers of copies that add up to M. Who of a type gets the odd seat is random.</summary>
    public static PanelTable Ballots(SelectionProblem problem, IReadOnlyList<(IReadOnlyList<TypeSeats> Seats, int Copies)> panels, RandomSource random)
    {
        TypeTable table = problem.TypeTable;
        List<Part> parts = [];
        int[] next = new int[table.Classes.Length];
        foreach ((IReadOnlyList<TypeSeats> seats, int copies) in panels)
        {
            ILookup<int, TypeSeats> ofClass = SeatsOfClasses(table, seats);
            for (int copy = 0; copy < copies; copy++)
            {
                parts.Add(new Part(1, SeatGroups(table, seats, ofClass, c => next[c])));
                foreach (IGrouping<int, TypeSeats> c in ofClass)
                {
                    next[c.Key] = (next[c.Key] + c.Sum(s => s.Seats)) % table.Classes[c.Key].Households.Length;
                }
            }
        }

        TakeTurns(table, parts);
        SortedDictionary<Group, int[]> people = PeopleInGroups(table, households =>
        {
            int[] order = [.. Enumerable.Range(0, households)];
            random.Shuffle<int>(order, households);
            return order;
        });
        foreach (int[] group in people.Values)
        {
            random.Shuffle<int>(group, group.Length);
        }

        return Fill(problem, parts, people, int.MaxValue)!;
    }

    private static void TakeTurns(TypeTable table, List<Part> parts)
    {
        for (int c = 0; c < table.Classes.Length; c++)
        {
            HouseholdClass @class = table.Classes[c];
            if (@class.Households.Length < 2)
            {
                continue;
            }

            Part[] with =
            [
                .. parts.Where(
                    p => Array.Exists(@class.Types, t => Enumerable.Range(0, @class.Households.Length).Any(h => p.Seats.ContainsKey(new Group(t, h))))),
            ];
            int[][][] ballots =
            [
                .. with.Select(p => Enumerable.Range(0, @class.Households.Length)
                    .Select(h => Array.ConvertAll(@class.Types, t => p.Seats.GetValueOrDefault(new Group(t, h))))
                    .ToArray()),
            ];
            HouseholdTurns.Even(@class, ballots);
            for (int b = 0; b < with.Length; b++)
            {
                for (int h = 0; h < @class.Households.Length; h++)
                {
                    for (int j = 0; j < @class.Types.Length; j++)
                    {
                        Group group = new(@class.Types[j], h);
                        with[b].Seats.Remove(group);
                        if (ballots[b][h][j] > 0)
                        {
                            with[b].Seats.Add(group, ballots[b][h][j]);
                        }
                    }
                }
            }
        }
    }

    private static ILookup<int, TypeSeats> SeatsOfClasses(TypeTable table, IReadOnlyList<TypeSeats> seats) =>
        seats.Where(s => table.Types[s.Type].HouseholdClass is not null).ToLookup(s => table.Types[s.Type].HouseholdClass!.Value);

    /// <summary>The seats of a part by groups of people who share them: a type, or a type's members in one household.</summary>
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

    /// <summary>The people of each group.</summary>
    /// <param name="table">The types.</param>
    /// <param name="orderOf">In which order the households of a class, of which there are so many, have their turns.</param>
    private static SortedDictionary<Group, int[]> PeopleInGroups(TypeTable table, Func<int, int[]> orderOf)
    {
        int[][] orders = [.. table.Classes.Select(c => orderOf(c.Households.Length))];
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
                groups.Add(new Group(t, h), [.. households[orders[number][h]].Where(i => table.TypeOf[i] == t)]);
            }
        }

        return groups;
    }

    private static PanelTable? Fill(SelectionProblem problem, List<Part> parts, SortedDictionary<Group, int[]> people, int maxRows)
    {
        Row[] firstOf = [.. parts.Select(p => new Row(p.Weight, problem.PanelSize))];
        Dictionary<Group, List<(int Part, int Seats)>> uses = [];
        for (int p = 0; p < firstOf.Length; p++)
        {
            firstOf[p].Next = p + 1 < firstOf.Length ? firstOf[p + 1] : null;
            foreach ((Group group, int seats) in parts[p].Seats)
            {
                ref List<(int Part, int Seats)>? use = ref CollectionsMarshal.GetValueRefOrAddDefault(uses, group, out _);
                (use ??= []).Add((p, seats));
            }
        }

        int rows = firstOf.Length;
        foreach ((Group group, int[] members) in people)
        {
            List<Row> sharing = [];
            foreach ((int part, int seats) in uses.GetValueOrDefault(group, []))
            {
                Row? end = part + 1 < firstOf.Length ? firstOf[part + 1] : null;
                for (Row? row = firstOf[part]; row != end; row = row.Next)
                {
                    row!.Open = seats;
                    sharing.Add(row);
                }
            }

            rows += Share(sharing, members, maxRows - rows);
            if (rows > maxRows)
            {
                return null;
            }
        }

        WeightedPanel[] table = new WeightedPanel[rows];
        Row? next = firstOf.Length > 0 ? firstOf[0] : null;
        for (int r = 0; r < rows; r++, next = next.Next)
        {
            table[r] = new WeightedPanel(new Panel(problem, next!.SortedMembers()), next.Weight);
        }

        return new PanelTable(problem, table);
    }

    /// <summary>Seats the people who share seats in some rows, and tells how many rows that added: at most one more than wanted.</summary>
    private static int Share(List<Row> rows, int[] members, int maxAdded)
    {
        Int128 left = 0;
        int most = 0;
        foreach (Row row in rows)
        {
            left += (Int128)row.Weight * row.Open;
            most = Math.Max(most, row.Open);
        }

        int before = rows.Count;
        int firstOpen = 0;
        for (int m = 0; m < members.Length && left > 0 && rows.Count - before <= maxAdded; m++)
        {
            int sharers = members.Length - m;
            long share = (long)(left / sharers);
            left -= share;
            if (sharers <= most)
            {
                foreach (Row row in rows.Where(row => row.Open == sharers))
                {
                    row.Seat(members[m]);
                    share -= row.Weight;
                }
            }

            while (firstOpen < rows.Count && rows[firstOpen].Open == 0)
            {
                firstOpen++;
            }

            for (int r = firstOpen; r < rows.Count && share > 0; r++)
            {
                Row row = rows[r];
                if (row.Open == 0 || row.HasJustSeated(members[m]))
                {
                    continue;
                }

                if (row.Weight > share)
                {
                    rows.Insert(r + 1, row.CutOff(row.Weight - share));
                }

                row.Seat(members[m]);
                share -= row.Weight;
            }
        }

        return rows.Count - before;
    }

    /// <summary>People who share seats: a type (household 0), or a type's members in one household of its class.</summary>
    private readonly record struct Group(int Type, int Household);

    /// <summary>A stretch of time in which the same seats are taken.</summary>
    private readonly record struct Part(long Weight, Dictionary<Group, int> Seats);

    /// <summary>A list of people in the making, linked to the one after it.</summary>
    private sealed class Row(long weight, int panelSize)
    {
        private int[] _members = new int[panelSize];
        private int _count;

        public long Weight { get; private set; } = weight;

        public Row? Next { get; set; }

        /// <summary>The seats not yet taken of the group whose turn it is.</summary>
        public int Open { get; set; }

        public bool HasJustSeated(int person) => _count > 0 && _members[_count - 1] == person;

        public void Seat(int person)
        {
            Open--;
            _members[_count++] = person;
        }

        /// <summary>Ends this row earlier by a weight, and puts a row of that weight with the same members and open seats after it.</summary>
        public Row CutOff(long weight)
        {
            Row rest = new(weight, 0) { _members = [.. _members], _count = _count, Open = Open, Next = Next };
            Weight -= weight;
            Next = rest;
            return rest;
        }

        public int[] SortedMembers()
        {
            Array.Sort(_members);
            return _members;
        }
    }
}
