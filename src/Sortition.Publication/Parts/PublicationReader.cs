using Sortition.Core.Ballots;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Sortition.Files;
using Sortition.Files.Documents;
using Sortition.Publication.Format;

namespace Sortition.Publication.Parts;

/// <summary>Reads what a published lottery says from its files; what follows from that is not looked at.</summary>
internal static class PublicationReader
{
    /// <exception cref="MalformedInputException">Something is missing or malformed.</exception>
    public static PublicationData Read(FolderReader folder)
    {
        FaultList faults = new();
        JsonFaults json = new();
        byte[] content = folder.ContentOrFault(PartNames.Manifest, faults);
        Manifest? manifest = faults.Count > 0 ? null : Manifest.Read(content, json);
        faults.AddAll(json.Found.In(PartNames.Manifest));
        folder.CancellationToken.ThrowIfCancellationRequested();
        SelectionProblem? problem = ReadProblem(folder, faults);
        folder.CancellationToken.ThrowIfCancellationRequested();
        PanelLottery? lottery = problem is null ? null : ReadLottery(folder, problem, faults);
        folder.CancellationToken.ThrowIfCancellationRequested();
        if (manifest is null || lottery is null)
        {
            throw faults.ToException();
        }

        int?[] types = PublishedLottery.TypesOfPeople(lottery);
        IReadOnlyList<PublishedPerson> people = manifest.Level == PublicationLevel.Auditor
            ? [.. problem!.People.Select((p, i) => new PublishedPerson(p.Id, types[i]))]
            : PeopleTable.ReadPublic(folder.ContentOrFault(PartNames.People, faults), lottery.Types.Count, faults);
        IReadOnlyList<IReadOnlyList<int>> ballots =
            BallotsTable.Read(folder.ContentOrFault(PartNames.Ballots, faults), problem!.PanelSize, people.Count, Math.Min(manifest.Ballots, BestBallots.MaxCount), faults);
        if (ballots.Count == 0 && faults.Count == 0)
        {
            faults.Add(PublicationFaults.NoBallots, new FaultLocation(PartNames.Ballots));
        }

        return faults.Count > 0
            ? throw faults.ToException()
            : new PublicationData
            {
                Level = manifest.Level,
                Lottery = lottery,
                People = people,
                Ballots = ballots,
                Chances = manifest.Chances,
                SoftwareVersion = manifest.SoftwareVersion,
                Seed = manifest.Seed,
                Randomness = manifest.Randomness,
                SmallestGroup = manifest.SmallestGroup,
                AuditorRoot = manifest.AuditorRoot,
                Round = manifest.Round,
            };
    }

    private static SelectionProblem? ReadProblem(FolderReader folder, FaultList faults) => Read(folder, PartNames.Problem, faults, content => ProblemJson.Read(content));

    private static PanelLottery? ReadLottery(FolderReader folder, SelectionProblem problem, FaultList faults) =>
        Read(folder, PartNames.Lottery, faults, content => LotteryJson.Read(content, problem));

    /// <summary>A document of the folder; or its faults, and null.</summary>
    private static T? Read<T>(FolderReader folder, string name, FaultList faults, Func<Stream, T> read)
        where T : class
    {
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
