using System.Text;

namespace Sortition.Cli.Tests;

public sealed class MalformedInputTests
{
    [Theory]
    [InlineData("select")]
    [InlineData("check")]
    public void All_faults_of_both_files_are_shown_in_one_run_and_nothing_is_written(string command)
    {
        using TemporaryFolder folder = new();
        string[] input = Example.Small(
            folder,
            quotas: """
                category,feature,min,max
                gender,female,2,1
                gender,male,-1,2
                age,young,1.5,3
                age,old,x,2

                """,
            people: """
                id,gender,age
                p1,female,young
                p2,femail,old
                p3,,old
                p4,male,old
                p4,male,young

                """);
        string[] output = command == "select" ? ["--output", folder["out"]] : [];
        CommandRun run = CommandRun.Of([command, .. input, .. output, "--must-in", "nobody"]);
        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Equal(["people.csv", "quotas.csv"], folder.Names());
        string[] lines = run.Error.Split('\n');
        Expect("quotas.csv, line 2, column \"min\"", "found \"2\"", "at most the maximum, 1");
        Expect("quotas.csv, line 3, column \"min\"", "negative", "found \"-1\"");
        Expect("quotas.csv, line 4, column \"min\"", "not a whole number", "found \"1.5\"");
        Expect("quotas.csv, line 5, column \"min\"", "not a whole number", "found \"x\"");
        Expect("people.csv, line 3, column \"gender\"", "found \"femail\"", "female, male");
        Expect("people.csv, line 4, column \"gender\"", "a value is missing", "p3");
        Expect("people.csv, line 6", "two rows have this id and differ", "p4");
        Expect("nobody in the pool has this id", "nobody");

        void Expect(params string[] parts) =>
            Assert.True(lines.Any(line => parts.All(part => line.Contains(part, StringComparison.Ordinal))), $"No line has {string.Join(" and ", parts)} in:\n{run.Error}");
    }

    [Theory]
    [InlineData("", "quotas.csv", "empty")]
    [InlineData("colour,size\nred,1\n", "quotas.csv", "a column is missing")]
    public void An_unusable_quota_file_is_named(string quotas, params string[] expected)
    {
        using TemporaryFolder folder = new();
        CommandRun run = CommandRun.Of(["select", .. Example.Small(folder, quotas: quotas), "--output", folder["out"]]);
        Assert.Equal(2, run.ExitCode);
        Assert.All(expected, text => Assert.Contains(text, run.Error, StringComparison.Ordinal));
        Assert.False(Path.Exists(folder["out"]));
    }

    [Theory]
    [InlineData("", "people.csv", "empty")]
    [InlineData("id,gender\np1,female\n", "people.csv", "age")]
    public void An_unusable_people_file_is_named(string people, params string[] expected)
    {
        using TemporaryFolder folder = new();
        CommandRun run = CommandRun.Of(["select", .. Example.Small(folder, people: people), "--output", folder["out"]]);
        Assert.Equal(2, run.ExitCode);
        Assert.All(expected, text => Assert.Contains(text, run.Error, StringComparison.Ordinal));
        Assert.False(Path.Exists(folder["out"]));
    }

    [Fact]
    public void Missing_files_are_both_named()
    {
        using TemporaryFolder folder = new();
        CommandRun run = CommandRun.Of("check", "-q", folder["no-quotas.csv"], "-p", folder["no-people.csv"], "-k", "3");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("no-quotas.csv", run.Error, StringComparison.Ordinal);
        Assert.Contains("no-people.csv", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_ids_in_a_file_are_named_with_their_lines()
    {
        using TemporaryFolder folder = new();
        string[] input = Example.Small(folder);
        CommandRun run = CommandRun.Of(["check", .. input, "--must-out", folder.Write("out.csv", "id,why\np1,moved\np9,moved\n"), "--must-in", folder.Write("in.txt", "p2\nq2\n")]);
        Assert.Equal(2, run.ExitCode);
        Assert.Matches("out.csv, line 3.*p9", run.Error);
        Assert.Matches("in.txt, line 2.*q2", run.Error);
        Assert.Contains("2 fault", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_of_ids_that_is_no_file_is_taken_for_ids()
    {
        using TemporaryFolder folder = new();
        CommandRun run = CommandRun.Of(["check", .. Example.Small(folder), "--must-out", "no-such-file.csv"]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("nobody in the pool has this id (no-such-file.csv)", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void One_cause_is_one_line_and_of_many_faults_some_of_each_kind_are_shown()
    {
        using TemporaryFolder folder = new();
        string people = "id,gender,age\n" + string.Concat(Enumerable.Range(1, 300).Select(i => FormattableString.Invariant($"p{i},neither,young\n")));
        CommandRun run = CommandRun.Of(["check", .. Example.Small(folder, people: people)]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("  people.csv, 300 lines (2–301), column \"gender\": a value that no quota names, found \"neither\"", run.Error, StringComparison.Ordinal);
        Assert.Contains("1 fault", run.Error, StringComparison.Ordinal);
        people = "id,gender,age\n" + string.Concat(Enumerable.Range(0, 600).Select(i => FormattableString.Invariant($"p{i / 2},{(i % 2 == 0 ? "fe" : "")}male,young\n"))) + "q,neither,old\n";
        run = CommandRun.Of(["check", .. Example.Small(new TemporaryFolder(), people: people)]);
        Assert.Equal(20, run.Error.Split('\n').Count(line => line.Contains("two rows have this id", StringComparison.Ordinal)));
        Assert.Contains("\"neither\"", run.Error, StringComparison.Ordinal);
        Assert.Contains("301 fault", run.Error, StringComparison.Ordinal);
        Assert.Contains("and 280 more", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Control_characters_of_a_file_do_not_reach_the_terminal()
    {
        using TemporaryFolder folder = new();
        CommandRun run = CommandRun.Of(["check", .. Example.Small(folder, people: Example.SmallPeople.Replace("p3,female", "p3,\e[2Jfemale", StringComparison.Ordinal))]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("[2Jfemale", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', run.Error);
    }

    [Fact]
    public void Semicolons_and_a_byte_order_mark_are_understood()
    {
        using TemporaryFolder folder = new();
        Example.Small(folder);
        folder.Write("quotas.csv", Example.SmallQuotas.Replace(',', ';'), Encoding.UTF8);
        folder.Write("people.csv", Example.SmallPeople.Replace(',', ';'), Encoding.UTF8);
        CommandRun run = CommandRun.Of("check", "-q", folder["quotas.csv"], "-p", folder["people.csv"], "-k", "3");
        Assert.Equal(0, run.ExitCode);
    }
}
