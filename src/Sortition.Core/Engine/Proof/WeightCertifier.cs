using Sortition.Core.Engine.Polytope;
using Sortition.Core.Lotteries;

namespace Sortition.Core.Engine.Proof;

/// <summary>Has claims about the weight of panels confirmed in whole numbers.</summary>
internal static class WeightCertifier
{
    /// <summary>The largest weight where small whole numbers in the right proportions do not exist.</summary>
    public const long FineSize = 1L << 40;

    /// <summary>Confirms that no panel weighs more than a limit.</summary>
    /// <param name="polytope">The panels.</param>
    /// <param name="covered">The types that can have seats at all.</param>
    /// <param name="weights">A weight for each type, of either sign.</param>
    /// <param name="prices">Prices that may prove the limit by themselves; null if there are none.</param>
    /// <param name="limit">The limit.</param>
    /// <param name="cancellationToken">Stops the judge.</param>
    /// <returns>The limit confirmed, which is what the heaviest panel weighs if that is more.</returns>
    public static Confirmation Confirm(
        QuotaPolytope polytope, bool[] covered, long[] weights, PriceList? prices, long limit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (prices is not null && QuotaArithmetic.Limit(polytope, covered, weights, prices) is var proven && proven <= limit)
        {
            return new Confirmation((long)proven, prices.For(polytope), QuotaArithmetic.Name, null);
        }

        ExactJudge.Verdict verdict = ExactJudge.HeaviestPanel(polytope, weights, null, null, cancellationToken, limit);
        return new Confirmation(verdict.Panel is null ? limit : verdict.Weight, [], ExactJudge.SolverName, verdict.Panel);
    }

    /// <summary>What the panels of a lottery weigh on average, exactly, as a whole number over 2⁶².</summary>
    public static Int128 ExpectedWeight(IReadOnlyList<PanelComposition> lottery, long[] weights)
    {
        Int128 sum = 0;
        foreach (PanelComposition panel in lottery)
        {
            Int128 ofPanel = 0;
            foreach ((int type, int seats) in panel.Seats)
            {
                ofPanel += (Int128)weights[type] * seats;
            }

            sum += ofPanel * panel.Weight;
        }

        return sum;
    }
}

/// <summary>What was confirmed.</summary>
/// <param name="Limit">No panel weighs more.</param>
/// <param name="Prices">Prices that prove it, or none.</param>
/// <param name="By">What confirmed it.</param>
/// <param name="HeavierPanel">A panel above the limit that was to be confirmed, if there is one.</param>
internal sealed record Confirmation(long Limit, IReadOnlyList<ConstraintPrice> Prices, string By, int[]? HeavierPanel);
