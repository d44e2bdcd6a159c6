using FsCheck.Xunit;
using Sortition.Core.DropOuts;
using Sortition.Core.Problems;
using Sortition.Core.Tests.Problems;
using Xunit;
using static Sortition.Core.Tests.Problems.FaultAssert;

namespace Sortition.Core.Tests.Replacements;

/// <summary>Drop-out chances learnt from past assemblies.</summary>
public sealed class DropOutModelTests
{
    private static readonly SelectionProblem Problem = new SelectionProblemBuilder(2)
        .Quota("gender", "female", 0, 2).Quota("gender", "male", 0, 2).Quota("age", "young", 0, 2).Quota("age", "middle", 0, 2).Quota("age", "old", 0, 2)
        .With(
            Row("p1", null, "gender=female", "age=young"), Row("p2", null, "gender=female", "age=middle"), Row("p3", null, "gender=female", "age=old"),
            Row("p4", null, "gender=male", "age=young"), Row("p5", null, "gender=male", "age=middle"), Row("p6", null, "gender=male", "age=old"))
        .Build();

    [Fact]
    public void Of_one_feature_the_chance_is_the_share_that_dropped_out()
    {
        DropOutModel model = DropOutModel.Fit(Problem, [.. Past(10, 4, "age=young"), .. Past(20, 1, "age=middle"), .. Past(7, 0, "age=old")]);
        Assert.Equal([0.4, 0.05, 0, 0.4, 0.05, 0], model.Chances.Chances.Select(c => Math.Round(c, 9)));
        Assert.Equal(1, model.BaseStayChance, 1e-9);
        Assert.Equal([0.6, 0.95, 1], model.Factors.Select(f => Math.Round(f.Factor, 9)));
        Assert.Equal([(10, 4), (20, 1), (7, 0)], model.Factors.Select(f => (f.Observations, f.DroppedOut)));
        Assert.Equal((37, 5), (model.Observations, model.DroppedOut));
        Assert.Equal((6 * Math.Log(0.6)) + (4 * Math.Log(0.4)) + (19 * Math.Log(0.95)) + Math.Log(0.05), model.LogLikelihood, 1e-8);
        Assert.Equal(["gender"], model.FeaturesWithoutPast);
    }

    [Fact]
    public void Without_a_common_feature_the_chance_is_the_share_of_all()
    {
        DropOutModel model = DropOutModel.Fit(Problem, [.. Past(8, 2, "Town=a", "age= "), .. Past(8, 1, "town=b", "Income=low")]);
        Assert.All(model.Chances.Chances, c => Assert.Equal(3 / 16.0, c, 1e-9));
        Assert.Empty(model.Factors);
        Assert.Equal(["gender", "age"], model.FeaturesWithoutPast);
        Assert.Equal(["Income", "Town"], model.IgnoredFeatures);
        Assert.Equal((13 * Math.Log(13 / 16.0)) + (3 * Math.Log(3 / 16.0)), model.LogLikelihood, 1e-9);
    }

    [Fact]
    public void Nobody_dropped_out_or_everybody()
    {
        DropOutModel nobody = DropOutModel.Fit(Problem, [.. Past(3, 0, "gender=male"), .. Past(2, 0, "gender=female")]);
        Assert.Equal((1.0, 0.0), (nobody.BaseStayChance, nobody.LogLikelihood));
        Assert.All(nobody.Chances.Chances, c => Assert.Equal(0, c));
        Assert.All(nobody.Factors, f => Assert.Equal(1, f.Factor));
        DropOutModel everybody = DropOutModel.Fit(Problem, [.. Past(3, 3, "gender=male"), .. Past(2, 2, "gender=female")]);
        Assert.Equal((0.0, 0.0), (everybody.BaseStayChance, everybody.LogLikelihood));
        Assert.All(everybody.Chances.Chances, c => Assert.Equal(1, c));
        Assert.All(everybody.Factors, f => Assert.Equal(1, f.Factor));
    }

    [Fact]
    public void A_value_nobody_stayed_with_tells_nothing_of_the_others()
    {
        DropOutModel model = DropOutModel.Fit(Problem, [.. Past(3, 3, "gender=male", "age=old"), .. Past(10, 2, "gender=male", "age=young"), .. Past(10, 5, "gender=female", "age=young")]);
        Assert.Equal([0.5, 0.2, 1], ((string[])["p1", "p4", "p6"]).Select(id => Math.Round(model.Chances.Chances[Problem.IndexOf(id)], 9)));
        Assert.Equal(0, model.Factors.Single(f => f.Value.Value == "old").Factor);
        Assert.True(double.IsFinite(model.LogLikelihood));
    }

    [Fact]
    public void Values_that_the_past_lacks_have_the_mean_factor_of_their_feature()
    {
        DropOutModel model = DropOutModel.Fit(Problem, [.. Past(30, 15, "AGE=Old"), .. Past(10, 0, "age = young "), .. Past(20, 4, "age=90+"), .. Past(20, 4, "age=100"), .. Past(1, 0, "age=Ung"), .. Past(1, 0, "age=UNG")]);
        Assert.Equal(new FeatureValue("age", "middle"), Assert.Single(model.UnseenValues));
        Assert.Equal(["young", "middle", "old", "100", "90+", "UNG"], model.Factors.Select(f => f.Value.Value));
        RetentionFactor middle = model.Factors[1];
        Assert.Equal((0, 0), (middle.Observations, middle.DroppedOut));
        Assert.Equal(((30 * 0.5) + (10 * 1) + (40 * 0.8) + 2) / 82, middle.Factor, 1e-9);
        Assert.Equal(1 - middle.Factor, model.Chances.Chances[Problem.IndexOf("p2")], 1e-9);
    }

    /// <summary>Two features, every chance to stay in steps of 1/40: none makes the past likelier than the model.</summary>
    [Theory]
    [InlineData(5, 1, 4, 3, 6, 0, 3, 1)]
    [InlineData(2, 0, 2, 1, 2, 1, 2, 2)]
    [InlineData(9, 8, 9, 1, 9, 1, 9, 8)]
    [InlineData(1, 1, 1, 0, 1, 0, 1, 0)]
    [InlineData(4, 2, 0, 0, 0, 0, 4, 1)]
    public void No_point_of_a_grid_is_likelier(params int[] counts)
    {
        string[][] kinds = [["gender=female", "age=young"], ["gender=female", "age=old"], ["gender=male", "age=young"], ["gender=male", "age=old"]];
        DropOutModel model = DropOutModel.Fit(Problem, kinds.SelectMany((k, i) => Past(counts[2 * i], counts[(2 * i) + 1], k)));
        double best = double.NegativeInfinity;
        for (int point = 0; point < 41 * 41 * 41; point++)
        {
            (double first, double second, double third) = (point % 41 / 40.0, point / 41 % 41 / 40.0, point / 41 / 41 / 40.0);

            // One of each feature is 1: all four ways.
            foreach ((double female, double male) in ((double, double)[])[(1, second), (second, 1)])
            {
                best = Math.Max(best, LogLikelihood(counts, [first * female, first * female * third, first * male, first * male * third]));
                best = Math.Max(best, LogLikelihood(counts, [first * female * third, first * female, first * male * third, first * male]));
            }
        }

        double[] stay = [.. kinds.Select(k => 1 - model.Chances.Chances[Problem.IndexOf(IdOf(k))])];
        Assert.Equal(LogLikelihood(counts, stay), model.LogLikelihood, 1e-9);
        Assert.True(model.LogLikelihood >= best - 1e-9, $"{model.LogLikelihood} is below {best}");
        Assert.True(model.LogLikelihood < best + 0.1, $"{model.LogLikelihood} is far above {best}");

        static string IdOf(string[] kind) => Problem.People.Single(p => kind.All(v => p.Values.Contains(v.Split('=')[1]))).Id;
    }

    /// <summary>
    /// The conditions of a maximum: where a factor is below 1 the slope of the log-likelihood is 0, where it is 1 it is 0 or above. As the log-likelihood is concave in the logarithms, the sum of
    /// −slope·logarithm bounds how far any other factors could go beyond.
    /// </summary>
    [Property(MaxTest = 500, StartSize = 1, EndSize = 100_000)]
    public void The_factors_are_the_most_likely_ones(int seed)
    {
        (SelectionProblem problem, List<PastMember> past) = Simulated(seed);
        DropOutModel model = DropOutModel.Fit(problem, past);
        Dictionary<FeatureValue, RetentionFactor> factors = model.Factors.ToDictionary(f => f.Value);
        foreach (string feature in problem.Features.Select(f => f.Name).Except(model.FeaturesWithoutPast))
        {
            Assert.Equal(1, model.Factors.Where(f => f.Value.Feature == feature && f.Observations > 0).Max(f => f.Factor));
        }

        Assert.InRange(model.BaseStayChance, 0, 1);
        Assert.All(model.Factors, f => Assert.InRange(f.Factor, 0, 1));
        PastMember[] telling = [.. past.Where(m => StayOf(m) > 0)];
        Assert.All(past.Except(telling), m => Assert.True(m.DroppedOut));
        double gap = 0;
        foreach (RetentionFactor? unknown in model.Factors.Where(f => f.Factor > 0 && f.Observations > 0).Cast<RetentionFactor?>().Append(null))
        {
            double slope = telling.Where(m => unknown is null || m.Values.Contains(unknown.Value)).Sum(m => m.DroppedOut ? -1 / ((1 / StayOf(m)) - 1) : 1);
            double logarithm = Math.Log(unknown?.Factor ?? model.BaseStayChance);
            Assert.True(slope >= -1e-4, $"seed {seed}: slope {slope} at {unknown}");
            gap += double.IsFinite(logarithm) ? -slope * logarithm : 0;
        }

        Assert.True(Math.Abs(gap) <= 1e-6 * past.Count, $"seed {seed}: {gap}");

        double StayOf(PastMember member) => member.Values.Where(factors.ContainsKey).Aggregate(model.BaseStayChance, (chance, v) => chance * factors[v].Factor);
    }

    [Property(MaxTest = 100, EndSize = 100_000)]
    public void The_order_of_members_and_of_their_values_does_not_matter(int seed)
    {
        (SelectionProblem problem, List<PastMember> past) = Simulated(seed);
        RandomSource random = RandomSource.Seeded(FormattableString.Invariant($"order {seed}"));
        PastMember[] shuffled = [.. past.Select(m => new PastMember { Values = [.. m.Values.Reverse()], DroppedOut = m.DroppedOut, Location = m.Location }).OrderBy(_ => random.NextUInt64())];
        DropOutModel one = DropOutModel.Fit(problem, past);
        DropOutModel other = DropOutModel.Fit(problem, shuffled);
        Assert.Equal(one.Factors.Select(f => (f.Value, f.Factor, f.Observations, f.DroppedOut)), other.Factors.Select(f => (f.Value, f.Factor, f.Observations, f.DroppedOut)));
        Assert.Equal(one.Chances.Chances, other.Chances.Chances);
        Assert.Equal((one.BaseStayChance, one.LogLikelihood), (other.BaseStayChance, other.LogLikelihood));
    }

    [Fact]
    public void What_the_past_was_made_with_is_found_again()
    {
        Dictionary<string, double> factors = new() { ["female"] = 1, ["male"] = 0.9, ["young"] = 0.75, ["middle"] = 1, ["old"] = 0.85 };
        RandomSource random = RandomSource.Seeded("past panels");
        List<PastMember> past = [];
        for (int i = 0; i < 40_000; i++)
        {
            (string gender, string age) = (random.NextBelow(3) == 0 ? "male" : "female", new[] { "young", "middle", "old", "old" }[random.NextBelow(4)]);
            past.Add(new() { Values = [new("gender", gender), new("age", age)], DroppedOut = Uniform(random) >= 0.95 * factors[gender] * factors[age] });
        }

        DropOutModel model = DropOutModel.Fit(Problem, past);

        // The standard error of the worst of them is some 0.006.
        Assert.Equal(0.95, model.BaseStayChance, 0.02);
        Assert.All(model.Factors, f => Assert.Equal(factors[f.Value.Value], f.Factor, 0.025));
        Assert.All(Problem.People, p => Assert.Equal(1 - (0.95 * factors[p.Values[0]] * factors[p.Values[1]]), model.Chances.Chances[Problem.IndexOf(p.Id)], 0.025));
    }

    [Fact]
    public void Features_that_go_together_share_their_effect()
    {
        DropOutModel model = DropOutModel.Fit(Problem, [.. Past(100, 51, "gender=female", "age=young"), .. Past(100, 0, "gender=male", "age=old")]);
        Assert.Equal(0.7, model.Factors.Single(f => f.Value.Value == "female").Factor, 1e-4);
        Assert.Equal(0.7, model.Factors.Single(f => f.Value.Value == "young").Factor, 1e-4);
        Assert.Equal(0.51, model.Chances.Chances[Problem.IndexOf("p1")], 1e-9);
    }

    [Fact]
    public void Every_fault_is_listed()
    {
        PastMember[] past =
        [
            .. Past(1, 0, "gender=male", "age=old"),
            .. Past(1, 0, "gender=male"),
            new PastMember { Values = [new("age", "old"), new("Age", "young")], DroppedOut = false, Location = new FaultLocation("past.csv", 7) },
        ];
        Assert.Equal(
            """
            past.csv, line 7, column "Age": a condition names one feature twice; expected each feature once
            past.csv, line 7, column "gender": a value is missing; expected a value, as other past members have one
            past members, line 2, column "age": a value is missing; expected a value, as other past members have one
            """,
            Faults(past));
        Assert.Equal("past members: nobody is counted; expected at least one past member", Faults([]));
        Assert.Equal(
            "past members: too many different values to learn from, found \"501 values\"; expected at most 500, such as groups of ages rather than ages",
            Faults(Enumerable.Range(0, 498).SelectMany(i => Past(1, 0, FormattableString.Invariant($"age={i}")))));
        Assert.Equal(500, DropOutModel.Fit(Problem, Enumerable.Range(0, 497).SelectMany(i => Past(2, i % 2, FormattableString.Invariant($"age={i}")))).Factors.Count);
    }

    [Fact]
    public void A_cancelled_estimate_stops() =>
        Assert.Throws<OperationCanceledException>(() => DropOutModel.Fit(Problem, Past(3, 1, "age=old"), new CancellationToken(canceled: true)));

    private static string Faults(IEnumerable<PastMember> past) =>
        string.Join('\n', Assert.Throws<MalformedInputException>(() => DropOutModel.Fit(Problem, past)).Faults.Select(TextRenderer.English.Describe));

    private static IEnumerable<PastMember> Past(int count, int dropped, params string[] values) => Enumerable.Range(0, count).Select(i => new PastMember
    {
        Values = [.. values.Select(v => v.Split('=')).Select(v => new FeatureValue(v[0], v[1]))],
        DroppedOut = i < dropped,
    });

    private static double LogLikelihood(int[] counts, double[] stay) => stay.Select((p, i) =>
    {
        (int dropped, int stayed) = (counts[(2 * i) + 1], counts[2 * i] - counts[(2 * i) + 1]);
        return (stayed == 0 ? 0 : stayed * Math.Log(p)) + (dropped == 0 ? 0 : dropped * Math.Log(1 - p));
    }).Sum();

    /// <summary>A pool, and up to 8, 60 or 2,000 past members drawn under random factors; some values are rare, and some features are unknown to one of the two.</summary>
    private static (SelectionProblem Problem, List<PastMember> Past) Simulated(int seed)
    {
        RandomSource random = RandomSource.Seeded(FormattableString.Invariant($"past {seed}"));
        SelectionProblem problem = TinyPools.Problem(seed);
        List<(string Feature, List<string> Values)> features = [.. problem.Features.Where(_ => random.NextBelow(5) > 0).Select(f => (f.Name, f.Values.ToList()))];
        features.Add(("only past", ["a", "b"]));
        features.ForEach(f => f.Values.AddRange(random.NextBelow(3) == 0 ? ["new"] : []));
        double[][] made = [.. features.Select(f => f.Values.Select(_ => random.NextBelow(3) == 0 ? 1 : Uniform(random)).ToArray())];
        List<PastMember> past = [];
        for (int i = 1 + (int)random.NextBelow(random.NextBelow(3) switch { 0 => 8, 1 => 60, _ => 2_000 }); i > 0; i--)
        {
            int[] values = [.. features.Select(f => (int)Math.Min(random.NextBelow(f.Values.Count), random.NextBelow(f.Values.Count)))];
            past.Add(new PastMember
            {
                Values = [.. values.Select((v, f) => new FeatureValue(features[f].Feature, features[f].Values[v]))],
                DroppedOut = Uniform(random) >= values.Select((v, f) => made[f][v]).Aggregate(1.0, (a, b) => a * b),
            });
        }

        return (problem, past);
    }

    private static double Uniform(RandomSource random) => (random.NextUInt64() >> 11) * (1.0 / (1UL << 53));
}
