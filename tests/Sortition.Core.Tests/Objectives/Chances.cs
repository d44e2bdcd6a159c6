using Sortition.Core.Algorithms;
using Xunit;

namespace Sortition.Core.Tests.Objectives;

/// <summary>The chances of the people whom a lottery covers, what the objectives make of them, and how each objective ranks them.</summary>
internal sealed class Chances(SelectionProblem problem, double[] all, bool[] covered)
{
    public static readonly ILotteryAlgorithm[] Algorithms =
        [new Core.Algorithms.Maximin(), new Leximin(), new WeightedLeximin(), new Nash(), new Minimax(), new Goldilocks(), new Goldilocks(7)];

    private readonly double[] _covered = [.. all.Where((_, i) => covered[i])];

    /// <summary>Of a person each.</summary>
    public double[] All => all;

    public double Lowest => _covered.Min();

    public double Highest => _covered.Max();

    public double GeometricMean => Math.Exp(_covered.Average(Math.Log));

    public static Chances Of(PanelLottery lottery) => new(lottery.Problem, lottery.SelectionProbabilities(), LotteryMetrics.CoveredBy(lottery));

    /// <summary>The value of an algorithm's objective.</summary>
    public double Value(ILotteryAlgorithm algorithm)
    {
        double mean = problem.PanelSize / (double)_covered.Length;
        return algorithm switch
        {
            Core.Algorithms.Maximin or Leximin => Lowest,
            WeightedLeximin => Weighted()[0],
            Nash => GeometricMean,
            Minimax => Highest,
            Goldilocks goldilocks => (Highest / mean) + (goldilocks.Gamma * mean / Lowest),
            _ => throw new ArgumentException("An objective without a value.", nameof(algorithm)),
        };
    }

    /// <summary>Whether less is better.</summary>
    public static bool IsMinimised(ILotteryAlgorithm algorithm) => algorithm is Minimax or Goldilocks;

    /// <summary>Asserts that an algorithm's own chances serve its objective at least as well as these others do.</summary>
    public void AssertNoWorseThan(Chances other, ILotteryAlgorithm algorithm, double tolerance)
    {
        double own = Value(algorithm);
        double others = other.Value(algorithm);
        double better = IsMinimised(algorithm) ? own - others : others - own;
        Assert.True(double.IsInfinity(others) || better <= tolerance * Math.Max(1, own), FormattableString.Invariant($"{algorithm.Name}: {own} is worse than {others}"));
        if (algorithm is Leximin or WeightedLeximin)
        {
            (double[] mine, double[] theirs) = algorithm is Leximin ? (Sorted(), other.Sorted()) : (Weighted(), other.Weighted());
            int first = Enumerable.Range(0, mine.Length).FirstOrDefault(i => Math.Abs(mine[i] - theirs[i]) > 1e-7, -1);
            Assert.True(first < 0 || mine[first] > theirs[first], FormattableString.Invariant($"{algorithm.Name}: place {first} has {mine[first < 0 ? 0 : first]}"));
        }
    }

    private double[] Sorted() => [.. _covered.Order()];

    private double[] Weighted() => [.. all.Select((c, i) => c / problem.People[i].Entitlement).Where((_, i) => covered[i]).Order()];
}
