using Sortition.Core.Problems;

namespace Sortition.Core.Feasibility;

/// <summary>The answer of the feasibility check.</summary>
/// <param name="Reasons">If no panel exists, why: every simple reason that applies, or else one conflict. Empty if there is a panel.</param>
/// <param name="Uncovered">
/// If there is a panel, the people who are on none all the same, each with the reason, in the order of the pool. Empty otherwise.
/// </param>
public sealed record FeasibilityReport(IReadOnlyList<InfeasibilityReason> Reasons, IReadOnlyList<UnselectablePerson> Uncovered)
{
    /// <summary>Whether there is a panel.</summary>
    public bool IsFeasible => Reasons.Count == 0;
}
