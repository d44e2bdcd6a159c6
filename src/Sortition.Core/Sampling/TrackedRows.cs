namespace Sortition.Core.Sampling;

/// <summary>Which rows a table of seats keeps count of, and the steps in which it does so.</summary>
/// <remarks>
/// Steps go through one group of rows value by value, so that each counter of that group is needed for a short while only. Households, where they are kept,
/// come first, and their members are in no other step.
/// </remarks>
internal sealed class TrackedRows
{
    private TrackedRows(PanelSpace space, int[] groups, bool withHouseholds, SeatKind[] kinds, int[] rows, SeatStep[] steps)
    {
        Space = space;
        Groups = groups;
        WithHouseholds = withHouseholds;
        Kinds = kinds;
        Rows = rows;
        Steps = steps;
        int[] slotOf = SlotOf(space, rows);
        Untracked = [.. Enumerable.Range(0, space.Groups.Length).Except(groups)];
        Min = [space.Seats, .. rows.Select(r => space.Rows[r].Min)];
        Max = [space.Seats, .. rows.Select(r => space.Rows[r].Max)];
        SlotGroups = [.. groups.Select(g => space.Groups[g].Select(r => slotOf[r]).ToArray())];
        Supply = SupplyAfter();
        SupplyOfOthers = SupplyOfOthersAfter();
        Closing = LastSteps();
    }

    public PanelSpace Space { get; }

    /// <summary>The groups kept, as indices into <see cref="PanelSpace.Groups"/>; the first is gone through value by value.</summary>
    public int[] Groups { get; }

    /// <summary>The other groups.</summary>
    public int[] Untracked { get; }

    /// <summary>Whether households are kept; otherwise they are in nobody's way.</summary>
    public bool WithHouseholds { get; }

    /// <summary>The kinds of people, which the steps and weights are about. With households, those in one are of kinds of their own.</summary>
    public SeatKind[] Kinds { get; }

    /// <summary>Counter s + 1 counts row <see cref="Rows"/>[s]; counter 0 counts all open seats.</summary>
    public int[] Rows { get; }

    public SeatStep[] Steps { get; }

    public int[] Min { get; }

    public int[] Max { get; }

    /// <summary>The counters of each of <see cref="Groups"/>.</summary>
    public int[][] SlotGroups { get; }

    /// <summary>Entry i, s: how much step i and those after it can add to counter s at most.</summary>
    public int[][] Supply { get; }

    /// <summary>Entry i, g: how many people whom no row of group g counts step i and those after it can seat at most.</summary>
    public int[][] SupplyOfOthers { get; }

    /// <summary>Entry i: the counters that no step after i raises.</summary>
    public int[][] Closing { get; }

    /// <summary>Whether everything is kept, so that each way through the table is a panel.</summary>
    public bool IsComplete => Untracked.Length == 0 && (WithHouseholds || Space.Households.Length == 0);

    /// <summary>The steps for some groups of rows; null if a household has too many choices.</summary>
    public static TrackedRows? Of(PanelSpace space, int[] groups, bool withHouseholds)
    {
        int[] rows = [.. groups.SelectMany(g => space.Groups[g])];
        int[] slotOf = SlotOf(space, rows);
        List<SeatKind> kinds = [];
        List<SeatStep> steps = [];
        for (int h = 0; withHouseholds && h < space.Households.Length; h++)
        {
            SeatKind[] members = space.KindsInside[h];
            if (HouseholdSteps.Of(members, space.Households[h].Limit, kinds.Count, slotOf) is not HouseholdStep step)
            {
                return null;
            }

            steps.Add(step);
            kinds.AddRange(members);
        }

        int first = kinds.Count;
        kinds.AddRange(withHouseholds ? space.KindsOutside : space.Kinds);
        steps.AddRange(Cells(space, kinds, first, groups, slotOf));
        return new TrackedRows(space, groups, withHouseholds, [.. kinds], rows, [.. steps]);
    }

    private static int[] SlotOf(PanelSpace space, int[] rows)
    {
        int[] slotOf = new int[space.Rows.Length];
        for (int s = 0; s < rows.Length; s++)
        {
            slotOf[rows[s]] = s + 1;
        }

        return slotOf;
    }

    private static IEnumerable<CellStep> Cells(PanelSpace space, List<SeatKind> kinds, int first, int[] groups, int[] slotOf)
    {
        // Whoever is in no row of a group comes last there.
        int[] Places(int kind) =>
        [
            .. groups.Select(g => Array.FindIndex(space.Groups[g], r => Array.IndexOf(kinds[kind].Rows, r) >= 0)).Select(p => p < 0 ? int.MaxValue : p),
        ];

        (int[] Places, int Kind)[] sorted = [.. Enumerable.Range(first, kinds.Count - first).Select(k => (Places(k), k))];
        Array.Sort(sorted, (a, b) => a.Places.AsSpan().SequenceCompareTo(b.Places) is not 0 and int c ? c : a.Kind.CompareTo(b.Kind));
        for (int at = 0; at < sorted.Length;)
        {
            int end = at + 1;
            while (end < sorted.Length && sorted[end].Places.AsSpan().SequenceEqual(sorted[at].Places))
            {
                end++;
            }

            int[] members = [.. sorted[at..end].Select(p => p.Kind)];
            int[] slots = [0, .. kinds[members[0]].Rows.Select(r => slotOf[r]).Where(s => s > 0).Order()];
            int[] people = [.. members.Select(k => kinds[k].Members.Length)];
            int most = kinds[members[0]].Rows.Where(r => slotOf[r] > 0).Select(r => space.Rows[r].Max).Append(space.Seats).Append(people.Sum()).Min();
            yield return new CellStep(slots, people, most)
            {
                Kinds = members,
                Options = [.. Enumerable.Range(0, most + 1).Select(c => Enumerable.Repeat(c, slots.Length).ToArray())],
            };
            at = end;
        }
    }

    private int[][] SupplyAfter()
    {
        int[][] supply = new int[Steps.Length + 1][];
        supply[^1] = new int[Min.Length];
        for (int i = Steps.Length - 1; i >= 0; i--)
        {
            supply[i] = [.. supply[i + 1]];
            for (int a = 0; a < Steps[i].Slots.Length; a++)
            {
                supply[i][Steps[i].Slots[a]] += Steps[i].Options.Max(o => o[a]);
            }
        }

        return supply;
    }

    private int[][] SupplyOfOthersAfter()
    {
        int[][] supply = new int[Steps.Length + 1][];
        supply[^1] = new int[SlotGroups.Length];
        for (int i = Steps.Length - 1; i >= 0; i--)
        {
            SeatStep step = Steps[i];
            supply[i] = [.. supply[i + 1]];
            for (int g = 0; g < SlotGroups.Length; g++)
            {
                int[] places = [.. Enumerable.Range(1, step.Slots.Length - 1).Where(a => Array.IndexOf(SlotGroups[g], step.Slots[a]) >= 0)];
                supply[i][g] += step.Options.Max(o => o[0] - places.Sum(a => o[a]));
            }
        }

        return supply;
    }

    private int[][] LastSteps()
    {
        List<int>[] closing = [.. Steps.Select(_ => new List<int>())];
        for (int s = 1; s < Min.Length; s++)
        {
            int last = Array.FindLastIndex(Steps, step => Array.IndexOf(step.Slots, s) >= 0);
            if (last >= 0)
            {
                closing[last].Add(s);
            }
        }

        return [.. closing.Select(c => c.ToArray())];
    }
}

/// <summary>The choices a household has.</summary>
internal static class HouseholdSteps
{
    private const int MaxChoices = 1000;

    /// <summary>A step for one household; null if there are too many choices.</summary>
    /// <param name="kinds">Its members by kind.</param>
    /// <param name="limit">How many may have a seat.</param>
    /// <param name="firstKind">The index of the first kind.</param>
    /// <param name="slotOf">The counter of each row, or 0.</param>
    public static HouseholdStep? Of(SeatKind[] kinds, int limit, int firstKind, int[] slotOf)
    {
        int[] people = [.. kinds.Select(k => k.Members.Length)];
        List<int[]> choices = [new int[people.Length]];
        for (int j = 0; j < people.Length && choices.Count <= MaxChoices; j++)
        {
            foreach (int[] choice in choices.ToArray())
            {
                for (int d = 1; d <= people[j] && choice.Sum() + d <= limit; d++)
                {
                    int[] more = [.. choice];
                    more[j] = d;
                    choices.Add(more);
                }
            }
        }

        if (choices.Count > MaxChoices)
        {
            return null;
        }

        int[] slots = [0, .. kinds.SelectMany(k => k.Rows).Select(r => slotOf[r]).Where(s => s > 0).Distinct().Order()];
        int[][] kindsOfSlot = [.. slots.Select(s => Enumerable.Range(0, kinds.Length).Where(j => s == 0 || kinds[j].Rows.Any(r => slotOf[r] == s)).ToArray())];
        return new HouseholdStep(slots, people, [.. choices])
        {
            Kinds = [.. Enumerable.Range(firstKind, kinds.Length)],
            Options = [.. choices.Select(c => kindsOfSlot.Select(js => js.Sum(j => c[j])).ToArray())],
        };
    }
}
