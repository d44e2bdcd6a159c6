using System.CommandLine;
using Sortition.Cli.Options;
using Sortition.Cli.Texts;
using Sortition.Core.Problems;
using Sortition.Core.Targets;
using Sortition.Files;

namespace Sortition.Cli.Commands;

/// <summary>Makes quotas from a population.</summary>
internal sealed class QuotasCommand : ToolCommand
{
    private const int MaxTolerance = 1_000_000;

    private static readonly Dictionary<string, TargetMethod> Methods = new(StringComparer.Ordinal)
    {
        ["band"] = TargetMethod.Band,
        ["largest-remainder"] = TargetMethod.LargestRemainder,
        ["sainte-lague"] = TargetMethod.SainteLague,
    };

    private readonly Option<string> _population = new("--population")
    {
        HelpName = StandardStreams.File,
        Description = "The population: a spreadsheet, CSV or .xlsx. Either the columns feature, value and count (or percent), or a cross table: a column for "
            + "each feature, and count.",
        Required = true,
    };

    private readonly Option<string?> _sheet = PopulationOptions.Sheet();
    private readonly Option<string?> _numbers = PopulationOptions.NumberColumn();
    private readonly Option<string?> _measure = PopulationOptions.Measure();
    private readonly Option<string?> _layout = PopulationOptions.Layout();
    private readonly Option<int?> _size = ProblemInput.Size();

    private readonly Option<string> _method = new("--method")
    {
        HelpName = "NAME",
        Description = "band: panel size times share, rounded down and up. largest-remainder, sainte-lague: seats apportioned by this method, exactly, unless "
            + "there is a tolerance.",
        DefaultValueFactory = _ => "band",
    };

    private readonly Option<int?> _tolerance = Numbers.Whole(
        "--tolerance", "N", "How many seats each quota reaches further to both sides. [default: 0]", 0, MaxTolerance);

    private readonly Option<double?> _tolerancePercent = Numbers.Real(
        "--tolerance-percent", "P", "Instead of --tolerance: the same as a percentage of the panel size.", 0, 100);

    private readonly Option<string[]> _cross = new("--cross")
    {
        HelpName = "FEATURES",
        Description = "Of a cross table: features whose combinations get quotas too, such as \"gender & age\". May be given several times.",
    };

    private readonly Option<string?> _output = new("--output", "-o")
    {
        HelpName = StandardStreams.File,
        Description = "The quota file to write, CSV; it must not exist yet. Without it the quotas are only shown.",
    };

    public QuotasCommand()
        : base(
            "quotas",
            "Makes quotas from a population, so that the panel mirrors it.",
            "# each share of 36 seats, rounded down and up",
            "sortition quotas --population population.csv --size 36 --output categories.csv",
            "# seats by Sainte-Laguë, give or take one, also for women under 25 and every other combination of gender and age",
            "sortition quotas --population population.csv --size 36 --method sainte-lague --tolerance 1 --cross \"gender & age\"")
    {
        _method.AcceptOnlyFromAmong([.. Methods.Keys]);
        foreach (Option option in (Option[])[_population, _sheet, _numbers, _measure, _layout, _size, _method, _tolerance, _tolerancePercent, _cross, _output])
        {
            Options.Add(option);
        }

        ReadingInput.AddTo(this);
    }

    public override int Run(ParseResult line, Terminal terminal, CancellationToken cancellationToken)
    {
        string? path = line.GetValue(_output);
        if (path is not null)
        {
            OutputFolder.CheckFile(path);
        }

        if (line.GetValue(_tolerance) is not null && line.GetValue(_tolerancePercent) is not null)
        {
            throw new UsageException("--tolerance and --tolerance-percent say the same thing in two ways; give one of them.");
        }

        int size = line.GetRequiredValue(_size)!.Value;
        Population population = PopulationFiles.Load(
            PopulationOptions.File(
                ReadingInput.Table(line, line.GetRequiredValue(_population)),
                line.GetValue(_sheet),
                line.GetValue(_numbers),
                line.GetValue(_measure),
                line.GetValue(_layout)),
            cancellationToken);
        ReadingInput.Warn(terminal, population.Warnings);
        IReadOnlyList<QuotaTarget> targets = QuotaTargets.Compute(population, size, new TargetOptions
        {
            Method = Methods[line.GetRequiredValue(_method)],
            ToleranceSeats = line.GetValue(_tolerance) ?? 0,
            TolerancePercent = (decimal)(line.GetValue(_tolerancePercent) ?? 0),
            Intersections = [.. (line.GetValue(_cross) ?? []).Select(c => c.Split('&', StringSplitOptions.TrimEntries))],
        });
        cancellationToken.ThrowIfCancellationRequested();
        if (path is not null)
        {
            Write(path, targets);
        }

        terminal.Fill(json =>
        {
            TargetTable.Fill(json, population, targets);
            json["panelSize"] = size;
            json["file"] = path;
        });
        terminal.Out.Write(TargetTable.Of(targets));
        foreach (string note in TargetTable.Notes(population, targets))
        {
            terminal.Say();
            terminal.Say(note);
        }

        if (path is not null)
        {
            terminal.Say();
            terminal.Say(FormattableString.Invariant($"{targets.Count} quotas for a panel of {size} were written to {StandardStreams.Describe(path)}."));
        }

        return ExitCode.Done;
    }

    private static void Write(string path, IReadOnlyList<QuotaTarget> targets)
    {
        QuotaInput[] quotas = [.. targets.Select(t => t.ToQuota())];
        OutputFolder.WriteFile(path, stream => QuotaFiles.Write(stream, quotas));
    }
}
