using Sortition.Core.Engine.Polytope;
using Sortition.Core.Engine.Proof;
using Sortition.Core.Engine.Search;

namespace Sortition.Core.Engine.Conflicts;

/// <summary>Finds constraints that cannot all be met together, when no panel exists or none with a certain type.</summary>
/// <remarks>
/// The infeasible leaves of a branch-and-bound tree name the constraints that closed them; together they are a conflict. Constraints that turn out not to be
/// needed are then left out one by one. The exact judge confirms what remains.
/// </remarks>
internal sealed class ConflictFinder(QuotaPolytope polytope, CancellationToken cancellationToken)
{
    private const long NodeLimit = 2_000;

    private readonly List<bool[]> _known = [];
    private readonly double[] _weights = PanelSearch.UnlikeWeights(polytope.TypeCount);
    private readonly Constraint[] _all =
    [
        .. polytope.Rows.Concat(polytope.HouseholdRows)
            .SelectMany(row => new[] { row.MinReason, row.MaxReason })
            .Append(new Constraint(ConstraintKind.MustBeIn))
            .Distinct(),
    ];

    /// <summary>A conflict, given that there is one.</summary>
    /// <param name="type">A type that must have a seat; null if none must.</param>
    /// <returns>Constraints that cannot all be met (with a seat for that type), in the order of the polytope's rows.</returns>
    public IReadOnlyList<Constraint> Find(int? type)
    {
        bool[] conflict = _known.Find(known => ConflictWithin(known, type) is not null) ?? FindNew(type);
        return [.. _all.Where((_, i) => conflict[i])];
    }

    private bool[] FindNew(int? type)
    {
        bool[] all = [.. _all.Select(_ => true)];
        bool[] conflict = ConflictEnumerator.Shrink(ConflictWithin(all, type) ?? all, rest => ConflictWithin(rest, type));
        if (!ExactJudge.IsEmpty(polytope, Constraints(conflict), type is int t ? [t] : null, cancellationToken))
        {
            conflict = all;
        }

        _known.Add(conflict);
        return conflict;
    }

    private bool[]? ConflictWithin(bool[] set, int? type)
    {
        PanelSearch search = new(polytope, Constraints(set));
        if (type is int t)
        {
            search.RestrictType(t, 1, polytope.Upper[t]);
        }

        int[]? panel = search.Search(_weights, double.NegativeInfinity, firstOnly: true, NodeLimit, null, cancellationToken);
        return panel is null && !search.GaveUp ? Array.ConvertAll(_all, search.Conflict.Contains) : null;
    }

    private HashSet<Constraint> Constraints(bool[] set) => [.. _all.Where((_, i) => set[i])];
}
