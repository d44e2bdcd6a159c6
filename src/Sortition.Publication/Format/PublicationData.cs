using Sortition.Core;

namespace Sortition.Publication.Format;

/// <summary>All that a published lottery says; everything in its files follows from this.</summary>
internal sealed record PublicationData
{
    private int[]? _times;

    /// <summary>The lottery over stand-ins, one for each person who may be drawn.</summary>
    public required PanelLottery Lottery { get; init; }

    /// <summary>Whether this is a rehearsal, which every file says.</summary>
    public required bool IsRehearsal { get; init; }

    /// <summary>Whether ballots call people by their numbers; otherwise by tickets that only their owners recognise.</summary>
    public required bool HasOpenTickets { get; init; }

    /// <summary>Where tickets are open: people of a type with fewer people than this are not said to be of it.</summary>
    public required int SmallestGroup { get; init; }

    public required DrawAnnouncement Announcement { get; init; }

    /// <summary>What a replacement round says of the whole panel; null for the lottery of a whole panel.</summary>
    public required PublishedRound? Round { get; init; }

    /// <summary>Everybody's tag, ascending.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>Entry i: the type that is told of the person with tag i; null where none is.</summary>
    public required IReadOnlyList<int?> TypesTold { get; init; }

    /// <summary>M.</summary>
    public required int BallotCount { get; init; }

    /// <summary>The members of each ballot, as indices into <see cref="Tags"/>; null where only auditors know them.</summary>
    public required IReadOnlyList<IReadOnlyList<int>>? Ballots { get; init; }

    /// <summary>The tickets of each ballot; null where they are open.</summary>
    public required IReadOnlyList<IReadOnlyList<string>>? Tickets { get; init; }

    /// <summary>Who is who; null where that is not at hand.</summary>
    public PrivatePart? Private { get; init; }

    /// <summary>The SHA-256 of the private part, where that is not at hand.</summary>
    public string? PrivateHash { get; init; }

    /// <summary>How many people must be out. They have tags like all others, but no stand-ins.</summary>
    public int MustBeOut => Tags.Count - Lottery.Problem.People.Count;

    /// <summary>How many people there are whose type is not told because few share it.</summary>
    public int PeopleWithoutType => HasOpenTickets ? TypesTold.Count(t => t is null) - MustBeOut : Tags.Count - MustBeOut;

    /// <summary>Entry i: on how many ballots the person with tag i is; null where only auditors know.</summary>
    public int[]? Times => _times ??= Count();

    private int[]? Count()
    {
        if (Ballots is null)
        {
            return null;
        }

        int[] times = new int[Tags.Count];
        foreach (int i in Ballots.SelectMany(ballot => ballot))
        {
            times[i]++;
        }

        return times;
    }
}

/// <summary>What is kept from the public: who is who, and by which seed the ballots were made.</summary>
internal sealed record PrivatePart
{
    /// <summary>The lottery of the people themselves.</summary>
    public required PanelLottery Lottery { get; init; }

    /// <summary>Everybody's key.</summary>
    public required KeyTable Keys { get; init; }

    /// <summary>The text that seeded the rounding to ballots.</summary>
    public required string Seed { get; init; }

    /// <summary>Entry i: the ballots of person i of the problem, ascending.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> BallotsOf { get; init; }
}
