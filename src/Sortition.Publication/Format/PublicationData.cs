using Sortition.Core;

namespace Sortition.Publication.Format;

/// <summary>All that a published lottery says; everything else in its files follows from this.</summary>
internal sealed record PublicationData
{
    private int[]? _times;

    public required PublicationLevel Level { get; init; }

    public required PanelLottery Lottery { get; init; }

    public required IReadOnlyList<PublishedPerson> People { get; init; }

    public required IReadOnlyList<IReadOnlyList<int>> Ballots { get; init; }

    public required PublishedChances Chances { get; init; }

    public required string SoftwareVersion { get; init; }

    public string? Seed { get; init; }

    public required DrawAnnouncement Announcement { get; init; }

    public int? SmallestGroup { get; init; }

    public string? AuditorRoot { get; init; }

    /// <summary>What a replacement round says of the whole panel; null for the lottery of a whole panel.</summary>
    public PublishedRound? Round { get; init; }

    /// <summary>How many people must be out. At the public level they have tags like all others, but no stand-ins.</summary>
    public int MustBeOut =>
        Level == PublicationLevel.Auditor ? Lottery.Problem.People.Count(p => p.Status == PersonStatus.MustBeOut) : People.Count - Lottery.Problem.People.Count;

    public int PeopleWithoutType => Level == PublicationLevel.Auditor ? 0 : People.Count(p => p.Type is null) - MustBeOut;

    /// <summary>Entry i: on how many ballots person i is.</summary>
    public int[] Times => _times ??= Count();

    private int[] Count()
    {
        int[] times = new int[People.Count];
        foreach (int i in Ballots.SelectMany(ballot => ballot))
        {
            times[i]++;
        }

        return times;
    }
}
