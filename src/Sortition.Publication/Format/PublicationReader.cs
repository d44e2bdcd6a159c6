using Sortition.Core.Ballots;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Sortition.Files;

namespace Sortition.Publication.Format;

/// <summary>Reads what a published lottery says from its files; what follows from that is not looked at.</summary>
internal static class PublicationReader
{
    /// <exception cref="InvalidProblemException">Something is missing or malformed.</exception>
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
            : PeopleTable.ReadPublic(folder.ContentOrFault(PartNames.People, faults.Add), lottery.Types.Count, faults.Add);
        IReadOnlyList<IReadOnlyList<int>> ballots =
            BallotsTable.Read(folder.ContentOrFault(PartNames.Ballots, faults.Add), problem!.PanelSize, people.Count, Math.Min(manifest.Ballots, BestBallots.MaxCount), faults.Add);
        if (ballots.Count == 0 && faults.Count == 0)
        {
            faults.Add(new ProblemFault(FaultCode.EmptyFile, new FaultLocation(PartNames.Ballots), null, null, ["a ballot"]));
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
            Randomness = manifest.Randomness,
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
        byte[] content = folder.ContentOrFault(name, faults.Add);
        if (faults.Count > before)
        {
            return null;
        }

        try
        {
            using MemoryStream stream = new(content, writable: false);
            return read(stream);
        }
        catch (InvalidProblemException e)
        {
            faults.AddAll(new InvalidProblemException([.. e.Faults.Select(f => In(name, f))], e.FaultCount));
            return null;
        }
    }

    private static ProblemFault In(string file, ProblemFault fault) => fault with { Location = new FaultLocation($"{file} {fault.Location.Source}", fault.Location.Line, fault.Location.Column) };
}
