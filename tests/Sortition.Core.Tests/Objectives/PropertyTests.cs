using FsCheck.Fluent;
using FsCheck.Xunit;
using Sortition.Core.Algorithms;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Xunit;

namespace Sortition.Core.Tests.Objectives;

/// <summary>Properties of all objectives; numbers as in the list of theorems in docs/algorithms.md.</summary>
public class PropertyTests
{
    /// <summary>2.</summary>
    [Property(MaxTest = 200)]
    public void The_highest_chance_obeys_the_group_bounds(int seed)
    {
        SelectionProblem problem = TinyPools.Problem(seed);
        if (Lottery(new Minimax(), problem) is not { } lottery)
        {
            throw Prop.Discard<Exception>();
        }

        bool[] covered = LotteryMetrics.CoveredBy(lottery);
        double highest = lottery.Certificate.Value;
        Assert.True(highest >= (problem.PanelSize / (double)covered.Count(c => c)) - 1e-9);
        foreach (Quota quota in problem.Quotas)
        {
            int people = problem.People.Where((p, i) => covered[i] && problem.Matches(p, quota)).Count();
            Assert.True(people == 0 || highest >= (quota.Min / (double)people) - 1e-9);
        }
    }

    /// <summary>3.</summary>
    [Property(MaxTest = 150)]
    public void Every_objective_is_served_best_by_its_own_algorithm(int seed)
    {
        SelectionProblem problem = TinyPools.Problem(seed);
        if (Lottery(new Leximin(), problem) is null)
        {
            throw Prop.Discard<Exception>();
        }

        Chances[] chances = [.. Chances.Algorithms.Select(a => Chances.Of(Lottery(a, problem)!))];
        for (int own = 0; own < chances.Length; own++)
        {
            foreach (Chances other in chances)
            {
                chances[own].AssertNoWorseThan(other, Chances.Algorithms[own], Tolerance(Chances.Algorithms[own]));
            }
        }

        Assert.Equal(chances[0].Lowest, chances[1].Lowest, 1e-9);
    }

    /// <summary>4.</summary>
    [Property(MaxTest = 150)]
    public void Certificates_bound_every_lottery_and_no_gap_is_smaller_than_the_true_one(int seed)
    {
        SelectionProblem problem = TinyPools.Problem(seed);
        List<int[]> all = TinyPools.AllPanels(problem);
        RandomSource random = RandomSource.Seeded(FormattableString.Invariant($"other lotteries {seed}"));
        foreach (ILotteryAlgorithm algorithm in Chances.Algorithms)
        {
            if (Lottery(algorithm, problem) is not { } lottery)
            {
                throw Prop.Discard<Exception>();
            }

            bool[] covered = LotteryMetrics.CoveredBy(lottery);
            for (int i = 0; i < 10; i++)
            {
                Chances other = new(problem, RandomChances(random, all, problem.People.Count), covered);
                double value = other.Value(algorithm);
                double bound = lottery.Certificate.Bound;
                Assert.True(Chances.IsMinimised(algorithm) ? value >= bound * (1 - 1e-12) : value <= bound * (1 + 1e-12));
                Assert.All(lottery.Certificate.Claims, claim => AssertHolds(claim, other.All, problem));
            }

            double best = BestValue(algorithm, problem, all);
            double own = lottery.Certificate.Value;
            Assert.True(lottery.Certificate.Gap >= (Math.Abs(best - own) / Math.Max(best, own)) - Tolerance(algorithm));
        }
    }

    /// <summary>5.</summary>
    [Property(MaxTest = 150)]
    public void Neither_order_nor_names_change_chances_that_are_unique(int seed)
    {
        TinyPool pool = TinyPool.Of(seed);
        TinyPool renamed = pool.Renamed(seed);
        foreach ((ILotteryAlgorithm algorithm, double tolerance) in new (ILotteryAlgorithm, double)[] { (new Leximin(), 1e-9), (new WeightedLeximin(), 1e-9), (new Nash(), 1e-6) })
        {
            if (Lottery(algorithm, pool.Build()) is not { } lottery)
            {
                Assert.Null(Lottery(algorithm, renamed.Build()));
                return;
            }

            Dictionary<string, double> expected = ById(lottery);
            Dictionary<string, double> found = ById(Lottery(algorithm, renamed.Build())!);
            Assert.All(expected, e => Assert.Equal(e.Value, found[TinyPool.NewName(e.Key)], tolerance));
        }
    }

    /// <summary>5.</summary>
    [Property(MaxTest = 100)]
    public void People_of_one_type_have_equal_chances(int seed)
    {
        SelectionProblem problem = TinyPools.Problem(seed);
        foreach (ILotteryAlgorithm algorithm in Chances.Algorithms)
        {
            if (Lottery(algorithm, problem) is { } lottery)
            {
                double[] chances = lottery.SelectionProbabilities();
                double[] written = lottery.ToPanelTable(10_000)!.SelectionProbabilities();
                foreach (PersonType type in problem.TypeTable.Types)
                {
                    Assert.All(type.Members, i => Assert.Equal(chances[type.Members[0]], chances[i]));
                    Assert.All(type.Members, i => Assert.Equal(chances[i], written[i], 1e-12));
                }
            }
        }
    }

    /// <summary>6.</summary>
    [Property(MaxTest = 200)]
    public void Looser_rules_do_not_raise_the_highest_chance(int seed)
    {
        TinyPool pool = TinyPool.Of(seed);
        if (pool.Quotas.Count == 0 || Lottery(new Minimax(), pool.Build()) is not { } before)
        {
            throw Prop.Discard<Exception>();
        }

        int loosened = Math.Abs(seed % pool.Quotas.Count);
        QuotaInput[] quotas = [.. pool.Quotas.Select((q, i) => i == loosened ? q.Change(min: Math.Max(0, q.Min - 1), max: q.Max + 1) : q)];
        SelectionProblem looser = (pool with { Quotas = quotas, HouseholdLimit = seed % 2 == 0 ? pool.HouseholdLimit + 1 : pool.HouseholdLimit }).Build();
        Assert.True(Lottery(new Minimax(), looser)!.Certificate.Value <= before.Certificate.Value + 1e-9);
    }

    /// <summary>7: a lottery of the small pool gives one of the large pool, with a replica drawn for each member.</summary>
    [Property(MaxTest = 60)]
    public void Replicas_of_everybody_are_served_at_least_as_well(int seed)
    {
        const int Copies = 3;
        TinyPool pool = TinyPool.Of(seed) with { HouseholdLimit = null, MustBeIn = [], MustBeOut = [] };
        TinyRow[] rows = [.. pool.Rows.SelectMany(r => Enumerable.Range(0, Copies).Select(c => r with { Id = FormattableString.Invariant($"{r.Id}-{c}") }))];
        foreach (ILotteryAlgorithm algorithm in Chances.Algorithms)
        {
            if (Lottery(algorithm, pool.Build()) is not { Uncovered.Count: 0 } single || Lottery(algorithm, (pool with { Rows = rows }).Build()) is not { Uncovered.Count: 0 } replicated)
            {
                throw Prop.Discard<Exception>();
            }

            // Goldilocks measures chances by their mean, the others as they are.
            double share = single.Certificate.Value / (algorithm is Goldilocks ? 1 : Copies);
            double better = (replicated.Certificate.Value - share) * (Chances.IsMinimised(algorithm) ? -1 : 1);
            Assert.True(better >= -Tolerance(algorithm) * Math.Max(1, share));
        }
    }

    /// <summary>8.</summary>
    [Property(MaxTest = 40)]
    public void Without_any_rule_everybody_has_k_of_n(byte people, byte seats)
    {
        int n = (people % 60) + 1;
        int k = (seats % n) + 1;
        SelectionProblem problem = new SelectionProblemBuilder(k)
            .People(Enumerable.Range(0, n), new PersonReader<int> { Id = i => FormattableString.Invariant($"p{i}"), Value = (_, _) => null })
            .Build();
        foreach (ILotteryAlgorithm algorithm in Chances.Algorithms)
        {
            PanelLottery lottery = Lottery(algorithm, problem)!;
            Assert.All(lottery.SelectionProbabilities(), chance => Assert.Equal(k / (double)n, chance, 12));
        }
    }

    /// <summary>The lottery, proven; null if there is no panel.</summary>
    private static PanelLottery? Lottery(ILotteryAlgorithm algorithm, SelectionProblem problem)
    {
        if (algorithm.Solve(problem) is not SolveResult.Solved { Lottery: var lottery })
        {
            return null;
        }

        Assert.Equal(CertificateStatus.ProvenOptimal, lottery.Certificate.Status);
        return lottery;
    }

    /// <summary>What counts as proven: a relative 1e-9, for Nash and Goldilocks 1e-7.</summary>
    private static double Tolerance(ILotteryAlgorithm algorithm) => algorithm is Nash or Goldilocks ? 1e-7 : 2e-9;

    private static double BestValue(ILotteryAlgorithm algorithm, SelectionProblem problem, List<int[]> all)
    {
        int[] covered = BruteForce.Covered(all);
        switch (algorithm)
        {
            case Core.Algorithms.Maximin or Leximin:
                return BruteForce.LowestChance(all);
            case WeightedLeximin:
                double[] chances = BruteForce.Leximin(all, [.. problem.People.Select(p => p.Entitlement)]);
                return covered.Min(i => chances[i] / problem.People[i].Entitlement);
            case Nash:
                double[] nash = BruteForce.Nash(all, problem.People.Count);
                return Math.Exp(covered.Average(i => Math.Log(nash[i])));
            case Minimax:
                return BruteForce.HighestChance(all);
            default:
                return BruteForce.Goldilocks(all, ((Goldilocks)algorithm).Gamma);
        }
    }

    private static void AssertHolds(WeightClaim claim, double[] chances, SelectionProblem problem)
    {
        double sum = 0;
        for (int i = 0; i < chances.Length; i++)
        {
            // Who must be out is of no type.
            int type = problem.TypeTable.TypeOf[i];
            sum += type < 0 ? 0 : chances[i] * (claim.Weights[type] - (claim.CapWeights.Count > 0 ? claim.CapWeights[type] : 0));
        }

        Assert.True(sum <= claim.Limit + (1e-12 * claim.Weights.Concat(claim.CapWeights).Max() * problem.PanelSize));
    }

    /// <summary>Chances of a lottery over all panels with random probabilities, some far larger than others.</summary>
    private static double[] RandomChances(RandomSource random, List<int[]> all, int people)
    {
        double[] weights = [.. all.Select(_ => Math.Pow((random.NextBelow(1 << 20) + 1) / (double)(1 << 20), 1 + (int)random.NextBelow(4)))];
        double total = weights.Sum();
        double[] chances = new double[people];
        for (int p = 0; p < weights.Length; p++)
        {
            Array.ForEach(all[p], i => chances[i] += weights[p] / total);
        }

        return chances;
    }

    private static Dictionary<string, double> ById(PanelLottery lottery)
    {
        double[] chances = lottery.SelectionProbabilities();
        return lottery.Problem.People.Select((p, i) => (p.Id, chances[i])).ToDictionary();
    }
}
