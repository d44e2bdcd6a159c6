namespace Sortition.Cli.Tests;

/// <summary>What a command wrote it may replace when it is told to; nothing else is ever lost.</summary>
public sealed class OverwriteTests
{
    private const string Population = "feature,value,count\ngender,female,50\ngender,male,50\n";

    [Fact]
    public void Own_results_are_replaced_with_all_that_they_are_and_the_log_tells_both()
    {
        using TemporaryFolder folder = new();
        string[] select = ["select", .. Example.Small(folder), "--seed", "1", "--output", folder["out"]];
        Assert.Equal(0, CommandRun.Of([.. select, "--workbook", "--contact-columns", "note"]).ExitCode);
        Assert.Equal(2, CommandRun.Of(select).ExitCode);
        Assert.True(File.Exists(folder["out/letters.csv"]));

        CommandRun again = CommandRun.Of([.. select, "--overwrite"]);
        Assert.True(again.ExitCode == 0, again.Error);
        Assert.False(File.Exists(folder["out/letters.csv"]));
        Assert.False(File.Exists(folder["out/selection.xlsx"]));
        CommandRun log = CommandRun.Of("log", folder["."]);
        Assert.Equal(0, log.ExitCode);
        Assert.Equal(2, log.Output.Split("wrote  ").Length - 1);
        Assert.Contains("in place of", log.Output, StringComparison.Ordinal);
        Assert.Contains("out/letters.csv", log.Output.Split("in place of")[1], StringComparison.Ordinal);
        Assert.DoesNotContain("no longer there", log.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("seed")]
    [InlineData("people")]
    public void Another_draw_is_never_replaced(string other)
    {
        using TemporaryFolder folder = new();
        string[] input = Example.Small(folder);
        Assert.Equal(0, CommandRun.Of(["select", .. input, "--seed", "1", "--output", folder["out"]]).ExitCode);
        string drawn = File.ReadAllText(folder["out/selected.csv"]);
        string[] again = other == "people"
            ? ["select", .. Example.Small(folder, people: Example.SmallPeople.Replace("p1,", "p7,", StringComparison.Ordinal).Replace("p2,", "p8,", StringComparison.Ordinal).Replace("p3,", "p9,", StringComparison.Ordinal)), "--seed", "1"]
            : ["select", .. input, "--seed", Enumerable.Range(2, 50).Select(s => $"{s}").First(s => Drawn(s) != drawn)];
        CommandRun run = CommandRun.Of([.. again, "--overwrite", "--output", folder["out"]]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("another draw", run.Error, StringComparison.Ordinal);
        Assert.Equal(drawn, File.ReadAllText(folder["out/selected.csv"]));

        string Drawn(string seed)
        {
            Assert.Equal(0, CommandRun.Of(["select", .. input, "--seed", seed, "--output", folder["try" + seed]]).ExitCode);
            return File.ReadAllText(folder[$"try{seed}/selected.csv"]);
        }
    }

    /// <summary>A rehearsal and the real thing never take each other's place, not even where they have the same people.</summary>
    [Theory]
    [InlineData("select")]
    [InlineData("report")]
    public void A_rehearsal_and_the_real_thing_do_not_replace_each_other(string command)
    {
        using TemporaryFolder folder = new();
        string[] input = [.. Example.Small(folder), "--must-in", "p1,p2,p4", "--seed", "1"];
        Assert.Equal(0, CommandRun.Of(["select", .. input, "--output", folder["real"]]).ExitCode);
        Assert.Equal(0, CommandRun.Of(["select", .. input, "--rehearsal", "--output", folder["rehearsal"]]).ExitCode);
        (string[] real, string[] rehearsal) = command == "select"
            ? ((string[])["select", .. input], (string[])["select", .. input, "--rehearsal"])
            : (["report", folder["real"]], ["report", folder["rehearsal"]]);
        foreach ((string[] first, string[] second) in ((string[], string[])[])[(real, rehearsal), (rehearsal, real)])
        {
            string output = folder[$"out-{Guid.NewGuid():N}{(command == "report" ? ".html" : "")}"];
            Assert.Equal(0, CommandRun.Of([.. first, "--output", output]).ExitCode);
            string file = command == "report" ? output : Path.Combine(output, "selected.csv");
            string before = File.ReadAllText(file);
            CommandRun refused = CommandRun.Of([.. second, "--output", output, "--overwrite"]);
            Assert.Equal(2, refused.ExitCode);
            Assert.Equal(before, File.ReadAllText(file));
            CommandRun again = CommandRun.Of([.. first, "--output", output, "--overwrite"]);
            Assert.True(again.ExitCode == 0, again.Error);
        }
    }

    [Theory]
    [InlineData("changed")]
    [InlineData("stranger")]
    [InlineData("subfolder")]
    [InlineData("no log")]
    [InlineData("input")]
    [InlineData("other command")]
    public void What_the_command_did_not_write_as_it_is_stays(string what)
    {
        using TemporaryFolder folder = new();
        string[] input = Example.Small(folder);
        string[] select = ["select", .. input, "--seed", "1", "--output", folder["out"]];
        Assert.Equal(0, CommandRun.Of(select).ExitCode);
        string[] again = [.. select, "--overwrite"];
        switch (what)
        {
            case "changed":
                File.AppendAllText(folder["out/selected.csv"], "\n");
                break;
            case "stranger":
                File.WriteAllText(folder["out/mine.txt"], "mine");
                break;
            case "subfolder":
                Directory.CreateDirectory(folder["out/mine"]);
                break;
            case "no log":
                File.Delete(folder["sortition.log"]);
                break;
            case "input":
                again = ["select", .. input, "--must-in", folder["out/selected.csv"], "--seed", "1", "--overwrite", "--output", folder["out"]];
                break;
            default:
                again = ["alternates", .. input, "--panel", "p1,p2,p4", "--count", "1", "--overwrite", "--output", folder["out"]];
                break;
        }

        Dictionary<string, string> before = Directory.GetFiles(folder["out"]).ToDictionary(path => path, File.ReadAllText);
        CommandRun run = CommandRun.Of(again);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--overwrite", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFiles(folder["out"]).ToDictionary(path => path, File.ReadAllText));
    }

    [Fact]
    public void Single_files_and_archives_are_replaced_too()
    {
        using TemporaryFolder folder = new();
        string[] quotas = ["quotas", "--population", folder.Write("population.csv", Population), "--output", folder["q.csv"], "--size"];
        Assert.Equal(0, CommandRun.Of([.. quotas, "10"]).ExitCode);
        Assert.Equal(2, CommandRun.Of([.. quotas, "20"]).ExitCode);
        Assert.Equal(0, CommandRun.Of([.. quotas, "20", "--overwrite"]).ExitCode);
        Assert.Contains("10,10", File.ReadAllText(folder["q.csv"]), StringComparison.Ordinal);
        File.AppendAllText(folder["q.csv"], "mine\n");
        Assert.Equal(2, CommandRun.Of([.. quotas, "30", "--overwrite"]).ExitCode);
        Assert.Contains("mine", File.ReadAllText(folder["q.csv"]), StringComparison.Ordinal);

        string[] select = ["select", .. Example.Small(folder), "--seed", "1", "--output", folder["out.zip"]];
        Assert.Equal(0, CommandRun.Of([.. select, "--workbook"]).ExitCode);
        long before = new FileInfo(folder["out.zip"]).Length;
        CommandRun again = CommandRun.Of([.. select, "--overwrite"]);
        Assert.True(again.ExitCode == 0, again.Error);
        Assert.True(new FileInfo(folder["out.zip"]).Length < before);
    }

    [Fact]
    public void What_was_assumed_of_a_file_is_told_in_the_report_and_what_a_mapping_reads_in_the_log()
    {
        using TemporaryFolder folder = new();
        string people = folder["raw.csv"];
        File.WriteAllBytes(people, System.Text.Encoding.Latin1.GetBytes("id;navn;postnr\n1;J\u00F8rgen;1\n2;\u00C5se;2\n3;Per;1\n"));
        string quotas = folder.Write("q.csv", "feature;value;min;max\narea;north;1;1\narea;south;1;1\n");
        folder.Write("areas.csv", "code;area\n1;north\n2;south\n");
        string mapping = folder.Write(
            "mapping.json",
            """{ "format": "sortition-mapping/1", "id": { "column": "id" }, "features": [ { "name": "area", "column": "postnr", "lookup": { "file": "areas.csv", "from": "code", "to": "area" } } ] }""");
        CommandRun run = CommandRun.Of("select", "--quotas", quotas, "--people", people, "--mapping", mapping, "--size", "2", "--seed", "1", "--output", folder["out"]);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("areas.csv (", CommandRun.Of("log", folder["."]).Output, StringComparison.Ordinal);

        string plain = folder["plain.csv"];
        File.WriteAllBytes(plain, System.Text.Encoding.Latin1.GetBytes("id;navn;area\n1;J\u00F8rgen;north\n2;\u00C5se;south\n"));
        Assert.Equal(0, CommandRun.Of("select", "--quotas", quotas, "--people", plain, "--size", "2", "--seed", "1", "--output", folder["plain"]).ExitCode);
        Assert.Contains("Windows-1252, which gives words such as J\u00F8rgen", folder.Read("plain/report.json"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_lottery_and_what_was_published_have_no_such_option()
    {
        foreach (string command in (string[])["lottery", "publish", "draw"])
        {
            Assert.DoesNotContain("--overwrite", CommandRun.Of(command, "--help").Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_report_is_replaced_beside_what_it_is_about()
    {
        using TemporaryFolder folder = new();
        Assert.Equal(0, CommandRun.Of(["select", .. Example.Small(folder), "--seed", "1", "--output", folder["out"]]).ExitCode);
        string[] report = ["report", folder["out"], "--output", folder["out/report.html"], "--title"];
        Assert.Equal(0, CommandRun.Of([.. report, "One"]).ExitCode);
        CommandRun again = CommandRun.Of([.. report, "Two", "--overwrite"]);
        Assert.True(again.ExitCode == 0, again.Error);
        Assert.Contains("Two", File.ReadAllText(folder["out/report.html"]), StringComparison.Ordinal);
    }
}
