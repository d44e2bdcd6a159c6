using Sortition.Core.Engine.Mixing;
using Sortition.Core.Engine.Polytope;
using Sortition.Core.Engine.Proof;
using Sortition.Core.Engine.Relaxation;
using Sortition.Core.Engine.Search;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;

namespace Sortition.Core.Algorithms;

/// <summary>One computation of a leximin lottery, weighted by entitlements or not.</summary>
internal sealed class LeximinRun : LotteryRun
{
    private const double Hair = 1e-11;
    private const double Agreement = 1e-10;

    private readonly bool _isWeighted;
    private double[] _shares = [];

    public LeximinRun(SelectionProblem problem, SolveOptions options, string objective, bool isWeighted)
        : base(problem, options)
    {
        Objective = objective;
        _isWeighted = isWeighted;
        Bound = Beforehand(problem.People.Count).Upper;
    }

    protected override string Objective { get; }

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

        return ByPanels(relaxed.Stages, cancellationToken);
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

    /// <summary>As long as it is not known who is covered, it may be nobody but those who are entitled to least.</summary>
    protected override (double Lower, double Upper) Beforehand(int people) => (0, Types.Length > 0 ? 1 / Types.Min(Entitlement) : 0);

    private double Entitlement(PersonType type) => _isWeighted ? type.Entitlement : 1;

    /// <summary>
    /// Stage by stage over panels, with new panels as long as one can improve a stage (Flanigan, Gölz, Gupta, Hennig, Procaccia, Fair algorithms for selecting citizens'
    /// assemblies, Nature 2021, supplementary information). Settled types have what the mix gave them, a hair less, so that rounding cannot make a stage infeasible.
    /// As long as the mix reaches the relaxation's stages, it is these that settle: their prices prove more quickly than a search for a heavier panel.
    /// </summary>
    private PanelLottery ByPanels(IReadOnlyList<RelaxedStage> relaxed, CancellationToken cancellationToken)
    {
        PanelSearch search = new(Polytope);
        double[] floors = [.. Enumerable.Range(0, _shares.Length).Select(t => Polytope.Lower[t] > 0 ? Polytope.Upper[t] * (1 - Hair) : double.NaN)];
        List<(long[] Weights, PriceList? Prices)> claims = [];
        double unit = Bound;
        double[] mixed = [];
        int reached = 0;
        while (IsOpen().Contains(true))
        {
            PanelMix mix;
            long[] weights;
            PriceList? prices;
            double limit;
            int[]? heavier;
            do
            {
                Tell(SolvePhase.Panels, 1 - (IsOpen().Count(o => o) / (double)floors.Length));
                mix = PanelMix.Solve(_shares, Covered, floors, Panels.Items, unit, cancellationToken);
                mixed = mix.Probabilities;
                Value = claims.Count == 0 ? mix.Value : Value;
                heavier = null;
                prices = null;
                bool[] isOpen = IsOpen();
                while (reached < relaxed.Count && !relaxed[reached].Weights.Where((w, t) => w > 0 && isOpen[t]).Any())
                {
                    reached++;
                }

                if (reached < relaxed.Count && mix.Value >= relaxed[reached].Value * (1 - Agreement))
                {
                    (_, weights, prices) = relaxed[reached++];
                    break;
                }

                limit = LimitOf(mix.Weights);
                if (FindHeavier(search, mix.Weights, limit * (1 + 1e-10), long.MaxValue, cancellationToken))
                {
                    weights = [];
                    continue;
                }

                weights = IntegerWeights.Small(mix.Weights) ?? IntegerWeights.Fine(mix.Weights, WeightCertifier.FineSize);
                double enough = LimitOf(Array.ConvertAll(weights, w => (double)w)) * (1 + 1e-10);
                heavier = WeightCertifier.Confirm(Polytope, Covered, weights, null, (long)Math.Floor(enough), cancellationToken).HeavierPanel;
            }
            while (weights.Length == 0 || (heavier is not null && Panels.Add(heavier)));

            claims.Add((weights, prices));
            unit = Math.Max(unit, mix.Value);
            bool isSettled = false;
            for (int t = 0; t < floors.Length; t++)
            {
                if (IsOpen()[t] && weights[t] > 0)
                {
                    floors[t] = mix.Value * _shares[t] * (1 - Hair);
                    isSettled = true;

                    // Below a stage of the relaxation only those can be settled who are sure of a seat; otherwise its further stages do not count.
                    reached = prices is null && mix.Value * _shares[t] < Polytope.Upper[t] * (1 - Agreement) ? relaxed.Count : reached;
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
        foreach ((long[] weights, PriceList? list) in claims)
        {
            proof.Add(weights, list, cancellationToken);
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
