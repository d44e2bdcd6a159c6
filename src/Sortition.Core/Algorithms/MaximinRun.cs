using Sortition.Core.Engine.Mixing;
using Sortition.Core.Engine.Polytope;
using Sortition.Core.Engine.Proof;
using Sortition.Core.Engine.Relaxation;
using Sortition.Core.Engine.Search;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;

namespace Sortition.Core.Algorithms;

/// <summary>One computation of a maximin lottery.</summary>
internal sealed class MaximinRun(SelectionProblem problem, SolveOptions options) : LotteryRun(problem, options)
{
    /// <summary>The largest relative gap that counts as proven optimal.</summary>
    public const double ProvenGap = 1e-9;

    private const long NodesOnFace = 2_000;
    private const double HerdedPerType = 1.3;
    private const int SparePanels = 30;

    protected override string Objective => "maximin";

    protected override PanelLottery Best(CancellationToken cancellationToken)
    {
        RelaxedLeximin relaxed = RelaxedLeximin.SolveLowest(Polytope, Covered, cancellationToken);
        RelaxedStage? proof = relaxed.Stages.Count > 0 ? relaxed.Stages[0] : null;
        Bound = relaxed.Value;

        // Where the relaxation is tight, and it nearly always is, every panel of an optimal lottery lies on this face.
        PanelSearch NewFace() => proof is null ? new Face(Polytope, relaxed.Target).Search() : Face.OfPrices(Polytope, proof.Prices);
        PanelSearch face = NewFace();
        int lowest = proof?.Weights.Count(w => w > 0) ?? 0;
        int wanted = (int)(HerdedPerType * lowest) + SparePanels;
        int herded = 0;
        new Herding(NewFace, relaxed.Target).Run(wanted, MaxThreads, () => Tell(SolvePhase.Panels, ++herded / (double)wanted), panel => Panels.Add(panel), cancellationToken);

        PanelSearch everywhere = new(Polytope);
        double[] open = [.. Enumerable.Repeat(double.NaN, Polytope.TypeCount)];
        while (true)
        {
            Tell(SolvePhase.Panels);
            PanelMix mix = PanelMix.Solve(People, Covered, open, Panels.Items, Bound, cancellationToken);
            IReadOnlyList<TypePanel> lottery = LotteryWeights.Of(Panels.Items, mix.Probabilities);
            Value = ValueOf(Chances(lottery));
            double total = Total(mix.Weights);
            double floor = Value * total * (1 + (ProvenGap / 2));
            if (Value < Bound * (1 - ProvenGap)
                && (FindHeavier(face, mix.Weights, floor, NodesOnFace, cancellationToken) || FindHeavier(everywhere, mix.Weights, floor, long.MaxValue, cancellationToken)))
            {
                continue;
            }

            Tell(SolvePhase.Certificate);
            bool isTight = Value >= Bound * (1 - ProvenGap);
            WeightClaim claim = isTight && proof is not null ? Claim(proof.Weights, proof.Prices, out int[]? heavier) : ClaimOf(mix.Weights, out heavier);
            if (claim.Gap > ProvenGap && heavier is not null && Panels.Add(heavier))
            {
                // The judge knows a heavier panel than the search.
                continue;
            }

            Certificate certificate = new()
            {
                Objective = Objective,
                Status = claim.Gap <= ProvenGap ? CertificateStatus.ProvenOptimal : CertificateStatus.NotProven,
                Value = Value,
                Bound = claim.Bound,
                Claims = [claim],
            };
            return Lottery(lottery, certificate);
        }

        WeightClaim ClaimOf(double[] duals, out int[]? heavier)
        {
            // There are no duals where everybody is sure of a seat; then any weights prove the bound 1.
            double[] useful = Array.Exists(duals, w => w > 0) ? duals : Array.ConvertAll(Covered, c => c ? 1.0 : 0);
            heavier = null;
            WeightClaim? small = IntegerWeights.Small(useful) is { } numbers ? Claim(numbers, null, out heavier) : null;
            return small?.Gap <= ProvenGap ? small : Claim(IntegerWeights.Fine(useful, WeightCertifier.FineSize), null, out heavier);
        }

        WeightClaim Claim(long[] weights, PriceList? prices, out int[]? heavier)
        {
            double total = Total(Array.ConvertAll(weights, w => (double)w));
            long enough = (long)Math.Floor(Value * total / (1 - ProvenGap));
            Confirmation confirmed = WeightCertifier.Confirm(Polytope, Covered, weights, prices, enough, cancellationToken);
            heavier = confirmed.HeavierPanel;
            return new WeightClaim
            {
                Weights = weights,
                CapWeights = [],
                Limit = confirmed.Limit,
                Prices = confirmed.Prices,
                Value = Value,
                Bound = Math.Min(1, confirmed.Limit / total),
                ConfirmedBy = confirmed.By,
            };
        }
    }

    protected override double[] QuickMix(CancellationToken cancellationToken) =>
        PanelMix.Solve(People, Covered, [.. Enumerable.Repeat(double.NaN, Polytope.TypeCount)], Panels.Items, Bound, cancellationToken).Probabilities;

    protected override double ValueOf(double[] chances)
    {
        double lowest = 1;
        for (int t = 0; t < chances.Length; t++)
        {
            lowest = Covered[t] ? Math.Min(lowest, chances[t]) : lowest;
        }

        return lowest;
    }

    /// <summary>What the covered people weigh together.</summary>
    private double Total(double[] weights)
    {
        double total = 0;
        for (int t = 0; t < weights.Length; t++)
        {
            total += weights[t] * People[t];
        }

        return total;
    }
}
