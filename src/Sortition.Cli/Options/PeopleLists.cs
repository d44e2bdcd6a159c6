using System.CommandLine;
using Sortition.Cli.Texts;

namespace Sortition.Cli.Options;

/// <summary>The options that name people of the pool. Each means the same in all commands; what a command does with them its help says after that.</summary>
internal static class PeopleLists
{
    public static Option<string?> Confirmed() => New("--confirmed");

    public static Option<string?> Panel() => New("--panel");

    public static Option<string?> Declined() => New("--declined");

    public static Option<string?> Alternates() => New("--alternates");

    private static Option<string?> New(string name) => new(name) { HelpName = StandardStreams.FileOrIds };
}
