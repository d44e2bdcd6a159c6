using Sortition.Core.Engine.Polytope;

namespace Sortition.Core.Engine.Search;

/// <summary>Weights that send a search to panels with somebody of a type not seen yet.</summary>
internal static class UnseenTypes
{
    /// <summary>Panels heavier than this seat somebody of an unseen type; all others weigh less.</summary>
    public const double Floor = 0.9;

    /// <summary>Sets the weights.</summary>
    /// <param name="polytope">The panels.</param>
    /// <param name="isUnseen">Entry t: whether type t is wanted and has not been seen.</param>
    /// <param name="weights">Receives a weight for each type.</param>
    public static void Weigh(QuotaPolytope polytope, ReadOnlySpan<bool> isUnseen, Span<double> weights)
    {
        double seats = polytope.Rows[0].Max;
        for (int t = 0; t < weights.Length; t++)
        {
            // Unequal weights keep the simplex method from standing still among equals. All other types together weigh less than one that is unseen.
            double variety = (t * 7919L % 1009) / 1009.0;
            weights[t] = isUnseen[t] ? 1 + 1e-4 * variety : 0.5 * variety / seats;
        }
    }
}
