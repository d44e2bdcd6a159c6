namespace Sortition.Publication.Report.Model;

/// <summary>The groups by one feature, or by several at once.</summary>
/// <param name="Name">The feature's name; several are joined by <c> &amp; </c>.</param>
/// <param name="Groups">The groups in the problem's order.</param>
internal sealed record ReportFeature(string Name, IReadOnlyList<ReportGroup> Groups);

/// <summary>A group of people who share a value, or several.</summary>
/// <param name="Name">The value's name; several are joined by <c> &amp; </c>.</param>
/// <param name="Min">The fewest seats of the whole panel the quota allows; null without a quota.</param>
/// <param name="Max">The most seats of the whole panel the quota allows; null without a quota.</param>
/// <param name="Pool">How many people of the pool are in the group.</param>
/// <param name="Panel">How many members of the panel drawn are in the group, in a replacement round of those who join; null before the draw.</param>
/// <param name="Visibility">Whether the group's chances are told.</param>
/// <param name="Chances">The group's chances; null if they are not told, or nobody has one.</param>
/// <param name="Staying">
/// In a replacement round, how many members who stay are in the group; null without a quota, for then it is not published, and for the lottery of a whole
/// panel.
/// </param>
internal sealed record ReportGroup(
    string Name, int? Min, int? Max, int Pool, int? Panel, ChanceVisibility Visibility, GroupChances? Chances, int? Staying = null)
{
    /// <summary>How many members of the whole panel are in the group; null before the draw and where it is not known.</summary>
    internal int? WholePanel(bool isRound) => isRound ? Staying + Panel : Panel;
}

/// <summary>The chances of the people of a group who can be chosen, as computed (before rounding to ballots).</summary>
/// <param name="Lowest">The lowest selection probability, 0..1.</param>
/// <param name="Mean">The mean selection probability.</param>
/// <param name="Highest">The highest selection probability.</param>
internal sealed record GroupChances(double Lowest, double Mean, double Highest);

/// <summary>Whether a group's chances are told.</summary>
internal enum ChanceVisibility
{
    /// <summary>They are told.</summary>
    Shown,

    /// <summary>Nobody of the group can be chosen, so that there is nothing to tell.</summary>
    Nobody,

    /// <summary>The group has too few people.</summary>
    TooFew,

    /// <summary>The group is large enough, but with its chances those of a smaller one could be worked out.</summary>
    Withheld,
}
