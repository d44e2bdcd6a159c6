using Sortition.Core.Problems;
using Sortition.Core.Targets;
using Sortition.Files.Storage;
using Sortition.Files.Tables;
using Sortition.Files.Tables.Model;

namespace Sortition.Files.Dialects;

/// <summary>Reads the rows of a population's table.</summary>
internal sealed class PopulationFile(TableReader table, PopulationDialect dialect)
{
    private readonly List<PopulationInput> _groups = [];
    private readonly FaultList _faults = new();

    /// <summary>Whether the numbers are percentages: as the heading says, or else the first number.</summary>
    private bool? _isPercentage = dialect.IsPercentage ? true : null;

    /// <exception cref="MalformedInputException">Something is malformed or cannot be read; the exception lists all of it.</exception>
    public static Population Load(FileSource file, string? sheet, string? numberColumn, CancellationToken cancellationToken)
    {
        FaultList faults = new();
        SourceFile? source = SourceFiles.Read(file, SourceFiles.DefaultMaxBytes, faults, cancellationToken);
        using TableReader? table = source?.Open(SheetChoice.Population, sheet, faults, cancellationToken);
        PopulationBuilder? builder = null;
        if (table is not null && PopulationDialect.Of(table.Header, numberColumn, faults) is PopulationDialect dialect)
        {
            builder = new PopulationFile(table, dialect).Read(cancellationToken);
        }

        if (builder is null)
        {
            throw faults.ToException();
        }

        // Those of the table's form; the builder keeps them in the order of lines.
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

        if (_groups.Count + _faults.Count == 0)
        {
            _faults.Add(CoreFaults.EmptyPopulation, new FaultLocation(table.Name));
        }

        PopulationBuilder builder = new(_isPercentage == true ? PopulationMeasure.Percentage : PopulationMeasure.Count);
        _groups.ForEach(g => builder.Group(g));
        builder.Faults.AddAll(_faults);
        return builder;
    }

    private void ReadRow()
    {
        IReadOnlyList<FeatureValue> condition = Condition();
        FaultLocation location = new(table.Name, table.Line, dialect.NumberHeading);
        string text = table.Cell(dialect.Number).Trim();
        decimal? number = Number(text, out FaultCode code);
        if (number is decimal read)
        {
            _groups.Add(new PopulationInput { Condition = condition, Number = read, Location = location });
            return;
        }

        string subject = string.Join(" & ", condition.Select(t => t.ToString()));
        _faults.Add(text.Length == 0 ? new Fault(FileFaults.MissingNumber, location, subject) : new Fault(code, location, subject, text));
    }

    private IReadOnlyList<FeatureValue> Condition()
    {
        if (dialect.Pair is not (int feature, int value))
        {
            return [.. dialect.Features.Select(f => new FeatureValue(f.Name, table.Cell(f.Column).Trim()))];
        }

        // A row of a cross table may also be written as quotas on combinations are.
        string[] names = table.Cell(feature).Split('&');
        string[] values = table.Cell(value).Split('&');
        return names.Length == values.Length
            ? [.. names.Zip(values, (n, v) => new FeatureValue(n.Trim(), v.Trim()))]
            : [new FeatureValue(table.Cell(feature).Trim(), table.Cell(value).Trim())];
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
