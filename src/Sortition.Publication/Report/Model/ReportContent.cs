using Sortition.Core;
using Sortition.Publication.Format;
using Sortition.Shared;

namespace Sortition.Publication.Report.Model;

/// <summary>What a report says: counts and chances, never who.</summary>
internal sealed record ReportContent
{
    /// <summary>What the page is called, such as the name of the assembly.</summary>
    public required string Title { get; init; }

    /// <summary>Whether it tells of a rehearsal, which the page then says everywhere.</summary>
    public required bool IsRehearsal { get; init; }

    /// <summary>What the organiser says.</summary>
    public ReportDetails Details { get; init; } = new();

    /// <summary>How many people volunteered; in a replacement round, how many of them are left to be drawn from.</summary>
    public required int PoolSize { get; init; }

    /// <summary>How many seats are drawn: those of the panel, or in a replacement round the open ones.</summary>
    public required int PanelSize { get; init; }

    /// <summary>M, the number of equally likely ballots; 0 where the panel was drawn from the lottery at once.</summary>
    public required int Ballots { get; init; }

    /// <summary>The most people of one household that a panel may have; null without a household rule.</summary>
    public int? HouseholdLimit { get; init; }

    /// <summary>How many people sit on every panel by decision.</summary>
    public required int MustBeIn { get; init; }

    /// <summary>How many people of the pool sit on no panel by decision.</summary>
    public required int MustBeOut { get; init; }

    /// <summary>
    /// The groups that the panel should mirror, feature by feature; each intersection of features with quotas counts as a feature of its own.
    /// </summary>
    public required IReadOnlyList<ReportFeature> Features { get; init; }

    /// <summary>How the chances are spread over the people who have one; null where the panel was drawn without a lottery, so that nobody's is known.</summary>
    public required ReportChances? Chances { get; init; }

    /// <summary>What rounding the lottery to ballots changed.</summary>
    public required ReportRounding Rounding { get; init; }

    /// <summary>How mixed the ballots are.</summary>
    public required ReportMixing Mixing { get; init; }

    /// <summary>What is proven about the lottery; null where there was none.</summary>
    public required Certificate? Certificate { get; init; }

    /// <summary>The size below which a group's chances are left out.</summary>
    public required int SmallestGroup { get; init; }

    /// <summary>The announced source of chance, such as the lottery numbers of a certain day; null where none was announced.</summary>
    public string? RandomnessSource { get; init; }

    /// <summary>How the ballot is drawn; null as long as that is open.</summary>
    public DrawMethod? Method { get; init; }

    /// <summary>The draw; null as long as it has not taken place.</summary>
    public DrawRecord? Draw { get; init; }

    /// <summary>Where the panel was drawn from the lottery at once, the seed that decided; null for a lottery of ballots.</summary>
    public string? Seed { get; init; }

    /// <summary>Where the panel was drawn without a lottery, the name of what drew it; null otherwise.</summary>
    public string? DrawnBy { get; init; }

    /// <summary>Whether the panel has been drawn, so that it can be told what it is like.</summary>
    public bool IsDrawn => Draw is not null || Seed is not null;

    /// <summary>Whether there are ballots to tell of.</summary>
    public bool HasBallots => Ballots > 0;

    /// <summary>Where the lottery is a replacement round, how many stay; null for the lottery of a whole panel.</summary>
    public ReportRound? Round { get; init; }

    /// <summary>How the quotas differ from those wished for at first; null where these are not known.</summary>
    public ReportQuotaChanges? QuotaChanges { get; init; }

    /// <summary>
    /// The groups in the population, the pool and the panel, for each feature that the population tells of; null where the population is not known.
    /// </summary>
    public IReadOnlyList<ReportMirrorFeature>? Mirror { get; init; }

    /// <summary>What would become of the panel drawn if members dropped out; null where that was not counted.</summary>
    public ReportDropOuts? DropOuts { get; init; }

    /// <summary>How well the people who are kept ready could step in; null where none are told of.</summary>
    public ReportAlternates? Alternates { get; init; }

    /// <summary>The root hash of what was published before the draw: 64 hexadecimal digits in lower case; null where it is not known yet.</summary>
    public string? RootHash { get; init; }

    /// <summary>Where the published files are to be had, in words; null where nothing is said.</summary>
    public string? PublishedAt { get; init; }

    /// <summary>The chance that everybody would have without quotas: the seats over all who are not kept out.</summary>
    public double EqualChance => (double)PanelSize / (PoolSize - MustBeOut);

    /// <summary>How many seats the panel has that the quotas are about.</summary>
    public int WholePanelSize => Round?.PanelSize ?? PanelSize;

    /// <summary>A ballot's number as it is called out: with leading zeros, as many digits as the last ballot has.</summary>
    public string BallotNumber(int ballot) => BallotNumbers.Text(ballot, Ballots);
}
