namespace Sortition.Cli.Tests;

public sealed class QuotasTests
{
    private const string CrossTable = "gender,age,count\nfemale,young,110\nfemale,old,400\nmale,young,90\nmale,old,405\n";

    [Fact]
    public void Albertslunds_quotas_are_made_from_its_population_and_shown()
    {
        using TemporaryFolder folder = new();
        CommandRun run = CommandRun.Of("quotas", "--population", TestFiles.PathOf("albertslund", "population.csv"), "--size", "36", "--output", folder["made.csv"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(File.ReadAllBytes(TestFiles.PathOf("albertslund", "categories.csv")), File.ReadAllBytes(folder["made.csv"]));
        Assert.Equal(["made.csv", "sortition.log"], folder.Names());
        Assert.Matches(@"\n  Kvinde +50\.732 % +18\.263 +18–19\n", run.Output);
        Assert.Contains("22 quotas for a panel of 36 were written to", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_output_quotas_are_only_shown_the_same_in_every_culture()
    {
        using TemporaryFolder folder = new();
        string[] arguments = ["quotas", "--population", folder.Write("p.csv", CrossTable), "--size", "10", "--method", "largest-remainder", "--cross", "gender & age"];
        CommandRun run = CommandRun.Of(arguments);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(["p.csv"], folder.Names());
        Assert.Matches(@"\n  female & young +10\.945 % +1\.095 +1 +1\n", run.Output);
        Assert.Equal(run.Output, CommandRun.Of(new Dictionary<string, string> { ["LANG"] = "da_DK.UTF-8", ["LC_ALL"] = "da_DK.UTF-8" }, [.. arguments, "--language", "en"]).Output);
    }

    [Fact]
    public void Quotas_of_combinations_can_be_met_by_people()
    {
        using TemporaryFolder folder = new();
        string people = "id,gender,age\n" + string.Concat(Enumerable.Range(0, 80).Select(i => $"p{i},{(i % 2 == 0 ? "female" : "male")},{(i % 4 < 2 ? "young" : "old")}\n"));
        string[] made = ["quotas", "--population", folder.Write("p.csv", CrossTable), "--size", "11", "--cross", "age & gender", "--tolerance", "1", "--output", folder["q.csv"]];
        Assert.Equal(0, CommandRun.Of(made).ExitCode);
        Assert.Contains("age & gender,young & female,0,3\n", File.ReadAllText(folder["q.csv"]), StringComparison.Ordinal);
        Assert.Equal(0, CommandRun.Of("check", "--quotas", folder["q.csv"], "--people", folder.Write("people.csv", people), "--size", "11").ExitCode);
        CommandRun again = CommandRun.Of(made);
        Assert.Equal(2, again.ExitCode);
        Assert.Contains("exists already", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_done_to_rounded_percentages_is_said()
    {
        using TemporaryFolder folder = new();
        CommandRun run = CommandRun.Of("quotas", "--population", folder.Write("p.csv", "feature,value,percent\nage,a,33.3\nage,b,33.3 %\nage,c,33.3\n"), "--size", "10", "--tolerance-percent", "5");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("age: the percentages add up to 99.9", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"\n  b +33\.333 % +3\.333 +2–4\n", run.Output);
    }

    [Theory]
    [InlineData("no such feature (gender & height), found \"height\"", "--cross", "gender & height")]
    [InlineData("two features or more", "--cross", "gender")]
    [InlineData("named twice", "--cross", "gender & age", "--cross", "age&gender")]
    [InlineData("give one of them", "--tolerance", "1", "--tolerance-percent", "2")]
    [InlineData("dhondt", "--method", "dhondt")]
    [InlineData("not a whole number", "--tolerance", "1.5")]
    [InlineData("q.csv\" exists already", "--output", "q.csv")]
    public void What_cannot_be_done_is_refused(string message, params string[] options)
    {
        using TemporaryFolder folder = new();
        folder.Write("p.csv", CrossTable);
        string precious = folder.Write("q.csv", "precious");
        CommandRun run = CommandRun.Of(["quotas", "--population", folder["p.csv"], "--size", "10", .. options.Select(o => o == "q.csv" ? precious : o)]);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Equal("precious", File.ReadAllText(precious));
    }

    [Fact]
    public void Every_fault_of_the_population_is_shown_and_nothing_is_written()
    {
        using TemporaryFolder folder = new();
        CommandRun run = CommandRun.Of("quotas", "--population", folder.Write("p.csv", "feature,value,percent\na,x,\"about 50 %\"\na,y,-3\na,Y,3\n"), "--size", "10", "--output", folder["q.csv"]);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("3 fault(s)", run.Error, StringComparison.Ordinal);
        Assert.Contains("p.csv, line 2, column \"percent\": not a number (a = x), found \"about 50\"; expected a number", run.Error, StringComparison.Ordinal);
        Assert.Equal(["p.csv"], folder.Names());
    }
}
