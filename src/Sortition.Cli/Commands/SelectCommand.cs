using System.CommandLine;
using System.Diagnostics;
using Sortition.Cli.Options;
using Sortition.Cli.Texts;
using Sortition.Files.Dialects;

namespace Sortition.Cli.Commands;

/// <summary>From two spreadsheets to a panel.</summary>
internal sealed class SelectCommand : ToolCommand
{
    private readonly ProblemInput _input = new();
    private readonly AlgorithmInput _algorithm = new(withoutLottery: true);
    private readonly DrawInput _draw = new(
        "A text that decides the draw, for example dice rolled in public; the same text gives the same panel. Without it one is drawn at random and shown.",
        "Where to write selected.csv, remaining.csv, lottery.csv, probabilities.csv and report.json. Without it nothing is written.",
        "selected, remaining, lottery (or ballots) and chances");

    public SelectCommand()
        : base(
            "select",
            "Chooses a panel by lot and shows who it is, what chance everyone had, and why no lottery is better.",
            "# choose 36 of the volunteers and write the files into the folder result",
            "sortition select --quotas categories.csv --people respondents.csv --size 36 --output result",
            "# at most one of a household, and a draw that anyone can repeat",
            "sortition select -q categories.csv -p respondents.csv -k 36 --household-columns adresse,postnr --seed \"4 2 6 1 3\" -o result",
            "# quotas and volunteers as two sheets of one workbook, and a workbook back",
            "sortition select --quotas assembly.xlsx --people assembly.xlsx --size 36 --output result --workbook",
            "# a thousand numbered panels, to be drawn from a hat",
            "sortition select -q categories.csv -p respondents.csv -k 36 --ballots 1000 -o result")
    {
        _input.AddTo(this);
        _algorithm.AddTo(this);
        _draw.AddTo(this);
    }

    public override int Run(ParseResult line, Terminal terminal, CancellationToken cancellationToken)
    {
        Stopwatch clock = Stopwatch.StartNew();
        LotteryComputation? computation = _algorithm.Choose(line, out string? entitlementColumn);
        _draw.Check(line, _algorithm.WithoutLottery(line));
        LoadedProblem input = _input.Load(line, terminal, entitlementColumn, cancellationToken);
        return _draw.Run(line, terminal, input, _algorithm, computation, clock, cancellationToken);
    }
}
