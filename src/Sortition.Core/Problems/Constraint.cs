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
/// <remarks>Two are equal if they are of one kind and about equal quotas. Immutable and safe to read from any thread.</remarks>
public sealed class Constraint : IEquatable<Constraint>
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

    /// <inheritdoc/>
    public bool Equals(Constraint? other) => other is not null && Kind == other.Kind && Equals(Quota, other.Quota);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Constraint);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Quota);

    /// <summary>For logs and debuggers: the kind, and the quota where there is one.</summary>
    public override string ToString() => Quota is null ? Kind.ToString() : $"{Kind} of {Quota}";
}
