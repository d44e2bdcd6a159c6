using Sortition.Core.Problems;

namespace Sortition.Core.Lotteries;

/// <summary>One proven statement of a certificate: however a panel is composed, its members do not weigh more than <see cref="Limit"/>.</summary>
/// <remarks>
/// <para>Every person of type t weighs <c>Weights[t]</c> − <c>CapWeights[t]</c>. What no panel exceeds, no lottery exceeds on average, so that the claim holds
/// for the selection probabilities too: Σ over all people of weight times probability ≤ <see cref="Limit"/>. For
/// the lowest chance it follows that it is <see cref="Limit"/> divided by the sum of all weights at most.</para>
/// <para>To check the claim, find the heaviest panel with any solver for integer programs; or, where there are <see cref="Prices"/>, add them up by
/// hand.</para>
/// <para>Immutable and safe to read from any thread.</para>
/// </remarks>
public sealed class WeightClaim
{
    /// <summary>Makes a claim; nothing is checked, which is what <c>CertificateVerifier</c> is for.</summary>
    /// <param name="weights">See <see cref="Weights"/>.</param>
    /// <param name="capWeights">See <see cref="CapWeights"/>.</param>
    /// <param name="limit">See <see cref="Limit"/>.</param>
    /// <param name="prices">See <see cref="Prices"/>.</param>
    /// <param name="value">See <see cref="Value"/>.</param>
    /// <param name="bound">See <see cref="Bound"/>.</param>
    /// <param name="confirmedBy">See <see cref="ConfirmedBy"/>.</param>
    public WeightClaim(
        IReadOnlyList<long> weights,
        IReadOnlyList<long> capWeights,
        long limit,
        IReadOnlyList<ConstraintPrice> prices,
        double value,
        double bound,
        string confirmedBy)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(capWeights);
        ArgumentNullException.ThrowIfNull(prices);
        ArgumentNullException.ThrowIfNull(confirmedBy);
        Weights = weights;
        CapWeights = capWeights;
        Limit = limit;
        Prices = prices;
        Value = value;
        Bound = bound;
        ConfirmedBy = confirmedBy;
    }

    /// <summary>One whole number for each type of the lottery, 0 or more.</summary>
    public IReadOnlyList<long> Weights { get; }

    /// <summary>
    /// What is taken off the weights, in objectives that hold high chances down: one whole number for each type, 0 or more; empty in the other ones.
    /// </summary>
    public IReadOnlyList<long> CapWeights { get; }

    /// <summary>The most the members of a panel can weigh together; below 0 where the weights taken off prevail.</summary>
    public long Limit { get; }

    /// <summary>
    /// What the constraints cost that prove the limit, where they alone do; empty where only a search of all panels does. A person's score is the sum of the
    /// prices of the constraints that count the person; the scores of a panel add up to Σ price·bound at most. The limit is that sum, plus, for each type that
    /// can be chosen, its weight less its score times its members if that is above 0 or the type must be in.
    /// </summary>
    public IReadOnlyList<ConstraintPrice> Prices { get; }

    /// <summary>What the lottery reaches: the objective's value, or in leximin the chance of the people whom this claim settles.</summary>
    public double Value { get; }

    /// <summary>The value that no lottery can better, by this claim.</summary>
    public double Bound { get; }

    /// <summary>The relative distance of the value from the bound, 0 or more.</summary>
    public double Gap => RelativeGap(Value, Bound);

    /// <summary>What confirmed the limit independently of the computation that suggested it.</summary>
    public string ConfirmedBy { get; }

    internal static double RelativeGap(double value, double bound) =>
        value == bound ? 0 : double.IsInfinity(value) ? 1 : Math.Abs(bound - value) / Math.Max(Math.Abs(bound), Math.Abs(value));
}

/// <summary>What a constraint costs in the units of a claim's weights: were it one seat higher, the limit would be higher by so much.</summary>
public sealed class ConstraintPrice
{
    /// <summary>Sets a price.</summary>
    /// <param name="constraint">See <see cref="Constraint"/>.</param>
    /// <param name="price">See <see cref="Price"/>.</param>
    /// <param name="householdClass">See <see cref="HouseholdClass"/>.</param>
    public ConstraintPrice(Constraint constraint, long price, int? householdClass = null)
    {
        Constraint = constraint;
        Price = price;
        HouseholdClass = householdClass;
    }

    /// <summary>The constraint.</summary>
    public Constraint Constraint { get; }

    /// <summary>The price of a seat: above 0 for a maximum or a household limit, below 0 for a minimum, either for the panel size; never 0.</summary>
    public long Price { get; }

    /// <summary>
    /// For a household limit: the class of households that it binds (<see cref="PersonType.HouseholdClass"/>); null for all others.
    /// </summary>
    public int? HouseholdClass { get; }
}
