using System.CommandLine;
using Sortition.Cli.Texts;

namespace Sortition.Cli.Options;

/// <summary>The options that name people of the pool. Each means the same in all commands; what a command does with them it says after that.</summary>
internal static class PeopleLists
{
    private const string Form = " Ids with commas between them, or a file of ids, one a line or in a column headed as in the people file.";

    public static Option<string?> Confirmed() => New("--confirmed", "The members who stay.");

    /// <param name="use">What the command does with it; empty where that is plain.</param>
    public static Option<string?> Panel(string use = "") => New("--panel", "The whole panel as it was drawn, for example its selected.csv." + use);

    /// <param name="use">What the command does with them; empty where that is plain.</param>
    public static Option<string?> Declined(string use = "") => New(
        "--declined", "Everybody who dropped out, said no or cannot be asked: they give up their seats, and are not asked again." + use);

    /// <param name="use">What the command does with them.</param>
    public static Option<string?> Alternates(string use) => New("--alternates", "The people kept ready to step in, for example alternates.csv." + use);

    private static Option<string?> New(string name, string description) =>
        new(name) { HelpName = StandardStreams.FileOrIds, Description = description + Form };
}
