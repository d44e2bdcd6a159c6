using System.Text.RegularExpressions;

namespace Sortition.Cli.Tests;

/// <summary>The readme's commands and its C# do what the readme says.</summary>
public sealed class ReadmeTests
{
    private const string RunTheCommand = "dotnet run -c Release --project src/Sortition.Cli -- ";

    private static string Readme { get; } = File.ReadAllText(TestFiles.PathOf("README.md")).ReplaceLineEndings("\n");

    [Fact]
    public void The_command_gives_the_output_shown_and_the_files_named()
    {
        using TemporaryFolder folder = new();
        Example.CopyAlbertslund(folder["docs/examples/albertslund"]);
        string[] commands = Commands();
        Assert.Equal(2, commands.Length);
        Assert.StartsWith(RunTheCommand, commands[0], StringComparison.Ordinal);
        CommandRun run = CommandRun.In(folder[""], Shown.Arguments(commands[0][RunTheCommand.Length..]));
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(Shown.WithoutTime(Block("text").Match(Readme).Groups["content"].Value), Shown.WithoutTime(run.Output + run.Error));
        Assert.Equal(["lottery.csv", "probabilities.csv", "remaining.csv", "report.json", "selected.csv", "types.csv"], folder.Names("result"));
    }

    // The command itself is the one that runs this test: continuous integration takes it from the readme.
    [Fact]
    public void The_other_command_passes_the_tests() => Assert.Equal("dotnet test -c Release", Commands()[1]);

    [Fact]
    public void The_samples_are_the_code_that_is_tested()
    {
        string source = File.ReadAllText(TestFiles.PathOf("ReadmeSamples.cs")).ReplaceLineEndings("\n");
        string[] samples = [.. Block("csharp").Matches(Readme).Select(m => m.Groups["content"].Value)];
        Assert.Equal(2, samples.Length);
        Assert.All(samples, sample => Assert.Contains(Indented(sample), source, StringComparison.Ordinal));
    }

    [Fact]
    public void The_sample_with_files_does_what_its_comments_say()
    {
        // Its paths are relative; tests run beside the copy of the example.
        Assert.True(Directory.Exists("docs/examples/albertslund"));
        ReadmeSamples.FromFiles();
    }

    [Fact]
    public void The_sample_with_a_database_draws_a_panel_or_says_why_there_is_none()
    {
        ReadmeSamples.Row[] rows =
        [
            new("a", "North 1", "female", "under 30"),
            new("b", "North 1", "male", "under 30"),
            new("c", "North 2", "male", "30 and over"),
        ];
        Assert.Equal("Drawn: a, c", ReadmeSamples.FromADatabase(rows));
        Assert.Contains("gender", ReadmeSamples.FromADatabase(rows[1..]), StringComparison.Ordinal);
        Assert.Contains("household", ReadmeSamples.FromADatabase(rows[..2]), StringComparison.Ordinal);
    }

    [Fact]
    public void The_public_procedure_in_five_commands_gives_what_is_shown()
    {
        using TemporaryFolder folder = new();
        Example.CopyAlbertslund(folder["docs/examples/albertslund"]);
        string[] commands = [.. Block("console").Match(Readme).Groups["content"].Value.TrimEnd('\n').Split('\n').Select(line => line["$ sortition ".Length..])];
        Assert.Equal(["lottery", "publish", "draw", "verify", "report"], commands.Select(c => c.Split(' ')[0]));
        string root = "";
        string verified = "";
        foreach (string command in commands)
        {
            CommandRun run = CommandRun.In(folder[""], [.. Shown.Arguments(command).Select(a => a == "ROOT" ? root : a)]);
            Assert.True(run.ExitCode == 0, run.Output + run.Error);
            Assert.Empty(run.Error);
            root = command.StartsWith("publish", StringComparison.Ordinal) ? Shown.Hash(run.Output, "Root to announce") : root;
            verified = command.StartsWith("verify", StringComparison.Ordinal) ? run.Output : verified;
        }

        Assert.Contains($"Root: {root}\n", verified.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        string shown = Block("text").Matches(Readme)[1].Groups["content"].Value;
        Assert.Equal(Shown.WithoutChance(shown), Shown.WithoutChance(verified));
        Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(folder["report.html"]), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("F000", string.Concat(Directory.EnumerateFiles(folder["published"]).Append(folder["report.html"]).Select(File.ReadAllText)), StringComparison.Ordinal);
    }

    private static string[] Commands() => [.. Block("sh").Matches(Readme).Select(m => m.Groups["content"].Value.TrimEnd('\n'))];

    private static string Indented(string sample) => string.Concat(sample.TrimEnd('\n').Split('\n').Select(line => "        " + line + "\n"));

    private static Regex Block(string language) => new($"```{language}\n(?<content>[^`]*)```", RegexOptions.None, TimeSpan.FromSeconds(1));
}
