using Sortition.Core;
using Sortition.Core.Ballots;
using Sortition.Core.Problems;
using Sortition.Files;

namespace Sortition.Publication.Format;

/// <summary>Reads what a published lottery says from its files; what follows from that is not looked at.</summary>
internal static class PublicationReader
{
    /// <exception cref="MalformedInputException">Something is missing or malformed.</exception>
    public static PublicationData Read(FolderReader folder)
    {
        FaultList faults = new();
        Manifest? manifest = ReadDocument(folder, PartNames.Manifest, stream => Manifest.Read(stream), faults);
        SelectionProblem? problem = ReadDocument(folder, PartNames.Problem, stream => ProblemJson.Read(stream), faults);
        PanelLottery? lottery = problem is null ? null : ReadDocument(folder, PartNames.Lottery, stream => LotteryJson.Read(stream, problem), faults);
        if (manifest is null || lottery is null)
        {
            throw faults.ToException();
        }

        int?[] types = PublishedLottery.TypesOfPeople(lottery);
        IReadOnlyList<PublishedPerson> people = manifest.Level == PublicationLevel.Auditor
            ? [.. problem!.People.Select((p, i) => new PublishedPerson(p.Id, types[i]))]
            : PeopleTable.ReadPublic(folder.ContentOrFault(PartNames.People, faults), lottery.Types.Count, faults);
        IReadOnlyList<IReadOnlyList<int>> ballots =
            BallotsTable.Read(
                folder.ContentOrFault(PartNames.Ballots, faults), problem!.PanelSize, people.Count, Math.Min(
                    manifest.Ballots, BallotRounding.MaxCount), faults);
        if (ballots.Count == 0 && faults.Count == 0)
        {
            faults.Add(PublicationFaults.NoBallots, new FaultLocation(PartNames.Ballots));
        }

        faults.ThrowIfAny();
        return new PublicationData
        {
            Level = manifest.Level,
            Lottery = lottery,
            People = people,
            Ballots = ballots,
            Chances = manifest.Chances,
            SoftwareVersion = manifest.SoftwareVersion,
            Seed = manifest.Seed,
            Announcement = manifest.Announcement,
            SmallestGroup = manifest.SmallestGroup,
            AuditorRoot = manifest.AuditorRoot,
            Round = manifest.Round,
        };
    }

    /// <summary>What a document says; null where it is faulty.</summary>
    private static T? ReadDocument<T>(FolderReader folder, string name, Func<Stream, T> read, FaultList faults)
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
        using MemoryStream stream = new(content, writable: false);
        T? document = found.Try(() => read(stream));
        faults.AddAll(found.In(name));
        return document;
    }
}
