using Sortition.Core.Lotteries;

namespace Sortition.Core.Engine.Polytope;

/// <summary>Bounds on the weight of panels that follow from the constraints alone, by adding them up in whole numbers.</summary>
/// <remarks>
/// Let every constraint have a price. A person scores the sum of the prices of the constraints that count the person, and no panel scores more than Σ price·max
/// over the prices above 0 and Σ price·min over those below. Whatever a type weighs beyond its score counts at most as often as the type has members. (Weak
/// duality of linear programs; nothing about panels being indivisible is used.)
/// </remarks>
internal static class QuotaArithmetic
{
    /// <summary>How certificates call this way of confirming a claim.</summary>
    public const string Name = "whole-number arithmetic on the constraints";

    /// <summary>What no panel weighs more than.</summary>
    /// <param name="polytope">The panels.</param>
    /// <param name="covered">The types that can have seats at all.</param>
    /// <param name="weights">A weight for each type.</param>
    /// <param name="prices">The prices.</param>
    public static Int128 Limit(QuotaPolytope polytope, bool[] covered, ReadOnlySpan<long> weights, PriceList prices)
    {
        Int128[] scores = Scores(polytope, prices);
        Int128 limit = 0;
        for (int r = 0; r < polytope.Rows.Count; r++)
        {
            PolytopeRow row = polytope.Rows[r];
            limit += (Int128)prices.Rows[r] * (prices.Rows[r] > 0 ? row.Max : row.Min);
        }

        for (int h = 0; h < polytope.HouseholdRows.Count; h++)
        {
            limit += (Int128)prices.Households[h] * polytope.HouseholdRows[h].Max;
        }

        for (int t = 0; t < weights.Length; t++)
        {
            Int128 excess = weights[t] - scores[t];
            limit += !covered[t] ? 0 : excess * (excess > 0 ? polytope.Upper[t] : polytope.Lower[t]);
        }

        return limit;
    }

    /// <summary>What a person of each type scores.</summary>
    public static Int128[] Scores(QuotaPolytope polytope, PriceList prices)
    {
        Int128[] scores = new Int128[polytope.TypeCount];
        for (int r = 0; r < polytope.Rows.Count; r++)
        {
            Add(polytope.Rows[r].Types, prices.Rows[r]);
        }

        for (int h = 0; h < polytope.HouseholdRows.Count; h++)
        {
            Add(polytope.HouseholdRows[h].Types, prices.Households[h]);
        }

        return scores;

        void Add(int[] types, long price)
        {
            if (price != 0)
            {
                foreach (int t in types)
                {
                    scores[t] += price;
                }
            }
        }
    }
}

/// <summary>A whole-number price for every constraint of a polytope.</summary>
/// <param name="Rows">One for each row: above 0 the price of its maximum, below 0 that of its minimum.</param>
/// <param name="Households">One for each household row, 0 or more.</param>
internal sealed record PriceList(long[] Rows, long[] Households)
{
    /// <summary>The prices in the terms of a certificate.</summary>
    public IReadOnlyList<ConstraintPrice> For(QuotaPolytope polytope) =>
    [
        .. Enumerable.Range(0, Rows.Length).Where(r => Rows[r] != 0)
            .Select(r => new ConstraintPrice(Rows[r] > 0 ? polytope.Rows[r].MaxReason : polytope.Rows[r].MinReason, Rows[r])),
        .. Enumerable.Range(0, Households.Length).Where(h => Households[h] != 0)
            .Select(h => new ConstraintPrice(polytope.HouseholdRows[h].MaxReason, Households[h], h)),
    ];
}
