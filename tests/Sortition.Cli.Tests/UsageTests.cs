namespace Sortition.Cli.Tests;

public sealed class UsageTests
{
    [Theory]
    [InlineData("", "Required command was not provided")]
    [InlineData("elect", "'elect'")]
    [InlineData("select --size 3", "--quotas", "--people")]
    [InlineData("select -q q -p p -k many", "--size: \"many\" is not a whole number")]
    [InlineData("select -q q -p p -k 3.5", "--size: \"3.5\" is not a whole number")]
    [InlineData("select -q q -p p -k 0", "--size: \"0\" is not a whole number from 1")]
    [InlineData("select -q q -p p -k -3 --time-limit 0 --ballots 0", "--size", "--time-limit", "--ballots")]
    [InlineData("select -q q -p p -k 3 --time-limit 1,5", "--time-limit: \"1,5\"")]
    [InlineData("select -q q -p p -k 3 --algorithm fair", "'fair'", "'maximin'", "'greedy'")]
    [InlineData("select -q q -p p -k 3 --algorithm greedy --ballots 10", "--ballots")]
    [InlineData("select -q q -p p -k 3 --algorithm greedy --time-limit 10", "--time-limit")]
    [InlineData("select -q q -p p -k 3 --algorithm greedy --threads 2", "--threads")]
    [InlineData("select -q q -p p -k 3 --algorithm uniform --ballots 10", "--ballots is about a lottery, and uniform computes none")]
    [InlineData("select -q q -p p -k 3 --algorithm uniform --time-limit 10", "--time-limit")]
    [InlineData("lottery -q q -p p -k 3 --algorithm uniform -o x", "'uniform'")]
    [InlineData("count -q q -p p -k 3 --error 0", "--error: \"0\" is not a number from 0.0001 to 1")]
    [InlineData("select -q q -p p -k 3 --threads 0", "--threads: \"0\" is not a whole number from 1")]
    [InlineData("select -q q -p p -k 3 --gamma 2", "--gamma is for --algorithm goldilocks only", "leximin")]
    [InlineData("select -q q -p p -k 3 -a goldilocks --gamma 0", "--gamma: \"0\" is neither a number from 0.001 to 1000000", "extremes", "quotas")]
    [InlineData("select -q q -p p -k 3 -a goldilocks --gamma 0,5", "--gamma: \"0,5\"")]
    [InlineData("select -q q -p p -k 3 -a weighted-leximin", "needs --entitlement-column")]
    [InlineData("select -q q -p p -k 3 --entitlement-column share", "--entitlement-column is for --algorithm weighted-leximin only")]
    [InlineData("explain -q q -p p -k 3 --person p1 --gamma 2", "--gamma is for --algorithm goldilocks only")]
    [InlineData("select -q q -p p -k 3 --household-limit 1", "--household-columns")]
    [InlineData("select -q q -p p -k 3 --household-columns street,Street", "twice")]
    [InlineData("select -q q -p p -k 3 --colour red", "'--colour'")]
    [InlineData("select -q q -p p -k 3 @file", "'@file'")]
    [InlineData("generate -q q -k 3 --count 10 --skew 11 --output x", "--skew")]
    [InlineData("generate -q q -k 3 --people 10 --output x", "--people is called --count now")]
    public void Wrong_usage_is_explained_with_exit_code_2(string arguments, params string[] expected)
    {
        CommandRun run = CommandRun.Of(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.All(expected, text => Assert.Contains(text, run.Error, StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_in_place_of_the_output_folder_is_refused_before_any_work()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("taken", "kept");
        foreach (string output in new[] { file, Path.Combine(file, "below") })
        {
            CommandRun run = CommandRun.Of(["select", .. Example.Small(folder, quotas: "malformed"), "--output", output]);
            Assert.Equal(2, run.ExitCode);
            Assert.Contains("is a file; name a folder", run.Error, StringComparison.Ordinal);
            Assert.Equal("kept", File.ReadAllText(file));
        }
    }
}
