namespace Sortition.Publication.Report.Model;

/// <summary>The groups of one feature, or of several at once, in the population, the pool and the panel.</summary>
/// <param name="Name">The feature's name; several are joined by <c> &amp; </c>.</param>
/// <param name="Groups">The groups: those of the lottery in its order, then those of the population that nobody in the pool is in.</param>
internal sealed record ReportMirrorFeature(string Name, IReadOnlyList<ReportMirrorGroup> Groups)
{
    /// <summary>Where the numbers of the population come from.</summary>
    public IReadOnlyList<ReportRemark> Sources { get; init; } = [];

    /// <summary>What is remarked on them.</summary>
    public IReadOnlyList<ReportRemark> Comments { get; init; } = [];
}

/// <summary>Something that is said of the numbers of some groups.</summary>
/// <param name="Text">What is said.</param>
/// <param name="Groups">The names of the groups; none where it is said of all.</param>
internal sealed record ReportRemark(string Text, IReadOnlyList<string> Groups);

/// <summary>A group's shares, each 0..1.</summary>
/// <param name="Name">The value's name; several are joined by <c> &amp; </c>.</param>
/// <param name="Population">The share of the population.</param>
/// <param name="Pool">The share of the pool.</param>
/// <param name="Panel">
/// The share of the panel drawn, or before the draw of the panel that can be expected; in a replacement round of the whole panel. Null where it is not told:
/// the expected share of a group whose chances are not, and where it is not known how many members who stay are in the group.
/// </param>
internal sealed record ReportMirrorGroup(string Name, double Population, double Pool, double? Panel);
