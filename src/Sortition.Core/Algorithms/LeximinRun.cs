using Sortition.Core.Engine;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;

namespace Sortition.Core.Algorithms;

/// <summary>One computation of a leximin lottery, weighted by entitlements or not.</summary>
internal sealed class LeximinRun(SelectionProblem problem, SolveOptions options, string objective, bool isWeighted) : LotteryRun(problem, options)
{
    private const double DualTolerance = 1e-9;
    private const double Hair = 1e-11;

    private double[] _shares = [];

    protected override string Objective => objective;

    protected override PanelLottery Best(CancellationToken cancellationToken)
    {
        _shares = [.. Types.Select((type, t) => People[t] * Entitlement(type))];
        double[] people = Array.ConvertAll(Polytope.Upper, u => (double)u);
        RelaxedLeximin relaxed = RelaxedLeximin.Solve(Polytope, Covered, _shares, people, cancellationToken);
        Bound = relaxed.Value;
        if (Realise(relaxed.Target, cancellationToken) is { } lottery)
        {
            Value = ValueOf(Chances(lottery));
            Tell(SolvePhase.Certificate);
            LeximinProof proof = new(Polytope, Covered, _shares, lottery);
            foreach (RelaxedStage stage in relaxed.Stages)
            {
                proof.Add(stage.Weights, stage.Prices, cancellationToken);
            }

            if (proof.IsProven)
            {
                return Lottery(lottery, CertificateOf(proof));
            }
        }

        return ByPanels(cancellationToken);
    }

    protected override double[] QuickMix(CancellationToken cancellationToken)
    {
        double[] shares = [.. Types.Select((type, t) => People[t] * Entitlement(type))];
        return PanelMix.Solve(shares, Covered, [.. Enumerable.Repeat(double.NaN, Polytope.TypeCount)], Panels.Items, Bound, cancellationToken).Probabilities;
    }

    protected override double ValueOf(double[] chances)
    {
        double lowest = double.PositiveInfinity;
        for (int t = 0; t < chances.Length; t++)
        {
            lowest = Covered[t] ? Math.Min(lowest, chances[t] / Entitlement(Types[t])) : lowest;
        }

        return lowest;
    }

    protected override (double Lower, double Upper) Beforehand(int people) => (0, 1 / Types.Max(Entitlement));

    private double Entitlement(PersonType type) => isWeighted ? type.Entitlement : 1;

    /// <summary>
    /// Stage by stage over panels, with new panels as long as one can improve a stage (Flanigan, Gölz, Gupta, Hennig, Procaccia, Fair algorithms for selecting citizens'
    /// assemblies, Nature 2021, supplementary information). Settled types have what the mix gave them, a hair less, so that rounding cannot make a stage infeasible.
    /// </summary>
    private PanelLottery ByPanels(CancellationToken cancellationToken)
    {
        PanelSearch search = new(Polytope);
        double[] floors = [.. Enumerable.Range(0, _shares.Length).Select(t => Polytope.Lower[t] > 0 ? Polytope.Upper[t] * (1 - Hair) : double.NaN)];
        List<(long[] Weights, PriceList? Prices)> claims = [];
        double unit = Bound;
        double[] mixed = [];
        while (IsOpen().Contains(true))
        {
            PanelMix mix;
            long[] weights;
            double limit;
            int[]? heavier;
            do
            {
                Tell(SolvePhase.Panels, 1 - (IsOpen().Count(o => o) / (double)floors.Length));
                mix = PanelMix.Solve(_shares, Covered, floors, Panels.Items, unit, cancellationToken);
                mixed = mix.Probabilities;
                Value = claims.Count == 0 ? mix.Value : Value;
                limit = LimitOf(mix.Weights);
                if (FindHeavier(search, mix.Weights, limit * (1 + 1e-10), long.MaxValue, cancellationToken))
                {
                    heavier = null;
                    weights = [];
                    continue;
                }

                weights = IntegerWeights.Small(mix.Weights) ?? IntegerWeights.Fine(mix.Weights, WeightCertifier.FineSize);
                double enough = LimitOf(Array.ConvertAll(weights, w => (double)w)) * (1 + 1e-10);
                heavier = WeightCertifier.Confirm(Polytope, Covered, weights, null, (long)Math.Floor(enough), cancellationToken).HeavierPanel;
            }
            while (weights.Length == 0 || (heavier is not null && Panels.Add(heavier)));

            claims.Add((weights, null));
            unit = Math.Max(unit, mix.Value);
            bool isSettled = false;
            for (int t = 0; t < floors.Length; t++)
            {
                if (IsOpen()[t] && weights[t] > 0)
                {
                    floors[t] = mix.Value * _shares[t] * (1 - Hair);
                    isSettled = true;
                }
            }

            if (!isSettled)
            {
                break;
            }

            double LimitOf(double[] w)
            {
                double sum = 0;
                for (int t = 0; t < w.Length; t++)
                {
                    sum += !Covered[t] ? 0 : w[t] * (double.IsNaN(floors[t]) ? mix.Value * _shares[t] : floors[t] / (1 - Hair));
                }

                return sum;
            }
        }

        IReadOnlyList<TypePanel> lottery = LotteryWeights.Of(Panels.Items, mixed.Length > 0 ? mixed : [.. Panels.Counts.Select(c => (double)c)]);
        Value = ValueOf(Chances(lottery));
        Tell(SolvePhase.Certificate);
        LeximinProof proof = new(Polytope, Covered, _shares, lottery);
        foreach ((long[] weights, PriceList? prices) in claims)
        {
            proof.Add(weights, prices, cancellationToken);
        }

        return Lottery(lottery, CertificateOf(proof));

        bool[] IsOpen() => [.. Enumerable.Range(0, floors.Length).Select(t => Covered[t] && double.IsNaN(floors[t]))];
    }

    private Certificate CertificateOf(LeximinProof proof) => new()
    {
        Objective = Objective,
        Status = proof.IsProven ? CertificateStatus.ProvenOptimal : CertificateStatus.NotProven,
        Value = Value,
        Bound = proof.Claims.Count > 0 ? Math.Max(Value, proof.Claims[0].Bound) : Value,
        Claims = proof.Claims,
    };
}
