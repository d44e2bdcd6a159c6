using Sortition.Core.Lotteries;

namespace Sortition.Core.Engine;

/// <summary>Proves claim by claim that a lottery is leximin.</summary>
/// <remarks>
/// <para>Let the claims be Σ w_i·π_i ≤ limit for all lotteries, w ≥ 0, and call a person settled by the first claim that gives them a weight. Suppose that our lottery π*
/// reaches each claim's limit; that all whom a claim settles have one value v; and that nobody settled later has less than v. Then π* is leximin. For let π be a lottery
/// that is at least as good. By induction it gives those settled before what π* gives them. What is left of the sorted vectors still compares so, hence π gives nobody else
/// less than v. So it gives everybody whom the claim weighs at least what π* does, and as their weighted sum cannot be above that of π*, it gives them just that.</para>
/// <para>In floating-point arithmetic a limit is missed by a hair. If the others are left what they have, a person settled by a claim can gain the slack divided by the
/// person's weight; that, beside the person's value, is the claim's gap.</para>
/// </remarks>
internal sealed class LeximinProof
{
    private const double ProvenGap = 1e-9;

    private readonly QuotaPolytope _polytope;
    private readonly bool[] _covered;
    private readonly IReadOnlyList<TypePanel> _lottery;
    private readonly double[] _values;
    private readonly double[] _shares;
    private readonly bool[] _isFull;
    private readonly bool[] _isSettled;
    private readonly List<WeightClaim> _claims = [];
    private bool _isSound = true;

    /// <param name="polytope">The panels.</param>
    /// <param name="covered">The types that count.</param>
    /// <param name="shares">What a type's seats are measured by: its members, times what each is entitled to.</param>
    /// <param name="lottery">The lottery.</param>
    public LeximinProof(QuotaPolytope polytope, bool[] covered, double[] shares, IReadOnlyList<TypePanel> lottery)
    {
        _polytope = polytope;
        _covered = covered;
        _lottery = lottery;
        _shares = shares;
        _values = new double[covered.Length];
        _isFull = new bool[covered.Length];
        _isSettled = new bool[covered.Length];
        double[] seats = ExpectedSeats(lottery, covered.Length);
        for (int t = 0; t < _values.Length; t++)
        {
            // Whoever is sure of a seat cannot have more: a claim that needs no proof, placed among the others by its value.
            _values[t] = covered[t] ? seats[t] / shares[t] : 0;
            _isFull[t] = covered[t] && seats[t] >= polytope.Upper[t] * (1 - ProvenGap);
            _isSettled[t] = !covered[t] || _isFull[t];
        }
    }

    public IReadOnlyList<WeightClaim> Claims => _claims;

    /// <summary>Whether the claims so far prove the lottery leximin.</summary>
    public bool IsProven => _isSound && _claims.TrueForAll(c => c.Gap <= ProvenGap) && !Array.Exists(_isSettled, s => !s);

    /// <summary>Adds a claim.</summary>
    /// <param name="weights">A weight for each type, 0 or more.</param>
    /// <param name="prices">Prices that may prove it; null if there are none.</param>
    /// <param name="cancellationToken">Stops the judge.</param>
    public void Add(long[] weights, PriceList? prices, CancellationToken cancellationToken)
    {
        double lowest = double.PositiveInfinity;
        double settledLowest = double.PositiveInfinity;
        double gainPerSlack = 0;
        for (int t = 0; t < weights.Length; t++)
        {
            if (!_isSettled[t])
            {
                lowest = Math.Min(lowest, _values[t]);
                if (weights[t] > 0)
                {
                    settledLowest = Math.Min(settledLowest, _values[t]);
                }
            }
        }

        if (double.IsInfinity(settledLowest))
        {
            return;
        }

        double highest = 0;
        for (int t = 0; t < weights.Length; t++)
        {
            _isSound &= !_isFull[t] || weights[t] == 0 || _values[t] <= settledLowest * (1 + ProvenGap);
            if (!_isSettled[t] && weights[t] > 0)
            {
                highest = Math.Max(highest, _values[t]);
                gainPerSlack = Math.Max(gainPerSlack, _polytope.Upper[t] / (weights[t] * _shares[t]));
                _isSettled[t] = true;
            }
        }

        Int128 expected = WeightCertifier.ExpectedWeight(_lottery, weights);
        long limit = (long)Int128.Min(long.MaxValue, (expected + PanelLottery.WeightTotal - 1) / PanelLottery.WeightTotal);
        Int128 tolerance = (Int128)(ProvenGap * settledLowest / gainPerSlack);
        Confirmation confirmed = WeightCertifier.Confirm(_polytope, _covered, weights, prices, (long)Int128.Min(long.MaxValue, limit + tolerance), cancellationToken);
        double slack = (double)(((Int128)confirmed.Limit * PanelLottery.WeightTotal) - expected) / PanelLottery.WeightTotal;

        // Nobody settled later has less, and all settled now have the same, but for rounding.
        _isSound &= lowest >= settledLowest * (1 - ProvenGap);
        _claims.Add(new WeightClaim
        {
            Weights = weights,
            CapWeights = [],
            Limit = confirmed.Limit,
            Prices = confirmed.Prices,
            Value = Math.Min(lowest, settledLowest),
            Bound = highest + Math.Max(0, slack * gainPerSlack),
            ConfirmedBy = confirmed.By,
        });
    }

    private static double[] ExpectedSeats(IReadOnlyList<TypePanel> lottery, int types)
    {
        Int128[] sums = new Int128[types];
        foreach (TypePanel panel in lottery)
        {
            foreach ((int type, int seats) in panel.Seats)
            {
                sums[type] += (Int128)panel.Weight * seats;
            }
        }

        return Array.ConvertAll(sums, s => (double)s / PanelLottery.WeightTotal);
    }
}
