using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Sortition.Cli.Options;
using Sortition.Cli.Texts;
using Sortition.Core;
using Sortition.Core.Algorithms;
using Sortition.Studies;
using Sortition.Studies.Algorithms;
using Sortition.Studies.Instances;
using Sortition.Studies.Metrics;
using Sortition.Studies.Results;

namespace Sortition.Cli.Commands;

/// <summary>Compares algorithms on many pools. Draws nobody.</summary>
internal sealed class CompareCommand : ToolCommand
{
    private const int MaxDraws = 10_000_000;
    private const int MaxMebibytes = 100_000_000;
    private const int MaxShards = 1_000_000;
    private const long Mebibyte = 1 << 20;

    private readonly Argument<string[]> _instances = new("instances") { HelpName = "FILE|FOLDER", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string?> _algorithms = new("--algorithms") { HelpName = "NAME,…" };
    private readonly Option<string?> _metrics = new("--metrics") { HelpName = "NAME,…" };
    private readonly Option<string?> _seed = new("--seed") { HelpName = "TEXT" };
    private readonly Option<int?> _draws = Numbers.Whole("--draws", "N", 20, MaxDraws);
    private readonly Option<int?> _size = ProblemInput.Size();
    private readonly Option<string?> _idColumn = ProblemInput.IdColumn();
    private readonly Option<string?> _householdColumns = new("--household-columns") { HelpName = "COLUMN,…" };
    private readonly Option<string?> _entitlementColumn = new("--entitlement-column") { HelpName = "COLUMN" };
    private readonly Option<int?> _threads = AlgorithmInput.Threads();
    private readonly Option<int?> _memory = Numbers.Whole("--memory", "MIB", 1, MaxMebibytes);
    private readonly Option<double?> _timeLimit = AlgorithmInput.TimeLimit();
    private readonly Option<string?> _shard = new("--shard") { HelpName = "I/N" };
    private readonly Option<string[]> _merge = new("--merge") { HelpName = "FOLDER", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _check = new("--check") { HelpName = StandardStreams.File };
    private readonly Option<string> _output = new("--output", "-o") { HelpName = "FOLDER", Required = true };

    public CompareCommand()
        : base("compare")
    {
        Arguments.Add(_instances);
        _size.Required = false;
        Option[] options =
        [
            _algorithms, _metrics, _seed, _draws, _size, _idColumn, _householdColumns, _entitlementColumn, _threads, _memory, _timeLimit, _shard, _merge,
            _check, _output,
        ];
        foreach (Option option in options)
        {
            Options.Add(option);
        }
    }

    /// <inheritdoc/>
    public override bool KeepsWhatIsDone => true;

    public override int Run(ParseResult line, Terminal terminal, CancellationToken cancellationToken)
    {
        string output = line.GetRequiredValue(_output);
        if (StandardStreams.Is(output))
        {
            throw new UsageException("usage/compare-output");
        }

        string[] parts = line.GetValue(_merge) ?? [];
        string[] sources = line.GetValue(_instances) ?? [];
        if (parts.Length > 0 == sources.Length > 0)
        {
            throw new UsageException("usage/compare-or-merge");
        }

        OutputFolder.Check(output);
        StudyWriting writing = new()
        {
            Expected = line.GetValue(_check) is string check ? ExpectedFigure.Load(StandardStreams.Source(check)!, cancellationToken) : [],
            Texts = terminal.Texts,
            Log = terminal.Log,
        };
        StudyResult result = OutputFolder.Write(output, () => parts.Length > 0
            ? Study.Merge(parts, output, writing, cancellationToken)
            : RunStudy(line, terminal, sources, output, writing, cancellationToken));
        terminal.Fill(json => Fill(json, result));
        return Tell(terminal, result, output);
    }

    private StudyResult RunStudy(
        ParseResult line, Terminal terminal, string[] sources, string output, StudyWriting writing, CancellationToken cancellationToken)
    {
        string seed = line.GetValue(_seed) ?? Study.SeedOf(output) ?? RandomSource.NewSeed();
        terminal.Command!.Seed = seed;
        terminal.Fill(json => json["seed"] = seed);
        IReadOnlyList<StudyInstance> instances = InstanceSearch.FindAll(sources, new InstanceOptions
        {
            PanelSize = line.GetValue(_size),
            IdColumn = line.GetValue(_idColumn),
            HouseholdColumns = ProblemInput.SplitList(line.GetValue(_householdColumns)),
            EntitlementColumn = line.GetValue(_entitlementColumn),
        });
        StudyAlgorithm[] algorithms = Algorithms(line);
        string[] metrics = Metrics(line);
        StudyOptions Options(IProgress<StudyProgress>? progress) => new()
        {
            Instances = instances,
            Algorithms = algorithms,
            Metrics = metrics,
            Seed = seed,
            Draws = line.GetValue(_draws) ?? new StudyRun { Seed = seed }.Draws,
            TimeLimit = line.GetValue(_timeLimit) is double seconds ? TimeSpan.FromSeconds(seconds) : null,
            MaxThreads = line.GetValue(_threads) ?? Environment.ProcessorCount,
            MemoryBudget = line.GetValue(_memory) * Mebibyte,
            Shard = Shard(line),
            Command = terminal.Command!.Repeat([_output.Name, _threads.Name, _memory.Name, _shard.Name, _check.Name, _seed.Name], (_seed.Name, seed)),
            Progress = progress,
        };

        StudyOptions silent = Options(null);
        StudyResult result = ProgressDisplay.RunWithWords<StudyProgress, StudyResult>(
            terminal,
            "progress/studying",
            at => terminal.Text("progress/studied", ("done", at.Done), ("total", at.Total), ("instance", at.Instance), ("algorithm", at.Algorithm)),
            progress => Study.Run(progress is null ? silent : Options(progress), output, writing, cancellationToken));
        terminal.Tell("compare/seed", ("seed", seed));
        return result;
    }

    private StudyAlgorithm[] Algorithms(ParseResult line)
    {
        if (line.GetValue(_algorithms) is not string list)
        {
            // Without entitlements the weighted one is the unweighted one.
            bool isWeighted = line.GetValue(_entitlementColumn) is not null;
            string weighted = new WeightedLeximin().Objective.Name;
            return [.. StudyAlgorithm.Usual.Where(a => isWeighted || !string.Equals(a.Name, weighted, StringComparison.Ordinal))];
        }

        return
        [
            .. ProblemInput.SplitList(list).Distinct(StringComparer.Ordinal).Select(name => StudyAlgorithm.Find(name)
                ?? throw new UsageException(
                    "usage/no-such-name", ("option", _algorithms.Name), ("name", name), ("names", StudyAlgorithm.All.Select(a => a.Name)))),
        ];
    }

    private string[] Metrics(ParseResult line)
    {
        string[] names = line.GetValue(_metrics) is string list ? ProblemInput.SplitList(list) : [.. StudyMetrics.UsualGroups];
        return Array.Find(names, name => !StudyMetrics.Groups.Contains(name, StringComparer.Ordinal)) is string unknown
            ? throw new UsageException("usage/no-such-name", ("option", _metrics.Name), ("name", unknown), ("names", StudyMetrics.Groups))
            : [.. StudyMetrics.Groups.Intersect(names, StringComparer.Ordinal)];
    }

    private StudyShard? Shard(ParseResult line) => line.GetValue(_shard) is not string text ? null
        : text.Split('/') is [string i, string n]
            && int.TryParse(i, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            && number >= 1 && number <= count && count <= MaxShards
            ? new StudyShard(number, count)
            : throw new UsageException("usage/not-a-shard", ("text", text));

    private static int Tell(Terminal terminal, StudyResult result, string output)
    {
        if (result.Files.Count == 0)
        {
            terminal.Tell("compare/shard", ("cells", result.Cells), ("failed", result.NotDone), ("path", output));
            return ExitCode.Done;
        }

        terminal.Tell("compare/done", ("cells", result.Cells), ("failed", result.NotDone), ("path", output), ("files", result.Files));
        if (result.Figures.Count == 0)
        {
            return ExitCode.Done;
        }

        CheckedFigure[] missed = [.. result.Figures.Where(f => !f.IsReached)];
        terminal.Tell("compare/checked", ("count", result.Figures.Count), ("reached", result.Figures.Count - missed.Length));
        foreach (CheckedFigure figure in missed)
        {
            terminal.Warn(
                figure.Reached is null ? "compare/not-there" : "compare/missed",
                ("instance", figure.Figure.Instance),
                ("algorithm", figure.Figure.Algorithm),
                ("metric", figure.Figure.Metric),
                ("expected", Show(figure.Figure.Expected)),
                ("tolerance", Show(figure.Figure.Tolerance)),
                ("reached", Show(figure.Reached ?? 0)));
        }

        return missed.Length == 0 ? ExitCode.Done : ExitCode.VerificationFailed;
    }

    private static void Fill(JsonObject json, StudyResult result)
    {
        json["cells"] = result.Cells;
        json["cellsNotDone"] = result.NotDone;
        json["files"] = Json.Texts(result.Files);
        json["figures"] = Json.List(result.Figures, figure => new JsonObject
        {
            ["instance"] = figure.Figure.Instance,
            ["algorithm"] = figure.Figure.Algorithm,
            ["metric"] = figure.Figure.Metric,
            ["expected"] = figure.Figure.Expected,
            ["tolerance"] = figure.Figure.Tolerance,
            ["reached"] = Json.Number(figure.Reached),
            ["isReached"] = figure.IsReached,
        });
    }

    private static string Show(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
