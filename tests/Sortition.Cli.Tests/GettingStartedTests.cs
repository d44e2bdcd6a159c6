using System.Text.RegularExpressions;

namespace Sortition.Cli.Tests;

/// <summary>What docs/getting-started.md shows is what the command does.</summary>
public sealed partial class GettingStartedTests
{
    [Fact]
    public void EveryCommandShownGivesTheOutputShown()
    {
        using Folder folder = new();
        foreach (string name in new[] { "categories.csv", "respondents.csv" })
        {
            File.Copy(Example.File("albertslund", name), folder[name]);
        }

        string text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "data", "getting-started.md")).ReplaceLineEndings("\n");
        MatchCollection blocks = Block().Matches(text);
        Assert.Equal(5, blocks.Count);
        foreach (Match block in blocks)
        {
            string[] arguments = [.. Argument().Matches(block.Groups["line"].Value).Select(a => a.Value.Trim('"'))];
            CommandRun run = CommandRun.In(folder[""], arguments);
            Assert.Equal(Mask(block.Groups["output"].Value), Mask(run.Output + run.Error));
        }
    }

    private static string Mask(string text) => Seconds().Replace(text.ReplaceLineEndings("\n"), "Time …").Trim('\n');

    [GeneratedRegex(@"```console\n\$ sortition (?<line>.*)\n(?<output>[^`]*)```")]
    private static partial Regex Block();

    [GeneratedRegex(@"""[^""]*""|\S+")]
    private static partial Regex Argument();

    [GeneratedRegex(@"Time +[0-9.]+ s")]
    private static partial Regex Seconds();
}
