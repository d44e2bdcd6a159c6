using System.CommandLine;
using Sortition.Cli.Commands;
using Sortition.Cli.Texts;

namespace Sortition.Cli.Tests;

public sealed class HelpTests
{
    [Theory]
    [InlineData("select", "--quotas", "--people", "--size", "--algorithm", "--gamma", "--entitlement-column", "--threads", "--seed", "--ballots", "--time-limit", "--id-column", "--household-columns", "--household-limit", "--must-in", "--must-out", "--quotas-sheet", "--people-sheet", "--output")]
    [InlineData("check", "--quotas", "--people", "--size", "--household-columns", "--must-in")]
    [InlineData("explain", "--quotas", "--people", "--size", "--algorithm", "--gamma", "--time-limit", "--person", "--group")]
    [InlineData("quotas", "--population", "--population-sheet", "--number-column", "--size", "--method", "--tolerance", "--tolerance-percent", "--cross", "--output")]
    [InlineData("replace", "--quotas", "--people", "--size", "--algorithm", "--confirmed", "--panel", "--declined", "--seed", "--ballots", "--output")]
    [InlineData("alternates", "--quotas", "--people", "--size", "--panel", "--count", "--declined", "--alternates", "--drop-out", "--drop-out-chances", "--past", "--scenarios", "--seed", "--time-limit", "--output")]
    [InlineData("count", "--quotas", "--people", "--size", "--household-columns", "--must-in", "--error", "--seed", "--threads")]
    [InlineData("generate", "--quotas", "--quotas-sheet", "--size", "--count", "--seed", "--skew", "--output")]
    [InlineData("lottery", "--quotas", "--people", "--size", "--algorithm", "--confirmed", "--panel", "--declined", "--ballots", "--seed", "--randomness", "--form", "--tickets", "--smallest-group", "--keys", "--contact-columns", "--find-me-at", "--output")]
    [InlineData("publish", "--output")]
    [InlineData("draw", "--number", "--text", "--root", "--published", "--annul", "--people", "--mapping", "--people-sheet", "--id-column", "--contact-columns", "--find-me-at", "--output")]
    [InlineData("verify", "--root", "--id", "--key")]
    [InlineData("report", "--published", "--date", "--organiser", "--contact", "--introduction", "--logo", "--invited", "--display-names", "--language", "--title", "--published-at", "--smallest-group", "--quotas-before", "--quotas-before-sheet", "--population", "--population-sheet", "--number-column", "--alternates", "--id-column", "--drop-out", "--charts", "--output")]
    [InlineData("compare", "--algorithms", "--metrics", "--seed", "--draws", "--size", "--threads", "--memory", "--time-limit", "--shard", "--merge", "--check", "--output")]
    public void Every_command_explains_its_options_and_gives_examples(string command, params string[] options)
    {
        CommandRun run = CommandRun.Of(command, "--help");
        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Error);
        Assert.All(options, option => Assert.Contains(option + " <", run.Output, StringComparison.Ordinal));
        Assert.Contains($"  sortition {command} ", run.Output, StringComparison.Ordinal);
        Assert.Contains("--json ", run.Output, StringComparison.Ordinal);
        Assert.Contains("Exit codes:", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', run.Output);
    }

    /// <summary>What they say of themselves may differ at the end only: what the command does with it.</summary>
    [Fact]
    public void An_option_means_one_thing_in_all_commands()
    {
        // What is written, counted, kept secret or left to a seed is every command's own; that it is that is the same.
        string[] own = ["--count", "--output", "--published", "--seed", "--smallest-group", "--root"];
        (ToolCommand Command, Option Option)[] options = [.. typeof(ToolCommand).Assembly.GetTypes()
            .Where(t => t.IsSubclassOf(typeof(ToolCommand)))
            .Select(t => (ToolCommand)Activator.CreateInstance(t)!)
            .SelectMany(c => c.Options.Where(o => !o.Hidden).Select(o => (c, o)))];
        Assert.InRange(options.Length, 80, 300);
        Assert.All(options.GroupBy(o => o.Option.Name), same =>
        {
            Assert.Single(same.Select(o => o.Option.ValueType).Distinct());
            Assert.Single(same.Select(o => string.Join(' ', o.Option.Aliases)).Distinct());
            if (!own.Contains(same.Key))
            {
                Assert.Single(same.Select(o => o.Option.HelpName).Distinct());
                Assert.All(Language.Codes, code =>
                {
                    string[] texts = [.. same.Select(o => Help.Describe(Language.Of(code), o.Command, o.Option))];
                    Assert.True(texts.Select(FirstWords).Distinct().Count() == 1, string.Join('\n', texts));
                });
            }
        });

        static string FirstWords(string text) => text
            .Replace("For a replacement round. ", "", StringComparison.Ordinal).Replace("Til en erstatningsrunde. ", "", StringComparison.Ordinal)
            .Split(['.', ',', ':', ';'])[0];
    }

    [Fact]
    public void Every_language_explains_every_command_option_and_argument()
    {
        ToolCommand[] commands = [.. typeof(ToolCommand).Assembly.GetTypes()
            .Where(t => t.IsSubclassOf(typeof(ToolCommand))).Select(t => (ToolCommand)Activator.CreateInstance(t)!)];
        Assert.All(Language.Codes.Select(Language.Of), language => Assert.All(commands, command =>
        {
            Assert.True(language.Texts.Has($"help/{command.Name}") && language.Texts.Has($"help/{command.Name}/examples"), command.Name);
            Assert.All(command.Arguments, a => Assert.True(language.Texts.Has($"help/{command.Name}/{a.Name}"), $"{command.Name} {a.Name}"));
            Assert.All(command.Options.Where(o => !o.Hidden), o => Assert.False(
                Help.Describe(language, command, o).StartsWith("help/", StringComparison.Ordinal), $"{command.Name} {o.Name} has no text in Texts/{language.Code}.json."));
        }));
    }

    [Fact]
    public void The_tools_help_lists_the_commands()
    {
        CommandRun run = CommandRun.Of("--help");
        Assert.Equal(0, run.ExitCode);
        Assert.All(["  select ", "  check ", "  explain ", "  replace ", "  alternates ", "  lottery ", "  publish ", "  draw ", "  verify ", "  report ", "  quotas ", "  count ", "  generate ", "  compare "], command => Assert.Contains(command, run.Output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(50)]
    [InlineData(80)]
    [InlineData(100)]
    public void Help_keeps_within_the_width_of_a_terminal(int width)
    {
        using StringWriter text = new() { NewLine = "\n" };
        HelpColumns columns = new(text, width);
        string words = string.Join(' ', Enumerable.Range(1, 60).Select(i => $"word{i}"));
        columns.Paragraph(words);
        columns.Write([("--short", words), ("--a-very-long-name <OF-AN-OPTION>, --and-another-one", "few words"), ("-x", words)]);
        string[] lines = text.ToString().Split('\n');
        Assert.All(lines, line => Assert.InRange(line.Length, 0, width));
        Assert.All(lines[..^1], line => Assert.StartsWith("  ", line, StringComparison.Ordinal));
        Assert.Equal(3 * 60, lines.Sum(line => line.Split(' ').Count(w => w.StartsWith("word", StringComparison.Ordinal) && w != "words")));

        using StringWriter wide = new() { NewLine = "\n" };
        new HelpColumns(wide, int.MaxValue).Write([("-x", words), ("--long", "few words")]);
        Assert.Equal($"  -x      {words}\n  --long  few words\n", wide.ToString());
    }

    [Fact]
    public void Version_is_a_number()
    {
        CommandRun run = CommandRun.Of("--version");
        Assert.Equal(0, run.ExitCode);
        Assert.Matches(@"^\d+\.\d+\.\d+", run.Output);
    }
}
