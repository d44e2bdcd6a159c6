using Sortition.Core.Alternates;
using Sortition.Core.DropOuts;
using Sortition.Core.Problems;
using Xunit;

namespace Sortition.Core.Tests.Replacements;

public sealed class AlternatesComparisonTests
{
    private const int Draws = 6;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Figures_are_those_of_each_draw_assessed_alone(bool all)
    {
        (Panel panel, DropOutChances chances) = Example();
        DropOutSample sample = all ? DropOutSample.All(panel, chances) : DropOutSample.Draw(panel, chances, 200, RandomSource.Seeded("scenarios"));
        AlternateSet alternates = AlternateSet.Create(panel, ["c", "d"]);
        List<double> told = [];
        AlternatesComparison comparison = AlternatesComparison.Run(
            alternates, sample, Draws, RandomSource.Seeded("same"), RandomSource.Seeded("random"), ["f"], new ComputeOptions { Progress = new Listener<double>(told.Add) });
        Assert.Same(sample, comparison.Sample);
        Assert.Equivalent(alternates.Assess(sample), comparison.Chosen, strict: true);
        Assert.Equal(1 + (2 * Draws), told.Count);
        Assert.Equal(told.Order(), told);
        Assert.Equal(1, told[^1], 1e-12);

        RandomSource same = RandomSource.Seeded("same");
        RandomSource random = RandomSource.Seeded("random");
        Check(comparison.SameProfile, () => AlternateSelection.SameProfile(panel, 2, same, ["f"])!);
        Check(comparison.AtRandom, () => AlternateSelection.AtRandom(panel, 2, random, ["f"])!);
        Assert.True(comparison.AtRandom.Max > comparison.AtRandom.Min);

        void Check(BaselineEstimate practice, Func<AlternateSet> draw)
        {
            BreachEstimate[] each = [.. Enumerable.Range(0, Draws).Select(_ => draw().Assess(sample))];
            double mean = each.Average(e => e.Mean);
            double ofDraws = each.Sum(e => Math.Pow(e.Mean - mean, 2)) / (Draws - 1) / Draws;
            double ofScenarios = all ? 0 : each.Average(e => Math.Pow(e.StandardError, 2));
            Assert.Equal(Draws, practice.Draws);
            Assert.Equal(mean, practice.Mean, 1e-12);
            Assert.Equal(each.Min(e => e.Mean), practice.Min);
            Assert.Equal(each.Max(e => e.Mean), practice.Max);
            Assert.Equal(each.Average(e => e.KeptShare), practice.KeptShare, 1e-12);
            Assert.Equal(Math.Sqrt(ofDraws + ofScenarios), practice.StandardError, 1e-12);
        }
    }

    [Fact]
    public void Misuse_and_cancellation_throw()
    {
        (Panel panel, DropOutChances chances) = Example();
        DropOutSample sample = DropOutSample.All(panel, chances);
        AlternateSet alternates = AlternateSet.Create(panel, ["c", "d"]);
        RandomSource random = RandomSource.Seeded("a");
        Assert.Throws<ArgumentOutOfRangeException>(() => AlternatesComparison.Run(alternates, sample, 1, random, random));
        Assert.Throws<ArgumentException>(() => AlternatesComparison.Run(alternates, sample, 2, random, random, ["c", "d", "e"]));
        Assert.Throws<MalformedInputException>(() => AlternatesComparison.Run(alternates, sample, 2, random, random, ["nobody"]));
        Panel other = Panel.Create(panel.Problem, ["b", "c"]);
        Assert.Throws<ArgumentException>(() => AlternatesComparison.Run(AlternateSet.Create(other, ["a"]), sample, 2, random, random));
        Assert.Throws<OperationCanceledException>(() => AlternatesComparison.Run(alternates, sample, 2, random, random, null, null, new CancellationToken(canceled: true)));
    }

    /// <summary>A panel of a woman and a man; of the others two are women and two are men.</summary>
    private static (Panel Panel, DropOutChances Chances) Example()
    {
        SelectionProblemBuilder builder = new(2);
        builder.Quota("gender", "female", 1, 1).Quota("gender", "male", 1, 1);
        builder.People([("a", "female"), ("b", "male"), ("c", "female"), ("d", "male"), ("e", "female"), ("f", "male")], p => p.Item1, null, p => new Dictionary<string, string> { ["gender"] = p.Item2 });
        SelectionProblem problem = builder.Build();
        return (Panel.Create(problem, ["a", "b"]), DropOutChances.Equal(problem, 0.3));
    }
}
