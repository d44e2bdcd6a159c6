using Sortition.Core.Ballots;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Sortition.Files;
using Sortition.Files.Documents;

namespace Sortition.Publication.Format;

/// <summary>Reads what a published lottery says from its files; what follows from that is not looked at.</summary>
internal static class PublicationReader
{
    /// <exception cref="InvalidProblemException">Something is missing or malformed.</exception>
    public static PublicationData Read(FolderReader folder)
    {
        List<ProblemFault> faults = [];
        JsonFaults json = new();
        byte[] content = folder.ContentOrFault(PartNames.Manifest, faults.Add);
        Manifest? manifest = faults.Count > 0 ? null : Manifest.Read(content, json);
        faults.AddRange(json.Listed.Select(f => In(PartNames.Manifest, f)));
        folder.CancellationToken.ThrowIfCancellationRequested();
        SelectionProblem? problem = ReadProblem(folder, faults);
        folder.CancellationToken.ThrowIfCancellationRequested();
        PanelLottery? lottery = problem is null ? null : ReadLottery(folder, problem, faults);
        folder.CancellationToken.ThrowIfCancellationRequested();
        if (manifest is null || lottery is null)
        {
            throw new InvalidProblemException(faults, faults.Count);
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

        return faults.Count > 0
            ? throw new InvalidProblemException(faults, faults.Count)
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

    private static SelectionProblem? ReadProblem(FolderReader folder, List<ProblemFault> faults)
    {
        int before = faults.Count;
        byte[] content = folder.ContentOrFault(PartNames.Problem, faults.Add);
        if (faults.Count > before)
        {
            return null;
        }

        try
        {
            using MemoryStream stream = new(content, writable: false);
            return ProblemJson.Read(stream);
        }
        catch (InvalidProblemException e)
        {
            faults.AddRange(e.Faults.Select(f => In(PartNames.Problem, f)));
            return null;
        }
    }

    private static PanelLottery? ReadLottery(FolderReader folder, SelectionProblem problem, List<ProblemFault> faults)
    {
        int before = faults.Count;
        byte[] content = folder.ContentOrFault(PartNames.Lottery, faults.Add);
        if (faults.Count > before)
        {
            return null;
        }

        try
        {
            using MemoryStream stream = new(content, writable: false);
            return LotteryJson.Read(stream, problem);
        }
        catch (FormatException e)
        {
            faults.Add(new ProblemFault(FaultCode.UnknownFormat, new FaultLocation(PartNames.Lottery), null, null, [e.Message.ReplaceLineEndings(" ")]));
            return null;
        }
    }

    private static ProblemFault In(string file, ProblemFault fault) => fault with { Location = new FaultLocation($"{file} {fault.Location.Source}", fault.Location.Line, fault.Location.Column) };
}
