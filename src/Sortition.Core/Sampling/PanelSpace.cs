namespace Sortition.Core.Sampling;

/// <summary>All panels of a problem, in the terms in which they are counted: open seats, what each quota still asks for, and kinds of people.</summary>
/// <remarks>
/// Whoever must be in is seated beforehand, and quotas and households have so much less room. Quotas are tightened by each other where one feature says so:
/// that removes no panel. Quotas that cannot be broken then are left out. Immutable.
/// </remarks>
internal sealed class PanelSpace
{
    private readonly int?[] _householdOf;

    public PanelSpace(SelectionProblem problem)
    {
        Problem = problem;
        IReadOnlyList<Person> people = problem.People;
        Seated = [.. Enumerable.Range(0, people.Count).Where(i => people[i].Status == PersonStatus.MustBeIn)];
        Seats = problem.PanelSize - Seated.Length;
        bool[] isOpen = [.. people.Select(p => p.Status == PersonStatus.Free)];
        _householdOf = [.. people.Select(p => problem.HouseholdLimit is null ? null : p.Household)];
        Dictionary<int, int> room = RoomOfHouseholds(isOpen);
        List<SeatRow> rows = StatedRows();
        IsEmpty = Seats < 0 || room.Values.Any(r => r < 0) || !Tighten(rows, isOpen);
        List<SeatRow> kept = IsEmpty ? [] : [.. rows.Where(r => !r.IsIdle(Seats, isOpen.Count(o => o)))];
        Rows = [.. kept];
        Groups = [.. kept.Select((row, r) => (row, r)).GroupBy(p => p.row.Group).OrderBy(g => g.Key).Select(g => g.Select(p => p.r).ToArray())];
        int[] free = [.. Enumerable.Range(0, people.Count).Where(i => isOpen[i] && !IsEmpty)];
        RowsOfPerson = RowsByPerson(kept, people.Count);
        Households = [.. free.Where(i => _householdOf[i] is not null).GroupBy(i => _householdOf[i]!.Value).OrderBy(g => g.Key)
            .Where(g => g.Count() > room[g.Key]).Select(g => new SeatHousehold([.. g], room[g.Key]))];
        Kinds = KindsOf(free);
        HashSet<int> housed = [.. Households.SelectMany(h => h.Members)];
        KindsOutside = Households.Length == 0 ? Kinds : KindsOf(free.Where(i => !housed.Contains(i)));
        KindsInside = [.. Households.Select(h => KindsOf(h.Members))];
    }

    public SelectionProblem Problem { get; }

    /// <summary>Whoever must be in, ascending.</summary>
    public int[] Seated { get; }

    /// <summary>The seats left for others.</summary>
    public int Seats { get; }

    /// <summary>Whether plain counting shows that there is no panel. There may be none all the same.</summary>
    public bool IsEmpty { get; }

    /// <summary>What quotas ask of the open seats.</summary>
    public SeatRow[] Rows { get; }

    /// <summary>Rows that are about the same features, so that nobody counts towards two of a group.</summary>
    public int[][] Groups { get; }

    /// <summary>People who can have an open seat, by the rows that count them.</summary>
    public SeatKind[] Kinds { get; }

    /// <summary>Households with more people who can have a seat than may have one.</summary>
    public SeatHousehold[] Households { get; }

    /// <summary>The kinds of people who are in none of <see cref="Households"/>.</summary>
    public SeatKind[] KindsOutside { get; }

    /// <summary>The kinds of people within each of <see cref="Households"/>.</summary>
    public SeatKind[][] KindsInside { get; }

    /// <summary>Entry i: the rows that count person i, ascending.</summary>
    public int[][] RowsOfPerson { get; }

    /// <summary>How many people who can have a seat are in no row of a group.</summary>
    public int OthersOf(int group) => Kinds.Where(k => !k.Rows.Any(r => Array.IndexOf(Groups[group], r) >= 0)).Sum(k => k.Members.Length);

    /// <summary>People by the rows that count them, in the order of their first members.</summary>
    private SeatKind[] KindsOf(IEnumerable<int> people) =>
    [
        .. people.GroupBy(i => string.Join(',', RowsOfPerson[i]), StringComparer.Ordinal).Select(g => new SeatKind(RowsOfPerson[g.First()], [.. g]))
    ];

    /// <summary>How many more of each household may be seated; people of households that are full are closed.</summary>
    private Dictionary<int, int> RoomOfHouseholds(bool[] isOpen)
    {
        Dictionary<int, int> room = [];
        if (Problem.HouseholdLimit is not int limit)
        {
            return room;
        }

        foreach (int household in _householdOf.OfType<int>().Distinct())
        {
            room.Add(household, limit);
        }

        foreach (int i in Seated.Where(i => _householdOf[i] is not null))
        {
            room[_householdOf[i]!.Value]--;
        }

        for (int i = 0; i < isOpen.Length; i++)
        {
            isOpen[i] &= _householdOf[i] is not int household || room[household] > 0;
        }

        return room;
    }

    /// <summary>The quotas in the order of their names, less those seated.</summary>
    private List<SeatRow> StatedRows()
    {
        int[] seated = new int[Problem.Quotas.Count];
        foreach (int i in Seated)
        {
            foreach (int q in Problem.QuotasOf[i])
            {
                seated[q]++;
            }
        }

        string[] features = [.. Problem.Quotas.Select(q => string.Join('\n', q.Condition.Select(t => t.Feature).Order(StringComparer.Ordinal)))];
        string[] groups = [.. features.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return
        [
            .. Enumerable.Range(0, seated.Length)
                .OrderBy(q => features[q], StringComparer.Ordinal).ThenBy(q => Problem.Quotas[q].ValueLabel, StringComparer.Ordinal)
                .Select(q => new SeatRow(q, Array.IndexOf(groups, features[q]), Problem.Quotas[q].Min - seated[q], Problem.Quotas[q].Max - seated[q])),
        ];
    }

    private int[][] RowsByPerson(List<SeatRow> rows, int people)
    {
        int[] rowOf = new int[Problem.Quotas.Count];
        Array.Fill(rowOf, -1);
        for (int r = 0; r < rows.Count; r++)
        {
            rowOf[rows[r].Quota] = r;
        }

        return [.. Enumerable.Range(0, people).Select(i => Problem.QuotasOf[i].Select(q => rowOf[q]).Where(r => r >= 0).Order().ToArray())];
    }

    /// <summary>Draws the bounds together until nothing moves; people who can have no seat are closed.</summary>
    /// <returns>False if a row is left without any number.</returns>
    private bool Tighten(List<SeatRow> rows, bool[] isOpen)
    {
        bool moved = true;
        while (moved)
        {
            moved = false;
            Count(rows, isOpen);
            int open = isOpen.Count(o => o);
            foreach (IGrouping<int, SeatRow> group in rows.GroupBy(r => r.Group))
            {
                int others = open - group.Sum(r => r.Supply);
                foreach (SeatRow row in group)
                {
                    int min = Math.Max(Math.Max(row.Min, 0), Seats - others - group.Where(r => r != row).Sum(r => Math.Min(r.Max, r.Supply)));
                    int max = Math.Min(Math.Min(row.Max, row.Supply), Seats - group.Where(r => r != row).Sum(r => Math.Max(r.Min, 0)));
                    if (min > max)
                    {
                        return false;
                    }

                    moved |= min != row.Min || max != row.Max;
                    (row.Min, row.Max) = (min, max);
                }
            }

            moved |= Close(rows, isOpen);
        }

        return isOpen.Count(o => o) >= Seats;
    }

    private void Count(List<SeatRow> rows, bool[] isOpen)
    {
        int[] supply = new int[Problem.Quotas.Count];
        for (int i = 0; i < isOpen.Length; i++)
        {
            foreach (int q in isOpen[i] ? Problem.QuotasOf[i] : [])
            {
                supply[q]++;
            }
        }

        rows.ForEach(r => r.Supply = supply[r.Quota]);
    }

    private bool Close(List<SeatRow> rows, bool[] isOpen)
    {
        HashSet<int> full = [.. rows.Where(r => r is { Max: 0, Supply: > 0 }).Select(r => r.Quota)];
        for (int i = 0; i < isOpen.Length && full.Count > 0; i++)
        {
            isOpen[i] &= !Problem.QuotasOf[i].Any(full.Contains);
        }

        return full.Count > 0;
    }
}

/// <summary>What a quota asks of the open seats.</summary>
internal sealed class SeatRow(int quota, int group, int min, int max)
{
    /// <summary>Index into <see cref="SelectionProblem.Quotas"/>.</summary>
    public int Quota => quota;

    /// <summary>Rows about the same features have the same number.</summary>
    public int Group => group;

    public int Min { get; set; } = min;

    public int Max { get; set; } = max;

    /// <summary>How many people who can have an open seat it counts.</summary>
    public int Supply { get; set; }

    /// <summary>Whether no choice of people could break it.</summary>
    public bool IsIdle(int seats, int people) => Max >= Math.Min(Supply, seats) && Min <= Math.Max(0, seats - (people - Supply));
}

/// <summary>People whom the same rows count.</summary>
/// <param name="Rows">The rows, ascending.</param>
/// <param name="Members">Indices of people, ascending.</param>
internal sealed record SeatKind(int[] Rows, int[] Members);

/// <summary>A household of which not all can be seated.</summary>
/// <param name="Members">Indices of people, ascending.</param>
/// <param name="Limit">How many may have an open seat, 1 or more.</param>
internal sealed record SeatHousehold(int[] Members, int Limit);
