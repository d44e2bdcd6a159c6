using System.Numerics;
using Sortition.Core.Problems;

namespace Sortition.Core.Targets;

/// <summary>What a group of the population makes of a panel: its exact target, and the quota made from that.</summary>
public sealed class QuotaTarget
{
    private readonly BigInteger _total;
    private readonly int _panelSize;

    internal QuotaTarget(PopulationGroup group, BigInteger total, int panelSize, GroupSeats? seats, int min, int max)
    {
        Group = group;
        _total = total;
        _panelSize = panelSize;
        Seats = seats?.Seats;
        Tie = seats?.Tie ?? ApportionmentTie.None;
        Min = min;
        Max = max;
    }

    /// <summary>The group.</summary>
    public PopulationGroup Group { get; }

    /// <summary>The group's share of the population, 0..1, to the precision of a double. Nothing is decided by it.</summary>
    public double Share => Quotient(Group.Weight);

    /// <summary>
    /// Panel size times share: the seats that the group had if seats could be divided, to the precision of a double. Nothing is decided by it.
    /// </summary>
    public double Exact => Quotient(Group.Weight * _panelSize);

    /// <summary>
    /// The seats that an apportionment gives the group; null for <see cref="TargetMethod.Band"/>. Where a tie is open, one of the ways to give them; the quota
    /// holds all.
    /// </summary>
    public int? Seats { get; }

    /// <summary>What became of the group if others had the same claim to the last seats.</summary>
    public ApportionmentTie Tie { get; }

    /// <summary>The fewest members of the panel in this group.</summary>
    public int Min { get; private set; }

    /// <summary>The most members of the panel in this group.</summary>
    public int Max { get; private set; }

    /// <summary>Whether the quota reaches further than method and tolerance say, because the seats of combinations add up to more or fewer.</summary>
    public bool IsWidened { get; private set; }

    /// <summary>The quota, to be given to a <see cref="SelectionProblemBuilder"/>.</summary>
    public QuotaInput ToQuota() => new()
    {
        Condition = Group.Condition,
        Min = Min,
        Max = Max,
        Source = Group.Source,
        Comment = Group.Comment,
    };

    /// <summary>Widens the quota just as far as it takes to hold a number of seats; only while targets are computed.</summary>
    internal void Reach(int seats)
    {
        IsWidened |= seats < Min || seats > Max;
        Min = Math.Min(Min, seats);
        Max = Math.Max(Max, seats);
    }

    /// <summary>To 18 decimals, since weights may be too large for a double.</summary>
    private double Quotient(BigInteger weight)
    {
        BigInteger scale = BigInteger.Pow(10, 18);
        return (double)(weight * scale / _total) / (double)scale;
    }
}
