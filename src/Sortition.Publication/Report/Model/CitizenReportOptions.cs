using Sortition.Core;
using Sortition.Core.Alternates;
using Sortition.Core.Ballots;
using Sortition.Core.Replacements;
using Sortition.Core.Targets;
using Sortition.Publication.Format;

namespace Sortition.Publication.Report.Model;

/// <summary>What a report tells beyond the lottery and its ballots.</summary>
public sealed class CitizenReportOptions
{
    /// <summary>What the page is called, such as the name of the assembly. Any text; it is escaped where it is shown.</summary>
    public required string Title { get; init; }

    /// <summary>Whether the lottery is that of a rehearsal, as <see cref="PublishedLottery.IsRehearsal"/> tells; the page then says so everywhere.</summary>
    public bool IsRehearsal { get; init; }

    /// <summary>The day on which the report was made; null to say nothing.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>Who holds the assembly; null to say nothing.</summary>
    public string? Organiser { get; init; }

    /// <summary>Whom to ask: a name, an e-mail address, a telephone number; null to say nothing. E-mail and web addresses become links.</summary>
    public string? Contact { get; init; }

    /// <summary>What the assembly is about, in paragraphs with a blank line between them; null to say nothing. Web addresses become links.</summary>
    public string? Introduction { get; init; }

    /// <summary>A picture to stand above the page; null for none.</summary>
    public ReportLogo? Logo { get; init; }

    /// <summary>How many people were invited to volunteer, 1 or more; null where that is not known. So it is told what share of them did.</summary>
    public int? Invited { get; init; }

    /// <summary>Under which names features and values are shown, where the tables have others; compared as names are. Empty (the default) for none.</summary>
    public IReadOnlyDictionary<string, string> DisplayNames { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Groups with fewer people than this who can be chosen are shown without their chances; 1 or more, 5 unless given. 1 shows all.</summary>
    public int SmallestGroup { get; init; } = 5;

    /// <summary>The announced source of chance, such as the lottery numbers of a certain day; null where none was announced.</summary>
    public string? RandomnessSource { get; init; }

    /// <summary>How the ballot is to be drawn; null where that is open. After the draw it is the draw's own method that counts.</summary>
    internal DrawMethod? Method { get; init; }

    /// <summary>The draw, once it has taken place; null before. Its ballot is the index of a row of the ballots.</summary>
    public DrawRecord? Draw { get; init; }

    /// <summary>Where the lottery is a replacement round, what was published about it; null for the lottery of a whole panel.</summary>
    public PublishedRound? Round { get; init; }

    /// <summary>
    /// A look ahead of the panel drawn, to tell how many members could be replaced if they dropped out; null to leave it out, and as long as nothing is drawn.
    /// </summary>
    /// <remarks>
    /// A panel of a replacement round has only those who join, so that the look ahead would not be about the whole panel: leave it out there.
    /// </remarks>
    public ReplaceabilityAnalysis? LookAhead { get; init; }

    /// <summary>
    /// The quotas wished for at first, to tell which of them gave way; in a replacement round those of the whole panel. Null to leave it out.
    /// </summary>
    public IReadOnlyList<Quota>? WishedQuotas { get; init; }

    /// <summary>The population that the panel should mirror, to set pool and panel beside it; null to leave it out.</summary>
    /// <remarks>It must tell of every value of each feature that it shares with the lottery. Features that it does not tell of are left out.</remarks>
    public Population? Population { get; init; }

    /// <summary>
    /// The alternates of the panel drawn, to tell how well they could step in; null to leave it out. Not in a replacement round, for the reason of
    /// <see cref="LookAhead"/>.
    /// </summary>
    public AlternateSet? Alternates { get; init; }

    /// <summary>The chance with which every member is taken to drop out when alternates are judged, 0..1; 0.1 unless given.</summary>
    public double DropOutChance { get; init; } = 0.1;

    /// <summary>
    /// How mixed the ballots are, as <see cref="BallotRounding.RoundWithMixing"/> says when it makes them; null where that is not known. Then the ballots are
    /// measured, and it is left open whether they are mixed.
    /// </summary>
    public BallotMixing? Mixing { get; init; }

    /// <summary>The root hash of what was published before the draw: 64 hexadecimal digits in lower case; null where it is not known yet.</summary>
    public string? RootHash { get; init; }

    /// <summary>Where the published files are to be had, in words; null to say nothing. Web addresses in it become links.</summary>
    public string? PublishedAt { get; init; }
}
