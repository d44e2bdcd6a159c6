namespace Sortition.Cli.Tests;

public sealed class ReplaceTests
{
    private static readonly string[] Declined = ["F000049", "F000081", "F000393", "F000249", "F000408"];

    [Fact]
    public void Five_of_thirty_six_decline_and_are_replaced()
    {
        using TemporaryFolder folder = new();
        Select(folder);
        CommandRun run = CommandRun.Of(["replace", .. Example.Albertslund, "--panel", First(folder, "selected.csv"), "--declined", string.Join(',', Declined), "--seed", "5 5 2 1 6", "--output", folder["replaced"]]);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("5 replacement(s) for 31 confirmed member(s) were drawn from 511 remaining people by leximin.", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"  Kvinde +18–19 +15 +3 +18 +236 +3\.030 % ", run.Output);
        Assert.Contains("Nobody's chance can be raised but at the cost of somebody whose chance is no higher: proven", run.Output, StringComparison.Ordinal);
        Assert.Equal(["lottery.csv", "panel.csv", "probabilities.csv", "remaining.csv", "report.json", "selected.csv", "types.csv"], folder.Names("replaced"));

        string[][] people = Csv.Read(TestFiles.PathOf("albertslund", "respondents.csv"));
        string[][] quotas = Csv.Read(TestFiles.PathOf("albertslund", "categories.csv"));
        string[] stayed = [.. Ids(First(folder, "selected.csv")).Except(Declined)];
        string[] panel = Ids(Replaced(folder, "panel.csv"));
        string[] joined = Ids(Replaced(folder, "selected.csv"));
        Judge.MeetsQuotas(people, quotas, panel);
        Assert.Equal(stayed.Concat(joined).Order(StringComparer.Ordinal), panel.Order(StringComparer.Ordinal));
        Assert.Contains("Panel: " + string.Join(", ", panel.Order(StringComparer.Ordinal)), run.Output, StringComparison.Ordinal);
        Assert.Equal(Csv.Column(people, "id").Except(panel).Except(Declined), Ids(Replaced(folder, "remaining.csv")));
        Assert.Equal(Csv.Column(people, "id").Except(stayed).Except(Declined).Order(StringComparer.Ordinal), Ids(Replaced(folder, "probabilities.csv")));

        // Every panel of the lottery makes the panel whole, whoever of a type sits on it.
        Dictionary<string, string[]> types = Csv.Read(Replaced(folder, "types.csv")).Skip(1).GroupBy(row => row[1], row => row[0]).ToDictionary(g => g.Key, g => g.ToArray());
        Assert.All(
            Csv.Read(Replaced(folder, "lottery.csv")).Skip(1).GroupBy(row => row[0]),
            rows => Judge.MeetsQuotas(people, quotas, [.. stayed, .. rows.SelectMany(row => types[row[2]].Take((int)Csv.Number(row[3])))]));
        string report = File.ReadAllText(Replaced(folder, "report.json"));
        Assert.Contains("\"replacement\": {\n    \"panelSize\": 36,\n    \"confirmed\": [\n      \"F000073\",", report, StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_of_those_who_stay_and_who_do_not_give_the_same_bytes_in_another_culture()
    {
        using TemporaryFolder folder = new();
        Select(folder);
        string[] stayed = [.. Ids(First(folder, "selected.csv")).Except(Declined)];
        string[] common = ["replace", .. Example.Albertslund, "--seed", "İ", "--declined"];
        CommandRun one = CommandRun.Of(
            new Dictionary<string, string> { ["LC_ALL"] = "tr_TR.UTF-8" },
            [.. common, folder.Write("declined.csv", "id\n" + string.Join('\n', Declined)), "--confirmed", folder.Write("confirmed.txt", string.Join('\n', stayed)), "--output", folder["one"]]);
        CommandRun two = CommandRun.Of([.. common, string.Join(',', Declined), "--panel", First(folder, "selected.csv"), "--output", folder["two"]]);
        Assert.True(one.ExitCode == 0 && two.ExitCode == 0, one.Error + two.Error);
        Assert.All(folder.Names("one"), name => Assert.Equal(File.ReadAllBytes(Path.Combine(folder["one"], name)), File.ReadAllBytes(Path.Combine(folder["two"], name))));
    }

    [Theory]
    [InlineData("nash")]
    [InlineData("minimax")]
    [InlineData("greedy")]
    public void Any_algorithm_draws(string algorithm)
    {
        using TemporaryFolder folder = new();
        CommandRun run = CommandRun.Of(["replace", .. Example.Small(folder), "--confirmed", "p1,p4", "--declined", "p6", "--algorithm", algorithm, "--seed", "a"]);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains($"1 replacement(s) for 2 confirmed member(s) were drawn from 3 remaining people by {algorithm}.", run.Output, StringComparison.Ordinal);
        Assert.Contains("none; --output FOLDER writes them", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_replacement_is_drawn_through_ballots_and_written_as_a_workbook()
    {
        using TemporaryFolder folder = new();
        CommandRun run = CommandRun.Of(["replace", .. Example.Small(folder), "--confirmed", "p1,p4", "--declined", "p6", "--ballots", "7", "--seed", "a", "--output", folder["out"], "--workbook"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("7 equally likely ballots, of which ", run.Output, StringComparison.Ordinal);
        string[][] ballots = Csv.Read(Path.Combine(folder["out"], "lottery.csv"));
        Assert.Equal(7 + 1, ballots.Length);
        Assert.Equal(["lottery.csv", "panel.csv", "probabilities.csv", "remaining.csv", "report.json", "selected.csv", "selection.xlsx"], folder.Names("out"));
        Assert.Equal(["selected", "panel", "remaining", "ballots", "chances"], MiniExcelLibs.MiniExcel.GetSheetNames(Path.Combine(folder["out"], "selection.xlsx")));
        Assert.Contains(MiniExcelLibs.MiniExcel.Query(Path.Combine(folder["out"], "selection.xlsx"), useHeaderRow: true, sheetName: "panel"), row => ((IDictionary<string, object?>)row)["id"] is "p4");
    }

    [Fact]
    public void Households_that_are_full_or_partly_used_are_respected()
    {
        using TemporaryFolder folder = new();
        string people = "id,gender,age,street\np1,female,young,a\np2,male,old,a\np3,male,old,a\np4,male,young,\np5,female,old,b\n";
        string[] input = ["replace", .. Example.Small(folder, people: people), "--confirmed", "p1", "--household-columns", "street", "--seed", "a", "--output", folder["out"]];
        Assert.Equal(0, CommandRun.Of(input).ExitCode);
        Assert.Equal(["p4", "p5"], Ids(Path.Combine(folder["out"], "selected.csv")));
        Assert.Empty(Ids(Path.Combine(folder["out"], "remaining.csv")));

        CommandRun two = CommandRun.Of([.. input[..^1], folder["two"], "--household-limit", "2", "--ballots", "50"]);
        Assert.Equal(0, two.ExitCode);
        string[][] lottery = Csv.Read(Path.Combine(folder["two"], "lottery.csv"));
        Assert.DoesNotContain(lottery.Skip(1), row => row.Intersect(["p2", "p3"]).Count() > 1);
        Assert.Contains(lottery.Skip(1), row => row.Contains("p2"));
    }

    [Fact]
    public void Seats_that_cannot_be_filled_are_explained()
    {
        using TemporaryFolder folder = new();
        CommandRun run = CommandRun.Of(["replace", .. Example.Small(folder), "--confirmed", "p1,p2", "--declined", "p4,p5,p6", "--output", folder["out"]]);
        Assert.Equal(1, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains("The open seats cannot be filled.", run.Error, StringComparison.Ordinal);
        Assert.Contains("gender: male: the minimum is 1, but only 0 people in the pool match.", run.Error, StringComparison.Ordinal);
        Assert.Contains("gender: male, at least", run.Error, StringComparison.Ordinal);
        CommandRun tooMany = CommandRun.Of(["replace", .. Example.Small(folder), "--confirmed", "p2,p3,p5"]);
        Assert.Equal(1, tooMany.ExitCode);
        Assert.Contains("age: old: 3 matching people must be in, but the maximum is 2.", tooMany.Error, StringComparison.Ordinal);
        Assert.Equal(["people.csv", "quotas.csv"], folder.Names());
    }

    [Fact]
    public void Where_everybody_stays_nobody_is_drawn()
    {
        using TemporaryFolder folder = new();
        CommandRun run = CommandRun.Of(["replace", .. Example.Small(folder), "--confirmed", "p1,p2,p4", "--output", folder["out"]]);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("All 3 seats are taken by those who stay", run.Output, StringComparison.Ordinal);
        Assert.Equal(["people.csv", "quotas.csv"], folder.Names());
    }

    [Fact]
    public void Looking_ahead_shows_the_members_who_cannot_be_replaced_first()
    {
        using TemporaryFolder folder = new();
        Select(folder);
        CommandRun run = CommandRun.Of(["replace", .. Example.Albertslund, "--panel", First(folder, "selected.csv"), "--look-ahead"]);
        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Error);
        Assert.StartsWith("4 of the 36 members could not be replaced within the quotas if they dropped out alone.\n", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"─\nF000273 +0 +at most 9 of alder: 50-64 år\nF000341 +0 ", run.Output);
        Assert.Matches(@"F000353 +1\n", run.Output);
        Assert.Contains("51 of the 630 pairs could not be replaced together:", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"F000049 F000105 +at least 5 of alder: 16-24 år\n", run.Output);
    }

    [Fact]
    public void Who_declined_before_is_not_counted_on_by_looking_ahead()
    {
        using TemporaryFolder folder = new();
        string[] input = ["replace", .. Example.Small(folder), "--panel", "p1,p3,p4", "--look-ahead"];
        CommandRun all = CommandRun.Of(input);
        Assert.Contains("Any one of the 3 members could be replaced within the quotas.", all.Output, StringComparison.Ordinal);
        Assert.Contains("Any two of them could be replaced together (3 pairs).", all.Output, StringComparison.Ordinal);
        Assert.Contains("too few people remain", CommandRun.Of([.. input, "--declined", "p2,p5,p6"]).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "Say who stays")]
    [InlineData("--confirmed p1 --panel p1,p2,p4", "Say who stays")]
    [InlineData("--look-ahead --confirmed p1", "--look-ahead is about a whole panel")]
    [InlineData("--look-ahead --panel p1,p2,p4 --seed a", "--look-ahead is about a whole panel")]
    [InlineData("--look-ahead --panel p1,p2", "panel: there are 2 members, not 3")]
    [InlineData("--look-ahead --panel p1,p2,nobody", "nobody in the pool has this id (nobody)")]
    [InlineData("--look-ahead --panel p1,p2,p4 --declined p4", "p4 is a member of the panel")]
    [InlineData("--confirmed p1,nobody --declined p1,noone", "The input has 3 fault(s)", "declined: a person is confirmed and declined (p1)", "confirmed: nobody in the pool has this id (nobody)")]
    [InlineData("--confirmed p1 --gamma 2", "--gamma")]
    [InlineData("--look-ahead --panel p1,p2,p4 --ballots 7", "--look-ahead is about a whole panel")]
    [InlineData("--confirmed p1 --algorithm greedy --ballots 7", "--ballots is about a lottery, and greedy computes none")]
    [InlineData("--confirmed p1 --workbook", "--workbook needs --output")]
    public void Wrong_usage_is_explained_with_exit_code_2(string options, params string[] expected)
    {
        using TemporaryFolder folder = new();
        CommandRun run = CommandRun.Of(["replace", .. Example.Small(folder), .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.All(expected, text => Assert.Contains(text, run.Error, StringComparison.Ordinal));
    }

    [Fact]
    public void The_files_of_the_first_draw_are_kept()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder["first"]);
        string selected = folder.Write(Path.Combine("first", "selected.csv"), "id\np1\np2\np4\n");
        CommandRun run = CommandRun.Of(["replace", .. Example.Small(folder), "--panel", selected, "--declined", "p4", "--output", folder["first"]]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("holds files of an earlier run, which are never written over: selected.csv", run.Error, StringComparison.Ordinal);
        Assert.Equal(["selected.csv"], folder.Names("first"));
    }

    private static void Select(TemporaryFolder folder) =>
        Assert.Equal(0, CommandRun.Of(["select", .. Example.Albertslund, "--as-found", "--seed", "4 2 6 1 3", "--output", folder["first"]]).ExitCode);

    private static string First(TemporaryFolder folder, string name) => Path.Combine(folder["first"], name);

    private static string Replaced(TemporaryFolder folder, string name) => Path.Combine(folder["replaced"], name);

    private static string[] Ids(string path) => Csv.Column(Csv.Read(path), "id");
}
