namespace Sortition.Publication.Report.Model;

/// <summary>How the quotas of the lottery differ from those wished for at first. In a replacement round both are those of the whole panel.</summary>
internal sealed record ReportQuotaChanges
{
    /// <summary>How many quotas are as they were wished for.</summary>
    public required int Unchanged { get; init; }

    /// <summary>The quotas that differ: those of the lottery in its order, then those that it does without.</summary>
    public required IReadOnlyList<ReportQuotaChange> Changes { get; init; }
}

/// <summary>A quota that is another one in the lottery than it was wished to be. One of the two is there, or both.</summary>
/// <param name="Feature">The feature's name; several are joined by <c> &amp; </c>.</param>
/// <param name="Group">The group's name; several are joined by <c> &amp; </c>.</param>
/// <param name="Before">What was wished for; null where nothing was.</param>
/// <param name="Now">The quota of the lottery; null where it has none.</param>
internal sealed record ReportQuotaChange(string Feature, string Group, ReportBounds? Before, ReportBounds? Now)
{
    /// <summary>By how many seats the minimum is lower and the maximum higher, together; 0 where one of the two quotas is not there.</summary>
    public int Loosened => Before is null || Now is null ? 0 : Math.Max(0, Before.Min - Now.Min) + Math.Max(0, Now.Max - Before.Max);

    /// <summary>By how many seats the minimum is higher and the maximum lower, together; 0 where one of the two quotas is not there.</summary>
    public int Tightened => Before is null || Now is null ? 0 : Math.Max(0, Now.Min - Before.Min) + Math.Max(0, Before.Max - Now.Max);
}

/// <summary>The bounds of a quota.</summary>
/// <param name="Min">The fewest seats.</param>
/// <param name="Max">The most seats.</param>
internal sealed record ReportBounds(int Min, int Max);
