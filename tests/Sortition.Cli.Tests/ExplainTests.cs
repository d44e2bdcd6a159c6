namespace Sortition.Cli.Tests;

public sealed class ExplainTests
{
    // One seat for the three women, so two for the three men.
    private const string OneWoman = """
        category,feature,min,max
        gender,female,0,1
        gender,male,0,3
        age,young,0,3
        age,old,0,3

        """;

    [Fact]
    public void A_persons_chance_is_explained_with_what_it_would_take_to_change_it()
    {
        using TemporaryFolder folder = new();
        CommandRun run = CommandRun.Of(["explain", .. Example.Small(folder, quotas: OneWoman), "--person", "p1"]);
        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Error);
        Assert.Equal(["people.csv", "quotas.csv"], folder.Names());
        Assert.Contains("By leximin, the chances of the 6 people (of 6) who can be chosen are 33.333 % to 66.667 %.", run.Output, StringComparison.Ordinal);
        Assert.Contains("p1: 33.333 %\n  3 people share it, and none of them can have more but at the cost of somebody whose chance is no higher.\n", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"at most 1 of gender: female +yes +66\.667 % +\+33\.333 points\n", run.Output);
        Assert.Contains("At most: another quota may stand in the way", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Exactly_what_would_come_of_it_is_computed_on_demand()
    {
        using TemporaryFolder folder = new();
        string[] input = Example.Small(folder, quotas: OneWoman);
        Assert.Matches(@"at most 1 of gender: female +yes +66\.667 % +\+33\.333 points +50\.000 %\n", CommandRun.Of(["explain", .. input, "--person", "p1", "--exact"]).Output);

        // Of maximin, the lowest chance of all and the person's own.
        CommandRun maximin = CommandRun.Of(["explain", .. input, "--person", "p4", "--exact", "--algorithm", "maximin"]);
        Assert.Matches(@"at most 1 of gender: female +no +66\.667 % +\+33\.333 points +50\.000 % +50\.000 %\n", maximin.Output);
        Assert.Contains("Maximin settles only the lowest chance, 33.333 %.", maximin.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("maximin", "The lowest chance of all.", "33.333 %")]
    [InlineData("nash", "No lottery has a higher geometric mean of all chances", "33.333 %")]
    [InlineData("minimax", "Minimax settles only the highest chance, 66.667 %.", "33.333 %")]
    [InlineData("goldilocks", "At one end of the chances that goldilocks balances", "33.333 %")]
    [InlineData("goldilocks --gamma extremes", "At one end of the chances that goldilocks balances", "33.333 %")]
    [InlineData("weighted-leximin --entitlement-column weight", "3 people share it by what each is entitled to, and none", "60.000 %")]
    public void Every_algorithms_chances_are_explained(string algorithm, string reason, string chance)
    {
        using TemporaryFolder folder = new();
        string[] input = Example.Small(
            folder,
            quotas: OneWoman,
            people: Example.SmallPeople.Replace(",note\n", ",weight\n", StringComparison.Ordinal).Replace(",a\n", ",3\n", StringComparison.Ordinal)
                .Replace(",b\n", ",1\n", StringComparison.Ordinal).Replace(",c\n", ",1\n", StringComparison.Ordinal).Replace(",d\n", ",1\n", StringComparison.Ordinal)
                .Replace(",e\n", ",1\n", StringComparison.Ordinal).Replace(",f\n", ",1\n", StringComparison.Ordinal));
        CommandRun run = CommandRun.Of(["explain", .. input, "--person", "p1", "--algorithm", .. algorithm.Split(' ')]);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains($"p1: {chance}\n  {reason}", run.Output, StringComparison.Ordinal);
        Assert.Contains("gender: female", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_group_is_explained_by_its_levels_of_chance()
    {
        using TemporaryFolder folder = new();
        CommandRun run = CommandRun.Of(["explain", .. Example.Small(folder, quotas: OneWoman), "--group", " AGE = Young"]);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("age = young: 3 people, chance 33.333 % to 66.667 %, on average 55.556 %", run.Output, StringComparison.Ordinal);
        Assert.Contains("  1 of them, 33.333 %: 3 people share it", run.Output, StringComparison.Ordinal);
        Assert.Contains("  2 of them, 66.667 %: 3 people share it", run.Output, StringComparison.Ordinal);
        CommandRun both = CommandRun.Of(["explain", .. Example.Small(folder, quotas: OneWoman), "--group", "age=young&gender=male"]);
        Assert.Contains("age = young & gender = male: 2 people, chance 66.667 %\n  3 people share it", both.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_a_search_of_all_panels_is_the_proof_the_quotas_that_bind_are_named_without_a_price()
    {
        using TemporaryFolder folder = new();
        string[] input = [.. Example.ManyExactQuotas(folder), "--person", "p1"];
        CommandRun run = CommandRun.Of(["explain", .. input]);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("p1: 33.333 %\n  3 people share it", run.Output, StringComparison.Ordinal);
        Assert.Contains("No panel of the lottery has a seat to spare under: exactly 3 of w: yes; exactly 3 of x: yes; exactly 3 of y: yes; exactly 3 of z: yes.\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("What a seat of each is worth at most is not known", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("At most: ", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"at least 3 of x: yes +yes +– +– +50\.000 %\n", CommandRun.Of(["explain", .. input, "--exact"]).Output);
    }

    [Fact]
    public void People_without_a_choice_are_told_so()
    {
        using TemporaryFolder folder = new();
        string[] input = Example.Small(folder, quotas: Example.SmallQuotas.Replace("old,0,2", "old,0,0", StringComparison.Ordinal));
        CommandRun run = CommandRun.Of(["explain", .. input, "--person", "p1,p2,p4", "--must-in", "p4"]);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("p1: 100.000 %\n  Sure of a seat: every panel of this lottery has everybody of this kind.\n", run.Output, StringComparison.Ordinal);
        Assert.Matches("p2: 0 %\n  On no panel, whatever the lottery: with such a person, these cannot all be met: .*at most 0 of age: old", run.Output);
        Assert.Contains("p4: 100.000 %\n  Must be in, and so has a seat on every panel.\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("age = old: 3 people, none of whom can be chosen\n", CommandRun.Of(["explain", .. input, "--group", "age=old"]).Output, StringComparison.Ordinal);
        Assert.Contains("p1: 0 %\n  Must be out, and so cannot be chosen.\n", CommandRun.Of(["explain", .. Example.Small(folder), "--person", "p1", "--must-out", "p1"]).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--person nobody,p1,noone", "--person: nobody in the pool has the id \"nobody\", \"noone\".")]
    [InlineData("--group age", "--group: \"age\" is not of the form feature=value.")]
    [InlineData("--group size=large", "--group: there is no feature \"size\"; there are: gender, age.")]
    [InlineData("--group age=middle", "--group: age has no value \"middle\"; it has: young, old, ancient.")]
    [InlineData("--group age=ancient", "--group: nobody in the pool is age = ancient.")]
    [InlineData("--group age=old&age=young", "--group: nobody in the pool is age = old & age = young.")]
    [InlineData("", "either people with --person, or a group with --group")]
    [InlineData("--person p1 --group age=old", "either people with --person, or a group with --group")]
    [InlineData("--person ,", "either people with --person, or a group with --group")]
    [InlineData("--person p1 --algorithm greedy", "'greedy'")]
    public void Who_is_not_there_cannot_be_explained(string options, string expected)
    {
        using TemporaryFolder folder = new();
        CommandRun run = CommandRun.Of(["explain", .. Example.Small(folder, quotas: Example.SmallQuotas + "age,ancient,0,1\n"), .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Quotas_that_cannot_be_met_are_explained_instead()
    {
        using TemporaryFolder folder = new();
        CommandRun run = CommandRun.Of(["explain", .. Example.Small(folder, quotas: Example.SmallQuotas.Replace("old,0,2", "old,4,5", StringComparison.Ordinal)), "--person", "p1"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains("The quotas cannot be met, so nobody has a chance:", run.Error, StringComparison.Ordinal);
        Assert.Contains("age: old: the minimum is 4, but only 3 people in the pool match.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_but_ids_and_what_was_asked_for_is_shown()
    {
        CommandRun run = CommandRun.Of(["explain", .. Example.Albertslund, "--person", "F000004"]);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("F000004: 2.158 %", run.Output, StringComparison.Ordinal);
        Assert.Contains("at most 3 of uddannelse: Lang videregående", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("2620", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Mand", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Kvinde", run.Output, StringComparison.Ordinal);
    }
}
