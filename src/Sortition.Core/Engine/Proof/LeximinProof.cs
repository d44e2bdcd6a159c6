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
    private readonly List<WeightClaim> _claims = [];
    private bool _isInOrder = true;

    /// <param name="polytope">The panels.</param>
    /// <param name="covered">The types that count.</param>
    /// <param name="shares">What a type's seats are measured by: its members, times what each is entitled to.</param>
    /// <param name="lottery">The lottery.</param>
    public LeximinProof(QuotaPolytope polytope, bool[] covered, double[] shares, IReadOnlyList<PanelComposition> lottery)
    {
        _polytope = polytope;
        _covered = covered;
        _lottery = lottery;
        _order = new LeximinOrder(polytope.Upper, covered, shares, lottery);
    }

    public IReadOnlyList<WeightClaim> Claims => _claims;

    /// <summary>Whether the claims so far prove the lottery leximin.</summary>
    public bool IsProven => _isInOrder && _claims.TrueForAll(c => c.Gap <= LeximinOrder.ProvenGap) && _order.FirstOpen is null;

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

        _isInOrder &= stage.IsInOrder;
        Int128 expected = WeightCertifier.ExpectedWeight(_lottery, weights);
        long limit = (long)Int128.Min(long.MaxValue, (expected + PanelLottery.WeightTotal - 1) / PanelLottery.WeightTotal);
        Int128 tolerance = (Int128)(LeximinOrder.ProvenGap * stage.SettledLowest / stage.GainPerSlack);
        long enough = (long)Int128.Min(long.MaxValue, limit + tolerance);
        Confirmation confirmed = WeightCertifier.Confirm(_polytope, _covered, weights, prices, enough, cancellationToken);
        _claims.Add(new WeightClaim(
            weights: weights,
            capWeights: [],
            limit: confirmed.Limit,
            prices: confirmed.Prices,
            value: stage.Value,
            bound: stage.Bound(confirmed.Limit, expected),
            confirmedBy: confirmed.By));
    }
}
