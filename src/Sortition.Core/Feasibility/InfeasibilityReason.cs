namespace Sortition.Core.Feasibility;

/// <summary>The kinds of reason why no panel exists.</summary>
public enum InfeasibilityCode
{
    /// <summary>The pool has fewer people who may be drawn (Available) than the panel has seats (Required).</summary>
    PoolTooSmall = 0,

    /// <summary>Fewer people match a quota (Available) than its minimum asks for (Required).</summary>
    TooFewPeople = 1,

    /// <summary>The minima of one feature add up to more (Available) than the panel has seats (Required).</summary>
    MinimaExceedPanelSize = 2,

    /// <summary>The maxima of one feature add up to less (Available) than the panel has seats (Required).</summary>
    MaximaBelowPanelSize = 3,

    /// <summary>The minima of one feature add up to more (Available) than the maxima of another (Required): no panel size suits both.</summary>
    FeatureTotalsDisagree = 4,

    /// <summary>More people must be in (Available) than the panel has seats (Required).</summary>
    MustBeInExceedPanelSize = 5,

    /// <summary>More people who match a quota must be in (Available) than its maximum allows (Required).</summary>
    MustBeInExceedMaximum = 6,

    /// <summary>More people of one household must be in (Available) than the limit allows (Required).</summary>
    MustBeInExceedHousehold = 7,

    /// <summary>The constraints listed cannot all be met together, although none of the simpler reasons applies.</summary>
    Conflict = 8,
}

/// <summary>One reason why no panel exists: constraints that cannot be met together.</summary>
public sealed class InfeasibilityReason
{
    internal InfeasibilityReason(InfeasibilityCode code, IReadOnlyList<Constraint> constraints, long available, long required)
    {
        Code = code;
        Constraints = constraints;
        Available = available;
        Required = required;
    }

    /// <summary>The kind of reason.</summary>
    public InfeasibilityCode Code { get; }

    /// <summary>Constraints that cannot all be met; leaving all others out does not help.</summary>
    public IReadOnlyList<Constraint> Constraints { get; }

    /// <summary>The number found; its meaning is told at <see cref="InfeasibilityCode"/>. 0 for <see cref="InfeasibilityCode.Conflict"/>.</summary>
    public long Available { get; }

    /// <summary>
    /// The number it should reach or stay below; see <see cref="InfeasibilityCode"/>. 0 for <see cref="InfeasibilityCode.Conflict"/>.
    /// </summary>
    public long Required { get; }
}
