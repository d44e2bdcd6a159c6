using Sortition.Core.Problems;

namespace Sortition.Core.Engine.Polytope;

/// <summary>
/// The panels by type: whole numbers x_t, Lower[t] ≤ x_t ≤ Upper[t], whose sums over the rows lie within the rows' bounds. All coefficients are 1.
/// </summary>
/// <remarks>The order of the rows depends on names only, not on the order in which quotas were given.</remarks>
internal sealed class QuotaPolytope
{
    private QuotaPolytope(int[] lower, int[] upper, List<PolytopeRow> rows, List<PolytopeRow> householdRows)
    {
        Lower = lower;
        Upper = upper;
        Rows = rows;
        HouseholdRows = householdRows;
        RowsOf = RowsByType(upper.Length, rows);
    }

    public int TypeCount => Upper.Length;

    public int[] Lower { get; }

    public int[] Upper { get; }

    /// <summary>The panel size first, then the quotas.</summary>
    public IReadOnlyList<PolytopeRow> Rows { get; }

    /// <summary>One row for each household class. They seldom bind, so solvers take them up only when they are broken.</summary>
    public IReadOnlyList<PolytopeRow> HouseholdRows { get; }

    /// <summary>Entry t: the indices into <see cref="Rows"/> of the rows that count type t.</summary>
    public int[][] RowsOf { get; }

    public static QuotaPolytope Of(SelectionProblem problem)
    {
        TypeTable table = problem.TypeTable;
        int[] upper = [.. table.Types.Select(t => t.Members.Count)];
        int[] lower = [.. table.Types.Select(t => t.Status == PersonStatus.MustBeIn ? t.Members.Count : 0)];
        int k = problem.PanelSize;
        Constraint size = new(ConstraintKind.PanelSize);
        List<PolytopeRow> rows = [new PolytopeRow([.. Enumerable.Range(0, upper.Length)], k, k, size, size)];
        foreach (Quota quota in problem.Quotas.OrderBy(q => q.FeatureLabel, StringComparer.Ordinal).ThenBy(q => q.ValueLabel, StringComparer.Ordinal))
        {
            int[] matching = [.. Enumerable.Range(0, upper.Length).Where(t => problem.Matches(problem.People[table.Types[t].Members[0]], quota))];
            Constraint minimum = new(ConstraintKind.QuotaMinimum, quota);
            Constraint maximum = new(ConstraintKind.QuotaMaximum, quota);
            rows.Add(new PolytopeRow(matching, quota.Min, quota.Max, minimum, maximum));
        }

        Constraint household = new(ConstraintKind.HouseholdLimit);
        List<PolytopeRow> householdRows = [.. table.Classes.Select(c => new PolytopeRow(c.Types, 0, c.TotalLimit, household, household))];
        return new QuotaPolytope(lower, upper, rows, householdRows);
    }

    /// <summary>Whether whole numbers obey every bound and row.</summary>
    public bool Contains(ReadOnlySpan<int> x)
    {
        for (int t = 0; t < x.Length; t++)
        {
            if (x[t] < Lower[t] || x[t] > Upper[t])
            {
                return false;
            }
        }

        foreach (PolytopeRow row in Rows)
        {
            if (!row.Holds(x))
            {
                return false;
            }
        }

        foreach (PolytopeRow row in HouseholdRows)
        {
            if (!row.Holds(x))
            {
                return false;
            }
        }

        return true;
    }

    private static int[][] RowsByType(int typeCount, List<PolytopeRow> rows)
    {
        List<int>[] lists = new List<int>[typeCount];
        for (int t = 0; t < typeCount; t++)
        {
            lists[t] = [];
        }

        for (int r = 0; r < rows.Count; r++)
        {
            foreach (int t in rows[r].Types)
            {
                lists[t].Add(r);
            }
        }

        return Array.ConvertAll(lists, l => l.ToArray());
    }
}

/// <summary>Bounds on how many members of some types a panel has.</summary>
/// <param name="Types">The types counted, ascending.</param>
/// <param name="Min">The fewest.</param>
/// <param name="Max">The most.</param>
/// <param name="MinReason">The constraint the minimum stands for.</param>
/// <param name="MaxReason">The constraint the maximum stands for.</param>
internal sealed record PolytopeRow(int[] Types, int Min, int Max, Constraint MinReason, Constraint MaxReason)
{
    public bool Holds(ReadOnlySpan<int> x)
    {
        long sum = Sum(x);
        return sum >= Min && sum <= Max;
    }

    /// <summary>How many members are of the row's types.</summary>
    public long Sum(ReadOnlySpan<int> x)
    {
        long sum = 0;
        foreach (int t in Types)
        {
            sum += x[t];
        }

        return sum;
    }
}
