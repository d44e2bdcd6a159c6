namespace Sortition.Core.Feasibility;

/// <summary>What clashes where the quotas cannot be met, and what would help.</summary>
/// <remarks>
/// Exact: that constraints clash is confirmed in whole-number arithmetic, and that no smaller set of them does is shown by counting. Repeatable: nothing
/// depends on the clock. Immutable and safe to read from any thread.
/// </remarks>
public sealed class Diagnosis
{
    internal Diagnosis(IReadOnlyList<Conflict> conflicts, bool areAll)
    {
        Conflicts = conflicts;
        IsExhaustive = areAll;
    }

    /// <summary>
    /// Irreducible conflicts: leave out any one constraint of a conflict, and the rest of it can be met. The same constraint may be part of several. Empty if
    /// there is a panel.
    /// </summary>
    /// <remarks>To have a panel, something of every conflict must give.</remarks>
    public IReadOnlyList<Conflict> Conflicts { get; }

    /// <summary>Whether there are no other conflicts; proven. If false, there may be more.</summary>
    public bool IsExhaustive { get; }

    /// <summary>Whether there is a panel.</summary>
    public bool IsFeasible => Conflicts.Count == 0;
}
