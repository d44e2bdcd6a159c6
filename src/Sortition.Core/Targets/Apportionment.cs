using System.Numerics;
using Sortition.Core.Problems;

namespace Sortition.Core.Targets;

/// <summary>What became of a group that had the same claim to the last seats as others.</summary>
public enum ApportionmentTie
{
    /// <summary>There was no tie.</summary>
    None = 0,

    /// <summary>Groups of one size have equal claims to fewer seats than they are: each may have its seat or not, and the lottery decides.</summary>
    Open = 1,

    /// <summary>The group got the seat because it is larger.</summary>
    Won = 2,

    /// <summary>A larger group got the seat.</summary>
    Lost = 3,
}

/// <summary>The seats of a group.</summary>
/// <param name="Seats">In one division of all seats; where a tie is open, in any of those that there are.</param>
/// <param name="Least">The fewest it has in any.</param>
/// <param name="Most">The most it has in any.</param>
/// <param name="Tie">What became of it in a tie.</param>
internal sealed record GroupSeats(int Seats, int Least, int Most, ApportionmentTie Tie);

/// <summary>Divides whole seats among groups in proportion to their weights, in whole-numbered arithmetic.</summary>
/// <remarks>A tie goes to the larger weight. Among equal weights it stays open: neither the order of rows nor a name decides anything.</remarks>
internal static class Apportionment
{
    public static GroupSeats[] LargestRemainder(Breakdown population, int seats)
    {
        IReadOnlyList<PopulationGroup> groups = population.Groups;
        int[] given = new int[groups.Count];
        BigInteger[] remainders = new BigInteger[groups.Count];
        for (int g = 0; g < given.Length; g++)
        {
            given[g] = (int)BigInteger.DivRem(groups[g].Weight * seats, population.Total, out remainders[g]);
        }

        int left = seats - given.Sum();
        int[] order = [.. Enumerable.Range(0, given.Length).OrderByDescending(g => remainders[g]).ThenBy(g => groups[g], TieBreak.Instance)];
        foreach (int g in order.Take(left))
        {
            given[g]++;
        }

        bool[] winners = new bool[given.Length];
        order.Take(left).ToList().ForEach(g => winners[g] = true);
        int last = left > 0 ? order[left - 1] : -1;
        return WithTies(groups, given, winners, g => last >= 0 && remainders[g] == remainders[last], last);
    }

    public static GroupSeats[] SainteLague(Breakdown population, int seats)
    {
        IReadOnlyList<PopulationGroup> groups = population.Groups;

        // Rounding the targets of a panel that is smaller by one seat a group gives the first seats that the sequence gives, whatever ties there are, and at
        // most as many as there are.
        int fewer = Math.Max(0, seats - groups.Count);
        int[] given = [.. groups.Select(g => (int)(((2 * g.Weight * fewer) + population.Total) / (2 * population.Total)))];
        PriorityQueue<int, (PopulationGroup Group, int Given)> next = new(
            Enumerable.Range(0, given.Length).Select(g => (g, (groups[g], given[g]))), QuotientOrder.Instance);
        int last = -1;
        for (int left = seats - given.Sum(); left > 0; left--)
        {
            last = next.Dequeue();
            given[last]++;
            next.Enqueue(last, (groups[last], given[last]));
        }

        if (last < 0)
        {
            return WithTies(groups, given, new bool[given.Length], _ => false, last);
        }

        // The quotient that won the last seat, and whoever has it for the last seat given or for the next one.
        (BigInteger weight, long divisor) = (groups[last].Weight, (2L * given[last]) - 1);
        bool[] winners = [.. given.Select((n, g) => n > 0 && groups[g].Weight * divisor == weight * ((2L * n) - 1))];
        return WithTies(groups, given, winners, g => winners[g] || groups[g].Weight * divisor == weight * ((2L * given[g]) + 1), last);
    }

    /// <param name="groups">The groups.</param>
    /// <param name="given">Their seats.</param>
    /// <param name="winners">Whether a group has got one of the seats to which it may have had the same claim as others.</param>
    /// <param name="isTied">Whether its claim was that of the last winner.</param>
    /// <param name="last">The last winner; -1 for none.</param>
    private static GroupSeats[] WithTies(IReadOnlyList<PopulationGroup> groups, int[] given, bool[] winners, Func<int, bool> isTied, int last)
    {
        int[] tied = last < 0 ? [] : [.. Enumerable.Range(0, given.Length).Where(isTied)];
        bool isTie = tied.Any(g => !winners[g]);
        bool isOpen = isTie && tied.Any(g => !winners[g] && groups[g].Weight == groups[last].Weight);
        return
        [
            .. given.Select((n, g) =>
                !isTie || !tied.Contains(g) ? new GroupSeats(n, n, n, ApportionmentTie.None)
                : isOpen && groups[g].Weight == groups[last].Weight ? new GroupSeats(n, winners[g] ? n - 1 : n, winners[g] ? n : n + 1, ApportionmentTie.Open)
                : new GroupSeats(n, n, n, winners[g] ? ApportionmentTie.Won : ApportionmentTie.Lost))
        ];
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

    /// <summary>The larger weight, then the name that comes first: of equal groups any may stand in for the others.</summary>
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
