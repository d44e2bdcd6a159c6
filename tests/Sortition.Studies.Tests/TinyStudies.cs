using FsCheck;
using FsCheck.Fluent;
using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Studies.Lotteries;

namespace Sortition.Studies.Tests;

/// <summary>A pool of a few people with two or three features, and a few panels of people with probabilities.</summary>
public sealed record TinyLottery(SelectionProblem Problem, IReadOnlyList<(int[] Members, double Probability)> Panels)
{
    internal StudyLottery ToStudy() => StudyLottery.FromPanels(Problem, Panels, [], 0);

    /// <summary>Everybody's chance, counted.</summary>
    public double[] Chances() => [.. Enumerable.Range(0, Problem.People.Count).Select(i => Panels.Where(p => p.Members.Contains(i)).Sum(p => p.Probability))];

    public override string ToString() => $"{string.Join("; ", Problem.People.Select(p => string.Join(",", p.Values)))} / {string.Join("; ", Panels.Select(p => $"{p.Probability}: {string.Join(",", p.Members)}"))}";
}

public static class TinyStudies
{
    /// <summary>Lotteries that nothing is known of: neither the quotas nor the types decide who sits.</summary>
    public static Arbitrary<TinyLottery> Lotteries() => Arb.From(
        from n in Gen.Choose(3, 7)
        from k in Gen.Choose(1, 3)
        from features in Gen.Choose(2, 3)
        from values in Gen.Choose(0, 2).ArrayOf(n * features)
        from mins in Gen.Choose(0, 1).ArrayOf(features * 3)
        from maxs in Gen.Choose(1, 3).ArrayOf(features * 3)
        from count in Gen.Choose(1, 4)
        from orders in Gen.Shuffle(Enumerable.Range(0, n).ToArray()).ArrayOf(count)
        from weights in Gen.Choose(1, 9).ArrayOf(count)
        select Make(n, Math.Min(k, n), features, values, mins, maxs, orders, weights));

    private static TinyLottery Make(int n, int k, int features, int[] values, int[] mins, int[] maxs, int[][] orders, int[] weights)
    {
        SelectionProblemBuilder builder = new(k);
        for (int f = 0; f < features; f++)
        {
            for (int v = 0; v < 3; v++)
            {
                builder.Quota($"f{f}", $"v{v}", mins[(f * 3) + v], maxs[(f * 3) + v]);
            }
        }

        builder.People(Enumerable.Range(0, n), new PersonReader<int> { Id = i => $"p{i}", Value = (i, feature) => $"v{values[(i * features) + (feature[1] - '0')]}" });
        double sum = weights.Sum();
        return new TinyLottery(builder.Build(), [.. orders.Zip(weights, (order, weight) => (order[..k].Order().ToArray(), weight / sum))]);
    }
}
