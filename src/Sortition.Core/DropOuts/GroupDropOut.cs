using Sortition.Core.Problems;

namespace Sortition.Core.DropOuts;

/// <summary>
/// How likely the people of a group are to drop out for the reason that the group stands for, as given, before it is checked, and where it was given.
/// </summary>
public sealed class GroupDropOut
{
    /// <summary>The feature values that everybody in the group has: one, or several at once. Matched trimmed and without regard to case.</summary>
    public required IReadOnlyList<FeatureValue> Condition { get; init; }

    /// <summary>The drop-out chance, 0..1.</summary>
    public required double Chance { get; init; }

    /// <summary>Where the group stands: file and line, and the column of the chance.</summary>
    public FaultLocation? Location { get; init; }
}
