using Sortition.Core.Problems;

namespace Sortition.Core.Algorithms;

/// <summary>The pool as the greedy draw sees it, prepared once for any number of draws. Immutable.</summary>
/// <remarks>
/// Cells are groups of people whom the draw treats alike: types, or, under a household limit, single people. Quotas stay in file order, which decides ties.
/// </remarks>
internal sealed class GreedyPool
{
    public GreedyPool(SelectionProblem problem)
    {
        PanelSize = problem.PanelSize;
        HouseholdLimit = problem.HouseholdLimit ?? int.MaxValue;
        TypeTable table = problem.TypeTable;
        int[] drawable = [.. Enumerable.Range(0, problem.People.Count).Where(i => table.TypeOf[i] >= 0)];
        Members = problem.HouseholdLimit is null
            ? [.. table.Types.Select(t => t.Members.ToArray())]
            : [.. drawable.Select(i => new[] { i })];
        MustBeIn = [.. Enumerable.Range(0, Members.Length).Where(c => problem.People[Members[c][0]].Status == PersonStatus.MustBeIn)];
        HouseholdOf = [.. Members.Select(m => problem.HouseholdLimit is null ? -1 : problem.People[m[0]].Household ?? -1)];
        CellsOfHousehold = HouseholdOf.Select((household, cell) => (household, cell)).Where(p => p.household >= 0)
            .GroupBy(p => p.household, p => p.cell).ToDictionary(g => g.Key, g => g.ToArray());
        Min = [.. problem.Quotas.Select(q => q.Min)];
        Max = [.. problem.Quotas.Select(q => q.Max)];
        CellsOfQuota =
        [
            .. problem.Quotas.Select(q => Enumerable.Range(0, Members.Length).Where(c => problem.Matches(problem.People[Members[c][0]], q)).ToArray()),
        ];
        List<int>[] quotasOfCell = [.. Members.Select(_ => new List<int>())];
        for (int q = 0; q < CellsOfQuota.Length; q++)
        {
            foreach (int c in CellsOfQuota[q])
            {
                quotasOfCell[c].Add(q);
            }
        }

        QuotasOfCell = Array.ConvertAll(quotasOfCell, l => l.ToArray());

        // A group that may have no seat is full from the start.
        Remaining = [.. Members.Select((m, c) => QuotasOfCell[c].Any(q => Max[q] == 0) ? 0 : m.Length)];
        QuotaRemaining = [.. CellsOfQuota.Select(cells => cells.Sum(c => Remaining[c]))];
        TotalRemaining = Remaining.Sum();
    }

    public int PanelSize { get; }

    /// <summary>The most members of one household.</summary>
    public int HouseholdLimit { get; }

    /// <summary>The people of each cell.</summary>
    public int[][] Members { get; }

    /// <summary>Cells whose people are seated beforehand.</summary>
    public int[] MustBeIn { get; }

    /// <summary>How many people of each cell can be drawn at the start.</summary>
    public int[] Remaining { get; }

    /// <summary>How many people who match each quota can be drawn at the start.</summary>
    public int[] QuotaRemaining { get; }

    public int TotalRemaining { get; }

    /// <summary>The household of a cell, or -1.</summary>
    public int[] HouseholdOf { get; }

    public Dictionary<int, int[]> CellsOfHousehold { get; }

    public int[] Min { get; }

    public int[] Max { get; }

    public int[][] CellsOfQuota { get; }

    public int[][] QuotasOfCell { get; }
}
