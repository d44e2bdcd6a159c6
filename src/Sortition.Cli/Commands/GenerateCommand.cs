using System.CommandLine;
using Sortition.Cli.Options;
using Sortition.Cli.Texts;
using Sortition.Core;
using Sortition.Files;

namespace Sortition.Cli.Commands;

/// <summary>Makes up a pool of any size for given quotas, to try things out with.</summary>
internal sealed class GenerateCommand : ToolCommand
{
    private const int MaxPeople = 10_000_000;
    private const double MaxSkew = 10;
    private const double DefaultSkew = 0.5;

    private readonly Option<string> _quotas = ProblemInput.Quotas();
    private readonly Option<string?> _quotasSheet = ProblemInput.QuotasSheet();
    private readonly Option<int?> _size = ProblemInput.Size();
    private readonly Option<int?> _count = Numbers.Whole("--count", "N", 1, MaxPeople);
    private readonly Option<string?> _renamed = Renamed.From("--people", "--count");
    private readonly Option<string?> _seed = new("--seed") { HelpName = "TEXT" };

    private readonly Option<double?> _skew = Numbers.Real("--skew", "X", 0, MaxSkew);

    private readonly Option<string> _output = new("--output", "-o")
    {
        HelpName = StandardStreams.File,
        Required = true,
    };

    public GenerateCommand()
        : base("generate")
    {
        _count.Required = true;
        foreach (Option option in (Option[])[_quotas, _quotasSheet, _size, _count, _renamed, _seed, _skew, _output])
        {
            Options.Add(option);
        }

        Options.Add(CommandLog.OverwriteOption());
        ReadingInput.AddTo(this);
    }

    public override int Run(ParseResult line, Terminal terminal, CancellationToken cancellationToken)
    {
        string path = line.GetRequiredValue(_output);
        OutputFolder.CheckFile(terminal, path);
        SelectionProblem quotas = QuotaFiles.Load(
            ReadingInput.Table(line, line.GetRequiredValue(_quotas)), line.GetRequiredValue(_size)!.Value, line.GetValue(_quotasSheet), cancellationToken);
        string seed = line.GetValue(_seed) ?? RandomSource.NewSeed();
        terminal.Command!.Seed = seed;
        SyntheticPool pool = new(quotas, line.GetValue(_skew) ?? DefaultSkew, RandomSource.Seeded(seed));
        int count = line.GetRequiredValue(_count)!.Value;
        Write(terminal, pool, count, path, cancellationToken);
        terminal.Fill(json => (json["people"], json["seed"], json["file"]) = (count, seed, path));
        terminal.Tell("generate/written", ("count", count), ("path", StandardStreams.Describe(terminal.Language, path)), ("seed", seed));
        return ExitCode.Done;
    }

    private static void Write(Terminal terminal, SyntheticPool pool, int count, string path, CancellationToken cancellationToken) =>
        OutputFolder.WriteFile(terminal, path, stream =>
        {
            using CsvWriter csv = new(stream);
            csv.Row(pool.Header);
            foreach (string[] person in pool.People(count))
            {
                cancellationToken.ThrowIfCancellationRequested();
                csv.Row(person);
            }
        });
}
