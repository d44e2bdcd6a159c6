using Sortition.Core.Engine.Mixing;
using Sortition.Core.Engine.OrTools;
using Sortition.Core.Engine.Polytope;
using Sortition.Core.Engine.Proof;
using Sortition.Core.Engine.Relaxation;
using Sortition.Core.Engine.Search;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;

namespace Sortition.Core.Algorithms;

/// <summary>One computation of a lottery that holds high chances down: minimax, or Goldilocks with γ above 0.</summary>
/// <remarks>The objective leaves open who has how much between the extremes; where it can, the run makes that leximin, so that nobody has less than need be.</remarks>
internal sealed class SpreadRun : LotteryRun
{
    private const double Hair = 1e-12;

    private readonly double _gamma;
    private readonly double _provenGap;

    public SpreadRun(SelectionProblem problem, SolveOptions options, string objective, double gamma)
        : base(problem, options)
    {
        Objective = objective;
        _gamma = gamma;
        _provenGap = gamma > 0 ? 1e-7 : 1e-9;
        (Bound, Value) = Beforehand(problem.People.Count);
    }

    protected override string Objective { get; }

    protected override bool IsMaximised => false;

    protected override double? Gamma => _gamma > 0 ? _gamma : null;

    private double PeopleCovered => People.Sum();

    protected override PanelLottery Best(CancellationToken cancellationToken)
    {
        RelaxedRegion region = new(Polytope, Covered);
        using LinearProgram program = new();
        SpreadProgram relaxed = SpreadProgram.Solve(Polytope, Covered, _gamma, region, program, cancellationToken);
        Bound = relaxed.Bound * (_gamma > 0 ? 1 : PanelSize / PeopleCovered);
        double[] caps = [.. Polytope.Upper.Select(n => Math.Min(n, n * relaxed.Highest * (1 + Hair)))];
        RelaxedLeximin target = RelaxedLeximin.Solve(Polytope, Covered, People, caps, cancellationToken);
        (double[] Rows, double[] Households) prices = region.Prices(program);
        if (Realise(target.Target, cancellationToken) is { } lottery)
        {
            Certificate certificate = Certify(lottery, relaxed, prices, out _, cancellationToken);
            if (certificate.Status == CertificateStatus.ProvenOptimal)
            {
                return Lottery(lottery, certificate);
            }
        }

        return ByPanels(relaxed, prices, cancellationToken);
    }

    protected override double[] QuickMix(CancellationToken cancellationToken)
    {
        MixRegion region = new(Panels.Items, Covered);
        using LinearProgram program = new();
        SpreadProgram.Solve(Polytope, Covered, _gamma, region, program, cancellationToken);
        return region.Probabilities(program);
    }

    protected override double ValueOf(double[] chances)
    {
        (double highest, double lowest) = (0, 1);
        for (int t = 0; t < chances.Length; t++)
        {
            if (Covered[t])
            {
                (highest, lowest) = (Math.Max(highest, chances[t]), Math.Min(lowest, chances[t]));
            }
        }

        return Combine(highest, lowest);
    }

    protected override (double Lower, double Upper) Beforehand(int people) =>
        _gamma > 0 ? (1 + _gamma, double.PositiveInfinity) : (Math.Min(1, PanelSize / (double)people), 1);

    private double Combine(double highest, double lowest) =>
        _gamma > 0 ? (PeopleCovered / PanelSize * highest) + (_gamma * PanelSize / PeopleCovered / lowest) : highest;

    private PanelLottery ByPanels(SpreadProgram relaxed, (double[] Rows, double[] Households) prices, CancellationToken cancellationToken)
    {
        bool isReached = false;
        PanelSearch search = new(Polytope);
        while (true)
        {
            Tell(SolvePhase.Panels);
            MixRegion region = new(Panels.Items, Covered);
            using LinearProgram program = new();
            SpreadProgram mix = SpreadProgram.Solve(Polytope, Covered, _gamma, region, program, cancellationToken);
            IReadOnlyList<TypePanel> lottery = LotteryWeights.Of(Panels.Items, region.Probabilities(program));
            Value = ValueOf(Chances(lottery));
            if (!isReached && Value <= Bound * (1 + (_provenGap / 2)))
            {
                // The relaxation is tight after all: its prices prove more quickly than a search for a heavier panel.
                isReached = true;
                Certificate quick = Certify(lottery, relaxed, prices, out _, cancellationToken);
                if (quick.Status == CertificateStatus.ProvenOptimal)
                {
                    return Lottery(lottery, quick);
                }
            }

            double[] weights = [.. mix.Weights.Zip(mix.CapWeights, (w, c) => w - c)];
            double reached = lottery.Sum(p => p.Probability * p.Seats.Sum(s => weights[s.Type] * s.Seats));
            if (FindHeavier(search, weights, reached + (Math.Abs(reached) * _provenGap / 10), long.MaxValue, cancellationToken))
            {
                continue;
            }

            Certificate certificate = Certify(lottery, mix, null, out int[]? heavier, cancellationToken);
            if (certificate.Status == CertificateStatus.ProvenOptimal || heavier is null || !Panels.Add(heavier))
            {
                return Lottery(lottery, certificate);
            }
        }
    }

    /// <summary>
    /// With weights B − A that no panel exceeds by more than −m, ΣA·π − ΣB·π ≥ m for every lottery; ΣA·π ≤ ΣA·H and ΣB·π ≥ ΣB·L (over people), so that H ≥ (m + L·ΣB)/ΣA. What is
    /// minimised is then at least (n/k)·(m + L·ΣB)/ΣA + γ·(k/n)/L, whose least value over all L is (n/k)·m/ΣA + 2·√(γ·ΣB/ΣA).
    /// </summary>
    private Certificate Certify(
        IReadOnlyList<TypePanel> lottery, SpreadProgram duals, (double[] Rows, double[] Households)? prices, out int[]? heavier, CancellationToken cancellationToken)
    {
        Value = ValueOf(Chances(lottery));
        Tell(SolvePhase.Certificate);
        int types = Polytope.TypeCount;
        double[] all = [.. duals.Weights, .. duals.CapWeights, .. prices?.Rows ?? [], .. prices?.Households ?? []];
        WeightClaim? best = null;
        heavier = null;
        foreach (long[] numbers in new[] { _gamma > 0 ? null : IntegerWeights.Small(all), IntegerWeights.Fine(all, WeightCertifier.FineSize) }.OfType<long[]>())
        {
            long[] weights = numbers[..types];
            long[] capWeights = numbers[types..(2 * types)];
            long[] net = [.. weights.Zip(capWeights, (w, c) => w - c)];
            int rows = Polytope.Rows.Count;
            PriceList? list = prices is null ? null : new PriceList(numbers[(2 * types)..((2 * types) + rows)], numbers[((2 * types) + rows)..]);
            double expected = (double)WeightCertifier.ExpectedWeight(lottery, net) / PanelLottery.WeightTotal;
            double tolerance = _provenGap / 2 * Total(capWeights) * PanelSize / PeopleCovered * (_gamma > 0 ? Value : Value * PeopleCovered / PanelSize);
            Confirmation confirmed = WeightCertifier.Confirm(Polytope, Covered, net, list, (long)Math.Floor(expected + tolerance), cancellationToken);
            heavier = confirmed.HeavierPanel;
            double m = -(double)confirmed.Limit;
            double a = Total(capWeights);
            double bound = _gamma > 0 ? (PeopleCovered / PanelSize * m / a) + (2 * Math.Sqrt(_gamma * Total(weights) / a)) : m / a;
            WeightClaim claim = new()
            {
                Weights = weights,
                CapWeights = capWeights,
                Limit = confirmed.Limit,
                Prices = confirmed.Prices,
                Value = Value,
                Bound = Math.Min(Value, bound),
                ConfirmedBy = confirmed.By,
            };
            best = best is null || claim.Gap < best.Gap ? claim : best;
            if (best.Gap <= _provenGap)
            {
                break;
            }
        }

        return new Certificate
        {
            Objective = Objective,
            Gamma = Gamma,
            Status = best!.Gap <= _provenGap ? CertificateStatus.ProvenOptimal : CertificateStatus.NotProven,
            Value = Value,
            Bound = best.Bound,
            Claims = [best],
        };
    }

    private double Total(long[] weights)
    {
        double total = 0;
        for (int t = 0; t < weights.Length; t++)
        {
            total += weights[t] * People[t];
        }

        return total;
    }
}
