using Sortition.Core.Problems;
using Sortition.Core.Replacements;

namespace Sortition.Publication.Format;

/// <summary>That a published lottery is a replacement round: it fills the open seats of a panel, beside the members who stay.</summary>
/// <remarks>
/// Counts only, at both levels: who stays is not said. With the quotas of the whole panel everybody can check that what the lottery has to fill is what those
/// who stay leave open. Immutable.
/// </remarks>
public sealed record PublishedRound
{
    /// <summary>How many seats the whole panel has.</summary>
    public required int PanelSize { get; init; }

    /// <summary>How many members stay.</summary>
    public required int Staying { get; init; }

    /// <summary>
    /// The quotas of the whole panel, one for each of the first quotas of <see cref="PublishedLottery.Problem"/>, in the same order. Quotas after these are
    /// about households of members who stay.
    /// </summary>
    public required IReadOnlyList<PublishedRoundQuota> Quotas { get; init; }

    internal static PublishedRound Of(ReplacementRound round)
    {
        SelectionProblem original = round.Original;
        return new PublishedRound
        {
            PanelSize = original.PanelSize,
            Staying = round.Confirmed.Count,
            Quotas =
            [
                .. original.Quotas.Select(q => new PublishedRoundQuota(q.Min, q.Max, round.Confirmed.Count(i => original.Matches(original.People[i], q))))
            ],
        };
    }
}

/// <summary>A quota of a whole panel, some of whose members stay.</summary>
/// <param name="Min">The fewest matching members of the whole panel, in seats.</param>
/// <param name="Max">The most matching members of the whole panel.</param>
/// <param name="Staying">How many of the members who stay match.</param>
public sealed record PublishedRoundQuota(int Min, int Max, int Staying)
{
    /// <summary>The fewest matching people who must join.</summary>
    public int OpenMin => Math.Max(0, Min - Staying);

    /// <summary>The most matching people who may join.</summary>
    public int OpenMax => Max - Staying;
}
