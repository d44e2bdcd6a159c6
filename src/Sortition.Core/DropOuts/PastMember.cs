using Sortition.Core.Problems;

namespace Sortition.Core.DropOuts;

/// <summary>A member of a past panel and what became of the member, as given, before it is checked, and where it was given.</summary>
public sealed class PastMember
{
    /// <summary>The member's feature values. Matched trimmed and without regard to case; a blank value counts as none.</summary>
    public required IReadOnlyList<FeatureValue> Values { get; init; }

    /// <summary>Whether the member dropped out; otherwise the member stayed.</summary>
    public required bool DroppedOut { get; init; }

    /// <summary>Where the member stands: file and line. Its column is ignored.</summary>
    public FaultLocation? Location { get; init; }
}
