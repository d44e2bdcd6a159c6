using FsCheck;
using FsCheck.Xunit;
using Sortition.Core;
using Sortition.Core.Algorithms;
using Sortition.Core.Problems;
using Sortition.Studies.Algorithms;
using Sortition.Studies.Instances;
using Sortition.Studies.Lotteries;
using Sortition.Studies.Metrics;
using Xunit;

namespace Sortition.Studies.Tests;

/// <summary>Every metric against its definition, counted person by person, or solved by hand.</summary>
[Properties(Arbitrary = [typeof(TinyStudies)], MaxTest = 300)]
public sealed class MetricTests
{
    [Property]
    public void Cells_of_two_and_three_features(TinyLottery tiny)
    {
        IReadOnlyDictionary<string, double> metrics = Values(tiny.ToStudy());
        foreach ((int size, string name) in new[] { (2, "pairs"), (3, "triples") })
        {
            (double pool, double quotas, double empty, int cells, int filled) = (0, 0, 0, 0, 0);
            foreach (FeatureValue[] cell in CellsOf(tiny.Problem, size))
            {
                bool[] isIn = [.. tiny.Problem.People.Select(person => cell.All(value => HasValue(tiny.Problem, person, value)))];
                double share = isIn.Count(x => x) / (double)isIn.Length;
                double wanted = cell.Aggregate(1.0, (product, value) => product * Middle(tiny.Problem, value) / tiny.Problem.Quotas.Where(q => q.Condition[0].Feature == value.Feature).Sum(q => (q.Min + q.Max) / 2.0));
                foreach ((int[] members, double probability) in tiny.Panels)
                {
                    double have = members.Count(i => isIn[i]) / (double)tiny.Problem.PanelSize;
                    pool += probability * (have - share) * (have - share);
                    quotas += probability * (have - wanted) * (have - wanted);
                    empty += share > 0 && have == 0 ? probability : 0;
                }

                cells++;
                filled += share > 0 ? 1 : 0;
            }

            Assert.Equal(cells > 0, metrics.ContainsKey($"{name}_mse_pool"));
            if (cells > 0)
            {
                Assert.Equal(pool / cells, metrics[$"{name}_mse_pool"], 1e-12);
                Assert.Equal(quotas / cells, metrics[$"{name}_mse_quotas"], 1e-12);
                Assert.Equal(empty / filled, metrics[$"{name}_empty"], 1e-12);
            }
        }
    }

    [Property]
    public void Groups_that_sit_together(TinyLottery tiny)
    {
        double[] chances = tiny.Chances();
        List<double> ratios = [];
        foreach (FeatureValue[] pair in CellsOf(tiny.Problem, 2))
        {
            (double together, double expected) = (0, 0);
            for (int i = 0; i < chances.Length; i++)
            {
                for (int j = 0; j < chances.Length; j++)
                {
                    if (i != j && HasValue(tiny.Problem, tiny.Problem.People[i], pair[0]) && HasValue(tiny.Problem, tiny.Problem.People[j], pair[1]))
                    {
                        together += tiny.Panels.Where(p => p.Members.Contains(i) && p.Members.Contains(j)).Sum(p => p.Probability);
                        expected += chances[i] * chances[j];
                    }
                }
            }

            if (expected > 1e-9)
            {
                ratios.Add(together / expected);
            }
        }

        IReadOnlyDictionary<string, double> metrics = Values(tiny.ToStudy());
        Assert.Equal(ratios.Count > 0, metrics.ContainsKey("together_max"));
        if (ratios.Count > 0)
        {
            Assert.Equal(ratios.Max(), metrics["together_max"], 1e-9);
            Assert.Equal(ratios.Min(), metrics["together_min"], 1e-9);
        }
    }

    [Property]
    public void Chances_and_shares(TinyLottery tiny)
    {
        double[] chances = tiny.Chances();
        double equal = tiny.Problem.PanelSize / (double)chances.Length;
        IReadOnlyDictionary<string, double> metrics = Values(tiny.ToStudy());
        Assert.Equal(chances.Min(), metrics["min_chance"], 1e-12);
        Assert.Equal(chances.Max(), metrics["max_chance"], 1e-12);
        Assert.Equal(chances.SelectMany(a => chances, (a, b) => Math.Abs(a - b)).Sum() / (2 * chances.Length * chances.Sum()), metrics["gini"], 1e-12);
        Assert.Equal(Math.Pow(chances.Aggregate(1.0, (product, c) => product * Math.Max(c, 1e-4)), 1.0 / chances.Length), metrics["geometric_mean_capped"], 1e-9);
        Assert.Equal(chances.Count(c => c < equal - 1e-9) / (double)chances.Length, metrics["share_below_equal"], 1e-12);
        Assert.Equal(chances.Count(c => c < (equal / 2) - 1e-9) / (double)chances.Length, metrics["share_below_half_equal"], 1e-12);
        Assert.Equal(chances.Count(c => c == 0) / (double)chances.Length, metrics["share_without_chance"], 1e-12);
    }

    /// <summary>A lottery by types, written out as all its panels of people.</summary>
    [Theory]
    [InlineData(8, 2)]
    [InlineData(8, 4)]
    [InlineData(10, 4)]
    public void The_entropy_of_who_sits(int n, int k)
    {
        StudyLottery lottery = StudyLottery.FromLottery(new Maximin().Solve(AlternateFamily.Create(n, k)).GetLotteryOrThrow());
        double entropy = 0;
        foreach (StudyPanel panel in lottery.Panels)
        {
            int ways = Sets(n, k).Count(set => panel.Seats.All(s => set.Count(i => lottery.Problem.TypeOf(i) == s.Type) == s.Seats));
            entropy -= panel.Probability * Math.Log(panel.Probability / ways);
        }

        IReadOnlyDictionary<string, double> metrics = Values(lottery);
        Assert.Equal(entropy, metrics["entropy"], 1e-9);
        Assert.Equal(Math.Exp(entropy), metrics["effective_panels"], 1e-6);
    }

    [Fact]
    public void The_entropy_of_a_table_of_panels_counts_equal_panels_once()
    {
        SelectionProblem problem = AlternateFamily.Create(8, 2);
        StudyLottery lottery = StudyLottery.FromPanels(problem, [([0, 4], 0.25), ([4, 0], 0.25), ([1, 5], 0.5)], [], 0);
        Assert.Equal(Math.Log(2), lottery.Entropy!.Value, 1e-12);
    }

    /// <summary>Two women of ten people want one of two seats: (1/5)/(1/2) = 0.4; eight men (4/5)/(1/2) = 1.6; the quota 0 to 1 of five old ones has its middle at 1/2: (1/2)/(1/4) = 2.</summary>
    [Fact]
    public void Ratio_products_by_hand()
    {
        SelectionProblem problem = new SelectionProblemBuilder(2)
            .Quota("gender", "f", 1, 1).Quota("gender", "m", 1, 1).Quota("age", "old", 0, 1).Feature("age", "young")
            .People(Enumerable.Range(0, 10), new PersonReader<int> { Id = i => $"p{i}", Value = (i, f) => f == "gender" ? (i < 2 ? "f" : "m") : (i % 2 == 0 ? "old" : "young") })
            .Build();
        Assert.Equal([0.8, 0.4, 3.2, 1.6], ChanceMetrics.RatioProducts(problem)[..4], (a, b) => Math.Abs(a - b) < 1e-12);
    }

    /// <summary>Ranks 0, 1.5, 1.5, 3 against 3, 2, 1, 0: covariance −4.5 over √(4.5·5).</summary>
    [Fact]
    public void Rank_correlation_by_hand()
    {
        Assert.Equal(-4.5 / Math.Sqrt(4.5 * 5), ChanceMetrics.RankCorrelation([1, 2, 2, 5], [9, 7, 3, 1]), 1e-12);
        Assert.Equal(0, ChanceMetrics.RankCorrelation([1, 1, 1], [1, 2, 3]));
    }

    /// <summary>Brown, Cai, DasGupta, Interval estimation for a binomial proportion, Statistical Science 16 (2001), table of Jeffreys intervals for n = 10.</summary>
    [Theory]
    [InlineData(0, 0, 0.217)]
    [InlineData(1, 0.011, 0.381)]
    [InlineData(3, 0.093, 0.606)]
    [InlineData(5, 0.224, 0.776)]
    public void Jeffreys_intervals(int hits, double low, double high)
    {
        Assert.Equal(low, Jeffreys.Lower(hits, 10, 0.975), 0.0006);
        Assert.Equal(high, Jeffreys.Upper(hits, 10, 0.975), 0.0006);
        Assert.Equal(1 - low, Jeffreys.Upper(10 - hits, 10, 0.975), 0.0006);
    }

    /// <summary>For a mean over draws, leaving batches out is the method of batch means: the variance of the means of 20 batches over 20.</summary>
    [Fact]
    public void The_error_of_a_mean_is_that_of_batch_means()
    {
        SelectionProblem problem = AlternateFamily.Create(8, 2);
        Panel[] draws = [.. Enumerable.Range(0, 60).Select(i => Panel.Create(problem, i * i % 7 < 3 ? ["p0", "p4"] : ["p1", "p5"]))];
        StudyLottery lottery = StudyLottery.FromDraws(problem, draws, [], alike: false);
        (double value, double? error) = Batches.Estimate(lottery, l => [l.Chances[0]])[0];
        double[] means = [.. draws.Chunk(3).Select(batch => batch.Count(panel => panel.Members[0] == 0) / 3.0)];
        double variance = means.Sum(m => (m - means.Average()) * (m - means.Average())) / 19 / 20;
        Assert.Equal(means.Average(), value, 1e-12);
        Assert.Equal(2.093024054408263 * Math.Sqrt(variance), error!.Value, 1e-9);
    }

    /// <summary>The intervals of greedy's figures hold what a hundred times as many draws say, but for about one in twenty.</summary>
    [Fact]
    public void Estimates_are_as_near_as_they_say()
    {
        SelectionProblem problem = AlternateFamily.Create(20, 4);
        StudyAlgorithm greedy = StudyAlgorithm.Find("greedy")!;
        IReadOnlyDictionary<string, double> truth = Values(greedy.Run(problem, new StudyRun { Seed = "truth", Draws = 10_000 }).Lottery!);
        (int within, int all) = (0, 0);
        for (int seed = 0; seed < 40; seed++)
        {
            StudyLottery lottery = greedy.Run(problem, new StudyRun { Seed = $"{seed}", Draws = 400 }).Lottery!;
            foreach (MetricValue metric in StudyMetrics.Compute(new MetricInput { Lottery = lottery, Run = new StudyRun { Seed = "" } }).Where(m => m.Error > 0 && m.Name is "min_chance" or "pairs_mse_pool" or "geometric_mean"))
            {
                within += Math.Abs(metric.Value - truth[metric.Name]) <= metric.Error ? 1 : 0;
                all++;
            }
        }

        Assert.Equal(120, all);
        Assert.InRange(within, 105, 120);
    }

    /// <summary>All ways in which members can drop out, each with its probability.</summary>
    [Property]
    public void Breach_after_drop_outs(TinyLottery tiny)
    {
        double expected = 0;
        foreach ((int[] members, double probability) in tiny.Panels)
        {
            for (int stays = 0; stays < 1 << members.Length; stays++)
            {
                int[] left = [.. members.Where((_, m) => (stays >> m & 1) == 1)];
                double chance = Math.Pow(0.9, left.Length) * Math.Pow(0.1, members.Length - left.Length);
                expected += probability * chance * tiny.Problem.Quotas.Sum(quota =>
                {
                    int count = left.Count(i => tiny.Problem.Matches(tiny.Problem.People[i], quota));
                    return Math.Max(0, Math.Max(quota.Min - count, count - quota.Max)) / (double)Math.Max(1, quota.Max);
                });
            }
        }

        Assert.Equal(expected, Values(tiny.ToStudy())["dropout_breach"], 1e-12);
    }

    /// <summary>Where nobody can gain, nobody does: without quotas that bind everybody has k/n whatever they say.</summary>
    [Fact]
    public void Manipulation_where_it_pays_and_where_it_does_not()
    {
        StudyAlgorithm leximin = StudyAlgorithm.Find("leximin")!;
        Dictionary<string, double> none = Values(leximin, Pool(min: 0, max: 2), "manipulation");
        Assert.Equal(0, none["manipulation_max"], 1e-9);

        // Two of six are women, and one of the two seats is theirs: 1/2 against 1/4. A man who says he is a woman has 1/3, and gains 1/12.
        Dictionary<string, double> pays = Values(leximin, Pool(min: 1, max: 1), "manipulation");
        Assert.Equal(1, pays["manipulation_types"]);
        Assert.Equal((1.0 / 3) - 0.25, pays["manipulation_max"], 1e-9);
        Assert.Equal((1.0 / 3) - 0.25, pays["manipulation_mean"], 1e-9);

        static SelectionProblem Pool(int min, int max) => new SelectionProblemBuilder(2).Quota("gender", "f", min, max).Quota("gender", "m", min, max)
            .People(Enumerable.Range(0, 6), new PersonReader<int> { Id = i => $"p{i}", Value = (i, _) => i < 2 ? "f" : "m" }).Build();
    }

    /// <summary>Half of the men and half of the women are old: of two people, one of each, one is old with probability 1/2.</summary>
    [Fact]
    public void A_feature_left_out_is_met_as_often_as_chance_has_it()
    {
        SelectionProblem problem = new SelectionProblemBuilder(2).Quota("gender", "f", 1, 1).Quota("gender", "m", 1, 1).Quota("age", "old", 1, 1).Quota("age", "young", 1, 1)
            .People(Enumerable.Range(0, 8), new PersonReader<int> { Id = i => $"p{i}", Value = (i, f) => f == "gender" ? (i < 4 ? "f" : "m") : (i % 2 == 0 ? "old" : "young") }).Build();
        Dictionary<string, double> metrics = Values(StudyAlgorithm.Find("leximin")!, problem, "unseen");
        Assert.Equal(0.5, metrics["unseen:age"], 0.06);
        Assert.Equal(0.5, metrics["unseen:gender"], 0.06);
        Assert.Equal((metrics["unseen:age"] + metrics["unseen:gender"]) / 2, metrics["unseen_mean"], 1e-12);
    }

    /// <summary>Flanigan, Kehne, Procaccia 2021 for three types and twenty seats; the count is that of docs/reproductions.</summary>
    [Fact]
    public void Rounding_and_counting()
    {
        Dictionary<string, double> metrics = Values(StudyAlgorithm.Find("leximin")!, AlternateFamily.Create(200, 20), "rounding", "count");
        Assert.Equal(0.02, metrics["rounding_bound_by_seats"], 1e-12);
        Assert.Equal((Math.Sqrt((1 + (Math.Log(2) / Math.Log(3))) / 2 * 3 * Math.Log(3)) + 1) / 1000, metrics["rounding_bound_by_types"], 1e-12);
        Assert.InRange(metrics["rounding_max_deviation"], 0, 0.001);
        Assert.Equal(Math.Log10(8.14225107551835924136192) + 26, metrics["log10_panels"], 1e-9);
    }

    [Fact]
    public void A_proven_lottery_says_what_is_best()
    {
        SelectionProblem problem = AlternateFamily.Create(20, 4);
        IReadOnlyDictionary<string, double> leximin = Values(StudyLottery.FromLottery(new Leximin().Solve(problem).GetLotteryOrThrow()));
        Assert.Equal(0.2, leximin["min_bound"], 1e-9);
        Assert.Equal(1, leximin["proven"]);
        Assert.Equal(0.2, leximin["min_chance"], 1e-9);
        Assert.Equal(0, leximin["gini"], 1e-9);
        Assert.DoesNotContain("max_bound", leximin.Keys);
        IReadOnlyDictionary<string, double> minimax = Values(StudyLottery.FromLottery(new Minimax().Solve(problem).GetLotteryOrThrow()));
        Assert.Equal(0.2, minimax["max_bound"], 1e-9);
        Assert.DoesNotContain("min_bound", minimax.Keys);
    }

    private static Dictionary<string, double> Values(StudyAlgorithm algorithm, SelectionProblem problem, params string[] groups)
    {
        StudyRun run = new() { Seed = "1" };
        MetricInput input = new() { Lottery = algorithm.Run(problem, run).Lottery!, Algorithm = algorithm, Run = run };
        return StudyMetrics.Compute(input, groups).ToDictionary(m => m.Name, m => m.Value);
    }

    internal static IReadOnlyDictionary<string, double> Values(StudyLottery lottery) =>
        StudyMetrics.Compute(new MetricInput { Lottery = lottery, Run = new StudyRun { Seed = "" } }).ToDictionary(m => m.Name, m => m.Value);

    internal static IEnumerable<int[]> Sets(int n, int k) =>
        Enumerable.Range(0, 1 << n).Where(bits => int.PopCount(bits) == k).Select(bits => Enumerable.Range(0, n).Where(i => (bits >> i & 1) == 1).ToArray());

    private static double Middle(SelectionProblem problem, FeatureValue value) => problem.Quotas.Where(q => q.Condition[0].Equals(value)).Sum(q => (q.Min + q.Max) / 2.0);

    private static bool HasValue(SelectionProblem problem, Person person, FeatureValue value) =>
        person.Values[Enumerable.Range(0, problem.Features.Count).First(f => problem.Features[f].Name == value.Feature)] == value.Value;

    private static IEnumerable<FeatureValue[]> CellsOf(SelectionProblem problem, int size) => Sets(problem.Features.Count, size).SelectMany(features =>
        features.Aggregate((IEnumerable<FeatureValue[]>)[[]], (cells, f) => cells.SelectMany(cell => problem.Features[f].Values, (cell, value) => (FeatureValue[])[.. cell, new(problem.Features[f].Name, value)])));
}
