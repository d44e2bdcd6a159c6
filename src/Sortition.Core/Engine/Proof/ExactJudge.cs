using Google.OrTools.Sat;
using Sortition.Core.Engine.OrTools;
using Sortition.Core.Engine.Polytope;

namespace Sortition.Core.Engine.Proof;

/// <summary>
/// The independent judge behind certificates and verdicts of infeasibility: OR-Tools' CP-SAT, which computes in whole numbers without tolerances.
/// </summary>
internal static class ExactJudge
{
    /// <summary>Name and version, as certificates cite the solver.</summary>
    public static string SolverName { get; } = "OR-Tools CP-SAT " + typeof(CpSolver).Assembly.GetName().Version!.ToString(3);

    /// <summary>What the judge found.</summary>
    /// <param name="Panel">The heaviest panel, as seats by type; null if there is none.</param>
    /// <param name="Weight">Its weight.</param>
    public sealed record Verdict(int[]? Panel, long Weight);

    /// <summary>Finds the heaviest panel and proves it so.</summary>
    /// <param name="polytope">The panels.</param>
    /// <param name="weights">A weight for each type.</param>
    /// <param name="only">The constraints that count; null for all.</param>
    /// <param name="oneOf">If not null, the panel must seat somebody of one of these types.</param>
    /// <param name="cancellationToken">Stops the solve.</param>
    /// <param name="above">If not null, only panels heavier than this count.</param>
    /// <param name="below">If not null, only panels lighter than this count.</param>
    /// <returns>The verdict; proven.</returns>
    public static Verdict HeaviestPanel(
        QuotaPolytope polytope,
        long[] weights,
        IReadOnlySet<Constraint>? only,
        IReadOnlyCollection<int>? oneOf,
        CancellationToken cancellationToken,
        long? above = null,
        long? below = null)
    {
        CpModel model = new();
        bool withMustBeIn = Counts(new Constraint(ConstraintKind.MustBeIn));
        IntVar[] seats = [.. Enumerable.Range(0, polytope.TypeCount).Select(t => model.NewIntVar(Least(t), Math.Max(Least(t), Most(t)), ""))];
        foreach (PolytopeRow row in polytope.Rows)
        {
            Add(row.Types, Counts(row.MinReason) ? row.Min : 0, Counts(row.MaxReason) ? row.Max : int.MaxValue);
        }

        if (Counts(new Constraint(ConstraintKind.HouseholdLimit)))
        {
            foreach (PolytopeRow row in polytope.HouseholdRows)
            {
                Add(row.Types, 0, row.Max);
            }
        }

        if (oneOf is not null)
        {
            Add(oneOf, 1, int.MaxValue);
        }

        if (above is long floor)
        {
            model.AddLinearConstraint(LinearExpr.WeightedSum(seats, weights), floor + 1, long.MaxValue);
        }

        if (below is long ceiling)
        {
            model.AddLinearConstraint(LinearExpr.WeightedSum(seats, weights), long.MinValue, ceiling - 1);
        }

        model.Maximize(LinearExpr.WeightedSum(seats, weights));

        if (WholeNumberSolver.Solve(model, seats, cancellationToken) is not long[] values)
        {
            return new Verdict(null, 0);
        }

        int[] panel = Array.ConvertAll(values, v => (int)v);
        long weight = 0;
        for (int t = 0; t < panel.Length; t++)
        {
            weight = checked(weight + weights[t] * panel[t]);
        }

        return new Verdict(panel, weight);

        int Least(int type) => withMustBeIn ? polytope.Lower[type] : 0;

        // Without presolve the solver does not see for itself that a large type can have no more seats than its quotas allow, and searches for ever.
        int Most(int type) =>
            polytope.RowsOf[type]
                .Select(r => polytope.Rows[r])
                .Where(row => Counts(row.MaxReason))
                .Aggregate(polytope.Upper[type], (most, row) => Math.Min(most, row.Max));

        bool Counts(Constraint constraint) => only is null || only.Contains(constraint);

        void Add(IReadOnlyCollection<int> types, int min, int max) => model.AddLinearConstraint(LinearExpr.Sum(types.Select(t => seats[t])), min, max);
    }

    /// <summary>Whether there is no panel at all; proven.</summary>
    public static bool IsEmpty(QuotaPolytope polytope, IReadOnlySet<Constraint>? only, IReadOnlyCollection<int>? oneOf, CancellationToken cancellationToken) =>
        HeaviestPanel(polytope, new long[polytope.TypeCount], only, oneOf, cancellationToken).Panel is null;
}
