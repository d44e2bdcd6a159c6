using Sortition.Core;
using Sortition.Core.Alternates;
using Sortition.Core.DropOuts;
using Sortition.Files.Dialects;
using Sortition.Files.Results;
using Sortition.Files.Storage;
using Xunit;

namespace Sortition.Files.Tests;

public sealed class AlternatesFilesTests
{
    [Fact]
    public void Alternates_are_written_in_their_order_with_neutralised_formulas()
    {
        LoadedProblem input = Lotteries.Load();
        using TemporaryFolder folder = new();
        Assert.Equal(["alternates.csv", "alternates.json"], AlternatesFiles.Write(folder.Path, Outcome(input, ["p3", "p1"])));
        Assert.Equal("Name,id,home,street\n\"'-Bo; \"\"B\"\"\",p3,house,Elm 3\n'=1+1,p1,flat,Elm 2\n", folder.Read("alternates.csv"));
        string report = folder.Read("alternates.json");
        Assert.Contains("\"alternates\": [\n      \"p3\",\n      \"p1\"\n    ]", report, StringComparison.Ordinal);
        Assert.Contains("\"lowerBound\": 0.25,\n    \"gap\": 0.25,\n    \"provenOptimal\": false", report, StringComparison.Ordinal);
        Assert.DoesNotContain("Åse", report, StringComparison.Ordinal);
        Assert.DoesNotContain("comparison", report, StringComparison.Ordinal);
    }

    [Fact]
    public void A_substitution_tells_the_panel_who_took_which_seat_and_who_stands_by()
    {
        LoadedProblem input = Lotteries.Load();
        AlternateSet alternates = AlternateSet.Create(Panel.Create(input.Problem, ["p4", "p2"]), ["p3", "p1"]);
        using TemporaryFolder folder = new();
        Assert.Equal(["panel.csv", "substitution.csv", "alternates.csv"], AlternatesFiles.WriteSubstitution(folder.Path, input, alternates.Substitute(["p4", "p1"])));
        Assert.Equal("Name,id,home,street\n\"'-Bo; \"\"B\"\"\",p3,house,Elm 3\n-12.5,p2,house,Elm 1\n", folder.Read("panel.csv"));
        Assert.Equal("dropped out,steps in,values shared,differs in\np4,p3,0,home\n", folder.Read("substitution.csv"));
        Assert.Equal("Name,id,home,street\n", folder.Read("alternates.csv"));

        // More seats than alternates; files of the run before are never replaced.
        Substitution other = alternates.Substitute(["p4", "p2", "p3"]);
        Assert.Equal(folder.Names(), Assert.Throws<FilesExistException>(() => AlternatesFiles.WriteSubstitution(folder.Path, input, other)).Names);
        AlternatesFiles.WriteSubstitution(folder["other"], input, other);
        Assert.Equal("dropped out,steps in,values shared,differs in\np2,,,\np4,p1,1,\n", folder.Read("other/substitution.csv"));
    }

    [Fact]
    public void Parts_of_different_problems_and_a_cancelled_token_write_nothing()
    {
        LoadedProblem input = Lotteries.Load();
        AlternatesOutcome outcome = Outcome(input, ["p1"]);
        using TemporaryFolder folder = new();
        string target = Path.Combine(folder.Path, "out");
        Assert.Throws<ArgumentException>(() => AlternatesFiles.Write(target, Outcome(input, ["p1"], told: Lotteries.Load(Lotteries.People.Replace("p3", "p0", StringComparison.Ordinal)))));
        DropOutSample ofOthers = DropOutSample.All(Panel.Create(input.Problem, ["p4", "p1"]), DropOutChances.Equal(input.Problem, 0.1));
        Assert.Throws<ArgumentException>(() => AlternatesFiles.Write(target, Outcome(input, ["p1"], scenarios: ofOthers)));
        Assert.Throws<OperationCanceledException>(() => AlternatesFiles.Write(target, outcome, new CancellationToken(canceled: true)));
        Assert.Throws<OperationCanceledException>(() => AlternatesFiles.WriteSubstitution(target, input, outcome.Result.Alternates.Substitute(["p4"]), new CancellationToken(canceled: true)));
        Assert.False(Path.Exists(target));
    }

    private static AlternatesOutcome Outcome(LoadedProblem input, string[] ids, LoadedProblem? told = null, DropOutSample? scenarios = null)
    {
        Panel panel = Panel.Create(input.Problem, ["p4", "p2"]);
        DropOutChances chances = DropOutChances.Equal(input.Problem, 0.1);
        return new AlternatesOutcome
        {
            Input = told ?? input,
            Result = new AlternatesResult.Chosen(AlternateSet.Create(panel, ids), 0.5, 0.25, isComplete: true),
            Scenarios = scenarios ?? DropOutSample.All(panel, chances),
            Chances = chances,
            SoftwareVersion = "1",
            Seed = "s",
            Generator = "g",
            GivenChance = 0.1,
        };
    }
}
