using System.CommandLine;

namespace Sortition.Cli.Options;

/// <summary>The options that say how the file of a population is read, the same in all commands.</summary>
internal static class PopulationOptions
{
    public static Option<string?> Sheet() => new("--population-sheet")
    {
        HelpName = "NAME",
        Description = "The sheet of the population in an .xlsx. Without it: \"population\", or else the first sheet with the headings of a population.",
    };

    public static Option<string?> NumberColumn() => new("--number-column")
    {
        HelpName = "COLUMN",
        Description = "The heading of the population's column of numbers. Without it: \"count\", \"percent\" or another usual heading.",
    };
}
