using System.Numerics;
using Sortition.Core.Problems;

namespace Sortition.Core.Targets;

/// <summary>Divides whole seats among groups in proportion to their weights, in whole-numbered arithmetic.</summary>
/// <remarks>
/// A tie goes to the larger weight, then to the name that comes first in the ordinal order of names without regard to case: the order of rows decides nothing.
/// </remarks>
internal static class Apportionment
{
    public static int[] LargestRemainder(Breakdown population, int seats)
    {
        IReadOnlyList<PopulationGroup> groups = population.Groups;
        int[] given = new int[groups.Count];
        BigInteger[] remainders = new BigInteger[groups.Count];
        for (int g = 0; g < given.Length; g++)
        {
            given[g] = (int)BigInteger.DivRem(groups[g].Weight * seats, population.Total, out remainders[g]);
        }

        int left = seats - given.Sum();
        IEnumerable<int> order = Enumerable.Range(0, given.Length)
            .OrderByDescending(g => remainders[g])
            .ThenBy(g => groups[g], TieBreak.Instance);
        foreach (int g in order.Take(left))
        {
            given[g]++;
        }

        return given;
    }

    public static int[] SainteLague(Breakdown population, int seats)
    {
        IReadOnlyList<PopulationGroup> groups = population.Groups;

        // Rounding the targets of a panel that is smaller by one seat a group gives the first seats that the sequence gives, whatever ties there are, and at
        // most as many as there are.
        int fewer = Math.Max(0, seats - groups.Count);
        int[] given = [.. groups.Select(g => (int)(((2 * g.Weight * fewer) + population.Total) / (2 * population.Total)))];
        PriorityQueue<int, (PopulationGroup Group, int Given)> next = new(
            Enumerable.Range(0, given.Length).Select(g => (g, (groups[g], given[g]))), QuotientOrder.Instance);
        for (int left = seats - given.Sum(); left > 0; left--)
        {
            int g = next.Dequeue();
            given[g]++;
            next.Enqueue(g, (groups[g], given[g]));
        }

        return given;
    }

    /// <summary>The highest weight by 2·seats + 1 comes first.</summary>
    private sealed class QuotientOrder : IComparer<(PopulationGroup Group, int Given)>
    {
        public static QuotientOrder Instance { get; } = new();

        public int Compare((PopulationGroup Group, int Given) x, (PopulationGroup Group, int Given) y)
        {
            int byQuotient = (y.Group.Weight * ((2L * x.Given) + 1)).CompareTo(x.Group.Weight * ((2L * y.Given) + 1));
            return byQuotient != 0 ? byQuotient : TieBreak.Instance.Compare(x.Group, y.Group);
        }
    }

    private sealed class TieBreak : IComparer<PopulationGroup>
    {
        public static TieBreak Instance { get; } = new();

        public int Compare(PopulationGroup? x, PopulationGroup? y)
        {
            int byWeight = y!.Weight.CompareTo(x!.Weight);
            return byWeight != 0
                ? byWeight
                : x.Condition.Zip(y.Condition, (a, b) => NameComparer.Instance.Compare(a.Value, b.Value)).FirstOrDefault(order => order != 0);
        }
    }
}
