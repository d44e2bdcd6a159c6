using Sortition.Core.Replacements;

namespace Sortition.Publication.Report;

/// <summary>What a report tells beyond the lottery and its ballots.</summary>
public sealed record CitizenReportOptions
{
    /// <summary>What the page is called, such as the name of the assembly. Any text; it is escaped where it is shown.</summary>
    public required string Title { get; init; }

    /// <summary>Groups with fewer people than this who can be chosen are shown without their chances; 1 or more, 5 unless given. 1 shows all.</summary>
    public int SmallestGroup { get; init; } = 5;

    /// <summary>See <see cref="CitizenReport.RandomnessSource"/>.</summary>
    public string? RandomnessSource { get; init; }

    /// <summary>How the ballot is to be drawn; null where that is open. After the draw it is the draw's own method that counts.</summary>
    public DrawMethod? Method { get; init; }

    /// <summary>The draw, once it has taken place.</summary>
    public ReportDraw? Draw { get; init; }

    /// <summary>Where the lottery is a replacement round, what was published about it; null for the lottery of a whole panel.</summary>
    public PublishedRound? Round { get; init; }

    /// <summary>A look ahead of the panel drawn, for <see cref="CitizenReport.DropOuts"/>; null to leave it out, and as long as nothing is drawn.</summary>
    /// <remarks>A panel of a replacement round has only those who join, so that the look ahead would not be about the whole panel: leave it out there.</remarks>
    public LookAhead? LookAhead { get; init; }

    /// <summary>See <see cref="CitizenReport.RootHash"/>.</summary>
    public string? RootHash { get; init; }

    /// <summary>See <see cref="CitizenReport.PublishedAt"/>. Shown as text, not as a link.</summary>
    public string? PublishedAt { get; init; }
}
