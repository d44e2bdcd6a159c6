using System.CommandLine;
using Sortition.Core.Targets;
using Sortition.Files.Dialects;
using Sortition.Files.Storage;

namespace Sortition.Cli.Options;

/// <summary>The options that say how the file of a population is read, the same in all commands.</summary>
internal static class PopulationOptions
{
    private static readonly Dictionary<string, PopulationMeasure> s_measures = new(StringComparer.Ordinal)
    {
        ["counts"] = PopulationMeasure.Count,
        ["percent"] = PopulationMeasure.Percentage,
        ["shares"] = PopulationMeasure.Share,
    };

    private static readonly Dictionary<string, PopulationLayout> s_layouts = new(StringComparer.Ordinal)
    {
        ["list"] = PopulationLayout.List,
        ["cross"] = PopulationLayout.CrossTable,
    };

    public static Option<string?> Sheet() => new("--population-sheet") { HelpName = "NAME" };

    public static Option<string?> Measure()
    {
        Option<string?> measure = new("--measure") { HelpName = "counts|percent|shares" };
        measure.AcceptOnlyFromAmong([.. s_measures.Keys]);
        return measure;
    }

    public static Option<string?> Layout()
    {
        Option<string?> layout = new("--layout") { HelpName = "list|cross" };
        layout.AcceptOnlyFromAmong([.. s_layouts.Keys]);
        return layout;
    }

    /// <summary>The file, and what options say of it.</summary>
    public static PopulationFilesOptions File(FileSource file, string? sheet, string? numberColumn, string? measure, string? layout) => new()
    {
        File = file,
        Sheet = sheet,
        NumberColumn = numberColumn,
        Measure = measure is null ? null : s_measures[measure],
        Layout = layout is null ? null : s_layouts[layout],
    };

    public static Option<string?> NumberColumn() => new("--number-column") { HelpName = "COLUMN" };
}
