using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
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
    private readonly Option<int?> _ballots = new BallotsInput("1000").Option;

    private readonly Option<string?> _seed = new("--seed")
    {
        HelpName = "TEXT",
        Description = "A text that decides who of people with the same chance gets the odd ballot, and how the ballots are numbered. Without it one is drawn "
            + "at random. It decides nothing about the draw.",
    };

    private readonly Option<string> _tickets = new("--tickets")
    {
        HelpName = "FORM",
        Description = "What everybody sees on ballots. open: numbers of people, which everybody can count, and from which features can be worked out. closed: "
            + "tickets that only their owners recognise; everybody counts their own, and auditors everybody's. [default: open]",
        DefaultValueFactory = _ => Open,
    };

    private readonly Option<int?> _smallestGroup = Numbers.Whole(
        "--smallest-group",
        "N",
        "With open tickets, say of a number which features it has only where at least so many people share them. This hides little: see docs/verify.md. "
            + "[default: 5]",
        1,
        1_000_000);

    private readonly Option<string?> _keys = new("--keys")
    {
        HelpName = "FILE",
        Description = "Also write a table for letters, with everybody's secret key, to tell each person their own, by which they find themselves, and with "
            + "--contact-columns; if the file exists, its keys are used, so that the same lottery comes out again. Whoever has it knows who is who: keep it to "
            + "yourself.",
    };

    private readonly Option<string> _output = new("--output", "-o")
    {
        HelpName = StandardStreams.FolderOrZip,
        Description = "Where to write the lottery. It has everybody's id and features: it is for you and for auditors.",
        Required = true,
    };

    public LotteryCommand()
        : base(
            "lottery",
            "Computes the lottery and makes numbered ballots of it, to be published and drawn later. Draws nobody.",
            "# a thousand ballots, so that three drawn digits decide",
            "sortition lottery -q categories.csv -p respondents.csv -k 36 --randomness \"three balls at the town hall\" --form number -o lottery",
            "# then publish it, without saying who is who",
            "sortition publish lottery --output published",
            "# two members of a panel have declined: a lottery for their seats",
            "sortition lottery -q categories.csv -p respondents.csv -k 36 --panel result/selected.csv --declined F000049,F000073 -o round")
    {
        _input.AddTo(this);
        _algorithm.AddTo(this);
        _replacement.AddTo(this, "For a replacement round. ");
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
        LoadedProblem input = _input.Load(line, terminal, entitlementColumn, cancellationToken);
        if (isRound)
        {
            (int exitCode, LoadedProblem? residual) = _replacement.Open(line, terminal, _input, input, cancellationToken);
            if (residual is null)
            {
                return exitCode;
            }

            input = residual;
        }

        SelectionProblem problem = input.Problem;
        CheckKeys(keys, keysPath, problem);
        SolveResult result = ProgressDisplay.Run(terminal, computation.Name, progress => computation.Solve(problem, progress, cancellationToken));
        switch (result)
        {
            case SolveResult.Infeasible infeasible:
                return FeasibilityText.Refuse(terminal, problem, infeasible.Report);
            case SolveResult.Stopped { Best: null }:
                terminal.Fill(json => json["stoppedByLimit"] = true);
                terminal.Complain($"Stopped by the time limit before {computation.FirstResult}. Nothing was written; give it more time.");
                return ExitCode.NotProven;
        }

        PanelLottery lottery = LotteryComputation.LotteryOf(result, terminal);
        string seed = line.GetValue(_seed) ?? RandomSource.NewSeed();
        (PanelTable ballots, BallotMixing mixing) =
            BallotsInput.Round(terminal, lottery, count, RandomSource.Seeded(seed), computation.MaxThreads, cancellationToken);
        PublicationOptions options = OptionsOf(line, seed, announcement, keys, input.Round);
        PublishedLottery published = PublishedLottery.Create(lottery, ballots, options, cancellationToken);
        bool hasNewKeys = keysPath is not null && keys is null;
        WriteKeys(hasNewKeys ? keysPath : null, published, input, findMeAt);
        IReadOnlyList<string> files = OutputFolder.WriteAll(output, to => published.Write(to, cancellationToken));
        RoundingError quality = RoundingError.Compute(lottery, ballots);
        terminal.Fill(json => Fill(json, computation.Name, published, seed, result is SolveResult.Stopped, quality, mixing, files));
        terminal.Say(
            FormattableString.Invariant(
                $"{count} ballots were made for {problem.PanelSize} {Seats(input)} and {problem.People.Count} people, by {computation.Name}."));
        terminal.Say();
        terminal.Out.Write(input.Round is null ? QuotaTable.Of(problem) : QuotaTable.Of(input.Round));
        terminal.Say();
        terminal.Lines(
        [
            .. BallotText.Describe(quality),
            BallotText.Describe(mixing),
            WithoutChanceText.Describe(lottery, result is SolveResult.Stopped),
            ("Proof", ProofText.Of(lottery, result is SolveResult.Stopped)),
            ("Seed", seed),
            ("Time", Numbers.Seconds(clock.Elapsed)),
            .. Published(published, options.SmallestGroup, keysPath, hasNewKeys),
            ("Files", FormattableString.Invariant($"{files.Count} in {OutputFolder.Describe(output)}, for you and for auditors: they say who is who")),
        ]);
        SayNext(terminal, output, isRound);
        return ProofText.IsProven(result, lottery) ? ExitCode.Done : ExitCode.NotProven;
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
        terminal.Say($"Next: sortition publish {(StandardStreams.Is(output) ? "lottery.zip" : output)} --output {(isRound ? "round-" : "")}published");
    }

    private PublicationOptions OptionsOf(ParseResult line, string seed, DrawAnnouncement announcement, KeyTable? keys, ReplacementRound? round) => new()
    {
        Seed = seed,
        Announcement = announcement,
        Tickets = string.Equals(line.GetValue(_tickets), Closed, StringComparison.Ordinal) ? TicketForm.Closed : TicketForm.Open,
        SmallestGroup = line.GetValue(_smallestGroup) ?? DefaultSmallestGroup,
        Keys = keys,
        Round = round,
    };

    /// <exception cref="UsageException">The keys are not those of this pool.</exception>
    private static void CheckKeys(KeyTable? keys, string? keysPath, SelectionProblem problem)
    {
        if (keys?.Covers(problem.People.Select(p => p.Id)) == false)
        {
            throw new UsageException(
                $"--keys: \"{keysPath}\" lacks keys of people of this pool. Name the file that belongs to it, or one that does not exist yet.");
        }

        // Whoever has the same key in two publications has the same tag in both, and can be followed from one to the other.
        if (keys?.Count > problem.People.Count)
        {
            throw new UsageException(
                $"--keys: \"{keysPath}\" also has keys of people who are not in this lottery: it belongs to another. Name a file that does not exist yet.");
        }
    }

    /// <summary>What is to be published, in lines.</summary>
    private static IEnumerable<(string Label, string Text)> Published(PublishedLottery published, int smallestGroup, string? keysPath, bool hasNewKeys)
    {
        yield return ("Tickets", published.HasOpenTickets ? Rare(published, smallestGroup) : "closed: only their owners recognise them");
        if (keysPath is not null)
        {
            yield return ("Keys", keysPath + (hasNewKeys ? "" : " (as they were)") + ": secret; tell each person their own, so that they can find themselves");
        }

        yield return ("Root to announce", published.Root);
        foreach ((string, string) line in RoundText.Of(published).Concat(AnnouncementInput.Describe("Decides the draw", published)))
        {
            yield return line;
        }
    }

    /// <summary>The keys of a file that exists; null for none, or where it is to be made.</summary>
    private static KeyTable? ReadKeys(ParseResult line, string? path, CancellationToken cancellationToken) => path switch
    {
        null => null,
        _ when StandardStreams.Is(path) => throw new UsageException("--keys: the keys are kept in a file, for they are needed again; name one."),
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
            throw new UsageException($"--keys: \"{path}\" cannot be written. Nothing was written; name another place.");
        }
    }

    private static string Rare(PublishedLottery published, int smallest) => published.PeopleWithoutType switch
    {
        0 => FormattableString.Invariant($"open; every combination of features is shared by {smallest} people or more"),
        int n => string.Create(
            CultureInfo.InvariantCulture,
            $"open; {n} of {published.People.Count} people could be recognised by their features, which fewer than {smallest} share: these do not stand beside "
            + $"their tag"),
    };

    private static string Seats(LoadedProblem input) => input.Round is ReplacementRound round
        ? FormattableString.Invariant($"open seat(s), while {round.Confirmed.Count} of {round.Original.PanelSize} members stay,")
        : "seats";
}
