using System.Numerics;
using Sortition.Core.Engine.Polytope;
using Sortition.Core.Lotteries;

namespace Sortition.Core.Engine.Proof;

/// <summary>Proves claim by claim that a lottery is leximin; why that follows is told at <see cref="LeximinOrder"/>.</summary>
internal sealed class LeximinProof
{
    private readonly QuotaPolytope _polytope;
    private readonly bool[] _covered;
    private readonly IReadOnlyList<PanelComposition> _lottery;
    private readonly LeximinOrder _order;
    private readonly double[] _entitlements;
    private readonly List<WeightClaim> _claims = [];
    private bool _isProven = true;

    /// <param name="polytope">The panels.</param>
    /// <param name="covered">The types that count.</param>
    /// <param name="entitlements">What the chance of a type's members is measured by.</param>
    /// <param name="lottery">The lottery.</param>
    public LeximinProof(QuotaPolytope polytope, bool[] covered, double[] entitlements, IReadOnlyList<PanelComposition> lottery)
    {
        _polytope = polytope;
        _covered = covered;
        _lottery = lottery;
        _entitlements = entitlements;
        _order = new LeximinOrder(polytope.Upper, covered, entitlements, lottery);
    }

    public IReadOnlyList<WeightClaim> Claims => _claims;

    /// <summary>Whether the claims so far prove the lottery leximin.</summary>
    public bool IsProven => _isProven && _order.FirstOpen is null;

    /// <summary>Adds a claim.</summary>
    /// <param name="weights">A weight for each type, 0 or more.</param>
    /// <param name="prices">Prices that may prove it; null if there are none.</param>
    /// <param name="cancellationToken">Stops the judge.</param>
    public void Add(long[] weights, PriceList? prices, CancellationToken cancellationToken)
    {
        if (_order.Settle(weights) is not { } stage)
        {
            return;
        }

        Int128 expected = WeightCertifier.ExpectedWeight(_lottery, weights);
        long limit = (long)Int128.Min(long.MaxValue, (expected + PanelLottery.WeightTotal - 1) / PanelLottery.WeightTotal);

        // Where the lottery misses by a hair, prices may still prove what it misses, and need no search of all panels.
        Int128 hair = prices is null ? 0 : (Int128)(Tolerances.ExplainedStage * stage.SettledLowest / stage.GainPerSlack);
        long enough = (long)Int128.Min(long.MaxValue, limit + hair);
        Confirmation confirmed = WeightCertifier.Confirm(_polytope, _covered, weights, prices, enough, cancellationToken);
        (bool isInOrder, bool isReached) = _order.Judge(stage, weights, confirmed.Limit);
        _isProven &= isInOrder && isReached;
        _claims.Add(new WeightClaim(
            weights: weights,
            capWeights: [],
            limit: confirmed.Limit,
            prices: confirmed.Prices,
            value: stage.Value,
            bound: stage.Bound(confirmed.Limit, expected),
            confirmedBy: confirmed.By));
    }

    /// <summary>
    /// The claims as a proof that nobody's chance is further than ε from chances that no lottery's are above, in order; null if they are none, or if ε would be
    /// above <see cref="Tolerances.LargestEpsilon"/>.
    /// </summary>
    /// <remarks>Claims out of order by a hair, since their weights are rounded, get a limit that is a little higher: it is true all the more.</remarks>
    public (IReadOnlyList<WeightClaim> Claims, double Epsilon)? WithinEpsilon()
    {
        LeximinOrder order = new(_polytope.Upper, _covered, _entitlements, _lottery, isNearEnough: true);
        List<WeightClaim> claims = [];
        foreach (WeightClaim claim in _claims)
        {
            if (order.Settle(claim.Weights) is not { } stage)
            {
                continue;
            }

            BigInteger limit = BigInteger.Max(claim.Limit, order.LimitInOrder(claim.Weights));
            if (limit > long.MaxValue || !order.Judge(stage, claim.Weights, (long)limit).IsInOrder)
            {
                return null;
            }

            double bound = stage.Bound((long)limit, WeightCertifier.ExpectedWeight(_lottery, [.. claim.Weights]));
            claims.Add(new WeightClaim(claim.Weights, claim.CapWeights, (long)limit, claim.Prices, stage.Value, bound, claim.ConfirmedBy));
        }

        return order.FirstOpen is null && order.Farthest <= Fraction.Of(Tolerances.LargestEpsilon) ? (claims, order.Farthest.ToDoubleUp()) : null;
    }
}
