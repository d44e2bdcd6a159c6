using Sortition.Core.Engine.Conflicts;
using Sortition.Core.Engine.Polytope;
using Sortition.Core.Engine.Proof;

namespace Sortition.Core.Feasibility;

/// <summary>Tells an irreducible conflict in its simplest terms, and what would end it.</summary>
internal sealed class ConflictReader(SelectionProblem problem, QuotaPolytope polytope, CancellationToken cancellationToken)
{
    private static readonly Constraint Size = new(ConstraintKind.PanelSize);
    private static readonly Constraint MustBeIn = new(ConstraintKind.MustBeIn);

    private readonly IReadOnlyList<InfeasibilityReason> _quick = QuickReasons.Of(problem);

    public Conflict Read(IReadOnlySet<Constraint> conflict)
    {
        IReadOnlyList<VolunteerProfile>? volunteers = new VolunteerProgram(problem, polytope, conflict).Solve(cancellationToken) is { } kinds
            ? [.. kinds.Select(k => new VolunteerProfile(k.Count, k.Has, k.HasNot))]
            : null;
        Quota[] minima = [.. conflict.Where(c => c.Kind == ConstraintKind.QuotaMinimum).Select(c => c.Quota!)];
        ConstraintChange[] remedies =
        [
            .. InOrder(conflict)
                .SelectMany(c => Remedies(conflict, c).Select(to => new ConstraintChange(c, NumberOf(c), to))),
        ];
        int excluded = problem.People.Count(p => p.Status == PersonStatus.MustBeOut && minima.Any(q => problem.Matches(p, q)));
        return new Conflict(Reason(conflict), remedies, volunteers, excluded);
    }

    private int NumberOf(Constraint constraint) => constraint.Kind switch
    {
        ConstraintKind.QuotaMinimum => constraint.Quota!.Min,
        ConstraintKind.QuotaMaximum => constraint.Quota!.Max,
        _ => problem.PanelSize,
    };

    /// <summary>
    /// Counting shows a conflict if it names these constraints, or some that hold no matter what beside them: minima of 0, and maxima above what the pool has.
    /// </summary>
    private InfeasibilityReason Reason(IReadOnlySet<Constraint> conflict)
    {
        InfeasibilityReason? quick = _quick.FirstOrDefault(
            r => conflict.IsSubsetOf(r.Constraints) && r.Constraints.All(c => conflict.Contains(c) || IsIdle(c)));
        if (quick is not null)
        {
            return new InfeasibilityReason(quick.Code, [.. quick.Constraints.Where(conflict.Contains)], quick.Available, quick.Required);
        }

        return new InfeasibilityReason(InfeasibilityCode.Conflict, [.. InOrder(conflict)], 0, 0);
    }

    private bool IsIdle(Constraint constraint) => constraint.Kind == ConstraintKind.QuotaMaximum
        && polytope.Rows.Single(r => constraint.Equals(r.MaxReason)) is PolytopeRow row && row.Types.Sum(t => (long)polytope.Upper[t]) <= row.Max;

    /// <summary>
    /// The numbers nearest to what a constraint says that the others allow: of the panel size, which gives way to both sides, up to two, the nearer first; none
    /// where there is none, or where the constraint has no number of its own.
    /// </summary>
    private int[] Remedies(IReadOnlySet<Constraint> conflict, Constraint constraint)
    {
        HashSet<Constraint> others = [.. conflict.Where(c => !c.Equals(constraint))];
        switch (constraint.Kind)
        {
            case ConstraintKind.QuotaMinimum:
                return [.. Nearest(Row(r => r.MinReason), 1)];
            case ConstraintKind.QuotaMaximum:
                return [.. Nearest(Row(r => r.MaxReason), -1)];
            case ConstraintKind.PanelSize:
                int k = problem.PanelSize;
                PolytopeRow sizes = polytope.Rows[0];
                return [.. Nearest(sizes, 1, k).Concat(Nearest(sizes, -1, k)).Where(size => size > 0).OrderBy(size => Math.Abs(size - k))];
            default:
                return [];
        }

        PolytopeRow Row(Func<PolytopeRow, Constraint> reason) => polytope.Rows.Single(r => constraint.Equals(reason(r)));

        // The most seats of a row, or with a sign of -1 the fewest; if it is to be on one side of a number, the nearest there.
        IEnumerable<int> Nearest(PolytopeRow row, long sign, int? to = null)
        {
            long[] weights = new long[polytope.TypeCount];
            foreach (int t in row.Types)
            {
                weights[t] = sign;
            }

            ExactJudge.Verdict verdict = ExactJudge.HeaviestPanel(polytope, weights, others, null, cancellationToken, below: sign * to);
            return verdict.Panel is null ? [] : [(int)(sign * verdict.Weight)];
        }
    }

    /// <summary>Must be in, the size, minima, maxima, households; quotas as the problem has them.</summary>
    private IEnumerable<Constraint> InOrder(IReadOnlySet<Constraint> conflict) =>
    [
        .. new[] { MustBeIn, Size }.Where(conflict.Contains),
        .. problem.Quotas.Select(q => new Constraint(ConstraintKind.QuotaMinimum, q)).Where(conflict.Contains),
        .. problem.Quotas.Select(q => new Constraint(ConstraintKind.QuotaMaximum, q)).Where(conflict.Contains),
        .. conflict.Where(c => c.Kind == ConstraintKind.HouseholdLimit),
    ];
}
