using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Core.Targets;
using Sortition.Files.Storage;
using Sortition.Files.Tables;
using Sortition.Files.Tables.Model;
using Sortition.Shared;

namespace Sortition.Files.Dialects;

/// <summary>Reads the rows of a population's table.</summary>
internal sealed class PopulationFile(TableReader table, PopulationDialect dialect, FaultList faults)
{
    private readonly List<PopulationInput> _groups = [];

    /// <summary>Whether the numbers are percentages: as the heading says, or else the first number.</summary>
    private bool? _isPercentage = dialect.IsPercentage ? true : null;

    /// <exception cref="MalformedInputException">Something is malformed or cannot be read; the exception lists all of it.</exception>
    public static Population Load(FileSource file, string? sheet, string? numberColumn, CancellationToken cancellationToken)
    {
        FaultList faults = new();
        SourceFile? source = SourceFiles.Read(file, SourceFiles.DefaultMaxBytes, faults, cancellationToken);
        using TableReader? table = source?.Open(SheetChoice.Population, sheet, faults, cancellationToken);
        if (table is null || PopulationDialect.Of(table.Header, numberColumn, faults) is not PopulationDialect dialect)
        {
            throw faults.ToException();
        }

        PopulationBuilder builder = new PopulationFile(table, dialect, faults).Read(cancellationToken);
        builder.Faults.AddAll(faults);
        return builder.Build();
    }

    /// <summary>Reads all rows into a builder.</summary>
    private PopulationBuilder Read(CancellationToken cancellationToken)
    {
        while (table.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (table.CheckFieldCount(dialect.NeededFields))
            {
                ReadRow();
            }
        }

        if (_groups.Count == 0 && faults.Count == 0)
        {
            faults.Add(CoreFaults.EmptyPopulation, new FaultLocation(table.Name));
        }

        PopulationBuilder builder = new(_isPercentage == true ? PopulationMeasure.Percentage : PopulationMeasure.Count);
        _groups.ForEach(g => builder.Group(g));
        return builder;
    }

    private void ReadRow()
    {
        FeatureValue[] condition = Condition();
        FaultLocation location = new(table.Name, table.Line, dialect.NumberHeading);
        string text = table.Cell(dialect.Number).Trim();
        decimal? number = Number(text, out FaultCode code);
        if (number is decimal read)
        {
            _groups.Add(new PopulationInput { Condition = condition, Number = read, Location = location });
            return;
        }

        string subject = string.Join(" & ", condition.Select(t => t.ToString()));
        faults.Add(text.Length == 0 ? new Fault(FileFaults.MissingNumber, location, subject) : new Fault(code, location, subject, text));
    }

    private FeatureValue[] Condition()
    {
        if (dialect.Pair is not (int feature, int value))
        {
            return [.. dialect.Features.Select(f => new FeatureValue(f.Name, table.Cell(f.Column).Trim()))];
        }

        // A row of a cross table may also be written as quotas on combinations are.
        return Combination.Pair(table.Cell(feature).Split('&'), table.Cell(value)) ?? [new FeatureValue(table.Cell(feature).Trim(), table.Cell(value).Trim())];
    }

    private decimal? Number(string text, out FaultCode code)
    {
        code = FileFaults.NotANumber;
        if (!ShareText.TryRead(text, out decimal number, out bool hasSign))
        {
            return null;
        }

        // A column headed as percentages may leave the sign out; elsewhere one number with it and one without are two kinds.
        _isPercentage ??= hasSign;
        if (dialect.IsPercentage || hasSign == _isPercentage)
        {
            return number;
        }

        code = hasSign ? FileFaults.UnwantedPercentSign : FileFaults.MissingPercentSign;
        return null;
    }
}
