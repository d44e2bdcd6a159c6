using Sortition.Core.Problems;

namespace Sortition.Core.Targets;

/// <summary>What the numbers of a population are.</summary>
public enum PopulationMeasure
{
    /// <summary>How many people there are in each group.</summary>
    Count,

    /// <summary>
    /// How many percent of all each group is: they add up to 100, or to within half a percent of it because of rounding; shares are then parts of the sum.
    /// </summary>
    Percentage,

    /// <summary>How large a part of all each group is: they add up to 1, or to within 0.005 of it.</summary>
    Share,
}

/// <summary>One group of a population as given, before it is checked, and where it was given.</summary>
public sealed class PopulationInput
{
    /// <summary>
    /// The feature values that everybody in the group has: one, or one of each feature of a cross table. Matched trimmed and without regard to case.
    /// </summary>
    public required IReadOnlyList<FeatureValue> Condition { get; init; }

    /// <summary>How many people the group has, or its share: 0 to 10¹⁵.</summary>
    public required decimal Number { get; init; }

    /// <summary>Where the group stands: file and line, and the column of the number.</summary>
    public FaultLocation? Location { get; init; }

    /// <summary>Where the number comes from, such as the address of a page; null (the default) where nobody said.</summary>
    public string? Source { get; init; }

    /// <summary>What is remarked on the number; null (the default) for nothing.</summary>
    public string? Comment { get; init; }
}
