using Sortition.Core;
using Sortition.Core.Problems;

namespace Sortition.Publication.Format;

/// <summary>Reads what a published lottery says from its files; what follows from that is not looked at.</summary>
internal static class PublicationReader
{
    /// <exception cref="MalformedInputException">Something is missing or malformed.</exception>
    public static PublicationData Read(FolderReader folder)
    {
        FaultList faults = new();
        (IReadOnlyList<string> tags, IReadOnlyList<int?> told) = PeopleTable.Read(folder.ContentOrFault(PartNames.People, faults), faults);
        PublicationDocument? document = ReadDocument(folder, PartNames.Publication, content => PublicationDocument.Read(content, tags.Count), faults);
        if (document is null)
        {
            throw faults.ToException();
        }

        if (told.Any(t => t >= document.Lottery.Types.Count))
        {
            faults.Add(PublicationFaults.Contradiction, new FaultLocation(PartNames.People));
        }

        IReadOnlyList<IReadOnlyList<int>>? ballots = null;
        IReadOnlyList<IReadOnlyList<string>>? tickets = null;
        int k = document.Lottery.Problem.PanelSize;
        byte[] table = folder.ContentOrFault(PartNames.Ballots, faults);
        if (document.HasOpenTickets)
        {
            ballots = BallotsTable.ReadMembers(table, k, tags.Count, document.BallotCount, faults);
        }
        else
        {
            tickets = BallotsTable.ReadTickets(table, k, document.BallotCount, faults);
        }

        PrivatePart? part = folder.Has(PartNames.Private)
            ? ReadDocument(folder, PartNames.Private, content => PrivateDocument.Read(content, document), faults)
            : null;
        string? privateHash = part is null ? HashOfPrivate(folder, faults) : null;
        if (part is not null && tickets is not null)
        {
            ballots = MembersOf(part, tags, document.BallotCount);
        }

        faults.ThrowIfAny();
        return new PublicationData
        {
            Lottery = document.Lottery,
            IsRehearsal = document.IsRehearsal,
            HasOpenTickets = document.HasOpenTickets,
            SmallestGroup = document.SmallestGroup,
            Announcement = document.Announcement,
            Round = document.Round,
            Tags = tags,
            TypesTold = told,
            BallotCount = document.BallotCount,
            Ballots = ballots,
            Tickets = tickets,
            Private = part,
            PrivateHash = privateHash,
        };
    }

    /// <summary>The members of each ballot as indices into the tags, from what the private part says; somebody without a tag is on none.</summary>
    public static IReadOnlyList<IReadOnlyList<int>> MembersOf(PrivatePart part, IReadOnlyList<string> tags, int ballots)
    {
        Dictionary<string, int> placeOf = tags.Select((tag, i) => (tag, i)).DistinctBy(p => p.tag, StringComparer.Ordinal)
            .ToDictionary(p => p.tag, p => p.i, StringComparer.Ordinal);
        List<int>[] members = [.. Enumerable.Range(0, ballots).Select(_ => new List<int>())];
        for (int i = 0; i < part.BallotsOf.Count; i++)
        {
            if (placeOf.TryGetValue(part.Keys.TagOf(part.Lottery.Problem.People[i].Id), out int place))
            {
                foreach (int b in part.BallotsOf[i])
                {
                    members[b].Add(place);
                }
            }
        }

        return [.. members.Select(m => (IReadOnlyList<int>)[.. m.Order()])];
    }

    /// <summary>The fingerprint of the private part, as the list of fingerprints says.</summary>
    private static string? HashOfPrivate(FolderReader folder, FaultList faults)
    {
        IReadOnlyList<(string Name, string Hash)>? sums = Sums.Read(folder.ContentOrFault(PartNames.Sums, faults));
        string? hash = sums?.FirstOrDefault(s => s.Name is PartNames.Private).Hash;
        if (hash is null)
        {
            faults.Add(PublicationFaults.Contradiction, new FaultLocation(PartNames.Sums));
        }

        return hash;
    }

    /// <summary>What a document says; null where it is faulty.</summary>
    private static T? ReadDocument<T>(FolderReader folder, string name, Func<byte[], T> read, FaultList faults)
        where T : class
    {
        folder.CancellationToken.ThrowIfCancellationRequested();
        int before = faults.Count;
        byte[] content = folder.ContentOrFault(name, faults);
        if (faults.Count > before)
        {
            return null;
        }

        FaultList found = new();
        T? document = found.Try(() => read(content));
        faults.AddAll(found.In(name));
        return document;
    }
}
