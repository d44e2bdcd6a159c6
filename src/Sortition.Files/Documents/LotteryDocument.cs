using System.Text.Json;
using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files.Storage;
using Sortition.Shared;

namespace Sortition.Files.Documents;

/// <summary>Reads a document of the format <c>sortition-lottery/1</c>.</summary>
internal sealed class LotteryDocument(SelectionProblem problem, JsonFaults faults)
{
    public const string Format = "sortition-lottery/1";

    private readonly CertificateDocument _certificates = new(problem, faults);

    /// <summary>Reads the lottery of a document; null for one that could not be parsed, for which there is a fault.</summary>
    /// <exception cref="MalformedInputException">The document is malformed or belongs to another problem.</exception>
    public static PanelLottery Read(JsonDocument? json, SelectionProblem problem, JsonFaults faults)
    {
        PanelLottery? lottery = json is null ? null : new LotteryDocument(problem, faults).Read(json.RootElement);
        return lottery ?? throw faults.Found.ToException();
    }

    private PanelLottery? Read(JsonElement root)
    {
        if (faults.Members(root, "$", "format", "problemSha256", "types", "panels", "uncovered", "certificate") is not { } members)
        {
            return null;
        }

        faults.CheckFormat(members[0], Format);
        if (faults.Text(members[1], "$.problemSha256") is string hash && !string.Equals(hash, ProblemWriter.HashOf(problem), StringComparison.Ordinal))
        {
            faults.Add(FileFaults.OtherProblem, "$.problemSha256", hash);
        }

        List<List<int>> types = ReadTypes(members[2]);
        List<(IReadOnlyList<TypeSeats>, long)> panels = ReadPanels(members[3]);
        List<UnselectablePerson> uncovered = ReadUncovered(members[4]);
        Certificate? certificate = _certificates.Read(members[5]);
        if (faults.Count > 0)
        {
            return null;
        }

        FaultList ofPanels = new();
        if (ofPanels.Try(() => PanelLottery.Create(problem, panels, uncovered, certificate!)) is not PanelLottery lottery)
        {
            throw new MalformedInputException([.. ofPanels.Faults.Select(f => f.At(PathOf(f.Location)))], ofPanels.Count);
        }

        if (types.Count != lottery.Types.Count || types.Where((members, t) => !members.SequenceEqual(lottery.Types[t].Members)).Any())
        {
            faults.Add(FileFaults.OtherTypes, "$.types");
        }

        _certificates.CheckLengths(certificate!, lottery.Types.Count);
        return faults.Count > 0 ? null : lottery;
    }

    private static FaultLocation PathOf(FaultLocation panel) =>
        new(panel.Line is int ordinal ? FormattableString.Invariant($"$.panels[{ordinal - 1}]") : "$.panels");

    private List<List<int>> ReadTypes(JsonElement? element)
    {
        List<List<int>> types = [];
        foreach ((JsonElement type, string path) in faults.Items(element, "$.types"))
        {
            types.Add([.. faults.Items(type, path).Select(p => faults.NaturalNumber(p.Element, p.Path) ?? -1)]);
        }

        return types;
    }

    private List<(IReadOnlyList<TypeSeats> Seats, long Weight)> ReadPanels(JsonElement? element)
    {
        List<(IReadOnlyList<TypeSeats>, long)> panels = [];
        foreach ((JsonElement panel, string path) in faults.Items(element, "$.panels"))
        {
            if (faults.Members(panel, path, "weight", "seats") is not { } members)
            {
                continue;
            }

            long weight = faults.NaturalText(members[0], JsonFaults.Join(path, "weight")) ?? 0;
            List<TypeSeats> seats = [];
            foreach ((JsonElement pair, string pairPath) in faults.Items(members[1], JsonFaults.Join(path, "seats")))
            {
                int[] numbers = [.. faults.Items(pair, pairPath).Select(n => faults.NaturalNumber(n.Element, n.Path) ?? -1)];
                if (numbers.Length == 2 && (seats.Count == 0 || seats[^1].Type < numbers[0]))
                {
                    seats.Add(new TypeSeats(numbers[0], numbers[1]));
                }
                else
                {
                    faults.Add(FileFaults.MalformedSeats, pairPath);
                }
            }

            panels.Add((seats, weight));
        }

        return panels;
    }

    private List<UnselectablePerson> ReadUncovered(JsonElement? element)
    {
        List<UnselectablePerson> uncovered = [];
        foreach ((JsonElement entry, string path) in faults.Items(element, "$.uncovered"))
        {
            if (faults.Members(entry, path, "person", "constraints") is not { } members)
            {
                continue;
            }

            int? person = faults.IndexBelow(problem.People.Count, members[0], JsonFaults.Join(path, "person"));
            List<Constraint> constraints = [];
            foreach ((JsonElement constraint, string constraintPath) in faults.Items(members[1], JsonFaults.Join(path, "constraints")))
            {
                if (faults.Members(constraint, constraintPath, "kind", "quota?") is { } parts
                    && _certificates.ReadConstraint(parts[0], parts[1], constraintPath) is Constraint read)
                {
                    constraints.Add(read);
                }
            }

            uncovered.Add(new UnselectablePerson(person ?? 0, constraints));
        }

        return uncovered;
    }
}
