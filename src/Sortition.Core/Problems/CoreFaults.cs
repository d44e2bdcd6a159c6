namespace Sortition.Core.Problems;

/// <summary>The codes of what can be malformed in the input of this package, and of two warnings.</summary>
/// <remarks>
/// <para>Those are public that readers of other sources raise too; all have names that never change their meaning (<see cref="FaultCode.Name"/>).</para>
/// <para>Malformed is what cannot be understood. What is understood but cannot be met (minima that sum past the panel size, too few people for a minimum)
/// is infeasible, not malformed, and no fault.</para>
/// </remarks>
public static class CoreFaults
{
    /// <summary>The panel size is below 1.</summary>
    internal static FaultCode PanelSizeNotPositive { get; } = new("core/panel-size-not-positive", ["found"]);

    /// <summary>The household limit is below 1.</summary>
    internal static FaultCode HouseholdLimitNotPositive { get; } = new("core/household-limit-not-positive", ["found"]);

    /// <summary>A quota or a group has no condition.</summary>
    internal static FaultCode EmptyCondition { get; } = new("core/empty-condition");

    /// <summary>A group names a feature or a value that is blank.</summary>
    internal static FaultCode MissingName { get; } = new("core/missing-name", ["subject"], perLine: true);

    /// <summary>A feature has a blank name.</summary>
    public static FaultCode MissingFeatureName { get; } = new("core/missing-feature-name", ["subject"], perLine: true);

    /// <summary>A value has a blank name.</summary>
    public static FaultCode MissingValueName { get; } = new("core/missing-value-name", ["subject"], perLine: true);

    /// <summary>A condition names one feature (found) twice.</summary>
    internal static FaultCode FeatureTwiceInCondition { get; } = new("core/feature-twice-in-condition", ["subject", "found"]);

    /// <summary>Two quotas have one condition.</summary>
    internal static FaultCode DuplicateQuota { get; } = new("core/duplicate-quota", ["subject"]);

    /// <summary>A number is negative.</summary>
    public static FaultCode NegativeNumber { get; } = new("core/negative-number", ["subject", "found"], personal: ["found"], perLine: true);

    /// <summary>A number is above what is allowed.</summary>
    public static FaultCode NumberTooLarge { get; } = new("core/number-too-large", ["subject", "found", "most"], personal: ["found"]);

    /// <summary>A quota's minimum (found) is above its maximum.</summary>
    internal static FaultCode MinAboveMax { get; } = new("core/min-above-max", ["subject", "found", "max"]);

    /// <summary>A quota's flexible minimum (found) is above its minimum.</summary>
    internal static FaultCode MinFlexAboveMin { get; } = new("core/min-flex-above-min", ["subject", "found", "min"]);

    /// <summary>A quota's flexible maximum (found) is below its maximum.</summary>
    internal static FaultCode MaxFlexBelowMax { get; } = new("core/max-flex-below-max", ["subject", "found", "max"]);

    /// <summary>A row is null.</summary>
    internal static FaultCode MissingRow { get; } = new("core/missing-row", perLine: true);

    /// <summary>A person's id is blank.</summary>
    internal static FaultCode MissingId { get; } = new("core/missing-id", perLine: true);

    /// <summary>An entry that is about somebody in the pool has a blank id.</summary>
    internal static FaultCode NobodyNamed { get; } = new("core/nobody-named", perLine: true);

    /// <summary>Two rows have one id and differ; the other one stands at another place.</summary>
    internal static FaultCode ConflictingDuplicate { get; } = new("core/conflicting-duplicate", ["subject", "other"]);

    /// <summary>Warning: two rows are identical and were counted once; the other one stands at another place.</summary>
    internal static FaultCode DuplicateMerged { get; } = new("core/duplicate-merged", ["subject", "other"], isWarning: true, perLine: true);

    /// <summary>Not one person has an entry for a feature: most often a missing or misspelt column.</summary>
    internal static FaultCode MissingFeature { get; } = new("core/missing-feature", ["subject", "found"]);

    /// <summary>A person's value of a feature is missing or blank; any value will do if none is listed as allowed.</summary>
    internal static FaultCode MissingValue { get; } = new("core/missing-value", ["subject", "allowed"], perLine: true);

    /// <summary>A person's value of a feature, or one in a condition, is none of those that the quotas name.</summary>
    public static FaultCode UnknownValue { get; } = new("core/unknown-value", ["subject", "found", "allowed", "meant"], personal: ["found"], perLine: true);

    /// <summary>So many (count) values of people are none of those that the quotas name that the column may hold something else; found are the first.</summary>
    internal static FaultCode UnknownValues { get; } = new("core/unknown-values", ["count", "found", "allowed"], personal: ["found"], perLine: true);

    /// <summary>Warning: of some people (count, of all) it is not known with whom they live.</summary>
    internal static FaultCode UnknownHouseholds { get; } = new("core/unknown-households", ["count", "all"], isWarning: true);

    /// <summary>A person's entitlement is out of its range.</summary>
    public static FaultCode EntitlementOutOfRange { get; } =
        new("core/entitlement-out-of-range", ["subject", "found", "least", "most"], personal: ["found"], perLine: true);

    /// <summary>The smallest and the largest entitlement are too far apart to compute with.</summary>
    internal static FaultCode EntitlementsTooFarApart { get; } = new("core/entitlements-too-far-apart", ["smallest", "largest", "most"]);

    /// <summary>Somebody who is named is not in the pool.</summary>
    public static FaultCode UnknownPerson { get; } = new("core/unknown-person", ["subject"]);

    /// <summary>Somebody must be in and out.</summary>
    internal static FaultCode ContradictoryStatus { get; } = new("core/contradictory-status", ["subject"]);

    /// <summary>Warning: so many people share one address that it may stand for something else than a household.</summary>
    internal static FaultCode LargeHousehold { get; } = new("core/large-household", ["subject", "most"], isWarning: true);

    /// <summary>There are two numbers for one group.</summary>
    internal static FaultCode DuplicateGroup { get; } = new("core/duplicate-group", ["subject"]);

    /// <summary>A cross table stands beside other groups of a population, so that it cannot be known how they fit together.</summary>
    internal static FaultCode MixedGroups { get; } = new("core/mixed-groups", ["subject", "features"]);

    /// <summary>A population has no groups.</summary>
    public static FaultCode EmptyPopulation { get; } = new("core/empty-population");

    /// <summary>Nobody is in the groups of a feature.</summary>
    internal static FaultCode NobodyCounted { get; } = new("core/nobody-counted", ["subject"]);

    /// <summary>Percentages do not add up to 100, even if each of them is rounded.</summary>
    internal static FaultCode PercentagesDoNotAddUp { get; } = new("core/percentages-do-not-add-up", ["subject", "found", "whole"]);

    /// <summary>Percentages add up to 1, so that they may be parts of 1.</summary>
    internal static FaultCode SharesOrPercent { get; } = new("core/shares-or-percent", ["subject", "found"]);

    /// <summary>A quota is asked for on a combination of fewer than two features.</summary>
    internal static FaultCode CombinationOfOne { get; } = new("core/combination-of-one", ["subject"]);

    /// <summary>A combination is asked for twice.</summary>
    internal static FaultCode CombinationTwice { get; } = new("core/combination-twice", ["subject"]);

    /// <summary>A combination is asked for of a population that is no cross table.</summary>
    internal static FaultCode CombinationNotTold { get; } = new("core/combination-not-told", ["subject"]);

    /// <summary>A combination is asked for with a feature that the population does not have.</summary>
    internal static FaultCode FeatureNotInPopulation { get; } = new("core/feature-not-in-population", ["subject", "found", "allowed"]);

    /// <summary>Someone is said to stay on a panel and to have dropped out of it.</summary>
    internal static FaultCode ConfirmedAndDeclined { get; } = new("core/confirmed-and-declined", ["subject"]);

    /// <summary>A chance is no number from 0 to 1.</summary>
    internal static FaultCode ChanceOutOfRange { get; } = new("core/chance-out-of-range", ["subject", "found"], personal: ["found"], perLine: true);

    /// <summary>Two rows have one id and different chances; the other one stands at another place.</summary>
    internal static FaultCode ConflictingChances { get; } = new("core/conflicting-chances", ["subject", "other"]);

    /// <summary>A group of people is described by a feature that the problem does not have.</summary>
    public static FaultCode UnknownFeature { get; } = new("core/unknown-feature", ["subject", "found", "allowed"]);

    /// <summary>There are no past members to learn from.</summary>
    public static FaultCode NoPastMembers { get; } = new("core/no-past-members");

    /// <summary>A past member lacks a value of a feature that others have one of.</summary>
    internal static FaultCode MissingPastValue { get; } = new("core/missing-past-value", perLine: true);

    /// <summary>A past member has two values of one feature.</summary>
    internal static FaultCode TwoPastValues { get; } = new("core/two-past-values");

    /// <summary>The features of past members have too many different values together.</summary>
    internal static FaultCode TooManyValues { get; } = new("core/too-many-values", ["found", "most"]);

    /// <summary>A panel has more or fewer members than the panel size.</summary>
    internal static FaultCode WrongPanelSize { get; } = new("core/wrong-panel-size", ["found", "size"]);

    /// <summary>Somebody is named twice.</summary>
    internal static FaultCode NamedTwice { get; } = new("core/named-twice", ["subject"]);

    /// <summary>Somebody is named who must be out.</summary>
    internal static FaultCode MustBeOut { get; } = new("core/must-be-out", ["subject"]);

    /// <summary>Somebody who must be in is not a member of a panel.</summary>
    internal static FaultCode MustBeIn { get; } = new("core/must-be-in", ["subject"]);

    /// <summary>People of whom each must be in, such as one of them, are not all members of a panel.</summary>
    internal static FaultCode TypeMustBeIn { get; } = new("core/type-must-be-in", ["subject"]);

    /// <summary>More members of a panel share a household with somebody than the limit allows.</summary>
    internal static FaultCode HouseholdOverLimit { get; } = new("core/household-over-limit", ["subject", "limit"]);

    /// <summary>Too few or too many members of a panel match a quota.</summary>
    internal static FaultCode QuotaNotMet { get; } = new("core/quota-not-met", ["subject", "found"]);

    /// <summary>A panel has seats for a type of people that there is not, or more than the type has people.</summary>
    internal static FaultCode UnknownType { get; } = new("core/unknown-type", ["found", "type"]);

    /// <summary>A panel names a type twice.</summary>
    internal static FaultCode TypeTwice { get; } = new("core/type-twice", ["type"]);

    /// <summary>A panel's weight is below 1.</summary>
    internal static FaultCode WeightNotPositive { get; } = new("core/weight-not-positive");

    /// <summary>The weights of the panels of a lottery do not add up to 2⁶².</summary>
    internal static FaultCode WrongTotalWeight { get; } = new("core/wrong-total-weight");

    /// <summary>There is no ballot.</summary>
    internal static FaultCode NoBallot { get; } = new("core/no-ballot");

    /// <summary>A member of the panel is named where only others can be.</summary>
    internal static FaultCode MemberOfPanel { get; } = new("core/member-of-panel", ["subject"]);

    /// <summary>An alternate lives with too many members or other alternates.</summary>
    internal static FaultCode AlternateHouseholdFull { get; } = new("core/alternate-household-full", ["subject"]);

    /// <summary>There are no alternates.</summary>
    internal static FaultCode NoAlternates { get; } = new("core/no-alternates");

    /// <summary>Somebody drops out who is neither a member of the panel nor an alternate.</summary>
    internal static FaultCode NeitherMemberNorAlternate { get; } = new("core/neither-member-nor-alternate", ["subject"]);
}
