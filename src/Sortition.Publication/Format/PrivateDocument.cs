using System.Text.Json;
using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Shared;

namespace Sortition.Publication.Format;

/// <summary>The document <c>private.json</c>: everybody's id, key, features, household and ballots, for auditors.</summary>
internal static class PrivateDocument
{
    private const string Format = "sortition-private/2";

    private static readonly (PersonStatus Status, string Name)[] s_statuses = [(PersonStatus.MustBeIn, "mustBeIn"), (PersonStatus.MustBeOut, "mustBeOut")];

    public static byte[] Write(PrivatePart part, bool isRehearsal) => CanonicalJson.ToBytes(json =>
    {
        SelectionProblem problem = part.Lottery.Problem;
        Dictionary<string, int>[] indices = PublicationDocument.ValueIndices(problem);
        json.Member("format", Format);
        json.Mark(isRehearsal);
        json.Member("blinding", part.Keys.BlindingFor(problem.People.Select(p => p.Id)));
        json.Member("seed", part.Seed);
        json.Objects("people", Enumerable.Range(0, problem.People.Count), i =>
        {
            Person person = problem.People[i];
            json.Member("id", person.Id);
            json.Member("key", part.Keys.KeyOf(person.Id));
            json.Member("values", ExactText.Numbers(person.Values.Select((v, f) => (long)indices[f][v])));
            json.Optional("household", person.Household);
            json.Optional("status", person.Status == PersonStatus.Free ? null : s_statuses.First(s => s.Status == person.Status).Name);
            json.Optional("entitlement", person.Entitlement == 1 ? null : ExactText.Fraction(person.Entitlement));
            json.Member("ballots", ExactText.Numbers(part.BallotsOf[i].Select(b => (long)b)));
        });
    });

    /// <summary>Reads the document.</summary>
    /// <param name="content">Its bytes.</param>
    /// <param name="publication">What is public, with the lottery over stand-ins.</param>
    /// <exception cref="MalformedInputException">It is malformed, or is not about the people whom the stand-ins stand for.</exception>
    public static PrivatePart Read(byte[] content, PublicationDocument publication)
    {
        (PanelLottery standIns, int ballots) = (publication.Lottery, publication.BallotCount);
        JsonFaults faults = new();
        using JsonDocument? json = faults.Parse(content);
        if (json is null || faults.Members(json.RootElement, "$", "format", "mark?", "blinding", "seed", "people") is not { } members)
        {
            throw faults.Found.ToException();
        }

        faults.CheckFormat(members[0], Format);
        string? blinding = faults.Text(members[2], "$.blinding");
        string? seed = faults.Text(members[3], "$.seed");
        if (CanonicalJson.ReadMark(members[1], faults) != publication.IsRehearsal)
        {
            faults.Add(PublicationFaults.Contradiction, "$." + Rehearsal.Member);
        }

        if (blinding is not null && !RootHash.IsHash(blinding))
        {
            faults.Add(PublicationFaults.NotAsWritten, "$.blinding");
        }

        List<Entry> people = [.. faults.Items(members[4], "$.people")
            .Select(p => ReadPerson(p.Element, p.Path, standIns.Problem, ballots, faults)).OfType<Entry>()];
        faults.Found.ThrowIfAny();
        PanelLottery lottery = StandIns.ForPeople(Build(people, standIns.Problem), standIns);
        if (!lottery.Problem.People.Select(p => p.Id).SequenceEqual(people.Select(p => p.Id), StringComparer.Ordinal)
            || !HasTypes(lottery.Problem, standIns.Problem))
        {
            faults.Add(PublicationFaults.Contradiction, "$.people");
            throw faults.Found.ToException();
        }

        return new PrivatePart
        {
            Lottery = lottery,
            Keys = KeyTable.From(people.Select(p => KeyValuePair.Create(p.Id, p.Key))),
            Seed = seed!,
            BallotsOf = [.. people.Select(p => p.Ballots)],
        };
    }

    private static Entry? ReadPerson(JsonElement element, string path, SelectionProblem problem, int ballots, JsonFaults faults)
    {
        int before = faults.Count;
        if (faults.Members(element, path, "id", "key", "values", "household?", "status?", "entitlement?", "ballots") is not { } m)
        {
            return null;
        }

        string? id = faults.Text(m[0], JsonFaults.Join(path, "id"));
        string? key = faults.Text(m[1], JsonFaults.Join(path, "key"));
        string? text = faults.Text(m[2], JsonFaults.Join(path, "values"));
        int? household = faults.NaturalNumber(m[3], JsonFaults.Join(path, "household"));
        PersonStatus? status = m[4] is null ? PersonStatus.Free : faults.OneOf(s_statuses, m[4], JsonFaults.Join(path, "status"));
        double? entitlement = m[5] is null ? 1 : ExactText.ReadFraction(faults.Text(m[5], JsonFaults.Join(path, "entitlement")) ?? "");
        string? on = faults.Text(m[6], JsonFaults.Join(path, "ballots"));
        if (faults.Count > before)
        {
            return null;
        }

        IReadOnlyList<int>? values = ExactText.ReadIndices(text!, int.MaxValue);
        IReadOnlyList<int>? own = ExactText.ReadIndices(on!, ballots);
        if (values?.Count != problem.Features.Count || values.Zip(problem.Features).Any(v => v.First >= v.Second.Values.Count) || entitlement is null
            || own is null || own.Zip(own.Skip(1)).Any(pair => pair.First >= pair.Second) || !RootHash.IsHash(key!))
        {
            faults.Add(PublicationFaults.NotAsWritten, path);
            return null;
        }

        return new Entry(id!, key!, [.. values.Zip(problem.Features, (v, f) => f.Values[v])], household, status!.Value, entitlement.Value, own);
    }

    /// <summary>The problem of these people, all else of which stands in another.</summary>
    private static SelectionProblem Build(List<Entry> people, SelectionProblem other)
    {
        Dictionary<string, int> indexOf = other.Features.Select((f, i) => (f.Name, i)).ToDictionary(p => p.Name, p => p.i, StringComparer.Ordinal);
        return StandIns.WithoutPeople(other).People(people, new PersonReader<Entry>
        {
            Id = p => p.Id,
            Value = (p, feature) => indexOf.TryGetValue(feature, out int f) ? p.Values[f] : null,
            Household = p => p.Household is int h ? JsonForm.Text(h) : null,
            Status = p => p.Status,
            Entitlement = p => p.Entitlement,
            Source = "$.people",
        }).Build();
    }

    private static bool HasTypes(SelectionProblem people, SelectionProblem standIns) =>
        people.Types.Count == standIns.Types.Count && people.Types.Zip(standIns.Types).All(pair =>
            pair.First.Members.Count == pair.Second.Members.Count && pair.First.Values.SequenceEqual(pair.Second.Values, StringComparer.Ordinal)
            && pair.First.Status == pair.Second.Status && pair.First.Entitlement == pair.Second.Entitlement
            && pair.First.HouseholdClass == pair.Second.HouseholdClass)
        && StandIns.HouseholdsOfClasses(people).SequenceEqual(StandIns.HouseholdsOfClasses(standIns));

    private sealed record Entry(
        string Id, string Key, IReadOnlyList<string> Values, int? Household, PersonStatus Status, double Entitlement, IReadOnlyList<int> Ballots);
}
