using System.Text.Json;
using Sortition.Core;
using Sortition.Shared;

namespace Sortition.Publication.Format;

/// <summary>The document <c>publication.json</c>: what kind of publication this is, how it came about, and what it states.</summary>
internal sealed record Manifest
{
    public const string Format = "sortition-publication/2";

    /// <summary>The format before it, in which a draw is announced in words alone. It is still read and verified.</summary>
    private const string FirstFormat = "sortition-publication/1";

    public const string Rounding = "best-ballots/2";
    public const string Tags = "sha256(salt:id)";

    private static readonly (PublicationLevel Level, string Name)[] Levels = [(PublicationLevel.Auditor, "auditor"), (PublicationLevel.Public, "public")];

    public required PublicationLevel Level { get; init; }

    public required int Ballots { get; init; }

    public required PublishedChances Chances { get; init; }

    public required string SoftwareVersion { get; init; }

    public string? Seed { get; init; }

    public required DrawAnnouncement Announcement { get; init; }

    public int? SmallestGroup { get; init; }

    public string? AuditorRoot { get; init; }

    public PublishedRound? Round { get; init; }

    public static void Write(Stream stream, PublicationData data) => JsonForm.WriteDocument(stream, json => Write(json, data));

    /// <summary>Reads the document. What only repeats what other files say is left to the verification.</summary>
    /// <exception cref="MalformedInputException">The document is malformed.</exception>
    public static Manifest Read(Stream stream)
    {
        JsonFaults faults = new();
        using JsonDocument? json = faults.Parse(stream);
        if (json is null || faults.Members(
            json.RootElement,
            "$",
            "format",
            "level",
            "softwareVersion",
            "algorithm",
            "status",
            "people",
            "mustBeOut",
            "panelSize",
            "ballots",
            "rounding",
            "chances",
            "draw",
            "public?",
            RoundSection.Name + "?") is not { } members)
        {
            throw faults.Found.ToException();
        }

        bool isFirst = members[0] is { ValueKind: JsonValueKind.String } format && format.ValueEquals(FirstFormat);
        faults.CheckFormat(members[0], isFirst ? FirstFormat : Format);
        PublicationLevel? level = faults.OneOf(Levels, members[1], "$.level");
        string? software = faults.Name(members[2], "$.softwareVersion");
        int? ballots = faults.NaturalNumber(members[8], "$.ballots");
        string? seed = Member(members[9], "$.rounding", 2, faults.Text, "method", "generator", "seed?");
        PublishedChances? chances = members[10] is JsonElement stated ? ReadChances(stated, faults) : null;
        DrawAnnouncement? announcement = isFirst
            ? DrawAnnouncement.InWords(Member(members[11], "$.draw", 1, faults.Text, "procedure", "randomness?"))
            : AnnouncementSection.Read(members[11], ballots, faults);
        int? smallestGroup = null;
        string? auditorRoot = null;
        if (members[12] is JsonElement section
            && faults.Members(section, "$.public", "tags", "smallestGroup", "peopleWithoutType", "auditorRoot") is { } ofPublic)
        {
            smallestGroup = faults.NaturalNumber(ofPublic[1], "$.public.smallestGroup");
            auditorRoot = faults.Text(ofPublic[3], "$.public.auditorRoot");
            if (auditorRoot is not null && !RootHash.IsHash(auditorRoot))
            {
                faults.Add(PublicationFaults.NotARoot, "$.public.auditorRoot");
            }
        }

        if (level is not null && (level == PublicationLevel.Public) != members[12] is not null)
        {
            faults.Add(PublicationFaults.PublicSection, "$.public");
        }

        PublishedRound? round = members[13] is JsonElement ofRound ? RoundSection.Read(ofRound, faults) : null;
        faults.Found.ThrowIfAny();
        return new Manifest
        {
            Level = level!.Value,
            Ballots = ballots!.Value,
            Chances = chances!,
            SoftwareVersion = software!,
            Seed = seed,
            Announcement = announcement!,
            SmallestGroup = smallestGroup,
            AuditorRoot = auditorRoot,
            Round = round,
        };

        string? Member(JsonElement? element, string path, int index, Func<JsonElement?, string, string?> read, params ReadOnlySpan<string> names) =>
            element is JsonElement section && faults.Members(section, path, names) is { } found
                ? read(found[index], JsonFaults.Join(path, names[index]))
                : null;
    }

    private static void Write(Utf8JsonWriter json, PublicationData data)
    {
        SelectionProblem problem = data.Lottery.Problem;
        json.WriteString("format", data.Announcement.IsInWords ? FirstFormat : Format);
        json.WriteString("level", Levels.First(l => l.Level == data.Level).Name);
        json.WriteString("softwareVersion", data.SoftwareVersion);
        json.WriteString("algorithm", data.Lottery.Certificate.Objective.Name);
        json.WriteString("status", data.Lottery.Certificate.Status switch
        {
            CertificateStatus.ProvenOptimal => "proven optimal",
            CertificateStatus.EpsilonLeximin => "proven within epsilon",
            _ => "not proven",
        });
        json.WriteNumber("people", data.People.Count);
        json.WriteNumber("mustBeOut", data.MustBeOut);
        json.WriteNumber("panelSize", problem.PanelSize);
        json.WriteNumber("ballots", data.Ballots.Count);
        json.WriteStartObject("rounding");
        json.WriteString("method", Rounding);
        json.WriteString("generator", RandomSource.SeededGenerator);
        if (data.Seed is string seed)
        {
            json.WriteString("seed", seed);
        }

        json.WriteEndObject();
        WriteChances(json, data.Chances);
        AnnouncementSection.Write(json, data.Announcement);
        if (data.Level == PublicationLevel.Public)
        {
            json.WriteStartObject("public");
            json.WriteString("tags", Tags);
            json.WriteNumber("smallestGroup", data.SmallestGroup!.Value);
            json.WriteNumber("peopleWithoutType", data.PeopleWithoutType);
            json.WriteString("auditorRoot", data.AuditorRoot);
            json.WriteEndObject();
        }

        if (data.Round is PublishedRound round)
        {
            RoundSection.Write(json, round);
        }
    }

    private static void WriteChances(Utf8JsonWriter json, PublishedChances chances)
    {
        json.WriteStartObject("chances");
        json.WriteNumber("lowestIdeal", chances.LowestIdeal);
        json.WriteNumber("lowestBallots", chances.Lowest);
        json.WriteNumber("lowestBallotsAtMost", chances.MinBallotsUpperBound);
        json.WriteNumber("highestBallots", chances.Highest);
        json.WriteNumber("withoutBallot", chances.WithoutBallot);
        json.WriteNumber("largestDistance", chances.MaxDeviation);
        json.WriteNumber("unavoidableDistance", chances.UnavoidableDistance);
        json.WriteNumber("typicalDistance", chances.RootMeanSquareDeviation);
        json.WriteNumber("knownBoundBySeats", chances.KnownBoundBySeats);
        json.WriteNumberOrNull("knownBoundByTypes", chances.KnownBoundByTypes);
        json.WriteEndObject();
    }

    private static PublishedChances? ReadChances(JsonElement element, JsonFaults faults)
    {
        const string Path = "$.chances";
        if (faults.Members(
            element,
            Path,
            "lowestIdeal",
            "lowestBallots",
            "lowestBallotsAtMost",
            "highestBallots",
            "withoutBallot",
            "largestDistance",
            "unavoidableDistance",
            "typicalDistance",
            "knownBoundBySeats",
            "knownBoundByTypes") is not { } m)
        {
            return null;
        }

        double? lowestIdeal = faults.Number(m[0], Path);
        int? lowest = faults.NaturalNumber(m[1], Path);
        int? atMost = faults.NaturalNumber(m[2], Path);
        int? highest = faults.NaturalNumber(m[3], Path);
        int? without = faults.NaturalNumber(m[4], Path);
        double?[] distances = [.. m[5..9].Select(n => faults.Number(n, Path))];
        double? byTypes = m[9] is { ValueKind: JsonValueKind.Null } ? null : faults.Number(m[9], Path);
        return faults.Count > 0
            ? null
            : new PublishedChances(
                lowestIdeal!.Value,
                lowest!.Value,
                atMost!.Value,
                highest!.Value,
                without!.Value,
                distances[0]!.Value,
                distances[1]!.Value,
                distances[2]!.Value,
                distances[3]!.Value,
                byTypes);
    }
}
