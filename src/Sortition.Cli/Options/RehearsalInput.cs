using System.CommandLine;
using Sortition.Cli.Texts;
using Sortition.Core;

namespace Sortition.Cli.Options;

/// <summary>The option that makes a rehearsal of whatever is done, the same in all commands that pose a problem.</summary>
internal static class RehearsalInput
{
    /// <summary>Adds the option to a command.</summary>
    public static void AddTo(Command command) => command.Options.Add(new Option<bool>(CommandLog.Rehearsed));

    /// <summary>Whether it is given, in a command that has it.</summary>
    public static bool IsGiven(ParseResult line) =>
        line.CommandResult.Command.Options.FirstOrDefault(o => string.Equals(o.Name, CommandLog.Rehearsed, StringComparison.Ordinal)) is Option<bool> found
        && line.GetValue(found);

    /// <summary>The seed of a run. That of a rehearsal is another one, so that nobody sees beforehand what the seed of the real draw will give.</summary>
    /// <param name="terminal">Knows whether this is a rehearsal; the log is told the seed.</param>
    /// <param name="given">The seed as it was given; null to make one.</param>
    public static string Seed(Terminal terminal, string? given)
    {
        string seed = given ?? RandomSource.NewSeed();
        return terminal.Command!.Seed = terminal.IsRehearsal ? Rehearsal.SeedOf(seed) : seed;
    }
}
