using Sortition.Core.Engine.Polytope;
using Sortition.Core.Engine.Proof;
using Sortition.Core.Lotteries;

namespace Sortition.Core.Certificates;

/// <summary>Redoes one claim: that its form is right, and that no panel weighs more than its limit.</summary>
internal sealed class ClaimCheck(PanelLottery lottery, QuotaPolytope polytope, int claim)
{
    // What everybody weighs together must leave room for a solver that adds up in 64 bits.
    private const long LargestTotal = 1L << 61;

    private readonly WeightClaim _claim = lottery.Certificate.Claims[claim];
    private readonly StatedPrices _prices = new(polytope);

    /// <summary>What each type weighs, less what is taken off.</summary>
    private long[] Net => [.. _claim.Weights.Select((w, t) => w - (_claim.CapWeights.Count > 0 ? _claim.CapWeights[t] : 0))];

    /// <summary>What the lottery's panels weigh on average, over 2⁶².</summary>
    public Int128 Expected => WeightCertifier.ExpectedWeight(lottery.Panels, Net);

    /// <summary>Reads the claim: why it cannot be computed with, if it cannot. Once, before anything else.</summary>
    public IReadOnlyList<CertificateFault> FormFaults(bool holdsHighChancesDown)
    {
        List<CertificateFault> faults = [];
        foreach (double number in new[] { _claim.Value, _claim.Bound })
        {
            if (!double.IsFinite(number))
            {
                faults.Add(Fault(CertificateFaultCode.NotFinite, null, FormattableString.Invariant($"{number}")));
            }
        }

        CheckWeights(holdsHighChancesDown, faults);
        for (int p = 0; p < _claim.Prices.Count; p++)
        {
            CertificateFaultCode? code = _prices.Add(_claim.Prices[p]) switch
            {
                PriceFault.Foreign => CertificateFaultCode.ForeignPrice,
                PriceFault.WrongSign => CertificateFaultCode.WrongSignOfPrice,
                PriceFault.Twice => CertificateFaultCode.PriceTwice,
                _ => null,
            };
            if (code is CertificateFaultCode found)
            {
                faults.Add(Fault(found, p, FormattableString.Invariant($"{_claim.Prices[p].Price}")));
            }
        }

        return faults;
    }

    /// <summary>By the prices where there are some, otherwise by a search of all panels. Only for claims whose form is right.</summary>
    public CertificatePoint CheckLimit(bool[] covered, CancellationToken cancellationToken)
    {
        if (_claim.Prices.Count > 0)
        {
            Int128 sum = QuotaArithmetic.Limit(polytope, covered, Net, _prices.List);
            return Point(CertificatePointCode.LimitByPrices, sum, sum > _claim.Limit ? CertificateFaultCode.PricesProveLess : null);
        }

        Int128 heaviest = Heaviest(cancellationToken);
        bool isExceeded = heaviest > _claim.Limit;
        return Point(CertificatePointCode.LimitBySearch, isExceeded ? heaviest : _claim.Limit, isExceeded ? CertificateFaultCode.HeavierPanel : null);
    }

    /// <summary>The weight of a panel above the limit, or something no higher than the limit if there is none.</summary>
    private Int128 Heaviest(CancellationToken cancellationToken)
    {
        long[] net = Net;
        Int128 most = Enumerable.Range(0, net.Length).Aggregate((Int128)0, (sum, t) => sum + (net[t] > 0 ? (Int128)net[t] * polytope.Upper[t] : 0));
        long known = lottery.Panels.Max(p => p.Seats.Sum(s => net[s.Type] * s.Seats));

        // A limit beyond all numbers in question needs no search, and the solver could not count so far.
        if (known > _claim.Limit || most <= _claim.Limit)
        {
            return known;
        }

        ExactJudge.Verdict verdict = ExactJudge.HeaviestPanel(polytope, net, null, null, cancellationToken, _claim.Limit);
        return verdict.Panel is null ? known : verdict.Weight;
    }

    private void CheckWeights(bool holdsHighChancesDown, List<CertificateFault> faults)
    {
        int types = polytope.TypeCount;
        int caps = holdsHighChancesDown ? types : 0;
        if (_claim.Weights.Count != types || _claim.CapWeights.Count != caps)
        {
            faults.Add(Fault(
                CertificateFaultCode.WrongWeightCount,
                null,
                FormattableString.Invariant($"{_claim.Weights.Count} and {_claim.CapWeights.Count}"),
                FormattableString.Invariant($"{types} and {caps}")));
            return;
        }

        Int128 total = 0;
        for (int t = 0; t < types; t++)
        {
            foreach (long weight in caps > 0 ? [_claim.Weights[t], _claim.CapWeights[t]] : (ReadOnlySpan<long>)[_claim.Weights[t]])
            {
                total += (Int128)weight * polytope.Upper[t];
                if (weight < 0)
                {
                    faults.Add(Fault(CertificateFaultCode.NegativeWeight, t, FormattableString.Invariant($"{weight}")));
                }
            }
        }

        if (total > LargestTotal)
        {
            faults.Add(Fault(CertificateFaultCode.WeightsTooLarge, null, null));
        }
    }

    private CertificateFault Fault(CertificateFaultCode code, int? index, string? stated, string? found = null) => new(code, claim, index, stated, found);

    private CertificatePoint Point(CertificatePointCode code, Int128 found, CertificateFaultCode? fault)
    {
        string text = FormattableString.Invariant($"{found}");
        return new CertificatePoint(
            code, claim, text, fault is CertificateFaultCode wrong ? [Fault(wrong, null, FormattableString.Invariant($"{_claim.Limit}"), text)] : []);
    }
}
