using Sortition.Core.Engine.Polytope;
using Sortition.Core.Engine.Proof;
using Sortition.Core.Engine.Search;
using Sortition.Core.Problems;

namespace Sortition.Core.Engine.Conflicts;

/// <summary>Finds constraints that cannot all be met together, when no panel exists or none with a certain type.</summary>
/// <remarks>
/// The infeasible leaves of a branch-and-bound tree name the constraints that closed them; together they are a conflict. Constraints that turn out not to be needed are then
/// left out one by one. The exact judge confirms what remains.
/// </remarks>
internal sealed class ConflictFinder(QuotaPolytope polytope, CancellationToken cancellationToken)
{
    private const long NodeLimit = 2_000;

    private readonly List<IReadOnlySet<Constraint>> _known = [];
    private readonly double[] _weights = [.. Enumerable.Range(0, polytope.TypeCount).Select(t => 1 + (t * 7919L % 1009) / 1009.0)];

    /// <summary>A conflict, given that there is one.</summary>
    /// <param name="type">A type that must have a seat; null if none must.</param>
    /// <returns>Constraints that cannot all be met (with a seat for that type), in the order of the polytope's rows.</returns>
    public IReadOnlyList<Constraint> Find(int? type)
    {
        IReadOnlySet<Constraint> conflict = _known.FirstOrDefault(known => IsConflict(known, type, out _)) ?? FindNew(type);
        return [.. All().Where(conflict.Contains)];
    }

    private HashSet<Constraint> FindNew(int? type)
    {
        HashSet<Constraint> conflict = [.. All()];
        if (IsConflict(conflict, type, out IReadOnlySet<Constraint> smaller))
        {
            conflict = [.. smaller];
        }

        foreach (Constraint constraint in All().Where(conflict.Contains))
        {
            HashSet<Constraint> rest = [.. conflict.Where(c => c != constraint)];
            if (conflict.Contains(constraint) && IsConflict(rest, type, out smaller))
            {
                conflict = [.. smaller];
            }
        }

        if (!ExactJudge.IsEmpty(polytope, conflict, type is int t ? [t] : null, cancellationToken))
        {
            conflict = [.. All()];
        }

        _known.Add(conflict);
        return conflict;
    }

    private bool IsConflict(IReadOnlySet<Constraint> only, int? type, out IReadOnlySet<Constraint> smaller)
    {
        PanelSearch search = new(polytope, only);
        if (type is int t)
        {
            search.RestrictType(t, 1, polytope.Upper[t]);
        }

        int[]? panel = search.Search(_weights, double.NegativeInfinity, firstOnly: true, NodeLimit, null, cancellationToken);
        smaller = new HashSet<Constraint>(search.Conflict);
        return panel is null && !search.GaveUp;
    }

    private IEnumerable<Constraint> All() =>
        polytope.Rows.Concat(polytope.HouseholdRows)
            .SelectMany(row => new[] { row.MinReason, row.MaxReason })
            .Append(new Constraint(ConstraintKind.MustBeIn))
            .Distinct();
}
