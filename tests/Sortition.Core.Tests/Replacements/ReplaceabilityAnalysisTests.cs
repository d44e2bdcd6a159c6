using Sortition.Core.Problems;
using Sortition.Core.Replacements;
using Xunit;

namespace Sortition.Core.Tests.Replacements;

public sealed class ReplaceabilityAnalysisTests
{
    [Fact]
    public void Verdicts_counts_and_obstacles_are_those_of_trying_every_choice()
    {
        int possible = 0;
        int impossible = 0;
        int byHouseholdAlone = 0;
        for (int seed = 0; seed < 4_000; seed++)
        {
            SelectionProblem problem = TinyPools.Problem(seed);
            List<int[]> panels = TinyPools.AllPanels(problem);
            if (panels.Count == 0)
            {
                continue;
            }

            RandomSource random = RandomSource.Seeded(FormattableString.Invariant($"look ahead {seed}"));
            Panel panel = Panel.Create(problem, panels[(int)random.NextBelow(panels.Count)].Select(i => problem.People[i].Id));
            int[] notAsked = [.. Enumerable.Range(0, problem.People.Count).Where(i => !panel.Members.Contains(i) && random.NextBelow(10) == 0)];
            ReplaceabilityAnalysis ahead = ReplaceabilityAnalysis.Run(panel, notAsked.Select(i => problem.People[i].Id));
            int[] pool = [.. Enumerable.Range(0, problem.People.Count).Where(i => !panel.Members.Contains(i) && !notAsked.Contains(i) && problem.People[i].Status != PersonStatus.MustBeOut)];
            Assert.Equal(panel.Members, ahead.Members.Select(m => Assert.Single(m.Members)));
            foreach (Replaceability outlook in ahead.Members)
            {
                Check(outlook.Candidates, outlook.Obstacles, pool.Select(i => new[] { i }), outlook.Members);
            }

            int k = problem.PanelSize;
            Assert.Equal(
                Enumerable.Range(0, k).SelectMany(i => Enumerable.Range(i + 1, k - i - 1).Select(j => (panel.Members[i], panel.Members[j]))), ahead.Pairs.Select(p => (p.Members[0], p.Members[1])));
            foreach (Replaceability outlook in ahead.Pairs)
            {
                Check(outlook.Candidates, outlook.Obstacles, pool.SelectMany(i => pool.Where(j => j > i).Select(j => new[] { i, j })), outlook.Members);
            }

            void Check(int candidates, IReadOnlyList<Constraint> obstacles, IEnumerable<int[]> choices, IReadOnlyList<int> leaving)
            {
                int[] staying = [.. panel.Members.Except(leaving)];
                Constraint[][] broken = [.. choices.Select(choice => Broken(problem, [.. staying, .. choice]))];
                int[][] good = [.. choices.Where((_, c) => broken[c].Length == 0)];
                Assert.Equal(good.SelectMany(c => c).Distinct().Count(), candidates);
                possible += good.Length > 0 ? 1 : 0;
                impossible += good.Length > 0 ? 0 : 1;
                if (good.Length > 0)
                {
                    Assert.Empty(obstacles);
                    return;
                }

                if (broken.Length == 0)
                {
                    Assert.Equal([new Constraint(ConstraintKind.PanelSize)], obstacles);
                    return;
                }

                int fewest = broken.Min(b => b.Length);
                Assert.Contains(broken.Where(b => b.Length == fewest), b => b.ToHashSet().SetEquals(obstacles));
                byHouseholdAlone += obstacles is [{ Kind: ConstraintKind.HouseholdLimit }] ? 1 : 0;

                // And really solving it says the same.
                if (leaving.All(i => problem.People[i].Status == PersonStatus.Free))
                {
                    Assert.IsType<ReplacementResult.Infeasible>(ReplacementRound.Start(problem, staying.Select(Id), leaving.Concat(notAsked).Select(Id)));
                }
            }

            string Id(int i) => problem.People[i].Id;
        }

        Assert.True(possible > 2_000 && impossible > 2_000 && byHouseholdAlone > 20, FormattableString.Invariant($"{possible}, {impossible}, {byHouseholdAlone}"));
    }

    [Fact]
    [Trait("Lane", "Slow")]
    public void Verdicts_on_Albertslund_are_those_of_solving_the_cases()
    {
        SelectionProblem problem = Instances.Load("albertslund", 36, builder => builder.HouseholdLimit(1));
        Panel panel = new Leximin().Solve(problem).GetLotteryOrThrow().Draw(RandomSource.Seeded("4 2 6 1 3"));
        ReplaceabilityAnalysis ahead = ReplaceabilityAnalysis.Run(panel);
        Assert.Equal((36, 630), (ahead.Members.Count, ahead.Pairs.Count));

        // Every tenth case is really solved.
        int solved = 0;
        foreach (Replaceability pair in ahead.Pairs.Where((_, i) => i % 10 == 0))
        {
            IEnumerable<string> staying = panel.Members.Where(i => !pair.Members.Contains(i)).Select(i => problem.People[i].Id);
            bool canBeFilled = ReplacementRound.Start(problem, staying, pair.Members.Select(i => problem.People[i].Id)) is ReplacementResult.Open;
            Assert.Equal(canBeFilled, pair.IsReplaceable);
            solved++;
        }

        Assert.Equal(63, solved);
    }

    [Fact]
    public void The_order_of_quotas_and_people_changes_nothing()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            TinyPool pool = TinyPool.Of(seed);
            SelectionProblem problem = pool.Build();
            SelectionProblem other = (pool with { Quotas = [.. pool.Quotas.Reverse()], Rows = [.. pool.Rows.Reverse()] }).Build();
            if (TinyPools.AllPanels(problem).FirstOrDefault() is int[] members)
            {
                IEnumerable<string> ids = members.Select(i => problem.People[i].Id);
                Assert.Equal(Text(ReplaceabilityAnalysis.Run(Panel.Create(problem, ids))), Text(ReplaceabilityAnalysis.Run(Panel.Create(other, ids))));
            }
        }

        static string Text(ReplaceabilityAnalysis ahead)
        {
            SelectionProblem problem = ahead.Panel.Problem;
            return string.Join('\n', ahead.Members.Select(m => FormattableString.Invariant($"{m.Members[0]} {m.Candidates} {Obstacles(m.Obstacles)}"))
                .Concat(ahead.Pairs.Select(p => FormattableString.Invariant($"{p.Members[0]} {p.Members[1]} {p.Candidates} {Obstacles(p.Obstacles)}"))));

            string Obstacles(IReadOnlyList<Constraint> constraints) => string.Join(';', constraints.Select(c => TextRenderer.English.Describe(c, problem)));
        }
    }

    [Fact]
    public void Work_is_told_of_and_can_be_stopped()
    {
        SelectionProblem problem = Instances.Load("albertslund", 36);
        Panel panel = new Leximin().Solve(problem).GetLotteryOrThrow().Draw(RandomSource.Seeded("4 2 6 1 3"));
        List<double> told = [];
        ReplaceabilityAnalysis.Run(panel, options: new ComputeOptions { Progress = new Listener<double>(told.Add) });
        Assert.Equal(Enumerable.Range(1, 36).Select(i => i / 36.0), told);
        using CancellationTokenSource source = new();
        Assert.Throws<OperationCanceledException>(() => ReplaceabilityAnalysis.Run(panel, null, new ComputeOptions { Progress = new Listener<double>(_ => source.Cancel()) }, source.Token));
    }

    [Fact]
    public void Who_cannot_be_asked_is_somebody_else()
    {
        SelectionProblem problem = Instances.Load("albertslund", 36);
        Panel panel = new Leximin().Solve(problem).GetLotteryOrThrow().Draw(RandomSource.Seeded("4 2 6 1 3"));
        Assert.Throws<MalformedInputException>(() => ReplaceabilityAnalysis.Run(panel, ["nobody"]));
        Assert.Throws<MalformedInputException>(() => ReplaceabilityAnalysis.Run(panel, [panel.Ids.First()]));
    }

    /// <summary>What people break, from the definition.</summary>
    private static Constraint[] Broken(SelectionProblem problem, int[] members)
    {
        List<Constraint> broken = [];
        foreach (Quota quota in problem.Quotas)
        {
            int count = members.Count(i => problem.Matches(problem.People[i], quota));
            if (count < quota.Min)
            {
                broken.Add(new Constraint(ConstraintKind.QuotaMinimum, quota));
            }
            else if (count > quota.Max)
            {
                broken.Add(new Constraint(ConstraintKind.QuotaMaximum, quota));
            }
        }

        if (problem.HouseholdLimit is int limit && members.Where(i => problem.People[i].Household is not null).GroupBy(i => problem.People[i].Household).Any(g => g.Count() > limit))
        {
            broken.Add(new Constraint(ConstraintKind.HouseholdLimit));
        }

        return [.. broken];
    }
}
