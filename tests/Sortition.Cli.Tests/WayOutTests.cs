namespace Sortition.Cli.Tests;

public sealed class WayOutTests
{
    private const string TooMany = "category,feature,min,max\ngender,female,1,2\ngender,male,1,2\nage,young,0,3\nage,old,4,5\n";

    [Fact]
    public void Check_tells_conflicts_and_ways_out_and_writes_the_one_chosen()
    {
        using TemporaryFolder folder = new();
        string[] input = Example.Small(folder, quotas: TooMany);
        CommandRun run = CommandRun.Of(["check", .. input, "--apply", "1", "--output", folder["new.csv"], "--fairness"]);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("  1. age: old: the minimum is 4, but only 3 people in the pool match.", run.Output, StringComparison.Ordinal);
        Assert.Contains("So would 1 more volunteer: 1 of age: old.", run.Output, StringComparison.Ordinal);
        Assert.Contains("age: old, at least", run.Output, StringComparison.Ordinal);
        Assert.Contains("Gini", run.Output, StringComparison.Ordinal);
        Assert.Equal("category,feature,min,max\ngender,female,1,2\ngender,male,1,2\nage,young,0,3\nage,old,3,5\n", File.ReadAllText(folder["new.csv"]));
        string[] again = [.. input.Select(i => i == folder["quotas.csv"] ? folder["new.csv"] : i)];
        CommandRun check = CommandRun.Of(["check", .. again, "--fairness"]);
        Assert.Equal(0, check.ExitCode);
        Assert.Contains("if one of these gave by one seat", check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_way_out_is_written_over_nothing()
    {
        using TemporaryFolder folder = new();
        string[] input = Example.Small(folder, quotas: TooMany);
        CommandRun run = CommandRun.Of(["check", .. input, "--apply", "1", "--output", folder["quotas.csv"]]);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("exists already", run.Error, StringComparison.Ordinal);
        Assert.Equal(TooMany, File.ReadAllText(folder["quotas.csv"]));
    }

    [Fact]
    public void Kept_quotas_leave_no_way_out()
    {
        using TemporaryFolder folder = new();
        CommandRun run = CommandRun.Of(["check", .. Example.Small(folder, quotas: TooMany), "--keep", "Age=old", "--priority", "gender=2.5"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("No change of the quotas that may give is enough.", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--apply", "1")]
    [InlineData("--output", "x.csv")]
    [InlineData("--keep", "colour")]
    [InlineData("--priority", "age=0")]
    [InlineData("--priority", "age")]
    [InlineData("--priority", "colour=2")]
    [InlineData("--apply", "9", "--output", "x.csv")]
    public void What_cannot_be_done_is_refused(params string[] options)
    {
        using TemporaryFolder folder = new();
        CommandRun run = CommandRun.Of(["check", .. Example.Small(folder, quotas: TooMany), .. options]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(options[0], run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists("x.csv"));
    }
}
