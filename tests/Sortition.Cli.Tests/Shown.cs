using System.Text.RegularExpressions;

namespace Sortition.Cli.Tests;

/// <summary>Commands and output as the documents show them.</summary>
internal static partial class Shown
{
    public static string[] Arguments(string line) => [.. Argument().Matches(line).Select(a => a.Value.Trim('"'))];

    /// <summary>Output without what differs from run to run: the time it took.</summary>
    public static string WithoutTime(string output) => Seconds().Replace(output.ReplaceLineEndings("\n"), "Time …").Trim('\n');

    [GeneratedRegex(@"""[^""]*""|\S+")]
    private static partial Regex Argument();

    [GeneratedRegex(@"Time +[0-9.]+ s")]
    private static partial Regex Seconds();
}
