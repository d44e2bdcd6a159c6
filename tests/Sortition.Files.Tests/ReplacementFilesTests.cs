using Sortition.Core;
using Sortition.Core.Replacements;
using Sortition.Files.Dialects;
using Sortition.Files.Results;
using Xunit;

namespace Sortition.Files.Tests;

public sealed class ReplacementFilesTests
{
    [Fact]
    public void A_round_keeps_the_rows_of_those_who_may_be_drawn_and_tells_the_whole_panel()
    {
        LoadedProblem input = Lotteries.Load();
        ReplacementRound round = ReplacementRound.Start(input.Problem, ["p3"], ["p2"]).GetRoundOrThrow();
        LoadedProblem open = input.ForReplacements(round);
        Assert.Same(round, open.Round);
        Assert.Null(input.Round);
        Assert.Equal(["o", "p1", "p4"], Enumerable.Range(0, open.People.Rows.Count).Select(row => open.Problem.People[open.People.PersonOf(row)].Id).Order(StringComparer.Ordinal));
        SelectionOutcome outcome = new()
        {
            Input = open,
            Panel = Panel.Create(open.Problem, ["p4"]),
            Algorithm = "greedy",
            SoftwareVersion = "1",
            Seed = "s",
            Generator = "g",
            Attempts = 1,
        };
        using TemporaryFolder folder = new();
        Assert.Equal(["selected.csv", "panel.csv", "remaining.csv", "report.json"], ResultFiles.Write(folder.Path, outcome));
        Assert.Equal("Name,id,home,street\nÅse,p4,flat,Elm 1\n", folder.Read("selected.csv"));
        Assert.Equal("Name,id,home,street\nÅse,p4,flat,Elm 1\n\"'-Bo; \"\"B\"\"\",p3,house,Elm 3\n", folder.Read("panel.csv"));
        Assert.Equal("Name,id,home,street\n'=1+1,p1,flat,Elm 2\n", folder.Read("remaining.csv"));

        // The panel of a first draw is a list of ids for the next one.
        Assert.Equal(["p4", "p3"], PeopleFiles.LoadIds(Path.Combine(folder.Path, "panel.csv")).Select(listed => listed.Id));
        Assert.Throws<ArgumentException>(() => Lotteries.Load(Lotteries.People.Replace("p2", "p0", StringComparison.Ordinal)).ForReplacements(round));
    }

    [Fact]
    public void A_list_that_cannot_be_read_is_a_fault()
    {
        using TemporaryFolder folder = new();
        Assert.Throws<Core.MalformedInputException>(() => PeopleFiles.LoadIds(Path.Combine(folder.Path, "none.csv")));
    }
}
