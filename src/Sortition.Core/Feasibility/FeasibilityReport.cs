namespace Sortition.Core.Feasibility;

/// <summary>Whether a panel exists.</summary>
public enum FeasibilityStatus
{
    /// <summary>At least one panel exists.</summary>
    Feasible,

    /// <summary>No panel exists; proven.</summary>
    Infeasible,

    /// <summary>A limit was reached before either was proven.</summary>
    Unknown,
}

/// <summary>The answer of the feasibility check.</summary>
/// <param name="Status">Whether a panel exists.</param>
/// <param name="Reasons">If infeasible, why: every simple reason that applies, or else one conflict. Empty otherwise.</param>
/// <param name="Uncovered">If feasible, the people who are on no panel all the same, each with the reason, in the order of the pool. Empty otherwise.</param>
public sealed record FeasibilityReport(FeasibilityStatus Status, IReadOnlyList<InfeasibilityReason> Reasons, IReadOnlyList<UncoveredPerson> Uncovered);
