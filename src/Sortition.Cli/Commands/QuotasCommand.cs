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
        DefaultValueFactory = _ => "band",
    };

    private readonly Option<int?> _tolerance = Numbers.Whole("--tolerance", "N", 0, MaxTolerance);

    private readonly Option<double?> _tolerancePercent = Numbers.Real("--tolerance-percent", "P", 0, 100);

    private readonly Option<string[]> _cross = new("--cross") { HelpName = "FEATURES" };

    private readonly Option<string?> _output = new("--output", "-o") { HelpName = StandardStreams.File };

    public QuotasCommand()
        : base("quotas")
    {
        _method.AcceptOnlyFromAmong([.. Methods.Keys]);
        foreach (Option option in (Option[])[_population, _sheet, _numbers, _measure, _layout, _size, _method, _tolerance, _tolerancePercent, _cross, _output])
        {
            Options.Add(option);
        }

        Options.Add(CommandLog.OverwriteOption());
        ReadingInput.AddTo(this);
    }

    public override int Run(ParseResult line, Terminal terminal, CancellationToken cancellationToken)
    {
        string? path = line.GetValue(_output);
        if (path is not null)
        {
            OutputFolder.CheckFile(terminal, path);
        }

        if (line.GetValue(_tolerance) is not null && line.GetValue(_tolerancePercent) is not null)
        {
            throw new UsageException("usage/tolerance-twice");
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
            Write(terminal, path, targets);
        }

        terminal.Fill(json =>
        {
            TargetTable.Fill(json, population, targets);
            json["panelSize"] = size;
            json["file"] = path;
        });
        terminal.Out.Write(TargetTable.Of(terminal.Language, targets));
        foreach (string note in TargetTable.Notes(terminal.Language, population, targets))
        {
            terminal.Say();
            terminal.Say(note);
        }

        if (path is not null)
        {
            terminal.Say();
            terminal.Tell(
                "quotas/written", ("count", targets.Count), ("size", size), ("path", StandardStreams.Describe(terminal.Language, path)));
        }

        return ExitCode.Done;
    }

    private static void Write(Terminal terminal, string path, IReadOnlyList<QuotaTarget> targets)
    {
        QuotaInput[] quotas = [.. targets.Select(t => t.ToQuota())];
        OutputFolder.WriteFile(terminal, path, stream => QuotaFiles.Write(stream, quotas));
    }
}
