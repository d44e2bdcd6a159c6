using Sortition.Core.Algorithms;
using Sortition.Core.Feasibility;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Sortition.Core.Sampling;
using Sortition.Core.Tests.Lotteries;
using Xunit;
using static Sortition.Core.Tests.Problems.FaultAssert;

namespace Sortition.Core.Tests.GreedyDraws;

/// <summary>The greedy draw against its definition, followed choice by choice, and against cases worked out by hand.</summary>
public sealed class GreedyTests
{
    [Fact]
    public void Draws_follow_the_definition_on_random_pools()
    {
        int followed = 0;
        for (int seed = 0; seed < 400; seed++)
        {
            SelectionProblem problem = TinyPools.Problem(seed);
            Dictionary<int, double> chances = GreedyDefinition.Attempt(problem);
            Assert.All(chances.Keys, set => Assert.True(TinyPools.IsPanel(problem, Members(problem, set))));
            double success = chances.Values.Sum();
            PanelResult result = Draw(problem, seed);
            if (success == 0)
            {
                bool exists = TinyPools.AllPanels(problem).Count > 0;
                Assert.Equal(exists ? new PanelResult.AttemptsExhausted(100) : null, result as PanelResult.AttemptsExhausted);
                Assert.Equal(!exists, result is PanelResult.Infeasible { Report.IsFeasible: false });
                continue;
            }

            // A hundred attempts fail in vain once in 10⁴ such pools at most.
            PanelResult.Drawn drawn = success > 0.1 || result is PanelResult.Drawn ? Assert.IsType<PanelResult.Drawn>(result) : null!;
            Assert.True(drawn is null || success < 1 - 1e-9 || drawn.Attempts == 1);
            if (followed < 60 && chances.Count > 3)
            {
                followed++;
                AssertFollows(problem, chances, seed);
            }
        }

        Assert.Equal(60, followed);
    }

    [Fact]
    public void Draws_within_household_classes_follow_the_definition()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            SelectionProblem problem = TinyLotteries.HouseholdProblem(seed);
            Dictionary<int, double> chances = GreedyDefinition.Attempt(problem);
            if (chances.Count > 1)
            {
                AssertFollows(problem, chances, seed);
            }
        }
    }

    [Fact]
    public void A_value_that_needs_all_its_people_succeeds_at_once()
    {
        // Both v's and both x's must be in; the x's are among the w's.
        SelectionProblem problem = new SelectionProblemBuilder(4).Quota("f", "v", 2, 2).Quota("f", "w", 2, 2).Quota("g", "x", 2, 2).Quota("g", "y", 0, 4)
            .With(
                Row("a", null, "f=v", "g=y"), Row("b", null, "f=v", "g=y"), Row("c", null, "f=w", "g=x"), Row("d", null, "f=w", "g=x"),
                Row("e", null, "f=w", "g=y"), Row("f", null, "f=w", "g=y"))
            .Build();
        for (int seed = 0; seed < 50; seed++)
        {
            PanelResult.Drawn drawn = Assert.IsType<PanelResult.Drawn>(Draw(problem, seed));
            Assert.Equal(["a", "b", "c", "d"], drawn.Panel.Ids);
            Assert.Equal(1, drawn.Attempts);
        }
    }

    [Fact]
    public void A_panel_that_greed_always_misses_is_not_found_and_not_denied()
    {
        // All ratios are 0, so a, listed first, is seated first, and fills both x and u, of which b and c have one each. The only panel is b and c.
        SelectionProblem problem = new SelectionProblemBuilder(2)
            .Quota("f", "first", 0, 1).Quota("f", "other", 0, 2).Quota("g", "x", 0, 1).Quota("g", "y", 0, 2).Quota("h", "u", 0, 1).Quota("h", "t", 0, 2)
            .With(Row("a", null, "f=first", "g=x", "h=u"), Row("b", null, "f=other", "g=x", "h=t"), Row("c", null, "f=other", "g=y", "h=u"))
            .Build();
        Assert.Equal([[1, 2]], TinyPools.AllPanels(problem));
        Assert.Equal(Greedy.MaxAttempts, Assert.IsType<PanelResult.AttemptsExhausted>(Draw(problem, 1)).Attempts);
        Assert.Equal(100, Greedy.MaxAttempts);
        Assert.Equal(0, ProbabilityEstimate.Run(problem, 10, "x").Succeeded);
    }

    [Fact]
    public void Slack_minima_do_not_give_all_seats_to_the_value_listed_first()
    {
        // Ratios 0/10 and 0/10: v; then -1/9 and 0/10: w; then -1/9 and -1/9: v; then -2/8 and -1/9: w.
        SelectionProblem problem = Pool(4, ("v", 0, 10, 10), ("w", 0, 10, 10));
        Assert.All(Enumerable.Range(0, 30), seed => Assert.Equal(2, Draw(problem, seed).GetPanelOrThrow().Ids.Count(id => id[0] == 'v')));
    }

    [Fact]
    public void Ties_go_to_the_value_listed_first_and_larger_ratios_before_it()
    {
        Assert.All(Enumerable.Range(0, 20), seed => Assert.StartsWith("v", OnlyMember(Pool(1, ("v", 0, 1, 3), ("w", 0, 1, 3)), seed), StringComparison.Ordinal));
        Assert.All(Enumerable.Range(0, 20), seed => Assert.StartsWith("w", OnlyMember(Pool(1, ("w", 0, 1, 3), ("v", 0, 1, 3)), seed), StringComparison.Ordinal));

        // 1/4 before 0/5, though listed later; then v, 1/2, comes first and leaves 0/1 and 0/4: a tie although the numbers of people differ.
        Assert.All(Enumerable.Range(0, 20), seed => Assert.StartsWith("w", OnlyMember(Pool(1, ("v", 0, 1, 5), ("w", 1, 1, 4)), seed), StringComparison.Ordinal));
        Assert.All(Enumerable.Range(0, 20), seed => Assert.Equal("v v", Values(Pool(2, ("v", 1, 2, 2), ("w", 0, 2, 4)), seed)));
        Assert.All(Enumerable.Range(0, 20), seed => Assert.Equal("v w", Values(Pool(2, ("w", 0, 2, 4), ("v", 1, 2, 2)), seed)));

        string Values(SelectionProblem problem, int seed) => string.Join(' ', Draw(problem, seed).GetPanelOrThrow().Ids.Select(id => id[0]));

        string OnlyMember(SelectionProblem problem, int seed) => Assert.Single(Draw(problem, seed).GetPanelOrThrow().Ids);
    }

    [Fact]
    public void Quotas_of_one_condition_in_another_order_change_the_draw_only_by_ties()
    {
        // v: 1/3, w: 1/3, tied; both orders fill both seats with one of each.
        foreach ((string first, string second) in new[] { ("v", "w"), ("w", "v") })
        {
            SelectionProblem problem = Pool(2, (first, 1, 1, 3), (second, 1, 1, 3));
            Assert.All(Enumerable.Range(0, 20), seed => Assert.Equal(1, Draw(problem, seed).GetPanelOrThrow().Ids.Count(id => id[0] == 'v')));
        }
    }

    [Fact]
    public void People_who_must_be_in_are_in_or_there_is_no_panel()
    {
        // Each of these leaves no room for somebody who must be in: a maximum of nothing, a maximum of one for two, a household of two under limit 1.
        SelectionProblem[] impossible =
        [
            Builder(2, ("v", 0, 0, 2), ("w", 0, 2, 3)).MustBeIn("v0").Build(),
            Builder(2, ("v", 0, 1, 2), ("w", 0, 2, 3)).MustBeIn("v0").MustBeIn("v1").Build(),
            Builder(3, ("v", 0, 1, 2), ("w", 0, 2, 3)).MustBeIn("v0").MustBeIn("v1").HouseholdLimit(1).Build(),
            new SelectionProblemBuilder(2).Feature("f", "v").HouseholdLimit(1)
                .With(Row("a", "1", "f=v"), Row("b", "1", "f=v"), Row("c", null, "f=v")).MustBeIn("a").MustBeIn("b").Build(),
            Builder(1, ("v", 0, 2, 2), ("w", 0, 2, 3)).MustBeIn("v0").MustBeIn("v1").Build(),
        ];
        Assert.All(impossible, problem => Assert.IsType<PanelResult.Infeasible>(Draw(problem, 1)));
        Assert.All(impossible, problem => Assert.Equal(0, ProbabilityEstimate.Run(problem, 20, "x").Succeeded));
        SelectionProblem possible = Builder(3, ("v", 0, 2, 4), ("w", 0, 2, 3)).MustBeIn("v0").MustBeIn("w2").MustBeOut("v1").Build();
        Assert.All(Enumerable.Range(0, 30), seed => Assert.Equal(["v0", "w2"], Draw(possible, seed).GetPanelOrThrow().Ids.Intersect(["v0", "w2"])));
        Assert.All(Enumerable.Range(0, 30), seed => Assert.DoesNotContain("v1", Draw(possible, seed).GetPanelOrThrow().Ids));
    }

    [Fact]
    public void Without_quotas_everybody_and_every_panel_is_as_likely_as_any_other()
    {
        string[] ids = [.. Enumerable.Range(0, 7).Select(i => $"p{i}")];
        SelectionProblem[] problems =
        [
            new SelectionProblemBuilder(3).People(ids, new PersonReader<string> { Id = r => r, Value = (_, _) => null }).Build(),
            new SelectionProblemBuilder(3).Feature("f", "v", "w").People(ids, new PersonReader<string> { Id = r => r, Value = (r, _) => r[1] < '3' ? "v" : "w" }).Build(),
        ];
        foreach (SelectionProblem problem in problems)
        {
            List<int[]> panels = TinyPools.AllPanels(problem);
            int[] counts = new int[35];
            for (int i = 0; i < 7000; i++)
            {
                IReadOnlyList<int> members = Draw(problem, i).GetPanelOrThrow().Members;
                counts[panels.FindIndex(p => p.SequenceEqual(members))]++;
            }

            Statistics.AssertFits(counts, [.. Enumerable.Repeat(1 / 35.0, 35)]);
        }
    }

    [Theory]
    [MemberData(nameof(Instances.All), MemberType = typeof(Instances))]
    public void Panels_of_the_instances_are_panels(string folder, int panelSize, double lowestChance)
    {
        Assert.InRange(lowestChance, 0, 1);
        SelectionProblem problem = Instances.Load(folder, panelSize);
        int drawn = 0;
        for (int seed = 0; seed < 5; seed++)
        {
            PanelResult result = new Greedy().DrawPanel(problem, RandomSource.Seeded($"instance {seed}"));
            if (result is PanelResult.Drawn { Panel: Panel panel })
            {
                drawn++;
                Assert.True(TinyPools.IsPanel(problem, panel.Members));
            }
            else
            {
                Assert.IsType<PanelResult.AttemptsExhausted>(result);
            }
        }

        Assert.True(drawn > 0);
    }

    [Fact]
    public void Households_of_the_example_keep_to_the_limit()
    {
        SelectionProblem problem = Instances.Load("albertslund", 36, b => b.HouseholdLimit(1).MustBeIn("F000001").MustBeOut("F000002"));
        Assert.True(problem.TypeTable.Classes.Length > 5);
        Assert.All(
            Enumerable.Range(0, 20),
            seed => Assert.True(TinyPools.IsPanel(problem, new Greedy().DrawPanel(problem, RandomSource.Seeded($"households {seed}")).GetPanelOrThrow().Members)));
    }

    [Fact]
    public void Equal_seeds_give_equal_panels_and_an_infeasible_pool_its_reason()
    {
        SelectionProblem problem = Pool(3, ("v", 1, 2, 5), ("w", 1, 2, 5));
        Assert.Equal(Draw(problem, 7).GetPanelOrThrow().Members, Draw(problem, 7).GetPanelOrThrow().Members);
        PanelResult.Infeasible none = Assert.IsType<PanelResult.Infeasible>(Draw(Pool(3, ("v", 0, 1, 5), ("w", 0, 1, 5)), 7));
        Assert.Equal(InfeasibilityCode.MaximaBelowPanelSize, Assert.Single(none.Report.Reasons).Code);
        Assert.Throws<InvalidOperationException>(none.GetPanelOrThrow);
        Assert.Throws<InvalidOperationException>(new PanelResult.AttemptsExhausted(100).GetPanelOrThrow);
        Assert.Equal("greedy", new Greedy().Name);
    }

    [Fact]
    public void A_panel_size_far_beyond_the_pool_costs_no_memory()
    {
        SelectionProblem problem = Pool(1_000_000_000, ("v", 0, 5, 2));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.IsType<PanelResult.Infeasible>(Draw(problem, 1));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000_000);
        Assert.Equal(0, ProbabilityEstimate.Run(problem, 3, "x").Succeeded);
    }

    [Fact]
    public void A_cancelled_draw_throws()
    {
        CancellationToken cancelled = new(canceled: true);
        SelectionProblem problem = Pool(1, ("v", 0, 5, 2));
        Assert.Throws<OperationCanceledException>(() => new Greedy().DrawPanel(problem, RandomSource.Seeded("x"), null, cancelled));
        Assert.Throws<OperationCanceledException>(() => ProbabilityEstimate.Run(problem, 10, "x", null, cancelled));
    }

    private static PanelResult Draw(SelectionProblem problem, int seed) => new Greedy().DrawPanel(problem, RandomSource.Seeded(FormattableString.Invariant($"greedy {seed}")));

    private static int[] Members(SelectionProblem problem, int set) => [.. Enumerable.Range(0, problem.People.Count).Where(i => (set >> i & 1) == 1)];

    private static void AssertFollows(SelectionProblem problem, Dictionary<int, double> chances, int seed)
    {
        double success = chances.Values.Sum();
        int[] sets = [.. chances.Keys];
        int[] counts = new int[sets.Length];
        int[] first = new int[2];
        SeededRandomSource generator = new(FormattableString.Invariant($"follow {seed}"));
        for (int i = 0; i < 1500; i++)
        {
            if (new Greedy().DrawPanel(problem, generator.Stream(i)) is PanelResult.Drawn drawn)
            {
                counts[Array.IndexOf(sets, drawn.Panel.Members.Sum(m => 1 << m))]++;
                first[drawn.Attempts == 1 ? 0 : 1]++;
            }
        }

        Statistics.AssertFits(counts, [.. sets.Select(set => chances[set] / success)]);
        if (success is > 0.1 and < 1 - 1e-9)
        {
            Statistics.AssertFits(first, [success, 1 - success]);
        }
    }

    private static SelectionProblem Pool(int panelSize, params (string Value, int Min, int Max, int People)[] values) => Builder(panelSize, values).Build();

    /// <summary>One feature; people are called by their value and a number.</summary>
    private static SelectionProblemBuilder Builder(int panelSize, params (string Value, int Min, int Max, int People)[] values)
    {
        SelectionProblemBuilder builder = new(panelSize);
        foreach ((string value, int min, int max, int people) in values)
        {
            builder.Quota("f", value, min, max).With([.. Enumerable.Range(0, people).Select(i => Row($"{value}{i}", null, $"f={value}"))]);
        }

        return builder;
    }
}
