namespace Sortition.Core.Problems;

/// <summary>The kinds of fault that keep a problem from being built, and two warnings that do not.</summary>
/// <remarks>
/// Malformed is what cannot be understood. What is understood but cannot be met (minima that sum past the panel size, too few people for a minimum)
/// is infeasible, not malformed, and no fault.
/// </remarks>
public enum FaultCode
{
    /// <summary>The panel size is below 1.</summary>
    PanelSizeNotPositive,

    /// <summary>The household limit is below 1.</summary>
    HouseholdLimitNotPositive,

    /// <summary>A feature or a value has a blank name.</summary>
    MissingName,

    /// <summary>A condition names one feature twice.</summary>
    FeatureTwiceInCondition,

    /// <summary>Two quotas have one condition.</summary>
    DuplicateQuota,

    /// <summary>A number is missing.</summary>
    MissingNumber,

    /// <summary>A text that should be a whole number is not.</summary>
    NotAWholeNumber,

    /// <summary>A number is negative.</summary>
    NegativeNumber,

    /// <summary>A number of seats is above 1,000,000,000.</summary>
    NumberTooLarge,

    /// <summary>A quota's minimum is above its maximum.</summary>
    MinAboveMax,

    /// <summary>A quota's flexible minimum is above its minimum, or its flexible maximum below its maximum.</summary>
    FlexNarrowerThanQuota,

    /// <summary>A person's id is blank.</summary>
    MissingId,

    /// <summary>Two rows have one id and differ.</summary>
    ConflictingDuplicate,

    /// <summary>Not one person has an entry for a feature: most often a missing or misspelt column.</summary>
    MissingFeature,

    /// <summary>A person's value of a feature is missing or blank.</summary>
    MissingValue,

    /// <summary>A person's value of a feature is none of those that the quotas name.</summary>
    UnknownValue,

    /// <summary>A person's entitlement is no number from 1e-6 to 1e6.</summary>
    EntitlementOutOfRange,

    /// <summary>Someone who must be in or out is not in the pool.</summary>
    UnknownPerson,

    /// <summary>Someone must be in and out.</summary>
    ContradictoryStatus,

    /// <summary>A file has no header.</summary>
    EmptyFile,

    /// <summary>A file does not exist or cannot be opened or decoded.</summary>
    UnreadableFile,

    /// <summary>A file is larger than the limit set against hostile input.</summary>
    FileTooLarge,

    /// <summary>A column that the format needs is missing.</summary>
    MissingColumn,

    /// <summary>Two columns that are needed have one heading.</summary>
    DuplicateColumn,

    /// <summary>A row has more or fewer fields than the header.</summary>
    WrongFieldCount,

    /// <summary>A row breaks the rules of its format.</summary>
    UnreadableRow,

    /// <summary>A document is of another kind or version than the reader knows.</summary>
    UnknownFormat,

    /// <summary>Warning: two rows are identical and were counted once.</summary>
    DuplicateMerged,

    /// <summary>Warning: more than ten people share one address; it may stand for something else than a household.</summary>
    LargeHousehold,

    /// <summary>A workbook has no sheet of the name or content that is looked for, or sheets are asked of a file that has none.</summary>
    MissingSheet,

    /// <summary>A text that should be a number is not.</summary>
    NotANumber,

    /// <summary>A population has two numbers for one group.</summary>
    DuplicateGroup,

    /// <summary>A cross table stands beside other groups of a population, so that it cannot be known how they fit together.</summary>
    MixedGroups,

    /// <summary>A population has no groups, or nobody is in those of a feature.</summary>
    NothingCounted,

    /// <summary>Percentages do not add up to 100, even if each of them is rounded.</summary>
    PercentagesDoNotAddUp,

    /// <summary>Someone is said to stay on a panel and to have dropped out of it.</summary>
    ConfirmedAndDeclined,

    /// <summary>A chance is no number from 0 to 1.</summary>
    ChanceOutOfRange,

    /// <summary>A group of people is described by a feature that the problem does not have.</summary>
    UnknownFeature,

    /// <summary>It is not said of a past member, or not in words that are known, whether the member dropped out.</summary>
    UnknownOutcome,

    /// <summary>The features of past members have more than 500 different values together.</summary>
    TooManyValues,
}
