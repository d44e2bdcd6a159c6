using Sortition.Core;

namespace Sortition.Publication.Report.Model;

/// <summary>
/// What would become of the panel drawn if members dropped out: how many could be replaced by others of the pool, with every quota and the household rule kept.
/// </summary>
internal sealed record ReportDropOuts
{
    /// <summary>How many members the panel has.</summary>
    public required int Members { get; init; }

    /// <summary>How many of them could be replaced if they dropped out alone.</summary>
    public required int ReplaceableMembers { get; init; }

    /// <summary>How many pairs of members there are.</summary>
    public required int Pairs { get; init; }

    /// <summary>How many of these could be replaced if they dropped out together, and nobody else did.</summary>
    public required int ReplaceablePairs { get; init; }

    /// <summary>What stands in the way where there is nobody, the most frequent first; at most five, none where everybody can be replaced.</summary>
    public required IReadOnlyList<ReportObstacle> Obstacles { get; init; }
}

/// <summary>A rule that whoever comes nearest to an open seat would break.</summary>
/// <param name="Kind">What the rule is about; the panel size stands for an empty pool.</param>
/// <param name="Feature">The feature's name, for a quota; several are joined by <c> &amp; </c>.</param>
/// <param name="Group">The group's name, for a quota; several are joined by <c> &amp; </c>.</param>
/// <param name="Seats">The quota's minimum or maximum, the most members of one household, or the panel size.</param>
/// <param name="Members">For how many members who could not be replaced alone it stands in the way.</param>
/// <param name="Pairs">For how many pairs who could not be replaced together.</param>
internal sealed record ReportObstacle(ConstraintKind Kind, string? Feature, string? Group, int Seats, int Members, int Pairs);
