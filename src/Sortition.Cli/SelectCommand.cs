using System.CommandLine;
using System.Diagnostics;
using Sortition.Files;

namespace Sortition.Cli;

/// <summary>From two spreadsheets to a panel.</summary>
internal sealed class SelectCommand : ToolCommand
{
    private const string MaximinName = "maximin";
    private const string GreedyName = "greedy";
    private const int MaxBallots = 1_000_000;

    private readonly ProblemInput _input = new();
    private readonly Option<string> _algorithm = new("--algorithm", "-a")
    {
        HelpName = "NAME",
        Description = "maximin: the lottery in which the person worst off has the highest chance possible, with a proof. greedy: the older method, which draws one panel and knows no chances.",
        DefaultValueFactory = _ => MaximinName,
    };

    private readonly Option<string?> _seed = new("--seed")
    {
        HelpName = "TEXT",
        Description = "A text that decides the draw, for example dice rolled in public; the same text gives the same panel. Without it one is drawn at random and shown.",
    };

    private readonly Option<int?> _ballots = Numbers.Whole(
        "--ballots", "M", "Round the lottery to M equally likely panels, numbered from 1, so that it can be drawn by hand.", 1, MaxBallots);

    private readonly Option<double?> _timeLimit = Numbers.Real(
        "--time-limit", "SECONDS", "Stop after so many seconds with the best that was found by then. Without it the work goes on until it is done.", 0.001, 1e7);

    private readonly Option<string?> _output = new("--output", "-o")
    {
        HelpName = "FOLDER",
        Description = "Where to write selected.csv, remaining.csv, lottery.csv, probabilities.csv and report.json. Without it nothing is written.",
    };

    public SelectCommand()
        : base(
            "select",
            "Chooses a panel by lot and shows who it is, what chance everyone had, and why no lottery is fairer.",
            "# choose 36 of the volunteers and write the files into the folder result",
            "sortition select --quotas categories.csv --people respondents.csv --size 36 --output result",
            "# at most one of a household, and a draw that anyone can repeat",
            "sortition select -q categories.csv -p respondents.csv -k 36 --household-columns adresse,postnr --seed \"4 2 6 1 3\" -o result",
            "# a thousand numbered panels, to be drawn from a hat",
            "sortition select -q categories.csv -p respondents.csv -k 36 --ballots 1000 -o result")
    {
        _algorithm.AcceptOnlyFromAmong(MaximinName, GreedyName);
        _input.AddTo(this);
        foreach (Option option in (Option[])[_algorithm, _seed, _ballots, _timeLimit, _output])
        {
            Options.Add(option);
        }
    }

    public override int Run(ParseResult line, Terminal terminal, CancellationToken cancellationToken)
    {
        Stopwatch clock = Stopwatch.StartNew();
        string? output = line.GetValue(_output);
        int? ballots = line.GetValue(_ballots);
        bool greedy = string.Equals(line.GetValue(_algorithm), GreedyName, StringComparison.Ordinal);
        double? limit = line.GetValue(_timeLimit);
        if (greedy && (ballots is not null || limit is not null))
        {
            throw new UsageException("--ballots and --time-limit are about computing a lottery, and greedy computes none: it draws one panel. Leave them out.");
        }

        if (output is not null)
        {
            OutputFolder.Check(output);
        }

        LoadedProblem input = _input.Load(line, terminal, cancellationToken);
        string? givenSeed = line.GetValue(_seed);
        string seed = givenSeed ?? Seeds.New();
        Drawing drawing = new(terminal, input, seed, limit is double seconds ? TimeSpan.FromSeconds(seconds) : null, cancellationToken);
        (int exitCode, SelectionOutcome? outcome) = greedy ? drawing.Directly() : drawing.FromLottery(ballots);
        if (outcome is not null)
        {
            IReadOnlyList<string> files = output is null ? [] : WriteFiles(output, outcome, cancellationToken);
            SelectionReport.Write(terminal, outcome, seedWasGiven: givenSeed is not null, clock.Elapsed, output, files);
        }

        return exitCode;
    }

    private static IReadOnlyList<string> WriteFiles(string folder, SelectionOutcome outcome, CancellationToken cancellationToken)
    {
        try
        {
            return ResultFiles.Write(folder, outcome, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw OutputFolder.Refusal(folder);
        }
    }
}
