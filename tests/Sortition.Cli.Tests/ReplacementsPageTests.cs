using System.Text.RegularExpressions;

namespace Sortition.Cli.Tests;

/// <summary>What docs/replacements.md shows is what the command does; a line of "…" stands for lines left out.</summary>
public sealed partial class ReplacementsPageTests
{
    [Fact]
    public void EveryCommandShownGivesTheOutputShown()
    {
        using Folder folder = new();
        Example.CopyAlbertslund(folder[""]);
        string text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "data", "replacements.md")).ReplaceLineEndings("\n");
        MatchCollection blocks = Block().Matches(text);
        Assert.Equal(4, blocks.Count);
        foreach (Match block in blocks)
        {
            CommandRun run = CommandRun.In(folder[""], Shown.Arguments(block.Groups["line"].Value));
            string output = Shown.WithoutTime(run.Output + run.Error) + "\n";
            int at = 0;
            foreach (string part in block.Groups["output"].Value.Split("…\n", StringSplitOptions.RemoveEmptyEntries))
            {
                int found = output.IndexOf(part, at, StringComparison.Ordinal);
                Assert.True(found >= 0, $"Not in the output of {block.Groups["line"].Value}:\n{part}");
                at = found + part.Length;
            }
        }
    }

    [GeneratedRegex(@"```console\n\$ sortition (?<line>.*)\n(?<output>[^`]*)```")]
    private static partial Regex Block();
}
