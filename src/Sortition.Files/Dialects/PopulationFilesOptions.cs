using Sortition.Core.Targets;
using Sortition.Files.Storage;

namespace Sortition.Files.Dialects;

/// <summary>How a table tells a population.</summary>
public enum PopulationLayout
{
    /// <summary>A row for each value: the name of a feature, one of its values, and a number.</summary>
    List = 0,

    /// <summary>A column for each feature, and a number for each combination.</summary>
    CrossTable = 1,
}

/// <summary>Which file tells a population, and what it does not say itself.</summary>
public sealed class PopulationFilesOptions
{
    /// <summary>The file: CSV, or a workbook.</summary>
    public required FileSource File { get; init; }

    /// <summary>The name of the sheet; null (the default) to find it, or where the file is no workbook.</summary>
    public string? Sheet { get; init; }

    /// <summary>The heading of the column of numbers; null (the default) to find it.</summary>
    public string? NumberColumn { get; init; }

    /// <summary>What the numbers are; null (the default) for what the heading or their signs say.</summary>
    public PopulationMeasure? Measure { get; init; }

    /// <summary>How the table tells it; null (the default) for what its headings say.</summary>
    public PopulationLayout? Layout { get; init; }
}
