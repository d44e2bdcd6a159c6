namespace Sortition.Cli.Tests;

/// <summary>A replacement round in public: the same options as of <c>replace</c>, the same commands as for any lottery.</summary>
public sealed class PublicRoundTests
{
    private static readonly string[] Declined = ["F000049", "F000081", "F000393", "F000249", "F000408"];

    [Fact]
    public void Five_seats_are_drawn_in_public_and_the_whole_panel_keeps_its_quotas()
    {
        using TemporaryFolder folder = new();
        Example.CopyAlbertslund(folder["data"]);
        Assert.Equal(0, CommandRun.Of(["select", .. Example.Albertslund, "--as-found", "--seed", "4 2 6 1 3", "--output", folder["first"]]).ExitCode);
        string selected = Path.Combine(folder["first"], "selected.csv");
        CommandRun lottery = CommandRun.Of(["lottery", .. Example.Albertslund, "--panel", selected, "--declined", string.Join(',', Declined), "--seed", "round", "--ballots", "100", .. Example.Announced, "--output", folder["round"]]);
        Assert.True(lottery.ExitCode == 0, lottery.Error);
        Assert.Contains("100 ballots were made for 5 open seat(s), while 31 of 36 members stay, and 511 people, by leximin.", lottery.Output, StringComparison.Ordinal);
        Assert.Matches(@"  Kvinde +18–19 +15 +3–4 +236\n", lottery.Output);
        Assert.Contains($"Next: sortition publish {folder["round"]} --output round-published", lottery.Output, StringComparison.Ordinal);

        CommandRun publish = CommandRun.Of(["publish", folder["round"], "--output", folder["published"]]);
        Assert.True(publish.ExitCode == 0, publish.Error);
        Assert.Contains("5 to join 31 member(s) who stay, for a panel of 36", publish.Output, StringComparison.Ordinal);
        CommandRun draw = CommandRun.Of("draw", folder["round"], "--text", Example.Text, "--published", folder["published"]);
        Assert.Equal(0, draw.ExitCode);
        Assert.Contains("5 to join 31 member(s) who stay", draw.Output, StringComparison.Ordinal);
        string[] joined = draw.Output[draw.Output.IndexOf("Selected: ", StringComparison.Ordinal)..].Trim()["Selected: ".Length..].Split(", ");
        Assert.Equal(5, joined.Length);
        string[] panel = [.. Csv.Column(Csv.Read(selected), "id").Except(Declined), .. joined];
        Judge.MeetsQuotas(Csv.Read(TestFiles.PathOf("albertslund", "respondents.csv")), Csv.Read(TestFiles.PathOf("albertslund", "categories.csv")), panel);

        CommandRun verify = CommandRun.Of("verify", folder["published"]);
        Assert.Equal(0, verify.ExitCode);
        Assert.Matches(@"\nok +Round +This lottery fills 5 of 36 seats; 31 members stay\.", verify.Output);
        foreach ((string language, string stay) in new[] { ("en", "31 of 36"), ("da", "31 af 36") })
        {
            CommandRun report = CommandRun.Of("report", folder["round"], "--published", folder["published"], "--language", language, "--output", folder[$"{language}.html"]);
            Assert.True(report.ExitCode == 0, report.Error);
            string page = File.ReadAllText(folder[$"{language}.html"]);
            Assert.Contains(stay, page, StringComparison.Ordinal);
            Assert.DoesNotContain("id=\"drop\"", page, StringComparison.Ordinal);
            Assert.DoesNotMatch(@"\bF0\d{5}\b", page);
        }

        // The next lottery is one of the panel that came of it.
        Assert.Equal(0, CommandRun.Of(["lottery", .. Example.Albertslund, "--confirmed", string.Join(',', panel[1..]), "--declined", panel[0] + "," + string.Join(',', Declined), "--ballots", "10", "--output", folder["next"]]).ExitCode);
    }

    [Fact]
    public void Lists_of_those_who_stay_give_the_same_files_as_the_panel()
    {
        using TemporaryFolder folder = new();
        string[] common = ["lottery", .. Example.Small(folder), "--seed", "s", "--ballots", "20", "--declined", "p6", "--keys", folder["keys.csv"]];
        Assert.Equal(0, CommandRun.Of([.. common, "--panel", folder.Write("panel.csv", "id\np1\np4\np6\n"), "--output", folder["one"]]).ExitCode);
        Assert.Equal(0, CommandRun.Of(new Dictionary<string, string> { ["LC_ALL"] = "tr_TR.UTF-8" }, [.. common, "--confirmed", "p4, p1", "--threads", "1", "--output", folder["two"]]).ExitCode);
        Assert.All(folder.Names("one"), name => Assert.Equal(File.ReadAllBytes(Path.Combine(folder["one"], name)), File.ReadAllBytes(Path.Combine(folder["two"], name))));
        Assert.Contains("\"round\": {\n  \"panelSize\": 3,\n  \"staying\": 2,", File.ReadAllText(Path.Combine(folder["one"], "publication.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void Seats_that_cannot_be_filled_are_explained_as_by_replace()
    {
        using TemporaryFolder folder = new();
        string[] options = [.. Example.Small(folder), "--confirmed", "p1,p2", "--declined", "p4,p5,p6"];
        CommandRun run = CommandRun.Of(["lottery", .. options, "--output", folder["round"]]);
        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Equal(CommandRun.Of(["replace", .. options]).Error, run.Error);
        Assert.Contains("gender: male, at least", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["round"]));
    }

    [Fact]
    public void Where_everybody_stays_nothing_is_written()
    {
        using TemporaryFolder folder = new();
        CommandRun run = CommandRun.Of(["lottery", .. Example.Small(folder), "--confirmed", "p1,p2,p4", "--output", folder["round"]]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("All 3 seats are taken by those who stay, and they meet every quota. Nobody was drawn, and nothing was written.", run.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["round"]));
    }

    [Theory]
    [InlineData("--declined p1", "Say who stays")]
    [InlineData("--confirmed p1 --panel p1,p2,p4", "Say who stays")]
    [InlineData("--confirmed p1,nobody", "nobody in the pool has this id (nobody)")]
    [InlineData("--panel p1,p2,p4 --declined noone", "nobody in the pool has this id (noone)")]
    [InlineData("--confirmed p1 --declined p1", "a person is confirmed and declined (p1)")]
    [InlineData("--confirmed p1 --must-out p1", "p1")]
    public void Wrong_usage_is_explained_with_exit_code_2(string options, string expected)
    {
        using TemporaryFolder folder = new();
        CommandRun run = CommandRun.Of(["lottery", .. Example.Small(folder), .. options.Split(' '), "--output", folder["round"]]);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["round"]));
    }

    [Fact]
    public void The_files_of_the_first_lottery_are_kept()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder["first"]);
        string panel = folder.Write(Path.Combine("first", "panel.csv"), "id\np1\np2\np4\n");
        CommandRun run = CommandRun.Of(["lottery", .. Example.Small(folder), "--panel", panel, "--declined", "p4", "--output", folder["first"]]);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal("id\np1\np2\np4\n", File.ReadAllText(panel));
        string[] again = ["lottery", .. Example.Small(folder), "--panel", panel, "--declined", "p4", "--output", folder["first"]];
        Assert.Contains("holds files of an earlier run", CommandRun.Of(again).Error, StringComparison.Ordinal);
    }

    /// <summary>With the same key in both publications everybody could be followed from one to the other.</summary>
    [Fact]
    public void The_keys_of_the_first_draw_are_refused_for_a_round()
    {
        using TemporaryFolder folder = new();
        string[] input = Example.Small(folder);
        Assert.Equal(0, CommandRun.Of(["lottery", .. input, "--ballots", "10", "--keys", folder["keys.csv"], "--output", folder["first"]]).ExitCode);
        string keys = File.ReadAllText(folder["keys.csv"]);
        CommandRun round = CommandRun.Of(["lottery", .. input, "--ballots", "10", "--confirmed", "p1,p4", "--keys", folder["keys.csv"], "--output", folder["round"]]);
        Assert.Equal(2, round.ExitCode);
        Assert.Contains("also has keys of people who are not in this lottery", round.Error, StringComparison.Ordinal);
        Assert.Equal(keys, File.ReadAllText(folder["keys.csv"]));
        Assert.False(Directory.Exists(folder["round"]));
    }

    [Fact]
    public void A_forged_round_is_not_reported_and_is_named_by_verify()
    {
        using TemporaryFolder folder = new();
        Assert.Equal(0, CommandRun.Of(["lottery", .. Example.Small(folder), "--ballots", "10", "--confirmed", "p1,p4", "--output", folder["round"]]).ExitCode);
        string path = Path.Combine(folder["round"], "publication.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"staying\": 2,", "\"staying\": 1,", StringComparison.Ordinal));
        CommandRun verify = CommandRun.Of("verify", folder["round"]);
        Assert.Equal(4, verify.ExitCode);
        Assert.Contains("NOT genuine: fingerprints, round.", verify.Output, StringComparison.Ordinal);
        Assert.Contains("If 1 of 3 members stay, 2 seats are open, not 1.", verify.Output, StringComparison.Ordinal);
        Assert.Equal(4, CommandRun.Of("draw", folder["round"], "--number", "1").ExitCode);
        CommandRun report = CommandRun.Of("report", folder["round"], "--output", folder["report.html"]);
        Assert.Equal(2, report.ExitCode);
        Assert.Contains("says of its replacement round is not so", report.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["report.html"]));
    }

    [Fact]
    public void The_report_of_a_drawn_panel_looks_ahead()
    {
        using TemporaryFolder folder = new();
        Assert.Equal(0, CommandRun.Of(["lottery", .. Example.Small(folder), "--ballots", "10", "--seed", "s", .. Example.CalledOut, "--output", folder["lottery"]]).ExitCode);
        Assert.Equal(0, CommandRun.Of("report", folder["lottery"], "--output", folder["before.html"]).ExitCode);
        Assert.DoesNotContain("If somebody drops out", File.ReadAllText(folder["before.html"]), StringComparison.Ordinal);
        Assert.Equal(0, CommandRun.Of("draw", folder["lottery"], "--number", "7").ExitCode);
        CommandRun again = CommandRun.Of("report", folder["lottery"], "--output", folder["before.html"]);
        Assert.Equal(2, again.ExitCode);
        Assert.Contains("exists already", again.Error, StringComparison.Ordinal);
        Assert.Equal(0, CommandRun.Of("report", folder["lottery"], "--output", folder["after.html"]).ExitCode);
        Assert.Matches("If one member drops out: <strong>[0-3]</strong> of <strong>3</strong> members could be replaced", File.ReadAllText(folder["after.html"]));
    }
}
