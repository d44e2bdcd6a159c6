using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Sortition.Cli.Options;
using Sortition.Cli.Texts;
using Sortition.Core;
using Sortition.Files.Storage;
using Sortition.Publication;
using Sortition.Publication.Checks;
using Sortition.Publication.Format;
using Spectre.Console;

namespace Sortition.Cli.Commands;

/// <summary>Checks a published lottery point by point, from its files alone.</summary>
internal sealed class VerifyCommand : ToolCommand
{
    private readonly Argument<string> _folder = new("folder") { HelpName = StandardStreams.FolderOrZip };
    private readonly Option<string?> _root = new("--root") { HelpName = "HASH" };
    private readonly Option<bool> _redo = new("--redo-rounding");
    private readonly Option<string?> _id = new("--id") { HelpName = "ID" };
    private readonly Option<string?> _key = new("--key") { HelpName = "KEY" };

    public VerifyCommand()
        : base("verify")
    {
        Arguments.Add(_folder);
        foreach (Option option in (Option[])[_root, _redo, _id, _key])
        {
            Options.Add(option);
        }
    }

    public override int Run(ParseResult line, Terminal terminal, CancellationToken cancellationToken)
    {
        Stopwatch clock = Stopwatch.StartNew();
        FolderSource source = PublishedFolder.Find(line.GetRequiredValue(_folder), cancellationToken);
        (string? id, string? key) = (line.GetValue(_id), line.GetValue(_key));
        if (id is null != key is null)
        {
            throw new UsageException("usage/id-and-key");
        }

        if (key is not null && (key.Length != 64 || !key.All(char.IsAsciiHexDigitLower)))
        {
            throw new UsageException("usage/key");
        }

        VerificationOptions options = new() { Root = PublishedFolder.Root(line.GetValue(_root)), RedoRounding = line.GetValue(_redo) };
        VerificationReport report = ProgressDisplay.Run(terminal, "", _ => PublicationVerifier.Verify(source, options, cancellationToken));
        if (report.IsRehearsal)
        {
            terminal.Rehearse();
        }

        terminal.Fill(json =>
        {
            json["genuine"] = report.IsGenuine;
            json["root"] = report.Root;
            json["rootGiven"] = options.Root is not null;
            json["checks"] = Json.List(report.Checks, check => InJson(check, terminal.Texts));
        });
        foreach (VerificationCheck check in report.Checks)
        {
            Show(terminal, check);
        }

        bool isMissing = id is not null && !report.IsWrong && !Find(terminal, PublishedLottery.Read(source, cancellationToken), id, key!);
        terminal.Say();
        terminal.Tell("verify/root", ("value", report.Root));
        terminal.Say(Conclusion(terminal.Language, report, options.Root is not null));
        terminal.Tell("verify/time", ("time", terminal.Language.Seconds(clock.Elapsed)));
        return report.IsWrong || isMissing ? ExitCode.VerificationFailed
            : report.IsGenuine ? ExitCode.Done
            : report.Checks.Any(c => c.Outcome == VerificationOutcome.NotConfirmed) ? ExitCode.NotConfirmed
            : ExitCode.NotChecked;
    }

    /// <summary>Shows a person on which ballots they are.</summary>
    private static bool Find(Terminal terminal, PublishedLottery lottery, string id, string key)
    {
        IReadOnlyList<int>? ballots = lottery.FindBallots(id, key);
        terminal.Fill(json => json["yourBallots"] = ballots is null ? null : Json.Texts(ballots.Select(lottery.NumberOf)));
        terminal.Say();
        terminal.Tell(
            ballots is null ? "verify/not-you" : ballots.Count == 0 ? "verify/you-on-none" : "verify/you",
            ("count", ballots?.Count),
            ("all", lottery.BallotCount),
            ("ballots", string.Join(' ', (ballots ?? []).Select(lottery.NumberOf))));
        return ballots is not null;
    }

    /// <summary>One point in JSON.</summary>
    public static JsonObject InJson(VerificationCheck check, TextRenderer texts) => new()
    {
        ["step"] = Json.Name(check.Step),
        ["outcome"] = Json.Name(check.Outcome),
        ["finding"] = check.Describe(texts),
        ["faults"] = Json.Texts(check.DescribeFaults(texts)),
    };

    /// <summary>Shows one point.</summary>
    public static void Show(Terminal terminal, VerificationCheck check)
    {
        string mark = terminal.Text($"verify/mark/{check.Outcome}");
        Grid grid = new();
        grid.AddColumn(new GridColumn { Width = 7, NoWrap = true, Padding = new Padding(0) });
        grid.AddColumn(new GridColumn { Width = 16, NoWrap = true, Padding = new Padding(0) });
        grid.AddColumn(new GridColumn { Padding = new Padding(0) });
        grid.AddRow(new Text(mark), new Text(Label(terminal.Language, check.Step)), new Text(Terminal.Clean(check.Describe(terminal.Texts))));
        foreach (string fault in check.DescribeFaults(terminal.Texts))
        {
            grid.AddRow(new Text(""), new Text(""), new Text("- " + Terminal.Clean(fault)));
        }

        terminal.Out.Write(grid);
    }

    private static string Label(Language language, VerificationStep step) => language.Text($"verify/step/{step}");

    private static string Conclusion(Language language, VerificationReport report, bool hasRoot)
    {
        string announced = hasRoot ? language.Text("verify/announced") : "";
        if (report.IsWrong)
        {
            return language.Text("verify/wrong", ("points", Points(VerificationOutcome.Failed)));
        }

        if (report.IsRehearsal)
        {
            return language.Text("verify/rehearsal") + (report.LeftOpen.Count > 0 ? language.Text("verify/and-not-checked", ("open", Open())) : "") + announced;
        }

        if (!report.IsGenuine && report.Checks.All(c => c.Outcome != VerificationOutcome.NotConfirmed))
        {
            return language.Text("verify/not-checked", ("open", Open())) + announced;
        }

        if (!report.IsGenuine)
        {
            return language.Text("verify/not-confirmed", ("points", Points(VerificationOutcome.NotConfirmed)))
                + (report.LeftOpen.Count > 0 ? language.Text("verify/and-not-checked", ("open", Open())) : "")
                + announced;
        }

        bool isClaimed = report.Checks.All(c => c is not { Step: VerificationStep.Certificate, Outcome: VerificationOutcome.NotChecked });
        return language.Text(hasRoot ? "verify/genuine" : "verify/genuine-without-root")
            + (isClaimed ? "" : language.Text("verify/not-claimed"));

        string Open() => string.Join(language.Text("join.clauses"), report.DescribeLeftOpen(language.Texts));

        string Points(VerificationOutcome outcome) =>
            string.Join(", ", report.Checks.Where(c => c.Outcome == outcome).Select(c => Label(language, c.Step).ToLowerInvariant()));
    }
}
