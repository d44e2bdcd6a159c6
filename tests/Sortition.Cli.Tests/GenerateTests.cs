namespace Sortition.Cli.Tests;

public sealed class GenerateTests
{
    [Fact]
    public void The_pool_has_the_quotas_features_and_the_same_seed_gives_the_same_people()
    {
        using TemporaryFolder folder = new();
        string quotas = TestFiles.PathOf("albertslund", "categories.csv");
        foreach (string name in new[] { "a.csv", "b.csv", "c.csv" })
        {
            CommandRun run = CommandRun.Of("generate", "--quotas", quotas, "--size", "36", "--count", "2000", "--seed", name == "c.csv" ? "other" : "seed", "--output", folder[name]);
            Assert.Equal(0, run.ExitCode);
        }

        Assert.Equal(["a.csv", "b.csv", "c.csv", "sortition.log"], folder.Names());
        Assert.Equal(File.ReadAllBytes(folder["a.csv"]), File.ReadAllBytes(folder["b.csv"]));
        Assert.NotEqual(File.ReadAllBytes(folder["a.csv"]), File.ReadAllBytes(folder["c.csv"]));
        string[][] people = Csv.Read(folder["a.csv"]);
        Assert.Equal(2001, people.Length);
        Assert.Equal(2000, Csv.Column(people, "id").Distinct().Count());
        foreach (IGrouping<string, string[]> feature in Csv.Read(quotas).Skip(1).GroupBy(row => row[0]))
        {
            Assert.Equal(feature.Select(row => row[1]).Order(), Csv.Column(people, feature.Key).Distinct().Order());
        }

        Assert.Equal(0, CommandRun.Of("check", "--quotas", quotas, "--people", folder["a.csv"], "--size", "36").ExitCode);
    }

    [Fact]
    public void Without_skew_shares_are_those_of_the_quotas()
    {
        using TemporaryFolder folder = new();
        string quotas = folder.Write("quotas.csv", "feature,value,min,max\ncolour,red,1,2\ncolour,blue,3,3\ncolour,none,0,0\n");
        CommandRun run = CommandRun.Of("generate", "--quotas", quotas, "--size", "4", "--count", "90000", "--skew", "0", "--seed", "s", "--output", folder["p.csv"]);
        Assert.Equal(0, run.ExitCode);
        string[] colours = Csv.Column(Csv.Read(folder["p.csv"]), "colour");

        // 30,000 expected; the standard deviation is 141.
        Assert.InRange(colours.Count(c => c == "red"), 29_000, 31_000);
        Assert.DoesNotContain("none", colours);
    }

    [Fact]
    public void An_existing_file_is_not_overwritten()
    {
        using TemporaryFolder folder = new();
        string precious = folder.Write("people.csv", "precious");
        CommandRun run = CommandRun.Of("generate", "--quotas", folder.Write("q.csv", Example.SmallQuotas), "--size", "3", "--count", "10", "--output", precious);
        Assert.Equal(2, run.ExitCode);
        Assert.Equal("precious", File.ReadAllText(precious));
    }

    [Fact]
    public void Malformed_quotas_are_reported_and_nothing_is_written()
    {
        using TemporaryFolder folder = new();
        string quotas = folder.Write("q.csv", "category,feature,min,max\na,b,2,1\na,c,x,1\n");
        CommandRun run = CommandRun.Of("generate", "--quotas", quotas, "--size", "3", "--count", "10", "--output", folder["p.csv"]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("q.csv, line 2", run.Error, StringComparison.Ordinal);
        Assert.Contains("q.csv, line 3", run.Error, StringComparison.Ordinal);
        Assert.Equal(["q.csv"], folder.Names());
    }
}
