using Sortition.Core.Engine.Mixing;
using Sortition.Core.Engine.Polytope;
using Sortition.Core.Engine.Proof;
using Sortition.Core.Engine.Relaxation;
using Sortition.Core.Engine.Search;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;

namespace Sortition.Core.Algorithms;

/// <summary>One computation of a Nash lottery.</summary>
internal sealed class NashRun(SelectionProblem problem, SolveOptions options) : LotteryRun(problem, options)
{
    private const double ProvenGap = 1e-7;
    private const double Sought = 1e-9;
    private const int QuickSteps = 50;

    protected override string Objective => "nash";

    private double PeopleCovered => People.Sum();

    protected override PanelLottery Best(CancellationToken cancellationToken)
    {
        Bound = Math.Min(1, PanelSize / PeopleCovered);
        RelaxedNash relaxed = RelaxedNash.Solve(Polytope, Covered, Panels.Items, cancellationToken);
        (double[] Rows, double[] Households) prices = (relaxed.RowPrices, relaxed.HouseholdPrices);
        if (Realise(relaxed.Seats, cancellationToken) is { } lottery)
        {
            Certificate certificate = Certify(lottery, prices, out _, cancellationToken);
            if (certificate.Status == CertificateStatus.ProvenOptimal)
            {
                return Lottery(lottery, certificate);
            }
        }

        return ByPanels(ValueOf([.. relaxed.Seats.Select((y, t) => y / Polytope.Upper[t])]), prices, cancellationToken);
    }

    /// <summary>Some steps of λ_P ← λ_P·Σ_{i∈P} (1/π_i)/n, each of which makes the mean higher (Cover, An algorithm for maximizing expected log investment return, 1984).</summary>
    protected override double[] QuickMix(CancellationToken cancellationToken)
    {
        double[] mix = [.. Panels.Counts.Select(c => c / (double)Panels.Counts.Sum())];
        for (int step = 0; step < QuickSteps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double[] seats = new double[People.Length];
            for (int p = 0; p < mix.Length; p++)
            {
                foreach ((int type, int count) in Panels.Items[p])
                {
                    seats[type] += mix[p] * count;
                }
            }

            for (int p = 0; p < mix.Length; p++)
            {
                mix[p] *= Panels.Items[p].Sum(s => s.Seats * People[s.Type] / seats[s.Type]) / PeopleCovered;
            }
        }

        return mix;
    }

    protected override double ValueOf(double[] chances)
    {
        double sum = 0;
        for (int t = 0; t < chances.Length; t++)
        {
            sum += Covered[t] ? People[t] * Math.Log(chances[t]) : 0;
        }

        return Math.Exp(sum / PeopleCovered);
    }

    private PanelLottery ByPanels(double relaxed, (double[] Rows, double[] Households) prices, CancellationToken cancellationToken)
    {
        PanelSearch search = new(Polytope);
        bool isReached = false;
        while (true)
        {
            Tell(SolvePhase.Panels);
            double[] mix = NashMix.Solve(People, Panels.Items, cancellationToken);
            IReadOnlyList<TypePanel> lottery = LotteryWeights.Of(Panels.Items, mix);
            double[] chances = Chances(lottery);
            Value = ValueOf(chances);
            if (!isReached && Value >= relaxed * (1 - (ProvenGap / 2)))
            {
                // The relaxation is tight after all: its prices prove more quickly than a search for a heavier panel.
                isReached = true;
                Certificate quick = Certify(lottery, prices, out _, cancellationToken);
                if (quick.Status == CertificateStatus.ProvenOptimal)
                {
                    return Lottery(lottery, quick);
                }
            }

            double[] weights = [.. chances.Select((c, t) => Covered[t] ? 1 / c : 0)];
            if (FindHeavier(search, weights, PeopleCovered * (1 + Sought), long.MaxValue, cancellationToken))
            {
                continue;
            }

            Certificate certificate = Certify(lottery, null, out int[]? heavier, cancellationToken);
            if (certificate.Status == CertificateStatus.ProvenOptimal || heavier is null || !Panels.Add(heavier))
            {
                return Lottery(lottery, certificate);
            }
        }
    }

    /// <summary>
    /// For any weights above 0 and any lottery, the geometric mean of w_i·π_i is at most their mean, which is at most what the heaviest panel weighs, divided by n. So the geometric
    /// mean of the chances is at most limit/n divided by that of the weights. With w_i = 1/π_i the bound is reached exactly where Nash is.
    /// </summary>
    private Certificate Certify(
        IReadOnlyList<TypePanel> lottery, (double[] Rows, double[] Households)? prices, out int[]? heavier, CancellationToken cancellationToken)
    {
        double[] chances = Chances(lottery);
        Value = ValueOf(chances);
        Tell(SolvePhase.Certificate);
        int types = Polytope.TypeCount;
        double[] ideal = [.. chances.Select((c, t) => Covered[t] ? 1 / c : 0)];
        double[] all = [.. ideal, .. prices?.Rows ?? [], .. prices?.Households ?? []];
        long[] numbers = IntegerWeights.Small(all) ?? IntegerWeights.Fine(all, WeightCertifier.FineSize);
        long[] weights = numbers[..types];
        PriceList? list = prices is { Rows: var rows } ? new PriceList(numbers[types..(types + rows.Length)], numbers[(types + rows.Length)..]) : null;
        double logs = 0;
        for (int t = 0; t < types; t++)
        {
            logs += Covered[t] ? People[t] * Math.Log(weights[t]) : 0;
        }

        double ofWeights = Math.Exp(logs / PeopleCovered);
        double enough = Value * ofWeights * PeopleCovered * (1 + (ProvenGap / 2));
        Confirmation confirmed = WeightCertifier.Confirm(Polytope, Covered, weights, list, (long)Math.Floor(enough), cancellationToken);
        heavier = confirmed.HeavierPanel;
        WeightClaim claim = new()
        {
            Weights = weights,
            CapWeights = [],
            Limit = confirmed.Limit,
            Prices = confirmed.Prices,
            Value = Value,
            Bound = Math.Max(Value, confirmed.Limit / PeopleCovered / ofWeights),
            ConfirmedBy = confirmed.By,
        };
        return new Certificate
        {
            Objective = Objective,
            Status = claim.Gap <= ProvenGap ? CertificateStatus.ProvenOptimal : CertificateStatus.NotProven,
            Value = Value,
            Bound = claim.Bound,
            Claims = [claim],
        };
    }
}
