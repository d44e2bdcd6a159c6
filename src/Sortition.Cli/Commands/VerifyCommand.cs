using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Sortition.Cli.Options;
using Sortition.Cli.Texts;
using Sortition.Files.Storage;
using Sortition.Publication;
using Sortition.Publication.Checks;
using Sortition.Publication.Format;
using Spectre.Console;

namespace Sortition.Cli.Commands;

/// <summary>Checks a published lottery point by point, from its files alone.</summary>
internal sealed class VerifyCommand : ToolCommand
{
    private readonly Argument<string> _folder = new("folder")
    {
        HelpName = StandardStreams.FolderOrZip,
        Description = "The published lottery, with draw.json if it has been drawn.",
    };
    private readonly Option<string?> _root = new("--root")
    {
        HelpName = "HASH",
        Description = "The root as it was announced before the draw. Without it, files that were rewritten as a whole look genuine.",
    };
    private readonly Option<bool> _redo = new("--redo-rounding")
    {
        Description = "For auditors: make the ballots again from the seed and compare. Takes as long as it did at first.",
    };
    private readonly Option<string?> _id = new("--id")
    {
        HelpName = "ID",
        Description = "With --key: find yourself. Shows on how many ballots you are, and on which.",
    };
    private readonly Option<string?> _key = new("--key") { HelpName = "KEY", Description = "Your secret key, as you were told it." };

    public VerifyCommand()
        : base(
            "verify",
            "Checks a published lottery from its files alone: fingerprints, quotas, chances, that no lottery is better, and the draw. Exit code 4 if "
            + "anything is wrong, 5 if something cannot be confirmed, 6 if something cannot be checked.",
            "# what was published, against the root that was announced before the draw",
            "sortition verify published --root 5d41…",
            "# an auditor, who may see who is who: the root is the same",
            "sortition verify lottery --root 5d41… --redo-rounding",
            "# one of the volunteers",
            "sortition verify published --root 5d41… --id F000001 --key 7c22…")
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
            throw new UsageException("--id and --key go together: your id, and your secret key.");
        }

        if (key is not null && (key.Length != 64 || !key.All(char.IsAsciiHexDigitLower)))
        {
            throw new UsageException("--key: a key is 64 hexadecimal digits in lower case.");
        }

        VerificationOptions options = new() { Root = PublishedFolder.Root(line.GetValue(_root)), RedoRounding = line.GetValue(_redo) };
        VerificationReport report = ProgressDisplay.Run(terminal, "", _ => PublicationVerifier.Verify(source, options, cancellationToken));
        terminal.Fill(json =>
        {
            json["genuine"] = report.IsGenuine;
            json["root"] = report.Root;
            json["rootGiven"] = options.Root is not null;
            json["checks"] = Json.List(report.Checks, InJson);
        });
        foreach (VerificationCheck check in report.Checks)
        {
            Show(terminal, check);
        }

        bool isMissing = id is not null && !report.IsWrong && !Find(terminal, PublishedLottery.Read(source, cancellationToken), id, key!);
        terminal.Say();
        terminal.Say("Root: " + (report.Root ?? "none"));
        terminal.Say(Conclusion(report, options.Root is not null));
        terminal.Say("Time: " + Numbers.Seconds(clock.Elapsed));
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
        terminal.Say(ballots is null
            ? "You: nobody with this id and key is among the people. If both are as you were told, you were left out: ask why."
            : FormattableString.Invariant($"You: on {ballots.Count} of {lottery.BallotCount} ballots")
                + (ballots.Count == 0 ? "." : ": " + string.Join(" ", ballots.Select(lottery.NumberOf)) + "."));
        return ballots is not null;
    }

    /// <summary>One point in JSON.</summary>
    public static JsonObject InJson(VerificationCheck check) => new()
    {
        ["step"] = Json.Name(check.Step),
        ["outcome"] = Json.Name(check.Outcome),
        ["finding"] = check.Finding,
        ["faults"] = Json.Texts(check.Faults),
    };

    /// <summary>Shows one point.</summary>
    public static void Show(Terminal terminal, VerificationCheck check)
    {
        string mark = check.Outcome switch
        {
            VerificationOutcome.Passed => "ok",
            VerificationOutcome.Failed => "WRONG",
            VerificationOutcome.NotConfirmed => "?",
            _ => "-",
        };
        Grid grid = new();
        grid.AddColumn(new GridColumn { Width = 7, NoWrap = true, Padding = new Padding(0) });
        grid.AddColumn(new GridColumn { Width = 16, NoWrap = true, Padding = new Padding(0) });
        grid.AddColumn(new GridColumn { Padding = new Padding(0) });
        grid.AddRow(new Text(mark), new Text(Label(check.Step)), new Text(Terminal.Clean(check.Finding)));
        foreach (string fault in check.Faults)
        {
            grid.AddRow(new Text(""), new Text(""), new Text("- " + Terminal.Clean(fault)));
        }

        terminal.Out.Write(grid);
    }

    private static string Label(VerificationStep step) => step switch
    {
        VerificationStep.Fingerprints => "Fingerprints",
        VerificationStep.Form => "Form",
        VerificationStep.Round => "Round",
        VerificationStep.Lottery => "Lottery",
        VerificationStep.Certificate => "Optimality",
        VerificationStep.Ballots => "Ballots",
        VerificationStep.Chances => "Chances",
        VerificationStep.Rounding => "Rounding",
        VerificationStep.Draw => "Draw",
        VerificationStep.Private => "Private part",
        _ => step.ToString(),
    };

    private static string Conclusion(VerificationReport report, bool hasRoot)
    {
        if (report.IsWrong)
        {
            return $"NOT genuine: {Points(VerificationOutcome.Failed)}.";
        }

        if (!report.IsGenuine && report.Checks.All(c => c.Outcome != VerificationOutcome.NotConfirmed))
        {
            return $"Nothing is wrong in what was checked. NOT CHECKED: {string.Join("; ", report.LeftOpen)}."
                + (hasRoot ? " These are the files that were announced." : "");
        }

        if (!report.IsGenuine)
        {
            return $"NOT CONFIRMED: {Points(VerificationOutcome.NotConfirmed)}. Nothing is shown to be wrong, but this cannot be told from a forgery."
                + (report.LeftOpen.Count > 0 ? $" NOT CHECKED: {string.Join("; ", report.LeftOpen)}." : "")
                + (hasRoot ? " These are the files that were announced." : "");
        }

        string files = hasRoot ? "These are the files that were announced, and everything in them that can be checked is right."
            : "Everything in these files that can be checked is right. Give --root to see whether they are the files that were announced.";
        string claim = report.Checks.Any(c => c is { Step: VerificationStep.Certificate, Outcome: VerificationOutcome.NotChecked })
            ? " That no lottery is better is not claimed." : "";
        return "Genuine. " + files + claim;

        string Points(VerificationOutcome outcome) =>
            string.Join(", ", report.Checks.Where(c => c.Outcome == outcome).Select(c => Label(c.Step).ToLowerInvariant()));
    }
}
