using System.CommandLine;
using System.Diagnostics;
using Sortition.Core.Feasibility;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Sortition.Core.Replacements;
using Sortition.Files;

namespace Sortition.Cli;

/// <summary>Fills the seats of members who dropped out, or says beforehand which seats could be filled.</summary>
internal sealed class ReplaceCommand : ToolCommand
{
    private readonly ProblemInput _input = new();
    private readonly AlgorithmInput _algorithm = new(withGreedy: true);
    private readonly Option<string?> _confirmed = new("--confirmed")
    {
        HelpName = "FILE|IDS",
        Description = "The members who stay: ids with commas between them, or a file of ids, one a line or in a column headed as in the people file.",
    };

    private readonly Option<string?> _panel = new("--panel")
    {
        HelpName = "FILE|IDS",
        Description = "The whole panel as it was drawn, for example its selected.csv, instead of --confirmed: everybody on it stays who has not declined.",
    };

    private readonly Option<string?> _declined = new("--declined")
    {
        HelpName = "FILE|IDS",
        Description = "The people who dropped out, and any others who cannot be asked. Given like --confirmed.",
    };

    private readonly Option<bool> _lookAhead = new("--look-ahead")
    {
        Description = "Draw nobody: show for each member of --panel, and for each two, whether and by how many people they could be replaced if they dropped out.",
    };

    private readonly Option<string?> _seed = new("--seed")
    {
        HelpName = "TEXT",
        Description = "A text that decides the draw; the same text gives the same replacements. Without it one is drawn at random and shown.",
    };

    private readonly Option<string?> _output = new("--output", "-o")
    {
        HelpName = "FOLDER",
        Description = "Where to write selected.csv (the replacements), panel.csv (the whole panel), remaining.csv, lottery.csv, probabilities.csv and report.json. Without it nothing is written.",
    };

    public ReplaceCommand()
        : base(
            "replace",
            "Draws replacements for members who dropped out, so that the panel keeps within its quotas; or looks ahead at who could be replaced.",
            "# two members of the panel in the folder result have declined; everybody else on it stays",
            "sortition replace --quotas categories.csv --people respondents.csv --size 36 --panel result/selected.csv --declined F000049,F000073 --output replaced",
            "# the members who stay, and everybody who said no, as lists",
            "sortition replace -q categories.csv -p respondents.csv -k 36 --confirmed confirmed.csv --declined declined.csv --seed \"5 5 2 1 6\" -o replaced",
            "# before anybody drops out: who could be replaced, and by how many?",
            "sortition replace -q categories.csv -p respondents.csv -k 36 --panel result/selected.csv --look-ahead")
    {
        _input.AddTo(this);
        _algorithm.AddTo(this);
        foreach (Option option in (Option[])[_confirmed, _panel, _declined, _lookAhead, _seed, _output])
        {
            Options.Add(option);
        }
    }

    public override int Run(ParseResult line, Terminal terminal, CancellationToken cancellationToken)
    {
        Stopwatch clock = Stopwatch.StartNew();
        bool looksAhead = line.GetValue(_lookAhead);
        string? output = line.GetValue(_output);
        CheckUsage(line, looksAhead, output);
        LotteryComputation? computation = _algorithm.Choose(line, out string? entitlementColumn);
        if (output is not null)
        {
            OutputFolder.Check(output);
        }

        LoadedProblem input = _input.Load(line, terminal, entitlementColumn, cancellationToken);
        SelectionProblem problem = input.Problem;
        IReadOnlyList<string> declined = _input.Ids(line, _declined, cancellationToken) ?? [];
        IReadOnlyList<string>? panel = _input.Ids(line, _panel, cancellationToken);
        if (looksAhead)
        {
            LookAhead ahead = LookAheadFrom(problem, panel!, declined, cancellationToken);
            LookAheadText.Write(terminal, ahead);
            return ExitCode.Done;
        }

        IEnumerable<string> confirmed = _input.Ids(line, _confirmed, cancellationToken) ?? panel!.Except(declined, StringComparer.Ordinal);
        ReplacementResult result = ProgressDisplay.Run(terminal, "", _ => ReplacementRound.Of(problem, confirmed, declined, cancellationToken));
        switch (result)
        {
            case CannotBeFilled none:
                terminal.Complain("The open seats cannot be filled. Below, the people who must be in are those who stay, and the pool is without those who declined.");
                return TellWaysOut(terminal, none, cancellationToken);
            case NothingToFill:
                terminal.Say(FormattableString.Invariant($"All {problem.PanelSize} seats are taken by those who stay, and they meet every quota. Nobody was drawn, and nothing was written."));
                return ExitCode.Done;
        }

        string? givenSeed = line.GetValue(_seed);
        Drawing drawing = new(terminal, input.ForReplacements(result.GetRoundOrThrow()), givenSeed ?? Seeds.New(), cancellationToken);
        (int exitCode, SelectionOutcome? outcome) = computation is null ? drawing.Directly() : drawing.FromLottery(computation, ballots: null);
        if (outcome is not null)
        {
            IReadOnlyList<string> files = output is null ? [] : SelectCommand.WriteFiles(output, outcome, withWorkbook: false, cancellationToken);
            SelectionReport.Write(terminal, outcome, seedWasGiven: givenSeed is not null, clock.Elapsed, output, files);
        }

        return exitCode;
    }

    private void CheckUsage(ParseResult line, bool looksAhead, string? output)
    {
        string? confirmed = line.GetValue(_confirmed);
        string? panel = line.GetValue(_panel);
        if (looksAhead && (panel is null || confirmed is not null || output is not null || line.GetValue(_seed) is not null))
        {
            throw new UsageException("--look-ahead is about a whole panel and draws nobody: give --panel, and leave out --confirmed, --seed and --output.");
        }

        if (panel is null == confirmed is null)
        {
            throw new UsageException("Say who stays: either with --confirmed, or with --panel, of which everybody stays who is not under --declined.");
        }

        // The files of the first draw would be replaced by those of this one.
        string? taken = new[] { confirmed, panel, line.GetValue(_declined) }.FirstOrDefault(file =>
            output is not null && File.Exists(file) && string.Equals(Path.GetDirectoryName(Path.GetFullPath(file)), Path.TrimEndingDirectorySeparator(Path.GetFullPath(output)), StringComparison.Ordinal));
        if (taken is not null)
        {
            throw new UsageException($"--output: \"{output}\" holds \"{Path.GetFileName(taken)}\", from which this command reads; name another folder, so that the files of the first draw are kept.");
        }
    }

    private static LookAhead LookAheadFrom(SelectionProblem problem, IReadOnlyList<string> panel, IReadOnlyList<string> declined, CancellationToken cancellationToken)
    {
        try
        {
            return LookAhead.Of(Panel.Of(problem, panel), declined, progress: null, cancellationToken);
        }
        catch (ArgumentException e)
        {
            throw new UsageException("--panel and --declined: " + e.Message.Split(" (Parameter")[0]);
        }
    }

    /// <summary>Says why the seats cannot be filled, and which quotas would have to give least.</summary>
    private static int TellWaysOut(Terminal terminal, CannotBeFilled none, CancellationToken cancellationToken)
    {
        int exitCode = FeasibilityText.Refuse(terminal, none.Problem, none.Report);
        RelaxationReport ways = ProgressDisplay.Run(terminal, "", _ => QuotaRelaxation.Run(none.Problem, null, cancellationToken));
        if (ways.Alternatives.Count > 0)
        {
            terminal.Complain("");
            terminal.Error.Write(WayOutText.Alternatives(ways, null));
        }

        return exitCode;
    }
}
