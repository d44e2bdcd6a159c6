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

/// <summary>How far a quota reaches to both sides: a number of seats, or a percentage of the panel size.</summary>
public sealed class Tolerance
{
    private Tolerance(decimal amount, bool isPercentage)
    {
        Amount = amount;
        IsPercentage = isPercentage;
    }

    /// <summary>How much, 0 or more.</summary>
    public decimal Amount { get; }

    /// <summary>Whether <see cref="Amount"/> is a percentage of the panel size rather than a number of seats.</summary>
    public bool IsPercentage { get; }

    /// <summary>No more room than the method itself leaves.</summary>
    public static Tolerance None { get; } = new(0, isPercentage: false);

    /// <summary>A number of seats.</summary>
    /// <param name="seats">How many, 0 or more.</param>
    /// <returns>The tolerance.</returns>
    public static Tolerance Seats(int seats)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(seats);
        return new Tolerance(seats, isPercentage: false);
    }

    /// <summary>A percentage of the panel size: 5 means that a share of 20 % may become one of 15 to 25 %.</summary>
    /// <param name="percent">How much, from 0 to 100.</param>
    /// <returns>The tolerance.</returns>
    public static Tolerance Percent(decimal percent)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(percent);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percent, 100);
        return new Tolerance(percent, isPercentage: true);
    }
}

/// <summary>How quotas are made from a population.</summary>
public sealed class TargetOptions
{
    /// <summary>How seats are found. The default is <see cref="TargetMethod.Band"/>.</summary>
    public TargetMethod Method { get; init; } = TargetMethod.Band;

    /// <summary>How far each quota reaches further to both sides. The default is <see cref="Tolerance.None"/>.</summary>
    public Tolerance Tolerance { get; init; } = Tolerance.None;

    /// <summary>The combinations of features that get quotas too, such as <c>gender</c> and <c>age</c>; only of a cross table. The default is none.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Intersections { get; init; } = [];
}
