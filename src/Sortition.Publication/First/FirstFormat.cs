using System.Globalization;
using System.Text.Json;
using Sortition.Core;
using Sortition.Core.Ballots;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Sortition.Files;
using Sortition.Publication.Checks;
using Sortition.Publication.Format;
using Sortition.Shared;

namespace Sortition.Publication.First;

/// <summary>Checks a publication of the format before this one, <c>sortition-publication/1</c>, which is no longer written.</summary>
/// <remarks>
/// Its substance is checked by the same points: the lottery and its certificate, the ballots, everybody's chance, the draw. That its other files say the same
/// in
/// the form that they had is left open, and said; and as it announced a draw in words alone, no draw by words is confirmed.
/// </remarks>
internal sealed class FirstFormat
{
    private const string Name = "sortition-publication/1";
    private const string DrawName = "sortition-draw-record/1";
    private const string Problem = "problem.json";
    private const string Lottery = "lottery.json";
    private const string Draw = "draw.json";

    private readonly FolderReader _folder;
    private readonly FaultList _faults = new();

    private FirstFormat(FolderReader folder) => _folder = folder;

    /// <summary>Whether the files say that they are of the first format.</summary>
    public static bool IsOf(FolderReader folder)
    {
        if (!folder.Has(Problem) || folder.Content(PartNames.Publication) is not byte[] content)
        {
            return false;
        }

        JsonFaults faults = new();
        using JsonDocument? json = faults.Parse(content);
        return json?.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("format", out JsonElement format)
            && format.ValueKind == JsonValueKind.String && format.ValueEquals(Name);
    }

    /// <summary>Verifies the files.</summary>
    public static VerificationReport Verify(FolderReader folder, string? announcedRoot)
    {
        VerificationCheck fingerprints = Fingerprints(folder, announcedRoot, out string? root);
        PublishedLottery lottery;
        string? words;
        try
        {
            lottery = new FirstFormat(folder).Read(out words);
        }
        catch (MalformedInputException e)
        {
            VerificationCheck unread = Check.Of(
                VerificationStep.Form, Sentences.None, Sentences.Of("finding/unreadable"), [.. e.Faults.Select(Sentences.Of)]);
            return new VerificationReport([fingerprints, unread], root, []);
        }

        List<VerificationCheck> checks = [fingerprints, Check.NotChecked(VerificationStep.Form, Sentences.Of("finding/first-form"))];
        if (lottery.Round is PublishedRound round)
        {
            checks.Add(RoundCheck.Run(lottery.Problem, round));
        }

        checks.Add(OptimalityCheck.Run(lottery.Data.Lottery, folder.CancellationToken));
        checks.Add(BallotsCheck.Run(lottery, folder.CancellationToken));
        checks.Add(ChancesCheck.Run(lottery));
        checks.Add(DrawOf(folder, lottery, root, words));
        return new VerificationReport(checks, root, [Sentences.Of("finding/open-first-form")]);
    }

    private static VerificationCheck Fingerprints(FolderReader folder, string? announced, out string? root)
    {
        List<Sentence> faults = [];
        byte[] content = folder.Content(PartNames.Sums) ?? [];
        root = content.Length == 0 ? null : RootHash.Of(content);
        if (announced is not null && !string.Equals(announced, root, StringComparison.Ordinal))
        {
            faults.Add(Sentences.Of("finding/other-root", ("root", root), ("announced", announced)));
        }

        IReadOnlyList<(string Name, string Hash)> sums = Sums.Read(content) ?? [];
        foreach ((string name, string hash) in sums)
        {
            // A name of these letters only is no path.
            bool isName = name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-') && name is not (PartNames.Sums or Draw);
            if (!isName || folder.Content(name) is not byte[] part || !string.Equals(RootHash.Of(part), hash, StringComparison.Ordinal))
            {
                faults.Add(Sentences.Of("finding/first-file", ("part", PartNames.Sums)));
            }
        }

        foreach (string name in (string[])[PartNames.Publication, Problem, Lottery, PartNames.People, PartNames.Ballots])
        {
            if (!sums.Any(s => string.Equals(s.Name, name, StringComparison.Ordinal)))
            {
                faults.Add(Sentences.Of("finding/not-listed", ("name", name), ("part", PartNames.Sums)));
            }
        }

        return Check.Of(
            VerificationStep.Fingerprints,
            Sentences.Of(
                "finding/first-fingerprints",
                ("count", sums.Count),
                ("part", PartNames.Sums),
                ("compared", Sentences.Of(announced is null ? "finding/root-not-given" : "finding/root-announced"))),
            Sentences.Of("finding/not-published"),
            faults);
    }

    /// <summary>The lottery as one of the second format, whose points then check it.</summary>
    private PublishedLottery Read(out string? words)
    {
        (bool isAuditor, int count, int smallestGroup, words, PublishedRound? round) = ReadManifest();
        SelectionProblem? problem = Document(Problem, stream => ProblemJson.Read(stream));
        PanelLottery? lottery = problem is null ? null : Document(Lottery, stream => LotteryJson.Read(stream, problem));
        _faults.ThrowIfAny();
        (List<string> tags, List<int?> types) = isAuditor ? ([], []) : ReadTags(lottery!.Types.Count);
        IReadOnlyList<IReadOnlyList<int>> ballots = BallotsTable.ReadMembers(
            _folder.ContentOrFault(PartNames.Ballots, _faults), problem!.PanelSize, isAuditor ? problem.People.Count : tags.Count, count, _faults);
        _faults.ThrowIfAny();
        if (isAuditor)
        {
            PanelTable table = PanelTable.FromBallots(problem, ballots.Select(ballot => ballot.Select(i => problem.People[i].Id)));
            PublishedLottery whole = PublishedLottery.Create(lottery!, table, new PublicationOptions { Seed = "" });
            return new PublishedLottery(whole.Data with { Round = round });
        }

        return new PublishedLottery(new PublicationData
        {
            IsRehearsal = false,
            Lottery = lottery!,
            HasOpenTickets = true,
            SmallestGroup = smallestGroup,
            Announcement = DrawAnnouncement.Local,
            Round = round,
            Tags = tags,
            TypesTold = types,
            BallotCount = count,
            Ballots = ballots,
            Tickets = null,
            PrivateHash = new string('0', 64),
        });
    }

    private (bool IsAuditor, int Ballots, int SmallestGroup, string? Words, PublishedRound? Round) ReadManifest()
    {
        JsonFaults faults = new();
        using JsonDocument? json = faults.Parse(_folder.ContentOrFault(PartNames.Publication, _faults));
        string[] names =
        [
            "format", "level", "softwareVersion", "algorithm", "status", "people", "mustBeOut", "panelSize", "ballots", "rounding", "chances", "draw",
            "public?", "round?",
        ];
        if (json is null || faults.Members(json.RootElement, "$", names) is not { } m)
        {
            throw faults.Found.In(PartNames.Publication).ToException();
        }

        bool? isAuditor = faults.OneOf([(true, "auditor"), (false, "public")], m[1], "$.level");
        int? ballots = faults.NaturalNumber(m[8], "$.ballots");
        string? words = m[11] is JsonElement draw && faults.Members(draw, "$.draw", "procedure", "randomness?") is { } d
            ? faults.Text(d[1], "$.draw.randomness") : null;
        int? smallest = m[12] is JsonElement section
            && faults.Members(section, "$.public", "tags", "smallestGroup", "peopleWithoutType", "auditorRoot") is { } p
            ? faults.NaturalNumber(p[1], "$.public.smallestGroup") : null;
        PublishedRound? round = m[13] is JsonElement ofRound ? RoundSection.Read(ofRound, faults) : null;
        if (isAuditor is not null && isAuditor == smallest is not null)
        {
            faults.Add(PublicationFaults.Contradiction, "$.public");
        }

        _faults.AddAll(faults.Found.In(PartNames.Publication));
        _faults.ThrowIfAny();
        return (isAuditor!.Value, Math.Clamp(ballots!.Value, 1, BallotRounding.MaxCount), smallest ?? 0, words, round);
    }

    private (List<string> Tags, List<int?> Types) ReadTags(int types)
    {
        NumberLines lines = new(PartNames.People, _faults);
        List<string> tags = [];
        List<int?> told = [];
        foreach ((int line, string[] cells) in lines.Read(_folder.ContentOrFault(PartNames.People, _faults), 3))
        {
            if (!RootHash.IsHash(cells[1]) || (tags.Count > 0 && string.CompareOrdinal(tags[^1], cells[1]) >= 0))
            {
                _faults.Add(PublicationFaults.MalformedTag, new FaultLocation(PartNames.People, line, "tag"));
            }

            tags.Add(cells[1]);
            told.Add(cells[2].Length == 0 ? null : lines.Number(line, "type", cells[2], types) - 1);
        }

        return (tags, told);
    }

    private T? Document<T>(string name, Func<Stream, T> read)
        where T : class
    {
        int before = _faults.Count;
        byte[] content = _folder.ContentOrFault(name, _faults);
        if (_faults.Count > before)
        {
            return null;
        }

        FaultList found = new();
        using MemoryStream stream = new(content, writable: false);
        T? document = found.Try(() => read(stream));
        _faults.AddAll(found.In(name));
        return document;
    }

    /// <summary>Redoes the draw. Of an announcement in words more than one text may be said to be the one.</summary>
    private static VerificationCheck DrawOf(FolderReader folder, PublishedLottery lottery, string? root, string? words)
    {
        Sentence announced = words is null ? Sentences.Of("finding/nothing-announced")
            : Sentences.Of("finding/first-announced", ("words", words));
        if (!folder.Has(Draw))
        {
            return Check.NotChecked(
                VerificationStep.Draw, Sentences.Of("finding/not-drawn", ("part", Draw), ("called", null), ("announced", announced)));
        }

        JsonFaults faults = new();
        using JsonDocument? json = faults.Parse(folder.Content(Draw) ?? []);
        string[] names = ["format", "procedure?", "root", "ballots", "method", "text?", "digests?", "ballot", "members"];
        if (json is null || faults.Members(json.RootElement, "$", names) is not { } m)
        {
            return Check.Of(
                VerificationStep.Draw, Sentences.None, Sentences.Of("finding/record-unreadable"), [.. faults.Found.Faults.Select(Sentences.Of)]);
        }

        faults.CheckFormat(m[0], DrawName);
        string? method = faults.Text(m[4], "$.method");
        string? text = faults.Text(m[5], "$.text");
        string? ballot = faults.Text(m[7], "$.ballot");
        int[] members = [.. faults.Items(m[8], "$.members").Select(n => faults.NaturalNumber(n.Element, n.Path) ?? 0)];
        List<Sentence> wrong = [.. faults.Found.Faults.Select(Sentences.Of)];
        bool isNumber = int.TryParse(ballot, NumberStyles.None, CultureInfo.InvariantCulture, out int b) && b < lottery.BallotCount;
        if (!isNumber || !string.Equals(faults.Text(m[2], "$.root"), root, StringComparison.Ordinal)
            || faults.NaturalNumber(m[3], "$.ballots") != lottery.BallotCount)
        {
            wrong.Add(Sentences.Of("finding/first-other-lottery"));
        }
        else if (method is not ("number" or "text" or "local") || (string.Equals(method, "number", StringComparison.Ordinal) != (text is null))
            || text is { Length: 0 }
            || (text is not null && DrawProcedure.Draw(text, root!, lottery.BallotCount).Ballot != b))
        {
            wrong.Add(Sentences.Of("finding/first-other-ballot"));
        }
        else if (!members.Order().SequenceEqual(MembersOf(lottery, b).Order()))
        {
            wrong.Add(Sentences.Of("finding/first-other-members"));
        }

        return wrong.Count > 0
            ? Check.Of(VerificationStep.Draw, Sentences.None, Sentences.Of("finding/first-draw-wrong"), wrong)
            : words is null && string.Equals(method, "local", StringComparison.Ordinal)
                ? Check.Of(
                    VerificationStep.Draw,
                    Sentences.Of("finding/first-drawn-locally", ("ballot", ballot), ("announced", announced)),
                    Sentences.None,
                    [])
                : Check.NotConfirmed(
                    VerificationStep.Draw,
                    Sentences.Of("finding/first-drawn", ("ballot", ballot), ("announced", announced)),
                    [Sentences.Of("finding/first-words-alone")]);
    }

    /// <summary>The numbers by which the first format called the members of a ballot: places among ids for auditors, among tags for everybody.</summary>
    private static IEnumerable<int> MembersOf(PublishedLottery lottery, int ballot) => lottery.Ballots![ballot]
        .Select(i => 1 + (lottery.People[i].Id is string id ? lottery.Problem.IndexOf(id) : i));
}
