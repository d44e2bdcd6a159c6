using System.CommandLine;
using System.Diagnostics;
using Sortition.Files;

namespace Sortition.Cli;

/// <summary>From two spreadsheets to a panel.</summary>
internal sealed class SelectCommand : ToolCommand
{
    private const int MaxBallots = 1_000_000;

    private readonly ProblemInput _input = new();
    private readonly AlgorithmInput _algorithm = new(withGreedy: true);
    private readonly Option<string?> _seed = new("--seed")
    {
        HelpName = "TEXT",
        Description = "A text that decides the draw, for example dice rolled in public; the same text gives the same panel. Without it one is drawn at random and shown.",
    };

    private readonly Option<int?> _ballots = Numbers.Whole(
        "--ballots", "M", "Round the lottery to M equally likely panels, numbered from 1, so that it can be drawn by hand.", 1, MaxBallots);

    private readonly Option<string?> _output = new("--output", "-o")
    {
        HelpName = "FOLDER",
        Description = "Where to write selected.csv, remaining.csv, lottery.csv, probabilities.csv and report.json. Without it nothing is written.",
    };

    private readonly Option<bool> _workbook = new("--workbook")
    {
        Description = "Also write selection.xlsx into the folder: one workbook with the sheets selected, remaining, lottery (or ballots) and chances.",
    };

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
        foreach (Option option in (Option[])[_seed, _ballots, _output, _workbook])
        {
            Options.Add(option);
        }
    }

    public override int Run(ParseResult line, Terminal terminal, CancellationToken cancellationToken)
    {
        Stopwatch clock = Stopwatch.StartNew();
        string? output = line.GetValue(_output);
        int? ballots = line.GetValue(_ballots);
        LotteryComputation? computation = _algorithm.Choose(line, out string? entitlementColumn);
        if (computation is null && ballots is not null)
        {
            throw new UsageException("--ballots is about a lottery, and greedy computes none: it draws one panel. Leave it out.");
        }

        bool withWorkbook = line.GetValue(_workbook);
        if (withWorkbook && output is null)
        {
            throw new UsageException("--workbook needs --output: the folder to write to.");
        }

        if (output is not null)
        {
            OutputFolder.Check(output);
        }

        LoadedProblem input = _input.Load(line, terminal, entitlementColumn, cancellationToken);
        string? givenSeed = line.GetValue(_seed);
        string seed = givenSeed ?? Seeds.New();
        Drawing drawing = new(terminal, input, seed, cancellationToken);
        (int exitCode, SelectionOutcome? outcome) = computation is null ? drawing.Directly() : drawing.FromLottery(computation, ballots);
        if (outcome is not null)
        {
            IReadOnlyList<string> files = output is null ? [] : WriteFiles(output, outcome, withWorkbook, cancellationToken);
            SelectionReport.Write(terminal, outcome, seedWasGiven: givenSeed is not null, clock.Elapsed, output, files);
        }

        return exitCode;
    }

    /// <summary>Writes the files of an outcome.</summary>
    public static IReadOnlyList<string> WriteFiles(string folder, SelectionOutcome outcome, bool withWorkbook, CancellationToken cancellationToken)
    {
        try
        {
            return OutputFolder.Write(
                folder, () => withWorkbook ? ResultFiles.WriteWithWorkbook(folder, outcome, cancellationToken) : ResultFiles.Write(folder, outcome, cancellationToken));
        }
        catch (NotSupportedException e)
        {
            throw new UsageException($"--workbook: {e.Message} Nothing was written; leave --workbook out.");
        }
    }
}
