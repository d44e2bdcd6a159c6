using System.Text.RegularExpressions;

namespace Sortition.Cli.Tests;

/// <summary>What docs/getting-started.md shows is what the command does.</summary>
public sealed partial class GettingStartedTests
{
    [Fact]
    public void EveryCommandShownGivesTheOutputShown()
    {
        using Folder folder = new();
        Example.CopyAlbertslund(folder[""]);
        string text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "data", "getting-started.md")).ReplaceLineEndings("\n");
        MatchCollection blocks = Block().Matches(text);
        Assert.Equal(6, blocks.Count);
        foreach (Match block in blocks)
        {
            CommandRun run = CommandRun.In(folder[""], Shown.Arguments(block.Groups["line"].Value));
            Assert.Equal(Shown.WithoutTime(block.Groups["output"].Value), Shown.WithoutTime(run.Output + run.Error));
        }
    }

    [GeneratedRegex(@"```console\n\$ sortition (?<line>.*)\n(?<output>[^`]*)```")]
    private static partial Regex Block();
}
