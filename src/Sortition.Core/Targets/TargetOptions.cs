namespace Sortition.Core.Targets;

/// <summary>How seats are found that a group should have.</summary>
public enum TargetMethod
{
    /// <summary>The exact target, panel size times share, rounded down and up: a band of one seat where it is no whole number.</summary>
    Band,

    /// <summary>
    /// Largest remainder (Hamilton): everybody gets the exact target rounded down, and the seats left go to the largest remainders. No group is a whole seat
    /// away from its exact target; a larger panel may give a group fewer seats, though.
    /// </summary>
    LargestRemainder,

    /// <summary>
    /// Sainte-Laguë (Webster): seat after seat goes to the group with the highest number by twice its seats and one. A larger panel gives no group fewer seats;
    /// a group may rarely be more than one seat away from its exact target, though.
    /// </summary>
    SainteLague,
}

/// <summary>How quotas are made from a population.</summary>
public sealed class TargetOptions
{
    /// <summary>How seats are found. The default is <see cref="TargetMethod.Band"/>.</summary>
    public TargetMethod Method { get; init; } = TargetMethod.Band;

    /// <summary>How many seats each quota reaches further to both sides, 0 or more; by default 0.</summary>
    public int ToleranceSeats { get; init; }

    /// <summary>
    /// How far each quota reaches further to both sides, in percent of the panel size, 0..100, added to <see cref="ToleranceSeats"/>; by default 0. With 5, a
    /// share of 20 % may become one of 15 to 25 %.
    /// </summary>
    public decimal TolerancePercent { get; init; }

    /// <summary>The combinations of features that get quotas too, such as <c>gender</c> and <c>age</c>; only of a cross table. The default is none.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Intersections { get; init; } = [];
}
