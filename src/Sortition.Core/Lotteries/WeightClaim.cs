using Sortition.Core.Problems;

namespace Sortition.Core.Lotteries;

/// <summary>One proven statement of a certificate: however a panel is composed, its members do not weigh more than <see cref="Limit"/>.</summary>
/// <remarks>
/// <para>Every person of type t weighs <c>Weights[t]</c> − <c>CapWeights[t]</c>. What no panel exceeds, no lottery exceeds on average, so that the claim holds
/// for the selection probabilities too: Σ over all people of weight times probability ≤ <see cref="Limit"/>. What follows for an objective is said in
/// docs/algorithms.md.</para>
/// <para>To check the claim, find the heaviest panel with any solver for integer programs; or, where there are <see cref="Prices"/>, add them up by
/// hand.</para>
/// <para>Immutable and safe to read from any thread.</para>
/// </remarks>
public sealed record WeightClaim
{
    /// <summary>One whole number for each type of the lottery, 0 or more.</summary>
    public required IReadOnlyList<long> Weights { get; init; }

    /// <summary>
    /// What is taken off the weights, in objectives that hold high chances down: one whole number for each type, 0 or more; empty in the other ones.
    /// </summary>
    public required IReadOnlyList<long> CapWeights { get; init; }

    /// <summary>The most the members of a panel can weigh together; below 0 where the weights taken off prevail.</summary>
    public required long Limit { get; init; }

    /// <summary>
    /// What the constraints cost that prove the limit, where they alone do; empty where only a search of all panels does. A person's score is the sum of the
    /// prices of the constraints that count the person; the scores of a panel add up to Σ price·bound at most. The limit is that sum, plus, for each type that
    /// can be chosen, its weight less its score times its members if that is above 0 or the type must be in.
    /// </summary>
    public required IReadOnlyList<ConstraintPrice> Prices { get; init; }

    /// <summary>What the lottery reaches: the objective's value, or in leximin the chance of the people whom this claim settles.</summary>
    public required double Value { get; init; }

    /// <summary>The value that no lottery can better, by this claim.</summary>
    public required double Bound { get; init; }

    /// <summary>The relative distance of the value from the bound, 0 or more.</summary>
    public double Gap => RelativeGap(Value, Bound);

    /// <summary>What confirmed the limit independently of the computation that suggested it.</summary>
    public required string ConfirmedBy { get; init; }

    internal static double RelativeGap(double value, double bound) =>
        value == bound ? 0 : double.IsInfinity(value) ? 1 : Math.Abs(bound - value) / Math.Max(Math.Abs(bound), Math.Abs(value));
}

/// <summary>What a constraint costs in the units of a claim's weights: were it one seat higher, the limit would be higher by so much.</summary>
/// <param name="Constraint">The constraint.</param>
/// <param name="Price">The price of a seat: above 0 for a maximum or a household limit, below 0 for a minimum, either for the panel size; never 0.</param>
/// <param name="HouseholdClass">
/// For a household limit: the class of households that it binds (<see cref="PersonType.HouseholdClass"/>); null for all others.
/// </param>
public sealed record ConstraintPrice(Constraint Constraint, long Price, int? HouseholdClass = null);
