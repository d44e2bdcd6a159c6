using System.Text.RegularExpressions;

namespace Sortition.Cli.Tests;

/// <summary>Commands and output as the documents show them.</summary>
internal static partial class Shown
{
    public static string[] Arguments(string line) => [.. Argument().Matches(line).Select(a => a.Value.Trim('"'))];

    /// <summary>Output without what differs from run to run: the time it took.</summary>
    public static string WithoutTime(string output) => Seconds().Replace(output.ReplaceLineEndings("\n"), "Time …").Trim('\n');

    /// <summary>Output without what secret keys change: the root, and with it the ballot that a text decides on.</summary>
    public static string WithoutChance(string output) =>
        Seconds().Replace(Ballot().Replace(Hashes().Replace(output.ReplaceLineEndings("\n"), "…"), "Ballot …"), "Time …").Trim('\n');

    /// <summary>The hash after a label.</summary>
    public static string Hash(string output, string label) => Hashes().Match(output, output.IndexOf(label, StringComparison.Ordinal)).Value;

    [GeneratedRegex("[0-9a-f]{64}")]
    private static partial Regex Hashes();

    [GeneratedRegex("Ballot [0-9]+")]
    private static partial Regex Ballot();

    [GeneratedRegex(@"""[^""]*""|\S+")]
    private static partial Regex Argument();

    [GeneratedRegex(@"Time:? +[0-9.]+ s")]
    private static partial Regex Seconds();
}
