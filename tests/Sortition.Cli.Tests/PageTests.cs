using System.Text.RegularExpressions;

namespace Sortition.Cli.Tests;

/// <summary>
/// What the pages for organisers show is what the command does; a line of "…" stands for lines left out. Rows of quotas that are shown make <c>quotas.csv</c>: they take the place of those of
/// <c>categories.csv</c> for the same values.
/// </summary>
[Trait("Lane", "Slow")]
public sealed partial class PageTests
{
    private const string LeftOut = "…\n";

    [Theory]
    [InlineData("alternates.md", 4)]
    [InlineData("getting-started.md", 9)]
    [InlineData("replacements.md", 9)]
    [InlineData("when-quotas-cannot-be-met.md", 3)]
    [InlineData("report.md", 3)]
    public void Every_command_shown_gives_the_output_shown(string page, int commands)
    {
        using TemporaryFolder folder = new();
        Example.CopyAlbertslund(folder[""]);
        File.Copy(TestFiles.PathOf("albertslund", "population.csv"), folder["population.csv"]);
        foreach (string path in Directory.EnumerateFiles(TestFiles.PathOf("messy")))
        {
            File.Copy(path, folder[Path.GetFileName(path)]);
        }

        string text = File.ReadAllText(TestFiles.PathOf(page)).ReplaceLineEndings("\n");
        MatchCollection blocks = Block().Matches(text);
        Assert.Equal(commands, blocks.Count(b => !b.Groups["rows"].Success));
        foreach (Match block in blocks)
        {
            if (block.Groups["rows"].Success)
            {
                WriteQuotas(folder, block.Groups["rows"].Value);
                continue;
            }

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

    private static void WriteQuotas(TemporaryFolder folder, string rows)
    {
        string quotas = File.ReadAllText(folder["categories.csv"]);
        foreach (string row in rows.TrimEnd('\n').Split('\n'))
        {
            // The last two cells are the bounds.
            string value = Bounds().Replace(row, "");
            Assert.Single(Regex.Matches(quotas, Line(value)));
            quotas = Regex.Replace(quotas, Line(value), row.Replace("$", "$$", StringComparison.Ordinal));
        }

        folder.Write("quotas.csv", quotas);

        static string Line(string value) => $"(?m)^{Regex.Escape(value)},[0-9]+,[0-9]+";
    }

    [GeneratedRegex(",[0-9]+,[0-9]+$")]
    private static partial Regex Bounds();

    [GeneratedRegex(@"```csv\n(?<rows>[^`]*)```|```console\n\$ sortition (?<line>.*)\n(?<output>[^`]*)```")]
    private static partial Regex Block();
}
