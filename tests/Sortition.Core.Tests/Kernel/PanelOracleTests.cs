using FsCheck.Fluent;
using FsCheck.Xunit;
using Sortition.Core.Kernel;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Xunit;

namespace Sortition.Core.Tests.Kernel;

/// <summary>The oracle against all panels of tiny pools, one by one.</summary>
public class PanelOracleTests
{
    /// <summary>What rounding to whole numbers may cost for each seat, as a share of the largest weight; and a little for the sums in doubles.</summary>
    private const double PerSeat = 2.0 / (1L << 40) + 1e-15;

    [Property(MaxTest = 400)]
    public void The_heaviest_seats_by_type_are_those_of_all_panels(int seed)
    {
        SelectionProblem problem = TinyPools.Problem(seed);
        List<int[]> panels = TinyPools.AllPanels(problem);
        PanelOracle oracle = new(problem);
        for (int call = 0; call < 4; call++)
        {
            double[] weights = Weights(seed, call, problem.Types.Count);
            HeaviestComposition? heaviest = oracle.FindHeaviestComposition(weights);
            if (panels.Count == 0)
            {
                Assert.Null(heaviest);
                continue;
            }

            double best = panels.Max(panel => panel.Sum(i => weights[problem.TypeOf(i)]));
            AssertExact(best, heaviest!.Weight, heaviest.UpperBound, weights, problem.PanelSize);
            Assert.Equal(heaviest.Weight, heaviest.Seats.Sum(s => s.Seats * weights[s.Type]), 1e-9 * weights.Max(Math.Abs));
            Assert.Contains(panels, panel => panel.GroupBy(problem.TypeOf).OrderBy(g => g.Key).Select(g => new TypeSeats(g.Key, g.Count())).SequenceEqual(heaviest.Seats));
        }
    }

    [Property(MaxTest = 400)]
    public void The_heaviest_panel_by_person_is_that_of_all_panels(int seed)
    {
        SelectionProblem problem = TinyPools.Problem(seed);
        List<int[]> panels = TinyPools.AllPanels(problem);
        PanelOracle oracle = new(problem);
        for (int call = 0; call < 6; call++)
        {
            double[] weights = PersonWeights(problem, seed, call);
            HeaviestPanel? heaviest = oracle.FindHeaviest(weights);
            if (panels.Count == 0)
            {
                Assert.Null(heaviest);
                continue;
            }

            double best = panels.Max(panel => panel.Sum(i => weights[i]));
            AssertExact(best, heaviest!.Weight, heaviest.UpperBound, weights, problem.PanelSize);
            Assert.Same(problem, heaviest.Panel.Problem);
            Assert.True(TinyPools.IsPanel(problem, heaviest.Panel.Members));
            Assert.Equal(heaviest.Weight, heaviest.Panel.Members.Sum(i => weights[i]));
        }
    }

    [Fact]
    public void The_pools_have_types_that_weights_split_with_and_without_households()
    {
        SelectionProblem[] problems = [.. Enumerable.Range(0, 200).Select(TinyPools.Problem).Where(p => TinyPools.AllPanels(p).Count > 1)];
        Assert.True(problems.Count(p => p.Types.Any(t => t.Members.Count > 1 && t.HouseholdClass is null)) >= 20);
        Assert.True(problems.Count(p => p.Types.Any(t => t.Members.Count > 1 && t.HouseholdClass is not null)) >= 20);
        Assert.True(problems.Count(p => p.Types.Any(t => t.Status == PersonStatus.MustBeIn)) >= 10);
    }

    [Property(MaxTest = 100)]
    public void An_oracle_that_has_answered_before_answers_as_a_new_one(int seed)
    {
        SelectionProblem problem = TinyPools.Problem(seed);
        if (TinyPools.AllPanels(problem).Count == 0)
        {
            throw Prop.Discard<Exception>();
        }

        PanelOracle warm = new(problem);
        for (int call = 0; call < 8; call++)
        {
            double[] weights = PersonWeights(problem, seed, call);
            (HeaviestPanel again, HeaviestPanel first) = (warm.FindHeaviest(weights)!, new PanelOracle(problem).FindHeaviest(weights)!);
            Assert.Equal(first.UpperBound, again.UpperBound, PerSeat * problem.PanelSize * weights.Max(Math.Abs));
            Assert.Equal(first.Weight, again.Weight, PerSeat * problem.PanelSize * weights.Max(Math.Abs));
            double[] ofTypes = Weights(seed, call, problem.Types.Count);
            Assert.Equal(
                new PanelOracle(problem).FindHeaviestComposition(ofTypes)!.UpperBound,
                warm.FindHeaviestComposition(ofTypes)!.UpperBound,
                PerSeat * problem.PanelSize * ofTypes.Max(Math.Abs));
        }
    }

    [Fact]
    public void Housemates_bind_one_by_one()
    {
        // a and b live together, and so do c and d; all are of one type, so that by type any two households will do.
        SelectionProblem problem = new SelectionProblemBuilder(2)
            .Quota("f", "v", 0, 2)
            .HouseholdLimit(1)
            .People("abcd", c => c.ToString(), c => c < 'c' ? "1" : "2", _ => new Dictionary<string, string> { ["f"] = "v" })
            .Build();
        Assert.Single(problem.Types);
        PanelOracle oracle = new(problem);
        Assert.Equal(["a", "c"], oracle.FindHeaviest([9, 8, 2, 1])!.Panel.Ids);
        Assert.Equal(["b", "d"], oracle.FindHeaviest([8, 9, -2, -1])!.Panel.Ids);
        Assert.Equal(10, oracle.FindHeaviest([5, 5, 5, 5])!.Weight);
    }

    [Theory]
    [InlineData(1e300)]
    [InlineData(1e-300)]
    [InlineData(double.Epsilon)]
    [InlineData(-1)]
    [InlineData(0)]
    public void Weights_of_any_size_are_exact_where_they_are_multiples_of_one_number(double unit)
    {
        SelectionProblem problem = TinyPools.Problem(3);
        List<int[]> panels = TinyPools.AllPanels(problem);
        double[] weights = [.. Enumerable.Range(0, problem.People.Count).Select(i => unit * (i % 3))];
        HeaviestPanel heaviest = new PanelOracle(problem).FindHeaviest(weights)!;
        Assert.Equal(panels.Max(panel => panel.Sum(i => weights[i])), heaviest.Weight);
        Assert.InRange(heaviest.UpperBound - heaviest.Weight, 0, Math.Abs(unit) * 1e-10);
    }

    [Fact]
    public void What_rounding_cannot_tell_apart_the_bound_covers()
    {
        SelectionProblem problem = new SelectionProblemBuilder(1)
            .People("ab", c => c.ToString(), null, _ => new Dictionary<string, string>())
            .Build();
        double more = 1 + (1.0 / (1L << 45));
        foreach (double[] weights in new double[][] { [1, more], [more, 1] })
        {
            HeaviestPanel heaviest = new PanelOracle(problem).FindHeaviest(weights)!;
            Assert.InRange(heaviest.UpperBound, more, 1 + PerSeat);
        }
    }

    [Fact]
    public void Weights_must_be_finite_and_as_many_as_there_are_people_or_types()
    {
        SelectionProblem problem = TinyPools.Problem(3);
        PanelOracle oracle = new(problem);
        foreach (double number in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity })
        {
            Assert.Throws<ArgumentException>("weights", () => oracle.FindHeaviest([.. Enumerable.Repeat(1.0, problem.People.Count - 1), number]));
            Assert.Throws<ArgumentException>("weights", () => oracle.FindHeaviestComposition([.. Enumerable.Repeat(1.0, problem.Types.Count - 1), number]));
        }

        Assert.Throws<ArgumentException>("weights", () => oracle.FindHeaviest(new double[problem.People.Count + 1]));
        Assert.Throws<ArgumentException>("weights", () => oracle.FindHeaviestComposition([]));
        Assert.Throws<ArgumentNullException>(() => new PanelOracle(null!));
        Assert.NotNull(oracle.FindHeaviest(new double[problem.People.Count]));
    }

    [Fact]
    public void A_cancelled_search_throws_and_the_oracle_can_be_used_again()
    {
        SelectionProblem problem = Instances.Load("mass_like_24", 24);
        PanelOracle oracle = new(problem);
        double[] weights = Weights(1, 1, problem.People.Count);
        Assert.ThrowsAny<OperationCanceledException>(() => oracle.FindHeaviest(weights, new CancellationToken(true)));
        Assert.Equal(new PanelOracle(problem).FindHeaviest(weights)!.Weight, oracle.FindHeaviest(weights)!.Weight, 1e-12);
    }

    [Fact]
    public void A_pool_that_is_too_small_has_no_panel()
    {
        SelectionProblem problem = new SelectionProblemBuilder(3)
            .People("ab", c => c.ToString(), null, _ => new Dictionary<string, string>())
            .MustBeOut("a")
            .MustBeOut("b")
            .Build();
        Assert.Null(new PanelOracle(problem).FindHeaviest([1, 2]));
        Assert.Null(new PanelOracle(problem).FindHeaviestComposition([]));
    }

    [Fact]
    public void A_real_pool_is_answered_to_less_than_a_billionth()
    {
        SelectionProblem problem = Instances.Load("albertslund", 36);
        PanelOracle oracle = new(problem);
        PanelRules rules = new(problem);
        for (int call = 0; call < 4; call++)
        {
            double[] weights = PersonWeights(problem, 7, call);
            HeaviestPanel heaviest = oracle.FindHeaviest(weights)!;
            Assert.True(rules.IsFeasible([.. heaviest.Panel.Members]));
            Assert.InRange(heaviest.UpperBound - heaviest.Weight, 0, 1e-9 * Math.Abs(heaviest.Weight));
        }
    }

    private static void AssertExact(double best, double weight, double bound, double[] weights, int seats)
    {
        double rounding = PerSeat * seats * weights.Max(Math.Abs);
        Assert.InRange(weight, best - rounding, best + rounding);
        Assert.True(bound >= weight, $"{bound:R} is below {weight:R}.");
        Assert.True(bound >= best - 1e-15 * seats * weights.Max(Math.Abs), $"{bound:R} does not bound {best:R}.");
        Assert.True(bound <= weight + rounding, $"{bound:R} is far above {weight:R}.");
        if (weights.All(w => w == Math.Round(w)))
        {
            Assert.Equal((best, best), (weight, bound));
        }
    }

    /// <summary>Every call another kind: small whole numbers with many ties, numbers of either sign, ones of very different size, all alike.</summary>
    private static double[] Weights(int seed, int call, int count)
    {
        RandomSource random = RandomSource.Seeded(FormattableString.Invariant($"weights {seed} {call}"));
        return [.. Enumerable.Range(0, count).Select(_ => (call % 4) switch
        {
            0 => random.NextBelow(7) - 3,
            1 => random.NextBelow(1L << 53) / (double)(1L << 52) - 1,
            2 => Math.Pow(10, random.NextBelow(12)) / 3 * (random.NextBelow(2) == 0 ? 1 : -1),
            _ => -0.1,
        })];
    }

    /// <summary>As <see cref="Weights"/>, and two more: people of a type alike, and nearly so.</summary>
    private static double[] PersonWeights(SelectionProblem problem, int seed, int call)
    {
        if (call % 6 < 4)
        {
            return Weights(seed, call % 6, problem.People.Count);
        }

        double[] ofTypes = Weights(seed, 1, problem.Types.Count);
        return [.. Enumerable.Range(0, problem.People.Count).Select(i => problem.TypeOf(i) < 0 ? 5 : ofTypes[problem.TypeOf(i)] + (call % 6 == 4 || i % 2 == 0 ? 0 : 1e-3))];
    }
}
