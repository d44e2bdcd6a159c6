using Sortition.Core;
using Sortition.Core.Replacements;

namespace Sortition.Publication.Format;

/// <summary>That a published lottery is a replacement round: it fills the open seats of a panel, beside the members who stay.</summary>
/// <remarks>
/// Counts only, at both levels: who stays is not said. The files also have the quotas of the whole panel, so that everybody can check that what the lottery
/// has to fill is what those who stay leave open. Immutable.
/// </remarks>
public sealed class PublishedRound
{
    internal PublishedRound(int panelSize, int staying, IReadOnlyList<PublishedRoundQuota> quotas) =>
        (PanelSize, Staying, Quotas) = (panelSize, staying, quotas);

    /// <summary>How many seats the whole panel has.</summary>
    public int PanelSize { get; }

    /// <summary>How many members stay.</summary>
    public int Staying { get; }

    /// <summary>
    /// The quotas of the whole panel, one for each of the first quotas of <see cref="PublishedLottery.Problem"/>, in the same order. Quotas after these are
    /// about households of members who stay.
    /// </summary>
    internal IReadOnlyList<PublishedRoundQuota> Quotas { get; }

    internal static PublishedRound Of(ReplacementRound round)
    {
        SelectionProblem original = round.Original;
        return new PublishedRound(
            original.PanelSize,
            round.Confirmed.Count,
            [.. original.Quotas.Select(q => new PublishedRoundQuota(q.Min, q.Max, round.Confirmed.Count(i => original.Matches(original.People[i], q))))]);
    }
}

/// <summary>A quota of a whole panel, some of whose members stay.</summary>
internal sealed class PublishedRoundQuota
{
    public PublishedRoundQuota(int min, int max, int staying) => (Min, Max, Staying) = (min, max, staying);

    /// <summary>The fewest matching members of the whole panel, in seats.</summary>
    public int Min { get; }

    /// <summary>The most matching members of the whole panel.</summary>
    public int Max { get; }

    /// <summary>How many of the members who stay match.</summary>
    public int Staying { get; }

    /// <summary>The fewest matching people who must join.</summary>
    public int OpenMin => Math.Max(0, Min - Staying);

    /// <summary>The most matching people who may join.</summary>
    public int OpenMax => Max - Staying;
}
