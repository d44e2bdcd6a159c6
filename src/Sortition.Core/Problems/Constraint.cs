namespace Sortition.Core;

/// <summary>What a constraint is about.</summary>
public enum ConstraintKind
{
    /// <summary>The panel has exactly k members.</summary>
    PanelSize = 0,

    /// <summary>A quota's minimum.</summary>
    QuotaMinimum = 1,

    /// <summary>A quota's maximum.</summary>
    QuotaMaximum = 2,

    /// <summary>The most members of one household.</summary>
    HouseholdLimit = 3,

    /// <summary>Some people must be in.</summary>
    MustBeIn = 4,
}

/// <summary>One rule that a panel has to obey, as part of a reason.</summary>
public sealed record Constraint
{
    /// <summary>Names a constraint.</summary>
    /// <param name="kind">See <see cref="Kind"/>.</param>
    /// <param name="quota">See <see cref="Quota"/>.</param>
    public Constraint(ConstraintKind kind, Quota? quota = null)
    {
        Kind = kind;
        Quota = quota;
    }

    /// <summary>What the rule is about.</summary>
    public ConstraintKind Kind { get; }

    /// <summary>The quota, for its minimum or maximum; null for the other kinds.</summary>
    public Quota? Quota { get; }
}
