using Sortition.Core.Problems;

namespace Sortition.Core.Feasibility;

/// <summary>The ways out where quotas cannot be met.</summary>
/// <param name="Alternatives">
/// The cheapest first. In each, no change could be smaller without another being larger; and no two change the same bounds, or one only some of those that the
/// other changes. A problem that has a panel has one alternative: to change nothing. Empty if nothing that may give is enough.
/// </param>
/// <param name="IsExhaustive">Whether there are no others of that kind; proven. If false, there may be more.</param>
/// <param name="Loosest">If there are no alternatives, the problem with every bound as loose as it may be; null otherwise.</param>
/// <param name="Obstacles">If there are no alternatives, what clashes in <see cref="Loosest"/> all the same; null otherwise.</param>
public sealed record RelaxationReport(IReadOnlyList<Relaxation> Alternatives, bool IsExhaustive, SelectionProblem? Loosest, Diagnosis? Obstacles);

/// <summary>Changes of quotas with which there is a panel.</summary>
/// <param name="Changes">The changes, in the order of the quotas, a minimum before its maximum.</param>
/// <param name="Cost">What they cost together; 0 for no changes.</param>
/// <param name="Problem">The problem with the changes made.</param>
public sealed record Relaxation(IReadOnlyList<QuotaChange> Changes, double Cost, SelectionProblem Problem);

/// <summary>A change of one bound of a quota.</summary>
/// <param name="Constraint">The minimum or maximum as it was.</param>
/// <param name="To">What it becomes.</param>
public sealed record QuotaChange(Constraint Constraint, int To)
{
    /// <summary>The quota as it was.</summary>
    public Quota Quota => Constraint.Quota!;

    /// <summary>Whether the minimum is lowered; otherwise the maximum is raised.</summary>
    public bool IsMinimum => Constraint.Kind == ConstraintKind.QuotaMinimum;

    /// <summary>What the bound was.</summary>
    public int From => IsMinimum ? Quota.Min : Quota.Max;

    /// <summary>By how many seats it gives.</summary>
    public int Seats => Math.Abs(To - From);
}
