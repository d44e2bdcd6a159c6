using System.Text.RegularExpressions;

namespace Sortition.Cli.Tests;

/// <summary>What the pages for organisers show is what the command does; a line of "…" stands for lines left out.</summary>
public sealed partial class PageTests
{
    private const string LeftOut = "…\n";

    [Theory]
    [InlineData("getting-started.md", 6)]
    [InlineData("replacements.md", 9)]
    public void EveryCommandShownGivesTheOutputShown(string page, int commands)
    {
        using Folder folder = new();
        Example.CopyAlbertslund(folder[""]);
        string text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "data", page)).ReplaceLineEndings("\n");
        MatchCollection blocks = Block().Matches(text);
        Assert.Equal(commands, blocks.Count);
        foreach (Match block in blocks)
        {
            CommandRun run = CommandRun.In(folder[""], Shown.Arguments(block.Groups["line"].Value));
            string shown = block.Groups["output"].Value;
            string output = Shown.WithoutTime(run.Output + run.Error);
            if (!shown.Contains(LeftOut, StringComparison.Ordinal))
            {
                Assert.Equal(Shown.WithoutTime(shown), output);
                continue;
            }

            int at = 0;
            foreach (string part in shown.Split(LeftOut, StringSplitOptions.RemoveEmptyEntries))
            {
                int found = (output + "\n").IndexOf(part, at, StringComparison.Ordinal);
                Assert.True(found >= 0, $"Not in the output of {block.Groups["line"].Value}:\n{part}");
                at = found + part.Length;
            }
        }
    }

    [GeneratedRegex(@"```console\n\$ sortition (?<line>.*)\n(?<output>[^`]*)```")]
    private static partial Regex Block();
}
