using Sortition.Core.Engine;
using Sortition.Core.Engine.Proof;
using Sortition.Core.Lotteries;

namespace Sortition.Core.Certificates;

/// <summary>
/// Redoes what follows from the claims: their bounds, the bound of the objective, and whether they prove the lottery optimal. Only for claims whose form is
/// right.
/// </summary>
internal sealed class BoundCheck
{
    private readonly PanelLottery _lottery;
    private readonly Objective _objective;
    private readonly CoveredPeople _people;
    private readonly double _value;
    private readonly List<CertificateFault> _wrong = [];
    private readonly List<CertificateFault> _unproven = [];
    private readonly List<(double Value, double Bound)> _figures = [];
    private double _gap;
    private double _farthest;

    /// <param name="lottery">The lottery.</param>
    /// <param name="people">Whom the objective is about.</param>
    /// <param name="value">What the lottery reaches, as found.</param>
    public BoundCheck(PanelLottery lottery, CoveredPeople people, double value)
    {
        _lottery = lottery;
        _objective = lottery.Certificate.Objective;
        _people = people;
        _value = value;
    }

    /// <summary>What follows for each claim, in their order, which is what it should state; there once <see cref="Run"/> has run.</summary>
    public IReadOnlyList<(double Value, double Bound)> Figures => _figures;

    /// <summary>What no lottery can better, by all claims; there once <see cref="Run"/> has run.</summary>
    public double Bound { get; private set; }

    /// <summary>Two points: the bounds, and optimality.</summary>
    /// <param name="claims">The claims, in their order.</param>
    public (CertificatePoint Bound, CertificatePoint Optimality) Run(IReadOnlyList<ClaimCheck> claims)
    {
        Certificate certificate = _lottery.Certificate;
        double bound = _objective.IsSettledInTurn ? InTurn(claims) : ByOne(certificate.Claims[0]);
        Compare(certificate.Bound, bound, null, CertificateFaultCode.WrongBound, Tolerances.StatedBound);
        Bound = bound;
        string found = Text(bound);
        CertificatePoint optimality = certificate.Status switch
        {
            CertificateStatus.ProvenOptimal => new(CertificatePointCode.Optimality, null, Text(_gap), _unproven),
            CertificateStatus.EpsilonLeximin => new(CertificatePointCode.WithinEpsilon, null, Text(_farthest), _unproven),
            _ => new(CertificatePointCode.OptimalityLeftOpen, null, null, []),
        };
        return (new(CertificatePointCode.Bound, null, found, _wrong), optimality);
    }

    private double ByOne(WeightClaim claim)
    {
        double bound = _objective.BoundOf(claim, claim.Limit, _people);
        Compare(claim.Value, _value, 0, CertificateFaultCode.WrongValue, Tolerances.StatedValue);
        Compare(claim.Bound, bound, 0, CertificateFaultCode.WrongBound, Tolerances.StatedBound);
        _figures.Add((_value, bound));
        double gap = WeightClaim.RelativeGap(_value, bound);

        // A gap may be found a hair wider than it was stated: it is computed from two numbers that may each be so.
        Note(gap, _objective.IsReached(claim, gap - Tolerances.StatedValue, _lottery.Panels, _people), null);
        return bound;
    }

    private double InTurn(IReadOnlyList<ClaimCheck> claims)
    {
        bool[] covered = [.. _people.Counts.Select(n => n > 0)];
        double[] entitlements = [.. _lottery.Types.Select(_objective.EntitlementOf)];
        double? epsilon = _lottery.Certificate.Epsilon;
        LeximinOrder order = new([.. _lottery.Types.Select(t => t.Members.Count)], covered, entitlements, _lottery.Panels, isNearEnough: epsilon is not null);
        double first = _value;
        for (int c = 0; c < claims.Count; c++)
        {
            WeightClaim claim = _lottery.Certificate.Claims[c];
            if (order.Settle(claim.Weights) is not { } stage)
            {
                _wrong.Add(new CertificateFault(CertificateFaultCode.ClaimSettlesNobody, c));
                _figures.Add((_value, _value));
                continue;
            }

            double bound = stage.Bound(claim.Limit, claims[c].Expected);
            _figures.Add((stage.Value, bound));
            Compare(claim.Value, stage.Value, c, CertificateFaultCode.WrongValue, Tolerances.StatedValue);
            Compare(claim.Bound, bound, c, CertificateFaultCode.WrongBound, Tolerances.StatedBound);
            (bool isInOrder, bool isReached) = order.Judge(stage, claim.Weights, claim.Limit);
            Note(WeightClaim.RelativeGap(stage.Value, bound), isReached || epsilon is not null, c);
            first = c == 0 ? Math.Max(_value, bound) : first;
            if (!isInOrder)
            {
                _unproven.Add(new CertificateFault(CertificateFaultCode.ClaimOutOfOrder, c));
            }
        }

        if (order.FirstOpen is int open)
        {
            _unproven.Add(new CertificateFault(CertificateFaultCode.NotSettled, index: _lottery.Types[open].Members[0]));
        }

        _farthest = order.Farthest.ToDouble();
        if (epsilon is double stated && order.Farthest > Fraction.Of(stated))
        {
            _unproven.Add(new CertificateFault(CertificateFaultCode.BeyondEpsilon, stated: Text(stated), found: Text(_farthest)));
        }

        return first;
    }

    private void Note(double gap, bool isReached, int? claim)
    {
        _gap = Math.Max(_gap, gap);
        if (!isReached)
        {
            _unproven.Add(new CertificateFault(CertificateFaultCode.GapTooLarge, claim, found: Text(gap)));
        }
    }

    private void Compare(double stated, double found, int? claim, CertificateFaultCode code, double tolerance)
    {
        if (!CertificateVerifier.Agree(stated, found, tolerance))
        {
            _wrong.Add(new CertificateFault(code, claim, stated: Text(stated), found: Text(found)));
        }
    }

    private static string Text(double number) => FormattableString.Invariant($"{number:R}");
}
