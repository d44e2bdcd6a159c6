namespace Sortition.Core.Problems;

/// <summary>What a constraint is about.</summary>
public enum ConstraintKind
{
    /// <summary>The panel has exactly k members.</summary>
    PanelSize,

    /// <summary>A quota's minimum.</summary>
    QuotaMinimum,

    /// <summary>A quota's maximum.</summary>
    QuotaMaximum,

    /// <summary>The most members of one household.</summary>
    HouseholdLimit,

    /// <summary>Some people must be in.</summary>
    MustBeIn,
}

/// <summary>One rule that a panel has to obey, as part of a reason.</summary>
/// <param name="Kind">What the rule is about.</param>
/// <param name="Quota">The quota, for its minimum or maximum; null for the other kinds.</param>
public sealed record Constraint(ConstraintKind Kind, Quota? Quota = null)
{
    /// <summary>The rule in English.</summary>
    /// <param name="problem">The problem it belongs to.</param>
    public string Describe(SelectionProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return Kind switch
        {
            ConstraintKind.PanelSize => FormattableString.Invariant($"{problem.PanelSize} members in all"),
            ConstraintKind.QuotaMinimum => FormattableString.Invariant($"at least {Quota!.Min} of {Quota.FeatureLabel}: {Quota.ValueLabel}"),
            ConstraintKind.QuotaMaximum => FormattableString.Invariant($"at most {Quota!.Max} of {Quota.FeatureLabel}: {Quota.ValueLabel}"),
            ConstraintKind.HouseholdLimit => FormattableString.Invariant($"at most {problem.HouseholdLimit} of one household"),
            ConstraintKind.MustBeIn => "the people who must be in",
            _ => Kind.ToString(),
        };
    }
}
