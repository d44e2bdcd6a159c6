using Sortition.Core.Algorithms;
using Sortition.Core.Lotteries;
using Sortition.Core.Tests.Certificates;
using Xunit;

namespace Sortition.Core.Tests.Objectives;

/// <summary>Solves a tiny problem with the library and by brute force, and redoes the certificate by going through every panel.</summary>
internal static class ObjectiveCheck
{
    /// <summary>Checks one algorithm; false if the problem has no panel.</summary>
    public static bool Run(ILotteryAlgorithm algorithm, SelectionProblem problem, string name)
    {
        List<int[]> all = TinyPools.AllPanels(problem);
        SolveResult result = algorithm.Solve(problem);
        if (all.Count == 0)
        {
            Assert.IsType<SolveResult.Infeasible>(result);
            return false;
        }

        PanelLottery lottery = Assert.IsType<SolveResult.Solved>(result).Lottery;
        try
        {
            int[] covered = BruteForce.Covered(all);
            Assert.Equal(Enumerable.Range(0, problem.People.Count).Except(covered), lottery.Uncovered.Select(u => u.Person));
            CheckLottery(problem, lottery);
            Assert.Equal(algorithm.Name, lottery.Certificate.Objective.Name);
            Assert.Equal(CertificateStatus.ProvenOptimal, lottery.Certificate.Status);
            CheckObjective(algorithm, problem, lottery, all, covered);
            foreach (WeightClaim claim in lottery.Certificate.Claims)
            {
                CheckClaim(problem, claim, all);
            }

            ExactCheck.Run(lottery);
            CertificateAssert.Confirmed(lottery);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new InvalidOperationException($"{algorithm.Name}, {name}: {e.Message}", e);
        }

        return true;
    }

    private static void CheckObjective(ILotteryAlgorithm algorithm, SelectionProblem problem, PanelLottery lottery, List<int[]> all, int[] covered)
    {
        double[] chances = lottery.SelectionProbabilities();
        double[] entitlements = [.. problem.People.Select(p => algorithm is WeightedLeximin ? p.Entitlement : 1)];
        Certificate certificate = lottery.Certificate;
        double lowest = covered.Min(i => chances[i]);
        double highest = covered.Max(i => chances[i]);
        (double n, double k) = (covered.Length, problem.PanelSize);
        switch (algorithm)
        {
            case Core.Algorithms.Maximin:
                Assert.Equal(BruteForce.LowestChance(all), lowest, 9);
                Assert.Equal(lowest, certificate.Value, 12);
                Assert.Equal(Single(certificate).Limit / Total(w => w.Weights), certificate.Bound, 1e-12);
                break;
            case Leximin or WeightedLeximin:
                AssertClose(BruteForce.Leximin(all, entitlements), chances, 1e-7);
                Assert.Equal(covered.Min(i => chances[i] / entitlements[i]), certificate.Value, 1e-12 * certificate.Value);
                LeximinProofCheck.Run(problem, certificate, chances, entitlements, covered);
                break;
            case Nash:
                double[] expected = BruteForce.Nash(all, problem.People.Count);
                AssertClose(expected, chances, 1e-5);
                double mean = Mean(i => chances[i]);
                Assert.Equal(Mean(i => expected[i]), mean, 1e-9);
                Assert.Equal(mean, certificate.Value, 1e-12);
                Assert.Equal(Math.Max(mean, Single(certificate).Limit / n / Mean(i => Single(certificate).Weights[problem.TypeTable.TypeOf[i]])), certificate.Bound, 1e-12);
                break;
            case Minimax:
                Assert.Equal(BruteForce.HighestChance(all), highest, 1e-8);
                Assert.Equal(highest, certificate.Value, 12);
                Assert.All(Single(certificate).Weights, w => Assert.Equal(0, w));
                Assert.Equal(-Single(certificate).Limit / Total(w => w.CapWeights), certificate.Bound, 1e-11);
                break;
            case Goldilocks goldilocks:
                double value = (n / k * highest) + (goldilocks.Gamma * k / n / lowest);
                Assert.Equal(BruteForce.Goldilocks(all, goldilocks.Gamma), value, 1e-7 * value);
                Assert.Equal(value, certificate.Value, 1e-12 * value);
                (double a, double b) = (Total(w => w.CapWeights), Total(w => w.Weights));
                Assert.Equal(goldilocks.Gamma, certificate.Objective.Parameter);
                Assert.Equal(Math.Min(value, (n / k * -Single(certificate).Limit / a) + (2 * Math.Sqrt(goldilocks.Gamma * b / a))), certificate.Bound, 1e-11 * value);
                break;
            default:
                Assert.Fail("An objective without a check.");
                break;
        }

        double Total(Func<WeightClaim, IReadOnlyList<long>> weights) => covered.Sum(i => (double)weights(Single(certificate))[problem.TypeTable.TypeOf[i]]);

        double Mean(Func<int, double> of) => Math.Exp(covered.Sum(i => Math.Log(of(i))) / n);
    }

    /// <summary>Redoes a claim by going through every panel, and by adding up the prices.</summary>
    private static void CheckClaim(SelectionProblem problem, WeightClaim claim, List<int[]> all)
    {
        long NetOf(int person)
        {
            int type = problem.TypeTable.TypeOf[person];
            return claim.Weights[type] - (claim.CapWeights.Count > 0 ? claim.CapWeights[type] : 0);
        }

        Assert.All(claim.Weights.Concat(claim.CapWeights), w => Assert.True(w >= 0));
        Assert.True(all.Max(panel => panel.Sum(NetOf)) <= claim.Limit);
        Assert.InRange(claim.Gap, 0, 1e-7);
    }

    /// <summary>Property 1: chances add up to k, lie in 0..1, and everything that is written out or drawn is a panel.</summary>
    private static void CheckLottery(SelectionProblem problem, PanelLottery lottery)
    {
        double[] chances = lottery.SelectionProbabilities();
        Assert.Equal(problem.PanelSize, chances.Sum(), 9);
        Assert.All(chances, c => Assert.InRange(c, 0, 1 + 1e-12));
        Assert.Equal(PanelLottery.WeightTotal, lottery.Panels.Sum(p => p.Weight));
        PanelTable table = lottery.ToPanelTable(10_000)!;
        Assert.All(table.Rows, row => Assert.True(TinyPools.IsPanel(problem, row.Panel.Members)));
        AssertClose(chances, table.SelectionProbabilities(), 1e-12);
        Assert.True(TinyPools.IsPanel(problem, lottery.Draw(RandomSource.Seeded("tiny")).Members));
    }

    private static WeightClaim Single(Certificate certificate) => Assert.Single(certificate.Claims);

    private static void AssertClose(double[] expected, double[] actual, double tolerance)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, FormattableString.Invariant($"person {i}: {expected[i]} expected, {actual[i]} found"));
        }
    }
}
