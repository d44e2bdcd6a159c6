using FsCheck.Fluent;
using FsCheck.Xunit;
using Sortition.Core.Problems;
using Sortition.Core.Tests.Objectives;
using Xunit;

namespace Sortition.Core.Tests.Maximin;

/// <summary>Properties that hold for every lottery of this objective; numbers as in the list of theorems in docs/algorithms.md.</summary>
public class PropertyTests
{
    [Property(MaxTest = 300)]
    public void The_lowest_chance_obeys_the_group_bounds(int seed)
    {
        SelectionProblem problem = TinyPools.Problem(seed);
        if (Lottery(problem) is not { } lottery)
        {
            throw Prop.Discard<Exception>();
        }

        double[] chances = lottery.SelectionProbabilities();
        bool[] covered = Covered(lottery);
        double lowest = Lowest(chances, covered);
        Assert.True(lowest <= problem.PanelSize / (double)covered.Count(c => c) + 1e-9);
        foreach (Quota quota in problem.Quotas)
        {
            int people = problem.People.Where((p, i) => covered[i] && problem.Matches(p, quota)).Count();
            if (people > 0)
            {
                Assert.True(lowest <= TightenedMax(problem, quota) / (double)people + 1e-9);
            }
        }
    }

    [Property(MaxTest = 200)]
    public void A_certificate_bounds_every_lottery_and_its_gap_is_no_smaller_than_the_true_one(int seed)
    {
        SelectionProblem problem = TinyPools.Problem(seed);
        if (Lottery(problem) is not { } lottery)
        {
            throw Prop.Discard<Exception>();
        }

        List<int[]> all = TinyPools.AllPanels(problem);
        bool[] covered = Covered(lottery);
        double best = BruteForce.LowestChance(all);
        Assert.True(lottery.Certificate.Bound >= best - 1e-9);
        Assert.True(lottery.Certificate.Gap >= (best - Lowest(lottery.SelectionProbabilities(), covered)) / best - 1e-9);

        // Any other lottery: the uniform one over all panels.
        double[] uniform = new double[problem.People.Count];
        all.ForEach(panel => panel.ToList().ForEach(i => uniform[i] += 1.0 / all.Count));
        Assert.True(Lowest(uniform, covered) <= lottery.Certificate.Bound + 1e-9);
    }

    [Property(MaxTest = 300)]
    public void Looser_quotas_do_not_lower_the_chance_of_those_who_were_covered_before(int seed)
    {
        TinyPool pool = TinyPool.Of(seed);
        SelectionProblem problem = pool.Build();
        if (pool.Quotas.Count == 0 || Lottery(problem) is not { } before)
        {
            throw Prop.Discard<Exception>();
        }

        int loosened = Math.Abs(seed % pool.Quotas.Count);
        QuotaInput[] quotas = [.. pool.Quotas.Select((q, i) => i == loosened ? q.Change(min: Math.Max(0, q.Min - 1), max: q.Max + 1) : q)];
        bool[] covered = Covered(before);
        List<int[]> panels = TinyPools.AllPanels((pool with { Quotas = quotas, HouseholdLimit = seed % 2 == 0 ? pool.HouseholdLimit + 1 : pool.HouseholdLimit }).Build());
        double after = BruteForce.LowestChance([.. panels.Select(p => p.Where(i => covered[i]).ToArray())]);
        Assert.True(after >= Lowest(before.SelectionProbabilities(), covered) - 1e-9);
    }

    [Property(MaxTest = 60)]
    public void Replicas_of_everybody_get_at_least_their_share(int seed)
    {
        TinyPool pool = TinyPool.Of(seed) with { HouseholdLimit = null, MustBeIn = [], MustBeOut = [] };
        const int Copies = 3;
        TinyRow[] rows = [.. pool.Rows.SelectMany(r => Enumerable.Range(0, Copies).Select(c => r with { Id = FormattableString.Invariant($"{r.Id}-{c}") }))];
        if (Lottery(pool.Build()) is not { Uncovered.Count: 0 } single || Lottery((pool with { Rows = rows }).Build()) is not { Uncovered.Count: 0 } replicated)
        {
            throw Prop.Discard<Exception>();
        }

        Assert.True(replicated.SelectionProbabilities().Min() >= single.SelectionProbabilities().Min() / Copies - 1e-9);
    }

    [Property(MaxTest = 100)]
    public void Without_any_rule_everybody_has_k_of_n(byte people, byte seats)
    {
        int n = people % 60 + 1;
        int k = seats % n + 1;
        SelectionProblem problem = new SelectionProblemBuilder(k)
            .People(Enumerable.Range(0, n), new PersonReader<int> { Id = i => FormattableString.Invariant($"p{i}"), Value = (_, _) => null })
            .Build();
        PanelLottery lottery = new Algorithms.Maximin().Solve(problem).GetLotteryOrThrow();
        Assert.All(lottery.SelectionProbabilities(), chance => Assert.Equal(k / (double)n, chance, 12));
        Assert.Equal(CertificateStatus.ProvenOptimal, lottery.Certificate.Status);
    }

    private static PanelLottery? Lottery(SelectionProblem problem) => new Algorithms.Maximin().Solve(problem) is SolveResult.Solved solved ? solved.Lottery : null;

    private static bool[] Covered(PanelLottery lottery)
    {
        bool[] covered = new bool[lottery.Problem.People.Count];
        Array.Fill(covered, true);
        foreach (var uncovered in lottery.Uncovered)
        {
            covered[uncovered.Person] = false;
        }

        return covered;
    }

    private static double Lowest(double[] chances, bool[] covered) => chances.Where((_, i) => covered[i]).Min();

    /// <summary>u ← min(u, n, k − Σ of the other values' minima), for quotas on one feature.</summary>
    private static int TightenedMax(SelectionProblem problem, Quota quota)
    {
        int matching = problem.People.Count(p => problem.Matches(p, quota));
        int others = quota.Condition.Count > 1 ? 0 : problem.Quotas
            .Where(q => q != quota && q.Condition.Count == 1 && q.Condition[0].Feature == quota.Condition[0].Feature).Sum(q => q.Min);
        return Math.Min(Math.Min(quota.Max, matching), problem.PanelSize - others);
    }
}
