using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Sortition.Cli.Tests;

/// <summary>The command <c>compare</c>: its options, its exit codes, and what is left of it when it is killed.</summary>
public sealed class CompareTests
{
    private const int Killed = 128 + 9;

    [Fact]
    public void Compares_checks_and_tells_what_is_missed()
    {
        using TemporaryFolder folder = new();
        string[] pools = Pools(folder);
        string right = folder.Write("right.csv", "instance,algorithm,metric,expected,tolerance\n\"Alternate(20,4)\",leximin,min_chance,0.2,1e-9\n");
        CommandRun run = CommandRun.Of(["compare", .. pools, "--algorithms", "leximin,greedy", "--draws", "20", "--seed", "1", "--check", right, "--output", folder["out"]]);
        Assert.Equal("", run.Error);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("4 cells, of which 0 did not run to their end.", run.Output, StringComparison.Ordinal);
        Assert.Contains("1 of 1 expected figures were reached.", run.Output, StringComparison.Ordinal);
        Assert.Contains("wrote  results.csv", CommandRun.Of("log", folder["out"]).Output.Replace("out/", "", StringComparison.Ordinal), StringComparison.Ordinal);
        string command = "\"command\": \"sortition compare town_2 'Alternate(20,4)' --algorithms leximin,greedy --draws 20 --seed 1\"";
        Assert.Contains(command, folder.Read("out/environment.json"), StringComparison.Ordinal);

        string wrong = folder.Write("wrong.csv", "instance,algorithm,metric,expected,tolerance\ntown_2,greedy,people,7,0.5\ntown_2,maximin,people,6,0\n");
        run = CommandRun.Of(["compare", .. pools, "--algorithms", "greedy", "--draws", "20", "--check", wrong, "--output", folder["other"]]);
        Assert.Equal(4, run.ExitCode);
        Assert.Contains("Missed: town_2, greedy, people: expected 7 ± 0.5, reached 6", run.Error, StringComparison.Ordinal);
        Assert.Contains("Missed: town_2, maximin, people: expected 6 ± 0, but the study has no such figure", run.Error, StringComparison.Ordinal);

        run = CommandRun.Of(["compare", .. pools, "--seed", "1", "--output", folder["out"]]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("results.csv", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Shards_go_by_command_too()
    {
        using TemporaryFolder folder = new();
        string[] study = [.. Pools(folder), "--algorithms", "maximin,greedy", "--draws", "20", "--seed", "1"];
        Assert.Equal(0, CommandRun.Of(["compare", .. study, "--threads", "1", "--output", folder["whole"]]).ExitCode);
        Assert.Equal(0, CommandRun.Of(["compare", .. study, "--shard", "1/2", "--output", folder["part1"]]).ExitCode);
        CommandRun missing = CommandRun.Of("compare", "--merge", folder["part1"], "--output", folder["merged"]);
        Assert.Equal(2, missing.ExitCode);
        Assert.Contains("2 of 4 cells are missing", missing.Error, StringComparison.Ordinal);
        Assert.Equal(0, CommandRun.Of(["compare", .. study, "--shard", "2/2", "--memory", "1", "--output", folder["part2"]]).ExitCode);
        Assert.Equal(0, CommandRun.Of("compare", "--merge", folder["part1"], folder["part2"], "--output", folder["merged"]).ExitCode);
        AssertSame(folder["whole"], folder["merged"], "");
    }

    [Theory]
    [InlineData("--algorithms: there is no \"best\". There are: leximin", "--algorithms", "leximin,best")]
    [InlineData("--metrics: there is no \"luck\". There are: chances", "--metrics", "luck")]
    [InlineData("--shard: \"3/2\" is no part of a study", "--shard", "3/2")]
    [InlineData("name one.", "--output", "-")]
    [InlineData("one of the two", "--merge", "somewhere")]
    public void Refuses_what_it_does_not_know(string message, string option, string value)
    {
        using TemporaryFolder folder = new();
        string[] output = option == "--output" ? [] : ["--output", folder["out"]];
        CommandRun run = CommandRun.Of(["compare", .. Pools(folder), "--seed", "1", option, value, .. output]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error + run.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["out"]));
    }

    [Fact]
    public void In_danish_the_report_is_danish()
    {
        using TemporaryFolder folder = new();
        Assert.Equal(0, CommandRun.Of(["compare", .. Pools(folder), "--algorithms", "maximin", "--seed", "1", "--language", "da", "--output", folder["out"]]).ExitCode);
        Assert.Contains("<html lang=\"da\">", folder.Read("out/report.html"), StringComparison.Ordinal);
        Assert.Contains("Sammenligning af algoritmer", folder.Read("out/report.html"), StringComparison.Ordinal);
        Assert.Contains(",0.2,", folder.Read("out/results.csv"), StringComparison.Ordinal);
    }

    /// <summary>With Ctrl-C, what was finished is kept, and it says so; the same command goes on to the bytes of an undisturbed run.</summary>
    [Fact]
    [Trait("Lane", "Slow")]
    public void A_cancelled_study_goes_on()
    {
        using TemporaryFolder folder = new();
        string[] study = [.. Pools(folder), "Alternate(2000,200)", "--algorithms", "maximin,greedy", "--metrics", "chances", "--draws", "5000", "--seed", "1", "--threads", "1"];
        CommandRun cancelled = CommandRun.Interrupted("-INT", ["compare", .. study, "--output", folder["out"]]);
        Assert.Equal(130, cancelled.ExitCode);
        Assert.Contains("Cancelled. What was finished is kept", cancelled.Error, StringComparison.Ordinal);
        Assert.Equal(0, CommandRun.Of(["compare", .. study, "--output", folder["out"]]).ExitCode);
        Assert.Equal(0, CommandRun.Of(["compare", .. study, "--output", folder["whole"]]).ExitCode);
        AssertSame(folder["whole"], folder["out"], "");
    }

    /// <summary>The script of docs/studies.md, with nothing but Python.</summary>
    [Fact]
    public void Python_reads_a_study()
    {
        using TemporaryFolder folder = new();
        ProcessStartInfo start = new("python3") { RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8 };
        start.Environment["PYTHONIOENCODING"] = "utf-8";
        string[] command = [Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", Path.Combine(AppContext.BaseDirectory, "sortition.dll")];
        string[] study = ["compare", .. Pools(folder), "--algorithms", "leximin,minimax", "--seed", "1", "--output", folder["out"]];
        foreach (string argument in (string[])[TestFiles.PathOf("compare.py"), "max_chance", .. command, .. study])
        {
            start.ArgumentList.Add(argument);
        }

        using Process python = Process.Start(start)!;
        (int exitCode, string output, string error) = Processes.Finish(python);
        Assert.True(exitCode == 0, error);
        Assert.Equal("max_chance\tleximin\tminimax\ntown_2\t0.333333\t0.333333\nAlternate(20,4)\t0.200000\t0.200000\n", output);
    }

    /// <summary>The command of docs/reproductions for the family, word for word, with fewer draws for greedy.</summary>
    [Fact]
    [Trait("Lane", "Slow")]
    public void The_figures_of_the_family_are_reached()
    {
        using TemporaryFolder folder = new();
        CommandRun run = CommandRun.Of(
            "compare", "Alternate(200,20)", "Alternate(2000,200)", "--algorithms", "leximin,uniform,greedy", "--metrics", "chances,count", "--draws", "2000", "--seed", "reproduction",
            "--check", TestFiles.PathOf("alternate.csv"), "--output", folder["out"]);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("13 of 13 expected figures were reached.", run.Output, StringComparison.Ordinal);
    }

    /// <summary>The table of docs/results.md, for the smallest of its instances; the whole command takes minutes.</summary>
    [Fact]
    public void The_table_of_results_is_reached()
    {
        using TemporaryFolder folder = new();
        string[] rows = File.ReadAllLines(TestFiles.PathOf("results.csv"));
        string expected = folder.Write("expected.csv", string.Join('\n', rows.Where((row, r) => r == 0 || row.StartsWith("mass_like_24,", StringComparison.Ordinal))));
        CommandRun run = CommandRun.Of(
            "compare", TestFiles.PathOf("mass_like_24"), "--algorithms", "maximin,leximin,nash,minimax,goldilocks", "--metrics", "chances,proof", "--seed", "results", "--check", expected, "--output", folder["out"]);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("22 of 22 expected figures were reached.", run.Output, StringComparison.Ordinal);
    }

    /// <summary>Killed at each of its writes in turn, and started again without a word about it.</summary>
    [FactOn("linux")]
    [Trait("Lane", "Slow")]
    public void Killed_at_any_write_and_started_again()
    {
        using TemporaryFolder folder = new();
        string library = Killing.Compile(folder);
        string[] study = ["compare", Pools(folder)[0], "--algorithms", "maximin", "--seed", "1", "--threads", "1", "--output"];
        Assert.Equal(0, CommandRun.Of([.. study, folder["whole"]]).ExitCode);
        int killed = 0;
        while (true)
        {
            string under = Directory.CreateDirectory(folder["project"]).FullName;
            string output = Path.Combine(under, "out");
            CommandRun run = CommandRun.Of(Killing.At(library, under, killed + 1), [.. study, output]);
            if (run.ExitCode != Killed)
            {
                Assert.Equal(0, run.ExitCode);
                break;
            }

            // Where all was there but the tidying up was not done, it may be refused for what is there, which is whole.
            CommandRun again = CommandRun.Of([.. study, output]);
            Assert.True(again.ExitCode == 0 || (again.ExitCode == 2 && File.Exists(Path.Combine(output, "results.csv"))), $"Step {killed}: {again.Error}");
            AssertSame(folder["whole"], output, string.Create(CultureInfo.InvariantCulture, $"Step {killed}: "));
            Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(under, ".sortition-*", SearchOption.AllDirectories), _ => true);
            Directory.Delete(under, recursive: true);
            killed++;
        }

        // The plan, the machine, a cell, six files and the log.
        Assert.True(killed >= 20, $"Only {killed} writes were seen.");
    }

    private static string[] Pools(TemporaryFolder folder)
    {
        Directory.CreateDirectory(folder["pools/town_2"]);
        folder.Write("pools/town_2/categories.csv", "category,name,min,max\ngender,female,1,2\ngender,male,1,2\n");
        folder.Write("pools/town_2/respondents.csv", "id,gender\np1,female\np2,female\np3,male\np4,male\np5,male\np6,female\n");
        return [folder["pools/town_2"], "Alternate(20,4)"];
    }

    private static void AssertSame(string expected, string found, string step)
    {
        static string[] Names(string path) => [.. Directory.EnumerateFileSystemEntries(path).Select(p => Path.GetFileName(p)).Where(n => n != "sortition.log").Order(StringComparer.Ordinal)];
        Assert.True(Names(expected).SequenceEqual(Names(found)), $"{step}{string.Join(", ", Names(found))}");
        Assert.All(Names(expected).Where(name => name != "timings.csv"), name =>
            Assert.True(File.ReadAllBytes(Path.Combine(expected, name)).SequenceEqual(File.ReadAllBytes(Path.Combine(found, name))), $"{step}{name} differs."));
    }
}
