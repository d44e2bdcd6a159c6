using Sortition.Core.Engine.Mixing;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Sortition.Core.Sampling;
using Xunit;

namespace Sortition.Core.Tests.Sampling;

/// <summary>Entropy and its bound, against sums over all panels of tiny pools, and against cases that can be solved by hand.</summary>
public sealed class LotteryEntropyTests
{
    /// <summary>Without quotas all C(6, 3) panels are equally likely at best.</summary>
    [Fact]
    public void Without_quotas_the_most_random_lottery_is_uniform()
    {
        SelectionProblem problem = new SelectionProblemBuilder(3)
            .People(["a", "b", "c", "d", "e", "f"], id => id, null, _ => new Dictionary<string, string>()).Build();
        LotteryEntropy entropy = LotteryEntropy.Compute(new Leximin().Solve(problem).GetLotteryOrThrow());
        Assert.True(entropy.IsExact);
        Assert.Equal(Math.Log(20), entropy.Entropy, 1e-9);
        Assert.Equal(Math.Log(20), entropy.UpperBound, 1e-9);
        Assert.Equal((entropy.UpperBound, 0), (entropy.EstimatedUpperBound, entropy.StandardError));
    }

    /// <summary>
    /// Two pairs of opposite people, one seat for each side of each pair, as two panels or as four: everybody has one half, and 2 ln 2 is the most there can be.
    /// </summary>
    [Fact]
    public void Features_that_go_hand_in_hand_cost_entropy()
    {
        SelectionProblem problem = new SelectionProblemBuilder(2)
            .Quota("pair", "a", 1, 1).Quota("pair", "b", 1, 1).Feature("side", "left", "right").Quota("side", "left", 0, 2)
            .People((string[])["a left", "a right", "b left", "b right"], p => p, null, p => new Dictionary<string, string> { ["pair"] = p[..1], ["side"] = p[2..] })
            .Build();
        int[] types = [.. problem.People.Select((_, i) => problem.TypeOf(i))];
        long half = PanelLottery.WeightTotal / 2;
        PanelLottery two = Lottery(problem, ([types[0], types[2]], half), ([types[1], types[3]], half));
        LotteryEntropy entropy = LotteryEntropy.Compute(two);
        Assert.Equal(Math.Log(2), entropy.Entropy, 1e-12);
        Assert.Equal(2 * Math.Log(2), entropy.UpperBound, 1e-6);
        Assert.True(entropy.IsExact);
    }

    /// <summary>Entropy is a sum over all panels of people. No lottery passes the bound, and where everything is counted it is the dual's least value.</summary>
    [Fact]
    public void Equals_sums_over_all_panels()
    {
        (int solved, int exact) = (0, 0);
        for (int seed = 0; seed < 60; seed++)
        {
            SelectionProblem problem = TinyPools.Problem(seed);
            if (new Leximin().Solve(problem).BestLottery is not PanelLottery lottery)
            {
                continue;
            }

            List<int[]> panels = TinyPools.AllPanels(problem);
            LotteryEntropy entropy = LotteryEntropy.Compute(lottery);
            double expected = lottery.Panels.Sum(p => p.Probability * (Math.Log(panels.Count(m => IsOf(problem, m, p))) - Math.Log(p.Probability)));
            Assert.Equal(expected, entropy.Entropy, 1e-9);
            Assert.True(entropy.UpperBound >= entropy.Entropy);
            solved++;
            if (MostRandom(problem, panels, lottery) is not double most)
            {
                continue;
            }

            string what = FormattableString.Invariant($"pool {seed}: {entropy.UpperBound} against {most}");
            Assert.True(entropy.UpperBound >= most - 1e-7, what);
            exact += entropy.IsExact && entropy.UpperBound <= most + 0.01 ? 1 : 0;
        }

        Assert.InRange(solved, 30, 59);
        Assert.InRange(exact, 15, solved);
    }

    /// <summary>All quotas in a table, or few of them and an estimate: the certain bounds are in order, and the estimate is that of all.</summary>
    [Fact]
    public void An_estimate_agrees_with_the_whole_table()
    {
        PanelLottery lottery = new Leximin().Solve(Instances.Load("mass_like_24", 24)).GetLotteryOrThrow();
        LotteryEntropy small = LotteryEntropy.Compute(lottery, new UniformOptions { MaxTableBytes = 1 << 20, MaxProposals = 400_000 });
        Assert.False(small.IsExact);
        Assert.InRange(small.Entropy, 5, small.UpperBound);
        Assert.InRange(small.UpperBound, 15, 31.6);
        Assert.InRange(small.EstimatedUpperBound!.Value, small.Entropy, small.UpperBound);
        Assert.InRange(small.StandardError!.Value, 1e-4, 0.05);
        LotteryEntropy again = LotteryEntropy.Compute(lottery, new UniformOptions { MaxTableBytes = 1 << 20, MaxProposals = 400_000 });
        Assert.Equal((small.UpperBound, small.EstimatedUpperBound), (again.UpperBound, again.EstimatedUpperBound));
    }

    [Fact]
    public void Misuse_is_told()
    {
        PanelLottery lottery = new Leximin().Solve(Instances.Load("band_12", 12)).GetLotteryOrThrow();
        Assert.Throws<ArgumentNullException>(() => LotteryEntropy.Compute(null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => LotteryEntropy.Compute(lottery, new UniformOptions { MaxProposals = 0 }));
        Assert.Throws<OperationCanceledException>(() => LotteryEntropy.Compute(lottery, null, new CancellationToken(canceled: true)));
    }

    private static PanelLottery Lottery(SelectionProblem problem, params (int[] Types, long Weight)[] panels) => PanelLottery.Create(
        problem,
        panels.Select(p => ((IReadOnlyList<TypeSeats>)[.. p.Types.Order().Select(t => new TypeSeats(t, 1))], p.Weight)),
        [],
        new Certificate(new Leximin().Objective, CertificateStatus.NotProven, 0.5, 1, []));

    private static bool IsOf(SelectionProblem problem, int[] members, PanelComposition panel) =>
        members.GroupBy(problem.TypeOf).OrderBy(g => g.Key).Select(g => new TypeSeats(g.Key, g.Count())).SequenceEqual(panel.Seats.OrderBy(s => s.Type));

    /// <summary>
    /// The entropy of the lottery on all panels with the same chances that is nearest to uniform, found on the panels themselves; null where the search for it
    /// gives up.
    /// </summary>
    private static double? MostRandom(SelectionProblem problem, List<int[]> panels, PanelLottery lottery)
    {
        (TypeSeats[] Seats, int Ways)[] compositions =
        [
            .. panels.Select(m => m.GroupBy(problem.TypeOf).OrderBy(g => g.Key).Select(g => new TypeSeats(g.Key, g.Count())).ToArray())
                .GroupBy(seats => string.Join(' ', seats.Select(s => FormattableString.Invariant($"{s.Type}x{s.Seats}"))), StringComparer.Ordinal)
                .Select(g => (g.First(), g.Count())),
        ];
        double[] shares = [.. compositions.Select(c => c.Ways / (double)panels.Count)];
        double[] target = [.. problem.Types.Select((type, t) => lottery.ProbabilityOfType(t) * type.Members.Count)];
        double[]? found = Realisation.Solve([.. compositions.Select(c => c.Seats)], shares, target, CancellationToken.None, out _);
        return found?.Zip(compositions, (p, c) => p > 0 ? p * (Math.Log(c.Ways) - Math.Log(p)) : 0).Sum();
    }
}
