using System.CommandLine;
using Sortition.Cli.Texts;
using Sortition.Core;
using Sortition.Core.Alternates;
using Sortition.Core.Problems;
using Sortition.Core.Targets;
using Sortition.Files;

namespace Sortition.Cli.Options;

/// <summary>The options of a report for what the lottery itself does not know: the quotas as first wished, the population, the alternates.</summary>
internal sealed class ReportSupplements
{
    private readonly Option<string?> _quotas = new("--quotas-before") { HelpName = StandardStreams.File };

    private readonly Option<string?> _quotasSheet = new("--quotas-before-sheet") { HelpName = "NAME" };
    private readonly Option<string?> _population = new("--population") { HelpName = StandardStreams.File };

    private readonly Option<string?> _populationSheet = PopulationOptions.Sheet();
    private readonly Option<string?> _numberColumn = PopulationOptions.NumberColumn();
    private readonly AlternatesInput _alternates = new();

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_quotas, _quotasSheet, _population, _populationSheet, _numberColumn])
        {
            command.Options.Add(option);
        }

        _alternates.AddTo(command);
        ReadingInput.AddTo(command);
    }

    /// <summary>Checks that the options go together, and with what is reported.</summary>
    /// <exception cref="UsageException">They do not.</exception>
    public void Check(ParseResult line, bool isDrawnWhole)
    {
        Needs(_quotasSheet, _quotas);
        Needs(_populationSheet, _population);
        Needs(_numberColumn, _population);
        _alternates.Check(line, isDrawnWhole);

        void Needs(Option<string?> option, Option<string?> other)
        {
            if (line.GetValue(option) is not null && line.GetValue(other) is null)
            {
                throw new UsageException("usage/goes-with", ("option", option.Name), ("other", other.Name));
            }
        }
    }

    /// <summary>Reads what the options name.</summary>
    /// <exception cref="MalformedInputException">Something is malformed or does not fit the lottery; all faults of all files are listed.</exception>
    /// <exception cref="UsageException">People cannot be alternates.</exception>
    public Supplements Read(ParseResult line, Terminal terminal, IReadOnlyList<Feature> features, Panel? drawn, CancellationToken cancellationToken)
    {
        FaultList faults = new();
        IReadOnlyList<Quota>? quotas = line.GetValue(_quotas) is not string wished ? null
            : faults.Try(() => QuotaFiles.LoadFor(ReadingInput.Table(line, wished), features, line.GetValue(_quotasSheet), cancellationToken));
        Population? population = line.GetValue(_population) is not string path ? null
            : faults.Try(
                () =>
                    PopulationFiles.LoadFor(
                        ReadingInput.Table(line, path), features, line.GetValue(_populationSheet), line.GetValue(_numberColumn), cancellationToken));
        AlternateSet? alternates = !_alternates.IsGiven(line) ? null
            : faults.Try(() => _alternates.Read(line, terminal, drawn!, cancellationToken));
        faults.ThrowIfAny();
        if (population is not null)
        {
            ReadingInput.Warn(terminal, population.Warnings);
            TellWhatIsLeftOut(terminal, population, features);
        }

        return new Supplements(quotas, population, alternates, _alternates.DropOutChance(line));
    }

    private static void TellWhatIsLeftOut(Terminal terminal, Population population, IReadOnlyList<Feature> features)
    {
        string[] left = [.. features.Select(f => f.Name).Where(f => !population.Features.Contains(f, NameComparer.Instance))];
        if (left.Length > 0)
        {
            terminal.Warn("report/population-silent", ("features", left));
        }
    }
}

/// <summary>What a report tells that the lottery itself does not know; null where it is not given.</summary>
internal sealed record Supplements(IReadOnlyList<Quota>? WishedQuotas, Population? Population, AlternateSet? Alternates, double DropOutChance);
