namespace Sortition.Cli.Tests;

/// <summary>Letters to those who stand by, and people who are out and may have been erased.</summary>
public sealed class AlternatesPeopleTests
{
    [Fact]
    public void Everybody_gets_a_letter_by_what_has_become_of_them()
    {
        using TemporaryFolder folder = new();
        string[] input = [.. Example.Small(folder), "--contact-columns", "note"];
        Run(0, ["alternates", .. input, "--panel", "p1,p2,p4", "--count", "2", "--declined", "p6", "--seed", "1", "--output", folder["chosen"]]);
        string[] ready = Csv.Column(Csv.Read(folder["chosen/alternates.csv"]), "id");
        string[][] letters = Csv.Read(folder["chosen/letters.csv"]);
        Assert.Equal(["id", "outcome", "note"], letters[0]);
        foreach (string[] row in letters.Skip(1))
        {
            string expected = row[0] is "p1" or "p2" or "p4" ? "selected" : ready.Contains(row[0]) ? "alternate" : row[0] == "p6" ? "declined" : "not selected";
            Assert.Equal(expected, row[1]);
        }

        Assert.Equal(["a", "b", "c", "d", "e", "f"], Csv.Column(letters, "note"));

        // p4, a young man, and one of the alternates are not to be had: the other takes the seat.
        Run(0, ["alternates", .. input, "--panel", "p1,p2,p4", "--alternates", "p5,p3", "--declined", "p4,p3", "--output", folder["after"]]);
        letters = Csv.Read(folder["after/letters.csv"]);
        Assert.Equal(["stays", "stays", "declined", "declined", "steps in", "not selected"], Csv.Column(letters, "outcome"));
        Run(0, ["alternates", .. Example.Small(folder), "--panel", "p1,p2,p4", "--count", "1", "--seed", "1", "--output", folder["without"]]);
        Assert.False(File.Exists(folder["without/letters.csv"]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Members_who_were_erased_are_taken_from_the_list_of_the_panel(bool isRowLeft)
    {
        using TemporaryFolder folder = new();
        string[] input = Example.Small(folder);
        string panel = folder.Write("panel.csv", "id,gender,age,note\np1,female,young,a\np2,female,old,b\np4,male,young,d\n");
        string[] substitute = ["alternates", .. input, "--contact-columns", "note", "--alternates", "p5,p3", "--declined", "p4", "--panel"];
        Run(0, [.. substitute, panel, "--output", folder["before"]]);
        string gone = Example.SmallPeople.Replace("p4,male,young,d\n", isRowLeft ? "p4,,,\n" : "", StringComparison.Ordinal);
        File.WriteAllText(folder["people.csv"], gone);
        Run(0, [.. substitute, panel, "--output", folder["after"]]);
        Assert.All((string[])["panel.csv", "substitution.csv", "alternates.csv"], name => Assert.Equal(folder.Read("before/" + name), folder.Read("after/" + name)));

        // Nobody writes to whoever asked to be forgotten.
        Assert.DoesNotContain("p4", folder.Read("after/letters.csv"), StringComparison.Ordinal);
        Assert.Contains("p4", folder.Read("before/letters.csv"), StringComparison.Ordinal);

        // With ids alone nobody knows what p4 counted for.
        Assert.Contains("selected.csv", Run(2, [.. substitute, "p1,p2,p4"]).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_said_no_before_needs_no_values_when_alternates_are_chosen()
    {
        using TemporaryFolder folder = new();
        string[] input = Example.Small(folder, people: Example.SmallPeople.Replace("p6,male,young,f", "p6,,,", StringComparison.Ordinal));
        string[] choose = ["alternates", .. input, "--panel", "p1,p2,p4", "--count", "2", "--seed", "1", "--declined"];
        Run(0, [.. choose, "p6", "--output", folder["out"]]);
        Assert.DoesNotContain("p6", folder.Read("out/alternates.csv"), StringComparison.Ordinal);

        // An id that nobody ever had is a slip of the pen, which would leave somebody in.
        Assert.Contains("p66", Run(2, [.. choose, "p6,p66"]).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_that_was_erased_is_known_in_a_round_of_those_who_confirmed()
    {
        using TemporaryFolder folder = new();
        string[] input = Example.Small(folder, people: Example.SmallPeople.Replace("p4,male,young,d", "p4,,,", StringComparison.Ordinal));
        CommandRun run = Run(0, ["replace", .. input, "--confirmed", "p1,p2", "--declined", "p4", "--seed", "1"]);
        Assert.Contains("p4", run.Error, StringComparison.Ordinal);
    }

    private static CommandRun Run(int exitCode, params string[] arguments)
    {
        CommandRun run = CommandRun.Of(arguments);
        Assert.True(run.ExitCode == exitCode, run.Output + run.Error);
        return run;
    }
}
