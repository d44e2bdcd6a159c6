using Sortition.Core.Problems;

namespace Sortition.Core.Feasibility;

/// <summary>The answer of the feasibility check.</summary>
public sealed class FeasibilityReport
{
    internal FeasibilityReport(IReadOnlyList<InfeasibilityReason> reasons, IReadOnlyList<UnselectablePerson> uncovered)
    {
        Reasons = reasons;
        Uncovered = uncovered;
    }

    /// <summary>If no panel exists, why: every simple reason that applies, or else one conflict. Empty if there is a panel.</summary>
    public IReadOnlyList<InfeasibilityReason> Reasons { get; }

    /// <summary>
    /// If there is a panel, the people who are on none all the same, each with the reason, in the order of the pool. Empty otherwise.
    /// </summary>
    public IReadOnlyList<UnselectablePerson> Uncovered { get; }

    /// <summary>Whether there is a panel.</summary>
    public bool IsFeasible => Reasons.Count == 0;
}
