using Sortition.Core.Engine.Polytope;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;

namespace Sortition.Core.Engine.Mixing;

/// <summary>The values of leximin's stages as fractions, and the lottery that reaches them exactly.</summary>
/// <remarks>
/// A claim says that no panel weighs more than a limit. Where the limit is reached by a lottery, each of its panels weighs just that, and the people whom the
/// claim settles have the value that the weights leave for them: Σ w_t·y_t = limit, with y_t known for those settled before. So one claim after the other
/// gives a fraction, whatever the floating-point numbers were that suggested the weights.
/// </remarks>
internal sealed class ExactStages
{
    private readonly QuotaPolytope _polytope;
    private readonly bool[] _covered;
    private readonly Fraction[] _shares;
    private readonly Fraction?[] _seats;
    private readonly List<(long[] Weights, Int128 Limit)> _claims = [];
    private bool _isExact = true;

    /// <param name="polytope">The panels.</param>
    /// <param name="covered">The types that count.</param>
    /// <param name="entitlements">What the chance of a type's members is measured by.</param>
    /// <param name="isSure">Which types are sure of all their seats, as far as that is known.</param>
    public ExactStages(QuotaPolytope polytope, bool[] covered, double[] entitlements, Func<int, bool> isSure)
    {
        _polytope = polytope;
        _covered = covered;
        _shares = [.. entitlements.Select((e, t) => Fraction.Of(e) * polytope.Upper[t])];
        _seats =
        [
            .. Enumerable.Range(0, covered.Length)
                .Select(t => !covered[t] ? (Fraction)0L : polytope.Lower[t] > 0 || isSure(t) ? (Fraction)(long)polytope.Upper[t] : (Fraction?)null),
        ];
    }

    /// <summary>Settles those whom a claim weighs.</summary>
    /// <param name="weights">The claim's weights.</param>
    /// <param name="prices">Prices that prove its limit; null where the heaviest of the known panels has it.</param>
    /// <param name="panels">The known panels.</param>
    /// <param name="mixed">The stage's value as computed in floating-point numbers.</param>
    /// <returns>The stage's value: that of the claim, as long as claims have explained every stage.</returns>
    public double Settle(long[] weights, PriceList? prices, IReadOnlyList<TypeSeats[]> panels, double mixed)
    {
        Int128 limit = prices is null ? panels.Max(panel => WeightOf(panel, weights)) : QuotaArithmetic.Limit(_polytope, _covered, weights, prices);
        _claims.Add((weights, limit));
        Fraction left = new((System.Numerics.BigInteger)limit, 1);
        Fraction open = 0L;
        for (int t = 0; t < weights.Length; t++)
        {
            if (weights[t] > 0 && _covered[t])
            {
                (left, open) = _seats[t] is Fraction seats ? (left - (seats * weights[t]), open) : (left, open + (_shares[t] * weights[t]));
            }
        }

        if (open.Top.IsZero)
        {
            // All whom the claim weighs are settled, or sure of their seats: it leaves nothing to be told.
            return mixed;
        }

        double value = _isExact && open.Top.Sign > 0 ? (left / open).ToDouble() : double.NaN;
        _isExact = Math.Abs(value - mixed) <= Tolerances.ExplainedStage * mixed;
        if (!_isExact)
        {
            return mixed;
        }

        Fraction stage = left / open;
        for (int t = 0; t < weights.Length; t++)
        {
            if (weights[t] > 0 && _seats[t] is null)
            {
                _seats[t] = stage * _shares[t];
            }
        }

        return value;
    }

    /// <summary>The lottery that gives everybody just the value of their stage.</summary>
    /// <param name="panels">The known panels.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The lottery; null if claims do not explain every stage, or the panels have no such mix.</returns>
    public IReadOnlyList<PanelComposition>? Mix(IReadOnlyList<TypeSeats[]> panels, CancellationToken cancellationToken)
    {
        if (!_isExact || Array.Exists(_seats, seats => seats is null))
        {
            return null;
        }

        TypeSeats[][] heaviest = [.. panels.Where(panel => _claims.TrueForAll(claim => WeightOf(panel, claim.Weights) == claim.Limit))];
        return heaviest.Length == 0 ? null : ExactMix.Solve(heaviest, _polytope.Upper, _seats, cancellationToken);
    }

    /// <summary>Brings a lottery that is near these values to them. Whom no claim settles is sure of a seat on all its panels.</summary>
    /// <param name="lottery">The lottery.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The lottery; as it was if claims do not explain every stage, or it does not come so near.</returns>
    public IReadOnlyList<PanelComposition> Refine(IReadOnlyList<PanelComposition> lottery, CancellationToken cancellationToken) =>
        (_isExact ? ExactMix.Refine(lottery, _polytope.Upper, _seats, cancellationToken) : null) ?? lottery;

    private static Int128 WeightOf(TypeSeats[] panel, long[] weights)
    {
        Int128 sum = 0;
        foreach ((int type, int seats) in panel)
        {
            sum += (Int128)weights[type] * seats;
        }

        return sum;
    }
}
