using Sortition.Core;
using Sortition.Core.Algorithms;
using Sortition.Core.Problems;
using Sortition.Core.Targets;
using Sortition.Files;
using Sortition.Studies.Algorithms;
using Sortition.Studies.Instances;
using Sortition.Studies.Lotteries;
using Sortition.Studies.Metrics;
using Xunit;

namespace Sortition.Studies.Tests;

/// <summary>Response rates and chances from end to end.</summary>
public sealed class ResponseTests
{
    /// <summary>A pool of 6 f/a, 2 f/b, 1 m/a, 3 m/b; half the population are f, half a. Scaling keeps the odds ratio of 9, so that f/a and m/b have .375 each, by hand: x²/(.5 − x)² = 9.</summary>
    [Fact]
    public void Fitted_by_hand()
    {
        SelectionProblem problem = Pool();
        ResponseRates rates = ResponseRates.Estimate(problem, PopulationOf(("g", "f", 50), ("g", "m", 50), ("h", "a", 30), ("h", "b", 30)));
        Assert.True(rates.IsConverged);
        Dictionary<string, double> shares = Enumerable.Range(0, 4).ToDictionary(t => string.Concat(problem.Types[t].Values), rates.ShareOfType);
        Assert.Equal(0.375, shares["fa"], 1e-9);
        Assert.Equal(0.125, shares["fb"], 1e-9);
        Assert.Equal(0.125, shares["ma"], 1e-9);
        Assert.Equal(0.375, shares["mb"], 1e-9);
        int fa = Enumerable.Range(0, 4).Single(t => string.Concat(problem.Types[t].Values) == "fa");
        Assert.Equal(6 / 12.0 / 0.375, rates.RelativeRate(fa), 1e-9);
    }

    /// <summary>Who volunteers half as readily is entitled to twice as much; without quotas chances can be equal from end to end, and then are.</summary>
    [Fact]
    public void Weighted_leximin_makes_chances_equal_from_end_to_end()
    {
        SelectionProblem problem = Pool();
        ResponseRates rates = ResponseRates.Estimate(problem, PopulationOf(("g", "f", 50), ("g", "m", 50), ("h", "a", 30), ("h", "b", 30)));
        PanelLottery lottery = new WeightedLeximin().Solve(rates.WithEntitlements()).GetLotteryOrThrow();
        Dictionary<string, double> even = Metrics(StudyLottery.FromLottery(lottery), rates);
        Assert.Equal(1, even["end_to_end_min"], 1e-6);
        Assert.Equal(1, even["end_to_end_max"], 1e-6);
        Assert.Equal(0, even["end_to_end_gini"], 1e-6);

        // With equal chances of 1/6 in the pool, end to end is the response rate: 4/3 of the mean for .375 and .125 · 2/12/.125, and so on.
        Dictionary<string, double> uneven = Metrics(StudyLottery.FromLottery(new Leximin().Solve(problem).GetLotteryOrThrow()), rates);
        Assert.Equal(2 / 3.0, uneven["end_to_end_min"], 1e-9);
        Assert.Equal(4 / 3.0, uneven["end_to_end_max"], 1e-9);
        double[] rate = [4 / 3.0, 4 / 3.0, 2 / 3.0, 2 / 3.0];
        double[] share = [0.375, 0.125, 0.125, 0.375];
        double gini = Enumerable.Range(0, 4).Sum(i => Enumerable.Range(0, 4).Sum(j => share[i] * share[j] * Math.Abs(rate[i] - rate[j]))) / 2;
        Assert.Equal(gini, uneven["end_to_end_gini"], 1e-9);
    }

    /// <summary>Nobody is m and b, so that b cannot have more than f has.</summary>
    [Fact]
    public void What_cannot_be_fitted_says_so()
    {
        SelectionProblem problem = new SelectionProblemBuilder(2).Quota("g", "f", 0, 2).Quota("g", "m", 0, 2).Quota("h", "a", 0, 2).Quota("h", "b", 0, 2)
            .People(Enumerable.Range(0, 6), new PersonReader<int> { Id = i => $"p{i}", Value = (i, f) => f == "g" ? (i < 3 ? "f" : "m") : (i == 0 ? "b" : "a") }).Build();
        ResponseRates rates = ResponseRates.Estimate(problem, PopulationOf(("g", "f", 10), ("g", "m", 90), ("h", "a", 10), ("h", "b", 90)));
        Assert.False(rates.IsConverged);
        Dictionary<string, double> metrics = Metrics(StudyLottery.FromLottery(new Leximin().Solve(problem).GetLotteryOrThrow()), rates);
        Assert.Equal(0, Assert.Single(metrics).Value);
    }

    /// <summary>Albertslund: 2.45 % volunteer; 0.76 % of those aged 16-24, 8.5 % of those with long higher education (an independent computation).</summary>
    [Fact]
    public void Albertslund()
    {
        SelectionProblem problem = InstanceSearch.FindAll([TestFiles.PathOf("albertslund")], new InstanceOptions { PanelSize = 36 })[0].Load();
        ResponseRates rates = ResponseRates.Estimate(problem, PopulationFiles.LoadFor(TestFiles.PathOf("albertslund", "population.csv"), problem.Features));
        Assert.True(rates.IsConverged);
        double mean = problem.People.Count / 22345.0;
        Assert.Equal(0.0245, mean, 5e-5);
        Assert.Equal(0.0076, mean * Rate("16-24 \u00E5r"), 5e-5);
        Assert.Equal(0.085, mean * Rate(problem.Features.SelectMany(f => f.Values).Single(v => v.StartsWith("Lang", StringComparison.Ordinal))), 5e-4);

        double Rate(string value)
        {
            int[] types = [.. Enumerable.Range(0, problem.Types.Count).Where(t => problem.Types[t].Values.Contains(value))];
            return types.Sum(t => problem.Types[t].Members.Count) / (double)problem.People.Count / types.Sum(rates.ShareOfType);
        }
    }

    private static Dictionary<string, double> Metrics(StudyLottery lottery, ResponseRates rates) =>
        StudyMetrics.Compute(new MetricInput { Lottery = lottery, Rates = rates, Run = new StudyRun { Seed = "1" } }, ["response"]).ToDictionary(m => m.Name, m => m.Value);

    private static SelectionProblem Pool() => new SelectionProblemBuilder(2).Quota("g", "f", 0, 2).Quota("g", "m", 0, 2).Quota("h", "a", 0, 2).Quota("h", "b", 0, 2)
        .People("fafafafafafafbfbmambmbmb".Chunk(2).Select((pair, i) => (pair, i)), new PersonReader<(char[] Pair, int I)> { Id = p => $"p{p.I:00}", Value = (p, f) => p.Pair[f == "g" ? 0 : 1].ToString() })
        .Build();

    private static Population PopulationOf(params (string Feature, string Value, int Count)[] rows)
    {
        using TemporaryFolder folder = new();
        return PopulationFiles.Load(folder.Write("population.csv", "feature,value,count\n" + string.Concat(rows.Select(r => $"{r.Feature},{r.Value},{r.Count}\n"))));
    }
}
