using System.Globalization;
using System.Text;
using System.Text.Json;
using Sortition.Core.Alternates;

namespace Sortition.Cli.Tests;

public sealed class AlternatesTests
{
    // Members p1, p3, p4; of the others p2 and p6 together can replace whoever drops out, p5 and either of them cannot.
    private static readonly string[] Panel = ["--panel", "p1,p3,p4"];
    private static readonly string[] Others = ["p2", "p5", "p6"];

    [Fact]
    public void Alternates_are_chosen_written_and_compared_on_all_scenarios()
    {
        using TemporaryFolder folder = new();
        CommandRun run = CommandRun.Of(["alternates", .. Example.Small(folder), .. Panel, "--count", "2", "--seed", "a", "--output", folder["out"]]);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Empty(run.Error);
        Assert.Contains("2 alternate(s) for the 3 members were chosen from 3 people", run.Output, StringComparison.Ordinal);
        Assert.Contains("each member with a chance of 10.0 %, 0.3 of 3 on average; more than 2, so that seats stay empty, with a chance of 0.100 %", run.Output, StringComparison.Ordinal);
        Assert.Contains("all 8 that there can be", run.Output, StringComparison.Ordinal);
        Assert.Contains("proven best: no other choice has a lower expected breach\n", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"the alternates chosen +0\.0000 +0\.0000 +100\.0 %\n", run.Output);
        Assert.Equal(["alternates.csv", "alternates.json"], folder.Names("out"));

        string[][] alternates = Csv.Read(Path.Combine(folder["out"], "alternates.csv"));
        Assert.Equal(["id", "gender", "age", "note"], alternates[0]);
        Assert.Equal(["p2", "p6"], Csv.Column(alternates, "id").Order(StringComparer.Ordinal));
        Assert.Contains("Alternates: " + string.Join(", ", Csv.Column(alternates, "id")), run.Output, StringComparison.Ordinal);
        using JsonDocument report = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder["out"], "alternates.json")));
        JsonElement root = report.RootElement;
        Assert.Equal("sortition-alternates/1", root.GetProperty("format").GetString());
        Assert.Equal("a", root.GetProperty("random").GetProperty("seed").GetString());
        Assert.Equal(0, root.GetProperty("result").GetProperty("expectedBreach").GetDouble());
        Assert.True(root.GetProperty("result").GetProperty("provenOptimal").GetBoolean());
        Assert.Equal(["p1", "p3", "p4"], root.GetProperty("problem").GetProperty("panel").EnumerateArray().Select(e => e.GetString()));
    }

    [Fact]
    public void The_expected_breach_is_that_of_all_sets_of_drop_outs_counted_one_by_one()
    {
        using TemporaryFolder folder = new();
        string[] input = Example.Small(folder);
        CommandRun run = CommandRun.Of(["alternates", .. input, .. Panel, "--count", "1", "--seed", "a", "--drop-out", "0.3", "--output", folder["out"]]);
        Assert.Equal(0, run.ExitCode);
        Recount recount = new(folder);
        Dictionary<string, double> breaches = Others.ToDictionary(a => a, a => recount.Expected(["p1", "p3", "p4"], [a], 0.3));
        using JsonDocument report = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder["out"], "alternates.json")));
        string chosen = Csv.Column(Csv.Read(Path.Combine(folder["out"], "alternates.csv")), "id").Single();
        Assert.True(breaches.Values.Max() > breaches.Values.Min());
        Assert.Equal(breaches.Values.Min(), report.RootElement.GetProperty("result").GetProperty("expectedBreach").GetDouble(), 1e-9);
        Assert.Equal(breaches.Values.Min(), breaches[chosen], 1e-9);
        Assert.Equal(breaches[chosen], report.RootElement.GetProperty("comparison").GetProperty("chosen").GetProperty("expectedBreach").GetDouble(), 1e-9);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_in_any_culture()
    {
        using TemporaryFolder folder = new();
        string[] common = ["alternates", .. Example.Small(folder), .. Panel, "--count", "2", "--scenarios", "40", "--drop-out", "12.5 %", "--seed", "İ"];
        CommandRun one = CommandRun.Of([.. common, "--output", folder["one"]]);
        CommandRun two = CommandRun.Of(new Dictionary<string, string> { ["LC_ALL"] = "da_DK.UTF-8" }, [.. common, "--language", "en", "--output", folder["two"]]);
        CommandRun three = CommandRun.Of(new Dictionary<string, string> { ["LC_ALL"] = "tr_TR.UTF-8" }, [.. common[..^1], "another", "--output", folder["three"]]);
        Assert.True(one.ExitCode == 0 && two.ExitCode == 0 && three.ExitCode == 0, one.Error + two.Error + three.Error);
        Assert.All(folder.Names("one"), name => Assert.Equal(File.ReadAllBytes(Path.Combine(folder["one"], name)), File.ReadAllBytes(Path.Combine(folder["two"], name))));
        Assert.Equal(Shown.WithoutTime(one.Output).Replace("in " + folder["one"], "", StringComparison.Ordinal), Shown.WithoutTime(two.Output).Replace("in " + folder["two"], "", StringComparison.Ordinal));
        Assert.Contains("\"chance\": 0.125", File.ReadAllText(Path.Combine(folder["one"], "alternates.json")), StringComparison.Ordinal);
        Assert.NotEqual(File.ReadAllText(Path.Combine(folder["one"], "alternates.json")), File.ReadAllText(Path.Combine(folder["three"], "alternates.json")));
    }

    [Fact]
    public void Another_seed_takes_another_of_two_who_would_do_equally_well()
    {
        using TemporaryFolder folder = new();
        string[] input = Example.Small(folder, people: Example.SmallPeople + "p7,male,young,g\n");
        HashSet<string> chosen = [.. Enumerable.Range(1, 12).SelectMany(seed =>
        {
            string text = seed.ToString(CultureInfo.InvariantCulture);
            CommandRun run = CommandRun.Of(["alternates", .. input, .. Panel, "--count", "2", "--seed", text, "--output", folder[text]]);
            Assert.Equal(0, run.ExitCode);
            return Csv.Column(Csv.Read(Path.Combine(folder[text], "alternates.csv")), "id");
        })];
        Assert.Superset(new HashSet<string>(["p6", "p7"]), chosen);
    }

    [Fact]
    public void Chances_by_group_are_read_with_semicolons_and_a_byte_order_mark()
    {
        using TemporaryFolder folder = new();
        string chances = folder.Write("chances.csv", "feature;value;chance\ngender;female;20 %\nage;old;0.1\n", Encoding.UTF8);
        CommandRun run = CommandRun.Of(["alternates", .. Example.Small(folder), .. Panel, "--count", "2", "--seed", "a", "--drop-out-chances", chances, "--drop-out", "5%", "--output", folder["out"]]);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("members with chances of 5.0 % to 28.0 %, 0.5 of 3 on average", run.Output, StringComparison.Ordinal);
        string report = File.ReadAllText(Path.Combine(folder["out"], "alternates.json"));
        Assert.Contains("\"expected\": 0.53", report, StringComparison.Ordinal);
        Assert.Contains("\"name\": \"chances.csv\"", report, StringComparison.Ordinal);
        Assert.Contains(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(chances))), report, StringComparison.Ordinal);
    }

    [Fact]
    public void Chances_are_estimated_from_the_past_and_what_it_does_not_say_is_told()
    {
        using TemporaryFolder folder = new();
        string past = folder.Write("past.csv", "gender,shoe,dropped out\nfemale,42,yes\nfemale,43,no\nfemale,43,no\nfemale,43,no\n");
        CommandRun run = CommandRun.Of(["alternates", .. Example.Small(folder), .. Panel, "--count", "2", "--seed", "a", "--past", past]);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("estimated from 4 past member(s), of whom 1 dropped out. The chance to stay is 75.000 % times", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"  female +1\.000 +4 +1\n", run.Output);
        Assert.Contains("each member with a chance of 25.0 %", run.Output, StringComparison.Ordinal);
        Assert.Contains("no past member had gender: male.", run.Error, StringComparison.Ordinal);
        Assert.Contains("the past says nothing about age.", run.Error, StringComparison.Ordinal);
        Assert.Contains("the quotas have no feature shoe.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_household_that_is_full_gives_no_alternate()
    {
        using TemporaryFolder folder = new();
        string people = "id,gender,age,street\np1,female,young,a\np2,female,old,a\np3,female,old,b\np4,male,young,c\np5,male,old,d\np6,male,young,d\n";
        string[] input = ["alternates", .. Example.Small(folder, people: people), .. Panel, "--household-columns", "street", "--seed", "a", "--count"];
        CommandRun run = CommandRun.Of([.. input, "1"]);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("were chosen from 2 people", run.Output, StringComparison.Ordinal);
        Assert.EndsWith("Alternates: p6\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("--count: 2 people cannot be alternates together", CommandRun.Of([.. input, "2"]).Error, StringComparison.Ordinal);
        Assert.Contains("--count: there are only 2 people", CommandRun.Of([.. input, "3"]).Error, StringComparison.Ordinal);
    }

    /// <summary>What docs/alternates.md gives as the reason why there is no option for it.</summary>
    [Fact]
    public void A_promise_beforehand_takes_twenty_seven_million_scenarios()
    {
        using TemporaryFolder folder = new();
        Albertslund(folder);
        Core.SelectionProblem problem = InstanceFiles.Load("albertslund", 36).Problem;
        Core.Panel panel = Core.Panel.Create(problem, Csv.Column(Csv.Read(Path.Combine(folder["first"], "selected.csv")), "id"));
        Assert.Equal(27, Math.Round(DropOutSample.SizeForError(panel, 12, error: 0.1, failureProbability: 0.05) / 1e6));
    }

    [Fact]
    public void A_time_limit_marks_the_files_and_ends_with_exit_code_3()
    {
        // The limit ends before the first bound is known, whatever the machine.
        using TemporaryFolder folder = new();
        CommandRun run = CommandRun.Of([.. Albertslund(folder), "--scenarios", "2000", "--time-limit", "0.001", "--output", folder["out"]]);
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("the time limit cut the search off", run.Output, StringComparison.Ordinal);
        Assert.Contains("\"stoppedByLimit\": true", File.ReadAllText(Path.Combine(folder["out"], "alternates.json")), StringComparison.Ordinal);
        Assert.Equal(12, Csv.Read(Path.Combine(folder["out"], "alternates.csv")).Length - 1);
    }

    [FactOn("linux", "macos")]
    public void A_signal_half_way_ends_with_130_and_leaves_nothing()
    {
        // Minutes of work.
        using TemporaryFolder folder = new();
        CommandRun run = CommandRun.Interrupted("-INT", [.. Albertslund(folder), "--scenarios", "5000", "--output", folder["out"]]);
        Assert.Equal(130, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains("Cancelled. Nothing was written.", run.Error, StringComparison.Ordinal);
        Assert.False(Path.Exists(folder["out"]));
    }

    [Theory]
    [InlineData("p2,p6", "p1", "p2,p3,p4|p3,p4,p6")]
    [InlineData("p2,p5", "p1,p4", "p2,p3,p5")]
    [InlineData("p2,p5", "p4,p5", "p1,p2,p3")]
    [InlineData("p2", "p1,p4", "p2,p3")]
    [InlineData("p2,p6", "p1,p3,p4", "p2,p6")]
    public void Who_steps_in_is_the_best_choice_and_the_breaches_are_those_of_the_new_panel(string alternates, string declined, string expected)
    {
        using TemporaryFolder folder = new();
        CommandRun run = CommandRun.Of(["alternates", .. Example.Small(folder), .. Panel, "--alternates", alternates, "--declined", declined, "--output", folder["out"]]);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(["alternates.csv", "panel.csv", "substitution.csv"], folder.Names("out"));
        string[] panel = Csv.Column(Csv.Read(Path.Combine(folder["out"], "panel.csv")), "id");
        Assert.Contains(string.Join(',', panel), expected.Split('|'));

        Recount recount = new(folder);
        string[] left = [.. declined.Split(',').Intersect(["p1", "p3", "p4"])];
        string[] ready = [.. alternates.Split(',').Except(declined.Split(','))];
        Assert.Equal(recount.After(["p1", "p3", "p4"], left, ready), recount.Breach(panel), 1e-9);
        (string Label, int Min, int Max, int Before, int Now)[] broken = recount.Broken(["p1", "p3", "p4"], panel);
        Assert.Equal(broken.Length == 0, run.Output.Contains("All quotas are kept", StringComparison.Ordinal));
        Assert.All(broken, b => Assert.Matches(FormattableString.Invariant($@"\n{b.Label} +{b.Min} +{b.Max} +{b.Before} +{b.Now}\n"), run.Output));
        Assert.Equal(panel.Length < 3, run.Output.Contains("stay open", StringComparison.Ordinal));

        string[][] seats = Csv.Read(Path.Combine(folder["out"], "substitution.csv"));
        Assert.Equal(["dropped out", "steps in", "values shared", "differs in"], seats[0]);
        Assert.Equal(left, Csv.Column(seats, "dropped out"));
        Assert.Equal(panel.Except(["p1", "p3", "p4"]).Order(StringComparer.Ordinal), Csv.Column(seats, "steps in").Where(id => id.Length > 0).Order(StringComparer.Ordinal));
        Assert.Equal(ready.Except(panel), Csv.Column(Csv.Read(Path.Combine(folder["out"], "alternates.csv")), "id"));
    }

    [Fact]
    public void Pairs_tell_what_they_share_and_no_values()
    {
        using TemporaryFolder folder = new();
        CommandRun run = CommandRun.Of(["alternates", .. Example.Small(folder), .. Panel, "--alternates", "p5,p6", "--declined", "p4"]);
        Assert.Equal(0, run.ExitCode);
        Assert.Matches(@"\np4 +p6 +2 of 2\n", run.Output);
        Assert.Contains("All quotas are kept.", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"Standing by +p5\n", run.Output);
        CommandRun other = CommandRun.Of(["alternates", .. Example.Small(folder), .. Panel, "--alternates", "p5", "--declined", "p4"]);
        Assert.Matches(@"\np4 +p5 +1 of 2 +age\n", other.Output);
        Assert.Contains("None of the 3 members drops out", CommandRun.Of(["alternates", .. Example.Small(folder), .. Panel, "--alternates", "p5", "--declined", "p5"]).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_next_drop_out_goes_on_from_what_the_last_one_wrote()
    {
        using TemporaryFolder folder = new();
        string[] input = ["alternates", .. Example.Small(folder)];
        Assert.Equal(0, CommandRun.Of([.. input, .. Panel, "--alternates", "p2,p6", "--declined", "p4", "--output", folder["one"]]).ExitCode);
        string[] next = [.. input, "--panel", Path.Combine(folder["one"], "panel.csv"), "--alternates", Path.Combine(folder["one"], "alternates.csv"), "--declined", "p3", "--output"];
        Assert.Contains("holds files of an earlier run, which are never written over: alternates.csv, panel.csv", CommandRun.Of([.. next, folder["one"]]).Error, StringComparison.Ordinal);
        Assert.Equal(0, CommandRun.Of([.. next, folder["two"]]).ExitCode);
        Assert.Equal(["p1", "p2", "p6"], Csv.Column(Csv.Read(Path.Combine(folder["two"], "panel.csv")), "id"));
    }

    [Fact]
    public void Formulas_are_neutralised()
    {
        using TemporaryFolder folder = new();
        string[] input = Example.Small(folder, people: Example.SmallPeople.Replace("young,f", "young,=1+1", StringComparison.Ordinal));
        Assert.Equal(0, CommandRun.Of(["alternates", .. input, .. Panel, "--count", "2", "--seed", "a", "--output", folder["out"]]).ExitCode);
        Assert.Contains("p6,male,young,'=1+1\n", File.ReadAllText(Path.Combine(folder["out"], "alternates.csv")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--panel p1,p3,p4", "Say what to do: either --count N")]
    [InlineData("--panel p1,p3,p4 --count 2 --alternates p2 --declined p1", "Say what to do: either --count N")]
    [InlineData("--count 2", "--panel")]
    [InlineData("--panel p1,p3,p4 --count 0", "--count: \"0\" is not a whole number from 1")]
    [InlineData("--panel p1,p3,p4 --count 4", "--count: there are only 3 people who could be alternates")]
    [InlineData("--panel p1,p3,p4 --count 3 --declined p2", "--count: there are only 2 people who could be alternates")]
    [InlineData("--panel p1,p3 --count 1", "panel: there are 2 members, not 3")]
    [InlineData("--panel p1,p2,p3 --count 1", "panel: 3 members match the quota")]
    [InlineData("--panel p1,p3,p4 --count 1 --declined p4", "p4 is a member of the panel")]
    [InlineData("--panel p1,p3,zz --count 1 --declined yy --drop-out-chances none.csv", "The input has 3 fault(s)", "panel: nobody in the pool has this id (zz)", "declined: nobody in the pool has this id (yy)", "none.csv: the file cannot be read")]
    [InlineData("--panel p1,p3,p4 --count 1 --drop-out 10", "--drop-out: \"10\" is not a chance from 0 to 1, written like 0.1 or 10%.")]
    [InlineData("--panel p1,p3,p4 --count 1 --drop-out 0,1", "--drop-out: \"0,1\" is not a chance")]
    [InlineData("--panel p1,p3,p4 --count 1 --drop-out 10% --past past.csv", "--past estimates everybody's chance to drop out")]
    [InlineData("--panel p1,p3,p4 --count 1 --scenarios 20001", "--scenarios: \"20001\" is not a whole number from 1 to 20000.")]
    [InlineData("--panel p1,p3,p4 --alternates p2", "--alternates needs --declined")]
    [InlineData("--panel p1,p3,p4 --alternates p2 --declined p1 --seed a", "--alternates leaves nothing to chance")]
    [InlineData("--panel p1,p3,p4 --alternates p2,p4 --declined p1", "p4 is a member of the panel")]
    [InlineData("--panel p1,p3,p4 --alternates p2,p2 --declined p1", "p2 is named twice")]
    [InlineData("--panel p1,p3,p4 --alternates p2 --declined p6", "nobody of them is on the panel or among the alternates")]
    [InlineData("--panel p1,p3,p4 --alternates xx --declined zz", "alternates: nobody in the pool has this id (xx)", "declined: nobody in the pool has this id (zz)")]
    public void Wrong_usage_is_explained_with_exit_code_2(string options, params string[] expected)
    {
        using TemporaryFolder folder = new();
        CommandRun run = CommandRun.Of(["alternates", .. Example.Small(folder), .. options.Split(' '), "--output", folder["out"]]);
        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.All(expected, text => Assert.Contains(text, run.Error, StringComparison.Ordinal));
        Assert.False(Path.Exists(folder["out"]));
    }

    [Fact]
    public void Whoever_said_no_before_may_stay_on_the_list_of_those_who_declined()
    {
        using TemporaryFolder folder = new();
        string[] question = ["alternates", .. Example.Small(folder), "--panel", "p1,p3,p4", "--alternates", "p2", "--declined"];
        CommandRun alone = CommandRun.Of([.. question, "p1"]);
        CommandRun with = CommandRun.Of([.. question, "p1,p6"]);
        Assert.Equal((0, 0), (alone.ExitCode, with.ExitCode));
        Assert.Equal(alone.Output, with.Output);
        Assert.Contains("Note: not on the panel and no alternates, so that nothing changes for them: p6", with.Error, StringComparison.Ordinal);
        Assert.Empty(alone.Error);
    }

    [Fact]
    public void Faults_of_all_files_are_told_at_once()
    {
        using TemporaryFolder folder = new();
        CommandRun run = CommandRun.Of(
            ["alternates", .. Example.Small(folder), "--panel", folder.Write("panel.csv", ""), "--count", "1", "--drop-out-chances", folder.Write("chances.csv", "id,chance\np1,2\nq9,0.1\n"), "--declined", folder.Write("gone.csv", "id\nq1\n")]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("panel.csv: the file is empty", run.Error, StringComparison.Ordinal);
        Assert.Contains("gone.csv: nobody in the pool has this id (q1)", run.Error, StringComparison.Ordinal);
        Assert.Matches("chances.csv, line 2.*a chance is out of range", run.Error);
        Assert.Matches("chances.csv, line 3.*nobody in the pool has this id", run.Error);
    }

    private static string[] Albertslund(TemporaryFolder folder)
    {
        Assert.Equal(0, CommandRun.Of(["select", .. Example.Albertslund, "--seed", "4 2 6 1 3", "--output", folder["first"]]).ExitCode);
        return ["alternates", .. Example.Albertslund, "--panel", Path.Combine(folder["first"], "selected.csv"), "--count", "12", "--seed", "a"];
    }

    /// <summary>Breaches counted from the small files alone, by trying every substitution.</summary>
    private sealed class Recount(TemporaryFolder folder)
    {
        private readonly string[][] _people = Csv.Read(folder["people.csv"]);
        private readonly string[][] _quotas = Csv.Read(folder["quotas.csv"]);

        public double Breach(IReadOnlyCollection<string> members) =>
            _quotas.Skip(1).Sum(q => Math.Max(0, Math.Max(int.Parse(q[2], CultureInfo.InvariantCulture) - Count(q, members), Count(q, members) - int.Parse(q[3], CultureInfo.InvariantCulture)))
                / Math.Max(1.0, Csv.Number(q[3])));

        /// <summary>The least breach when as many alternates as possible step in.</summary>
        public double After(string[] panel, string[] left, string[] ready) => Subsets(ready)
            .Where(r => r.Length == Math.Min(left.Length, ready.Length))
            .Min(r => Breach([.. panel.Except(left), .. r]));

        public double Expected(string[] panel, string[] alternates, double chance) =>
            Subsets(panel).Sum(left => Math.Pow(chance, left.Length) * Math.Pow(1 - chance, panel.Length - left.Length) * After(panel, left, alternates));

        public (string Label, int Min, int Max, int Before, int Now)[] Broken(string[] before, string[] now) =>
        [
            .. _quotas.Skip(1)
                .Select(q => ($"{q[0]}: {q[1]}", int.Parse(q[2], CultureInfo.InvariantCulture), int.Parse(q[3], CultureInfo.InvariantCulture), Count(q, before), Count(q, now)))
                .Where(q => q.Item5 < q.Item2 || q.Item5 > q.Item3),
        ];

        private static IEnumerable<string[]> Subsets(string[] items) => Enumerable.Range(0, 1 << items.Length).Select(set => items.Where((_, i) => (set >> i & 1) != 0).ToArray());

        private int Count(string[] quota, IReadOnlyCollection<string> members)
        {
            string[] ids = Csv.Column(_people, "id");
            string[] values = Csv.Column(_people, quota[0]);
            return Enumerable.Range(0, ids.Length).Count(i => values[i] == quota[1] && members.Contains(ids[i]));
        }
    }
}
