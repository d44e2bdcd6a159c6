using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Sortition.Cli.Options;
using Sortition.Cli.Texts;
using Sortition.Core;
using Sortition.Core.Ballots;
using Sortition.Core.Lotteries;
using Sortition.Core.Replacements;
using Sortition.Files.Dialects;
using Sortition.Publication.Format;

namespace Sortition.Cli.Commands;

/// <summary>From two spreadsheets to numbered ballots, in the form for auditors. Draws nobody.</summary>
internal sealed class LotteryCommand : ToolCommand
{
    private const int DefaultBallots = 1000;
    private const int DefaultSmallestGroup = 5;
    private const string Open = "open";
    private const string Closed = "closed";

    private readonly ProblemInput _input = new();
    private readonly AlgorithmInput _algorithm = new(withoutLottery: false);
    private readonly ReplacementInput _replacement = new();
    private readonly AnnouncementInput _announcement = new();
    private readonly Option<int?> _ballots = new BallotsInput().Option;

    private readonly Option<string?> _seed = new("--seed") { HelpName = "TEXT" };

    private readonly Option<string> _tickets = new("--tickets")
    {
        HelpName = "FORM",
        DefaultValueFactory = _ => Open,
    };

    private readonly Option<int?> _smallestGroup = Numbers.Whole("--smallest-group", "N", 1, 1_000_000);

    private readonly Option<string?> _keys = new("--keys") { HelpName = "FILE" };

    private readonly Option<string> _output = new("--output", "-o")
    {
        HelpName = StandardStreams.FolderOrZip,
        Required = true,
    };

    public LotteryCommand()
        : base("lottery")
    {
        _input.AddTo(this);
        _algorithm.AddTo(this);
        _replacement.AddTo(this);
        Options.Add(_ballots);
        Options.Add(_seed);
        _announcement.AddTo(this);
        _tickets.AcceptOnlyFromAmong(Open, Closed);
        Options.Add(_tickets);
        Options.Add(_smallestGroup);
        Options.Add(_keys);
        ContactInput.AddTo(this);
        ContactInput.AddFindMeTo(this);
        Options.Add(_output);
    }

    public override int Run(ParseResult line, Terminal terminal, CancellationToken cancellationToken)
    {
        Stopwatch clock = Stopwatch.StartNew();
        string output = line.GetRequiredValue(_output);
        bool isRound = _replacement.IsGiven(line);
        if (isRound)
        {
            _replacement.Check(line);
        }

        OutputFolder.Check(output, PublishedLottery.IsPart);
        string? keysPath = line.GetValue(_keys);
        KeyTable? keys = ReadKeys(line, keysPath, cancellationToken);
        string? findMeAt = ContactInput.FindMeAt(line);
        DrawAnnouncement announcement = _announcement.Read(line) ?? DrawAnnouncement.Local;
        int count = line.GetValue(_ballots) ?? DefaultBallots;
        announcement.ThrowIfTooFewTexts(count);
        LotteryComputation computation = _algorithm.Choose(line, out string? entitlementColumn)!;
        RoundLists? lists = isRound ? _replacement.Read(line, _input, cancellationToken) : null;
        LoadedProblem input = _input.Load(line, terminal, entitlementColumn, cancellationToken, lists);
        if (lists is not null)
        {
            (int exitCode, LoadedProblem? residual) = ReplacementInput.Open(terminal, input, lists, cancellationToken);
            if (residual is null)
            {
                return exitCode;
            }

            input = residual;
        }

        SelectionProblem problem = input.Problem;
        CheckKeys(keys, keysPath, input);
        SolveResult result = ProgressDisplay.Run(terminal, computation.Name, progress => computation.Solve(problem, progress, cancellationToken));
        switch (result)
        {
            case SolveResult.Infeasible infeasible:
                return FeasibilityText.Refuse(terminal, problem, infeasible.Report);
            case SolveResult.Stopped { Best: null }:
                terminal.Fill(json => json["stoppedByLimit"] = true);
                terminal.Warn("limit/nothing-written", ("before", terminal.Text(computation.FirstResult)));
                return ExitCode.NotProven;
        }

        PanelLottery lottery = LotteryComputation.LotteryOf(result, terminal);
        string seed = RehearsalInput.Seed(terminal, line.GetValue(_seed));
        (PanelTable ballots, BallotMixing mixing) =
            BallotsInput.Round(terminal, lottery, count, RandomSource.Seeded(seed), computation.MaxThreads, cancellationToken);
        PublicationOptions options = OptionsOf(line, terminal.IsRehearsal, seed, announcement, keys, input.Round);
        PublishedLottery published = PublishedLottery.Create(lottery, ballots, options, cancellationToken);
        bool hasNewKeys = keysPath is not null && keys is null;
        WriteKeys(hasNewKeys ? keysPath : null, published, input, findMeAt);
        IReadOnlyList<string> files = OutputFolder.WriteAll(terminal, output, to => published.Write(to, cancellationToken));
        RoundingError quality = RoundingError.Compute(lottery, ballots);
        terminal.Fill(json => Fill(json, computation.Name, published, seed, result is SolveResult.Stopped, quality, mixing, files));
        TellMade(terminal, input, count, computation.Name);
        terminal.Lines(
        [
            .. BallotText.Describe(terminal.Language, quality),
            BallotText.Describe(terminal.Language, mixing),
            WithoutChanceText.Describe(terminal.Language, lottery, result is SolveResult.Stopped),
            (terminal.Text("label/proof"), ProofText.Of(terminal.Language, lottery, result is SolveResult.Stopped)),
            (terminal.Text("label/seed"), seed),
            (terminal.Text("label/time"), terminal.Language.Seconds(clock.Elapsed)),
            .. Published(terminal.Language, published, options.SmallestGroup, keysPath, hasNewKeys),
            (
                terminal.Text("label/files"),
                terminal.Text("lottery/files", ("count", files.Count), ("place", OutputFolder.Describe(terminal.Language, output)))),
        ]);
        SayNext(terminal, output, isRound);
        return ProofText.IsProven(lottery) ? ExitCode.Done : ExitCode.NotProven;
    }

    /// <summary>Says what was made, and of which quotas.</summary>
    private static void TellMade(Terminal terminal, LoadedProblem input, int ballots, string algorithm)
    {
        terminal.Tell(
            input.Round is null ? "lottery/made" : "lottery/made-for-round",
            ("ballots", ballots),
            ("seats", input.Problem.PanelSize),
            ("staying", input.Round?.Confirmed.Count),
            ("size", input.Round?.Original.PanelSize),
            ("people", input.Problem.People.Count),
            ("algorithm", algorithm));
        terminal.Say();
        terminal.Out.Write(input.Round is null ? QuotaTable.Of(terminal.Language, input.Problem) : QuotaTable.Of(terminal.Language, input.Round));
        terminal.Say();
    }

    /// <summary>How the form of the tickets is called.</summary>
    public static string TicketsOf(PublishedLottery published) => published.HasOpenTickets ? Open : Closed;

    private static void Fill(
        JsonObject json,
        string algorithm,
        PublishedLottery published,
        string seed,
        bool isCutOff,
        RoundingError quality,
        BallotMixing mixing,
        IReadOnlyList<string> files)
    {
        PanelLottery lottery = published.Lottery;
        json["algorithm"] = algorithm;
        json["panelSize"] = lottery.Problem.PanelSize;
        json["people"] = lottery.Problem.People.Count;
        json["quotas"] = Json.Quotas(lottery.Problem);
        json["round"] = Json.Round(published);
        json["seed"] = seed;
        json["proof"] = Json.Proof(lottery, isCutOff);
        json["rounding"] = Json.Rounding(quality);
        json["mixing"] = Json.Mixing(mixing);
        json["root"] = published.Root;
        json["announced"] = AnnouncementInput.InJson(published);
        json["tickets"] = TicketsOf(published);
        json["peopleWithoutType"] = published.PeopleWithoutType;
        json["files"] = Json.Texts(files);
    }

    private static void SayNext(Terminal terminal, string output, bool isRound)
    {
        terminal.Say();
        terminal.Tell(
            "lottery/next", ("path", StandardStreams.Is(output) ? "lottery.zip" : output), ("output", isRound ? "round-published" : "published"));
    }

    private PublicationOptions OptionsOf(
        ParseResult line, bool isRehearsal, string seed, DrawAnnouncement announcement, KeyTable? keys, ReplacementRound? round)
    {
        return new()
        {
            IsRehearsal = isRehearsal,
            Seed = seed,
            Announcement = announcement,
            Tickets = string.Equals(line.GetValue(_tickets), Closed, StringComparison.Ordinal) ? TicketForm.Closed : TicketForm.Open,
            SmallestGroup = line.GetValue(_smallestGroup) ?? DefaultSmallestGroup,
            Keys = keys,
            Round = round,
        };
    }

    /// <exception cref="UsageException">The keys are not those of this pool.</exception>
    private static void CheckKeys(KeyTable? keys, string? keysPath, LoadedProblem input)
    {
        SelectionProblem problem = input.Problem;
        if (keys?.IsOfRehearsal == false && input.IsRehearsal)
        {
            throw new UsageException("usage/keys-and-rehearsal", ("path", keysPath));
        }

        if (keys?.Covers(problem.People.Select(p => p.Id)) == false)
        {
            throw new UsageException("usage/keys-lacking", ("path", keysPath));
        }

        // Whoever has the same key in two publications has the same tag in both, and can be followed from one to the other.
        if (keys?.Count > problem.People.Count)
        {
            throw new UsageException("usage/keys-of-another", ("path", keysPath));
        }
    }

    /// <summary>What is to be published, in lines.</summary>
    private static IEnumerable<(string Label, string Text)> Published(
        Language language, PublishedLottery published, int smallestGroup, string? keysPath, bool hasNewKeys)
    {
        yield return (
            language.Text("label/tickets"),
            published.HasOpenTickets ? Rare(language, published, smallestGroup) : language.Text("lottery/closed"));
        if (keysPath is not null)
        {
            yield return (language.Text("label/keys"), language.Text(hasNewKeys ? "lottery/new-keys" : "lottery/keys", ("path", keysPath)));
        }

        yield return (language.Text("label/root-to-announce"), published.Root);
        foreach ((string, string) line in RoundText.Of(language, published)
            .Concat(AnnouncementInput.Describe(language, language.Text("label/decides"), published)))
        {
            yield return line;
        }
    }

    /// <summary>The keys of a file that exists; null for none, or where it is to be made.</summary>
    private static KeyTable? ReadKeys(ParseResult line, string? path, CancellationToken cancellationToken) => path switch
    {
        null => null,
        _ when StandardStreams.Is(path) => throw new UsageException("usage/keys-in-a-file"),
        _ => File.Exists(path) ? KeyTable.Read(ReadingInput.Table(line, path), cancellationToken) : null,
    };

    private static void WriteKeys(string? path, PublishedLottery published, LoadedProblem people, string? findMeAt)
    {
        try
        {
            if (path is not null)
            {
                published.Keys!.Write(path, published, people, findMeAt);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException("usage/keys-not-written", ("path", path));
        }
    }

    private static string Rare(Language language, PublishedLottery published, int smallest) => language.Text(
        published.PeopleWithoutType == 0 ? "lottery/open" : "lottery/open-but",
        ("count", published.PeopleWithoutType),
        ("all", published.People.Count),
        ("smallest", smallest));
}
