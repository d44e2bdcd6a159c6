namespace Sortition.Cli.Tests;

public sealed class InfeasibleTests
{
    private const string TooMany = """
        category,feature,min,max
        gender,female,1,2
        gender,male,1,2
        age,young,0,3
        age,old,4,5

        """;

    [Theory]
    [InlineData("leximin")]
    [InlineData("goldilocks", "--gamma", "extremes")]
    [InlineData("greedy")]
    [InlineData("uniform")]
    public void Select_tells_every_reason_and_writes_nothing(params string[] algorithm)
    {
        using TemporaryFolder folder = new();
        CommandRun run = CommandRun.Of(["select", .. Example.Small(folder, quotas: TooMany), "--output", folder["out"], "--algorithm", .. algorithm]);
        Assert.Equal(1, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains("The quotas cannot be met", run.Error, StringComparison.Ordinal);
        Assert.Contains("age: old: the minimum is 4, but only 3 people in the pool match.", run.Error, StringComparison.Ordinal);
        Assert.Contains("age: the minima add up to 4, but the panel has 3 seats.", run.Error, StringComparison.Ordinal);
        Assert.False(Path.Exists(folder["out"]));
    }

    [Fact]
    public void Check_tells_every_reason_as_its_report()
    {
        using TemporaryFolder folder = new();
        CommandRun run = CommandRun.Of(["check", .. Example.Small(folder, quotas: TooMany)]);
        Assert.Equal(1, run.ExitCode);
        Assert.Empty(run.Error);
        Assert.Contains("The quotas cannot be met", run.Output, StringComparison.Ordinal);
        Assert.Contains("age: old: the minimum is 4, but only 3 people in the pool match.", run.Output, StringComparison.Ordinal);
        Assert.Contains("age: the minima add up to 4, but the panel has 3 seats.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_says_that_quotas_can_be_met()
    {
        CommandRun run = CommandRun.Of(["check", .. Example.Albertslund]);
        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Error);
        Assert.Contains("The quotas can be met", run.Output, StringComparison.Ordinal);
        Assert.Contains("Everyone in the pool can be chosen.", run.Output, StringComparison.Ordinal);
    }
}
