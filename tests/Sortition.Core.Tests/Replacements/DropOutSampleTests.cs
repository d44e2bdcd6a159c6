using Sortition.Core.Alternates;
using Sortition.Core.DropOuts;
using Sortition.Core.Problems;
using Xunit;

namespace Sortition.Core.Tests.Replacements;

public sealed class DropOutSampleTests
{
    private static readonly double[] s_chances = [0, 0.1, 0.5, 1];

    [Fact]
    public void Everybody_drops_out_as_often_as_the_chance_says()
    {
        (Panel panel, DropOutChances chances) = Four();
        DropOutSample sample = DropOutSample.Draw(panel, chances, 20_000, RandomSource.Seeded("frequencies"));
        Assert.False(sample.IsComplete);
        for (int i = 0; i < s_chances.Length; i++)
        {
            // Four standard deviations of a share over 20,000 scenarios.
            double share = sample.Scenarios.Count(s => s.DropOuts.Contains(i)) / 20_000.0;
            Assert.InRange(share, s_chances[i] - (4 * Math.Sqrt(s_chances[i] * (1 - s_chances[i]) / 20_000)), s_chances[i] + (4 * Math.Sqrt(s_chances[i] * (1 - s_chances[i]) / 20_000)));
        }

        // Independently of one another.
        double both = sample.Scenarios.Count(s => s.DropOuts.Contains(1) && s.DropOuts.Contains(2)) / 20_000.0;
        Assert.InRange(both, 0.044, 0.056);
    }

    [Fact]
    public void A_complete_sample_has_every_scenario_that_can_happen_with_its_chance()
    {
        (Panel panel, DropOutChances chances) = Four();
        DropOutSample sample = DropOutSample.All(panel, chances);
        Assert.True(sample.IsComplete);
        Assert.Equal(["3", "1 3", "2 3", "1 2 3"], sample.Scenarios.Select(s => string.Join(' ', s.DropOuts)));
        Assert.Equal([0.45, 0.05, 0.45, 0.05], sample.Scenarios.Select(s => Math.Round(s.Share, 12)));
    }

    [Fact]
    public void The_same_seed_gives_the_same_scenarios()
    {
        (Panel panel, DropOutChances chances) = Four();
        string[] Draw(string seed) => [.. DropOutSample.Draw(panel, chances, 50, RandomSource.Seeded(seed)).Scenarios.Select(s => string.Join(' ', s.DropOuts))];
        Assert.Equal(Draw("a"), Draw("a"));
        Assert.NotEqual(Draw("a"), Draw("b"));
    }

    [Fact]
    public void Means_and_errors_are_those_of_the_sample()
    {
        // Without an alternate that helps, each member who goes leaves one seat off at a quota of one: the breach is the number of those who go, less one for the alternate who fills a seat, plus one where that is over.
        (Panel panel, DropOutChances chances) = Four();
        AlternateSet alternates = AlternateSet.Create(panel, ["q"]);
        DropOutSample all = DropOutSample.All(panel, chances);
        double mean = all.Scenarios.Sum(s => s.Share * alternates.Substitute(s.DropOuts.Select(i => panel.Problem.People[i].Id)).Breach);
        Assert.Equal(mean, alternates.Assess(all).Mean, 12);

        DropOutSample drawn = DropOutSample.Draw(panel, chances, 400, RandomSource.Seeded("errors"));
        double[] breaches = [.. drawn.Scenarios.Select(s => alternates.Substitute(s.DropOuts.Select(i => panel.Problem.People[i].Id)).Breach)];
        double average = breaches.Average();
        BreachEstimate estimate = alternates.Assess(drawn);
        Assert.Equal(average, estimate.Mean, 10);
        Assert.Equal(Math.Sqrt(breaches.Sum(b => (b - average) * (b - average)) / 399 / 400), estimate.StandardError, 10);
        Assert.Equal(breaches.Count(b => b == 0) / 400.0, estimate.KeptShare, 10);
    }

    [Fact]
    public void Misuse_is_refused()
    {
        (Panel panel, DropOutChances chances) = Four();
        (Panel other, _) = Four("a", "q");
        Assert.Throws<ArgumentException>(() => DropOutSample.All(other, chances));
        Assert.Throws<ArgumentException>(() => DropOutSample.Draw(other, chances, 1, RandomSource.Seeded("1")));
        Assert.Throws<ArgumentOutOfRangeException>(() => DropOutSample.Draw(panel, chances, 0, RandomSource.Seeded("1")));
        Assert.Throws<ArgumentOutOfRangeException>(() => DropOutSample.Draw(panel, chances, DropOutSample.MaxCount + 1, RandomSource.Seeded("1")));
        Assert.Throws<ArgumentException>(() => AlternateSet.Create(other, ["p1"]).Assess(DropOutSample.All(panel, chances)));
    }

    [Fact]
    public void So_many_scenarios_are_needed_as_the_formula_says()
    {
        // Four quotas 1–1 and one candidate for each of two: a quota can be short by 1, or, at a and b, over by 1 if its member stays. So the range is 4. There are 2 candidates, of whom one is chosen: 2 choices.
        (Panel panel, _) = Four(pool: ["a", "b"]);
        double choices = Math.Log(2 * 2 / 0.05);
        Assert.Equal(Math.Ceiling(16 / (2 * 0.05 * 0.05) * choices), DropOutSample.SizeForError(panel, 1, 0.1, 0.05));
        Assert.Equal(Math.Sqrt(16 / (2.0 * 300) * choices) * 2, DropOutSample.ErrorForSize(panel, 1, 300, 0.05), 12);
        double needed = DropOutSample.SizeForError(panel, 1, 1.5, 0.05);
        Assert.True(DropOutSample.ErrorForSize(panel, 1, (int)needed, 0.05) <= 1.5);
        Assert.True(DropOutSample.ErrorForSize(panel, 1, (int)needed - 1, 0.05) > 1.5);
        Assert.Throws<ArgumentOutOfRangeException>(() => DropOutSample.SizeForError(panel, 1, 0, 0.05));
        Assert.Throws<ArgumentOutOfRangeException>(() => DropOutSample.SizeForError(panel, 1, 0.1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => DropOutSample.SizeForError(panel, 3, 0.1, 0.05));
        Assert.Throws<ArgumentOutOfRangeException>(() => DropOutSample.ErrorForSize(panel, 1, 0, 0.05));
    }

    /// <summary>Four members, one of each letter a to d with a quota of exactly one, of whom a never goes and d always does; and the others in the pool, of other letters if nothing else is said.</summary>
    private static (Panel Panel, DropOutChances Chances) Four(params string[] pool)
    {
        string[] letters = ["a", "b", "c", "d"];
        SelectionProblemBuilder builder = new(4);
        foreach (string letter in letters)
        {
            builder.Quota("letter", letter, 1, 1);
        }

        (string Id, string Letter)[] people = [.. letters.Select(l => ("0" + l, l)), .. pool.Select((l, i) => (FormattableString.Invariant($"p{i}"), l)), .. pool.Length == 0 ? [("q", "q"), ("r", "r")] : Array.Empty<(string, string)>()];
        builder.Feature("letter", [.. people.Select(p => p.Letter).Distinct()]);
        builder.People(people, new PersonReader<(string Id, string Letter)> { Id = p => p.Id, Value = (p, _) => p.Letter });
        SelectionProblem problem = builder.Build();
        Panel panel = Panel.Create(problem, letters.Select(l => "0" + l));
        return (panel, DropOutChances.ByPerson(problem, letters.Select((l, i) => new PersonDropOut { Id = "0" + l, Chance = s_chances[i] }), 0));
    }
}
