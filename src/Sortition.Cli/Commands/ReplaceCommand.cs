using System.CommandLine;
using System.Diagnostics;
using Sortition.Cli.Options;
using Sortition.Cli.Texts;
using Sortition.Core;
using Sortition.Core.Replacements;
using Sortition.Files.Dialects;

namespace Sortition.Cli.Commands;

/// <summary>Fills the seats of members who dropped out, or says beforehand which seats could be filled.</summary>
internal sealed class ReplaceCommand : ToolCommand
{
    private readonly ProblemInput _input = new();
    private readonly AlgorithmInput _algorithm = new(withoutLottery: true);
    private readonly ReplacementInput _replacement = new();
    private readonly Option<bool> _lookAhead = new("--look-ahead")
    {
        Description = "Draw nobody: show for each member of --panel, and for each two, whether and by how many people they could be replaced if they dropped "
            + "out.",
    };

    private readonly DrawInput _draw = new(
        "A text that decides the draw; the same text gives the same replacements. Without it one is drawn at random and shown.",
        "Where to write selected.csv (the replacements), panel.csv (the whole panel), remaining.csv, lottery.csv, probabilities.csv and report.json. "
        + "Without it nothing is written.",
        "selected, panel, remaining, lottery (or ballots) and chances");

    public ReplaceCommand()
        : base(
            "replace",
            "Draws replacements for members who dropped out, so that the panel keeps within its quotas; or looks ahead at who could be replaced.",
            "# two members of the panel in the folder result have declined; everybody else on it stays",
            "sortition replace --quotas categories.csv --people respondents.csv --size 36 --panel result/selected.csv --declined F000049,F000073 --output "
            + "replaced",
            "# the members who stay, and everybody who said no, as lists",
            "sortition replace -q categories.csv -p respondents.csv -k 36 --confirmed confirmed.csv --declined declined.csv --seed \"5 5 2 1 6\" -o replaced",
            "# before anybody drops out: who could be replaced, and by how many?",
            "sortition replace -q categories.csv -p respondents.csv -k 36 --panel result/selected.csv --look-ahead")
    {
        _input.AddTo(this);
        _algorithm.AddTo(this);
        _replacement.AddTo(this);
        Options.Add(_lookAhead);
        _draw.AddTo(this);
    }

    public override int Run(ParseResult line, Terminal terminal, CancellationToken cancellationToken)
    {
        Stopwatch clock = Stopwatch.StartNew();
        bool looksAhead = line.GetValue(_lookAhead);
        if (looksAhead && (!_replacement.IsWholePanel(line) || _draw.IsGiven(line)))
        {
            throw new UsageException(
                "--look-ahead is about a whole panel and draws nobody: give --panel, and leave out --confirmed, --seed, --ballots, --output and --workbook.");
        }

        _replacement.Check(line);
        LotteryComputation? computation = _algorithm.Choose(line, out string? entitlementColumn);
        _draw.Check(line, _algorithm.WithoutLottery(line));
        LoadedProblem input = _input.Load(line, terminal, entitlementColumn, cancellationToken);
        if (looksAhead)
        {
            (IReadOnlyList<string> panel, IReadOnlyList<string> declined) = _replacement.WholePanel(line, _input, cancellationToken);
            ReplaceabilityAnalysis ahead = ProgressDisplay.RunLookAhead(terminal, Panel.Create(input.Problem, panel), declined, cancellationToken);
            terminal.Fill(json => LookAheadText.Fill(json, ahead));
            LookAheadText.Write(terminal, ahead);
            return ExitCode.Done;
        }

        (int exitCode, LoadedProblem? residual) = _replacement.Open(line, terminal, _input, input, cancellationToken);
        return residual is null ? exitCode : _draw.Run(line, terminal, residual, _algorithm, computation, clock, cancellationToken);
    }
}
