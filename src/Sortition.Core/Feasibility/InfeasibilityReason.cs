using Sortition.Core.Problems;

namespace Sortition.Core.Feasibility;

/// <summary>The kinds of reason why no panel exists.</summary>
public enum InfeasibilityCode
{
    /// <summary>The pool has fewer people who may be drawn (Have) than the panel has seats (Need).</summary>
    PoolTooSmall,

    /// <summary>Fewer people match a quota (Have) than its minimum asks for (Need).</summary>
    TooFewPeople,

    /// <summary>The minima of one feature add up to more (Have) than the panel has seats (Need).</summary>
    MinimaExceedPanelSize,

    /// <summary>The maxima of one feature add up to less (Have) than the panel has seats (Need).</summary>
    MaximaBelowPanelSize,

    /// <summary>The minima of one feature add up to more (Have) than the maxima of another (Need): no panel size suits both.</summary>
    FeatureTotalsDisagree,

    /// <summary>More people must be in (Have) than the panel has seats (Need).</summary>
    MustBeInExceedPanelSize,

    /// <summary>More people who match a quota must be in (Have) than its maximum allows (Need).</summary>
    MustBeInExceedMaximum,

    /// <summary>More people of one household must be in (Have) than the limit allows (Need).</summary>
    MustBeInExceedHousehold,

    /// <summary>The constraints listed cannot all be met together, although none of the simpler reasons applies.</summary>
    Conflict,
}

/// <summary>One reason why no panel exists: constraints that cannot be met together.</summary>
/// <param name="Code">The kind of reason.</param>
/// <param name="Constraints">Constraints that cannot all be met; leaving all others out does not help.</param>
/// <param name="Have">The number found; its meaning is told at <see cref="InfeasibilityCode"/>. 0 for <see cref="InfeasibilityCode.Conflict"/>.</param>
/// <param name="Need">The number it should reach or stay below; see <see cref="InfeasibilityCode"/>. 0 for <see cref="InfeasibilityCode.Conflict"/>.</param>
public sealed record InfeasibilityReason(InfeasibilityCode Code, IReadOnlyList<Constraint> Constraints, long Have, long Need)
{
    /// <summary>The reason in one English sentence.</summary>
    /// <param name="problem">The problem.</param>
    public string Describe(SelectionProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return Code switch
        {
            InfeasibilityCode.PoolTooSmall => FormattableString.Invariant($"The pool has {People(Have)} who may be drawn, but the panel has {Seats(Need)}."),
            InfeasibilityCode.TooFewPeople => FormattableString.Invariant($"{Label(0)}: the minimum is {Need}, but only {People(Have)} in the pool {(Have == 1 ? "matches" : "match")}."),
            InfeasibilityCode.MinimaExceedPanelSize => FormattableString.Invariant($"{Feature(0)}: the minima add up to {Have}, but the panel has {Seats(Need)}."),
            InfeasibilityCode.MaximaBelowPanelSize => FormattableString.Invariant($"{Feature(0)}: no more than {Seats(Have)} can be filled, but the panel has {Need}."),
            InfeasibilityCode.FeatureTotalsDisagree => FormattableString.Invariant(
                $"{Feature(0)} needs at least {Seats(Have)}, but {Feature(Constraints.Count - 1)} allows at most {Need}: no panel size suits both."),
            InfeasibilityCode.MustBeInExceedPanelSize => FormattableString.Invariant($"{People(Have)} must be in, but the panel has {Seats(Need)}."),
            InfeasibilityCode.MustBeInExceedMaximum => FormattableString.Invariant($"{Label(0)}: {Have} matching {(Have == 1 ? "person" : "people")} must be in, but the maximum is {Need}."),
            InfeasibilityCode.MustBeInExceedHousehold => FormattableString.Invariant($"{People(Have)} of one household must be in, but the limit is {Need}."),
            _ => "These cannot all be met together: " + string.Join("; ", Constraints.Select(c => c.Describe(problem))) + ".",
        };
    }

    private static string People(long count) => FormattableString.Invariant($"{count} {(count == 1 ? "person" : "people")}");

    private static string Seats(long count) => FormattableString.Invariant($"{count} {(count == 1 ? "seat" : "seats")}");

    private string Feature(int constraint) => Constraints[constraint].Quota!.FeatureLabel;

    private string Label(int constraint) => $"{Constraints[constraint].Quota!.FeatureLabel}: {Constraints[constraint].Quota!.ValueLabel}";
}
