namespace Sortition.Cli.Tests;

/// <summary>Counting panels, and drawing one of them uniformly, as organisers see it.</summary>
public sealed class CountTests
{
    [Fact]
    public void A_small_pool_is_counted_exactly()
    {
        // Three of six: 20. Without all women and all men: 18. The three old ones (p2, p3, p5) are one of these, and no panel: 17.
        using TemporaryFolder folder = new();
        CommandRun run = CommandRun.Of(["count", .. Example.Small(folder)]);
        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Error);
        Assert.StartsWith("There are exactly 17 panels of 3 among these 6 people.", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Seed", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Quotas_that_cannot_be_met_leave_no_panel()
    {
        using TemporaryFolder folder = new();
        CommandRun run = CommandRun.Of(["count", .. Example.Small(folder, quotas: Example.SmallQuotas.Replace("old,0,2", "old,4,4", StringComparison.Ordinal))]);
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("There is no panel. The quotas cannot be met:", run.Output, StringComparison.Ordinal);
        Assert.Contains("age: old: the minimum is 4, but only 3 people in the pool match.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_estimate_says_that_it_is_one_and_depends_on_the_seed_alone()
    {
        string[] arguments = ["count", .. Example.Albertslund, "--error", "0.05", "--seed", "a"];
        CommandRun run = CommandRun.Of(arguments);
        Assert.Equal(0, run.ExitCode);
        Assert.Matches(@"^There are about \d\.\d\de43 panels of 36 among these 547 people\.", run.Output);
        Assert.Contains("estimated, not exact", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"log10 +43\.[3-7]\d* ± 0\.0\d+ \(standard error\)", run.Output);
        Assert.Contains("Seed    a\n", run.Output, StringComparison.Ordinal);
        Assert.Equal(run.Output, CommandRun.Of([.. arguments, "--threads", "1"]).Output);
    }

    [Fact]
    public void What_is_not_known_is_not_claimed()
    {
        CommandRun run = CommandRun.Of(["count", .. Example.Instance("obf_like_30", 30), "--seed", "a"]);
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("is not known as closely as asked", run.Output, StringComparison.Ordinal);
        Assert.Contains("log10 at most", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_uniform_panel_meets_the_quotas_and_is_said_to_be_unfair_to_people()
    {
        using TemporaryFolder folder = new();
        CommandRun run = CommandRun.Of(["select", .. Example.Albertslund, "--algorithm", "uniform", "--seed", "s", "--output", folder["out"]]);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["remaining.csv", "report.json", "selected.csv"], folder.Names("out"));
        string[] selected = Csv.Column(Csv.Read(Path.Combine(folder["out"], "selected.csv")), "id");
        Judge.MeetsQuotas(Csv.Read(TestFiles.PathOf("albertslund", "respondents.csv")), Csv.Read(TestFiles.PathOf("albertslund", "categories.csv")), selected);
        Assert.Contains("every panel is equally likely, exactly. That is not fair to people", run.Output, StringComparison.Ordinal);
        CommandRun again = CommandRun.Of(["select", .. Example.Albertslund, "--algorithm", "uniform", "--seed", "s", "--threads", "1"]);
        Assert.Contains("Selected: " + string.Join(", ", selected.Order(StringComparer.Ordinal)), again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void No_uniform_panel_is_drawn_where_that_would_not_be_exact()
    {
        using TemporaryFolder folder = new();
        CommandRun run = CommandRun.Of(["select", .. Example.Instance("obf_like_30", 30), "--algorithm", "uniform", "--output", folder["out"]]);
        Assert.Equal(3, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains("No exactly uniform draw was made", run.Error, StringComparison.Ordinal);
        Assert.False(Path.Exists(folder["out"]));
    }
}
