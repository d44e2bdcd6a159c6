using Sortition.Core.Problems;

namespace Sortition.Core.Targets;

/// <summary>What the numbers of a population are.</summary>
public enum PopulationMeasure
{
    /// <summary>How many people there are in each group.</summary>
    Count,

    /// <summary>
    /// How large a share each group is: percentages, which add up to 100, or fractions, which add up to 1, up to the rounding of each number.
    /// </summary>
    Percentage,
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
}
