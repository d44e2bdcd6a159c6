using Sortition.Core.Engine;
using Sortition.Core.Feasibility;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;

namespace Sortition.Core.Algorithms;

/// <summary>One computation of a maximin lottery, and what it knows at any time.</summary>
internal sealed class MaximinRun(SelectionProblem problem, IProgress<SolveProgress>? progress)
{
    private const long NodesOnFace = 2_000;

    private readonly PanelCollection _panels = new();
    private QuotaPolytope _polytope = null!;
    private PoolSurvey? _survey;
    private FeasibilityReport? _report;
    private double _value;
    private double _bound = 1;
    private double[] _boundWeights = [];

    public SolveResult ToTheEnd(CancellationToken cancellationToken)
    {
        Tell(SolvePhase.Feasibility);
        FeasibilityReport report = FeasibilityCheck.Run(problem, _ => Tell(SolvePhase.Feasibility), out _survey, cancellationToken);
        if (!report.IsFeasible)
        {
            return new Infeasible(report);
        }

        _report = report;
        _polytope = _survey!.Polytope;
        bool[] covered = _survey.Covered;
        _survey.Panels.ForEach(panel => _panels.Add(panel));

        Tell(SolvePhase.Relaxation);
        RelaxedMaximin relaxed = RelaxedMaximin.Solve(_polytope, covered, cancellationToken);
        (_bound, _boundWeights) = (relaxed.Value, relaxed.Weights);

        // Where the relaxation is tight, and it nearly always is, every panel of an optimal lottery lies on this face.
        PanelSearch face = relaxed.FaceSearch();
        Herding.Run(face, relaxed.Target, relaxed.PanelsWanted, Found, cancellationToken);

        PanelSearch everywhere = new(_polytope);
        while (true)
        {
            Tell(SolvePhase.Panels);
            PanelMix mix = PanelMix.Solve(_polytope, covered, _panels.Items, _bound, cancellationToken);
            IReadOnlyList<TypePanel> lottery = LotteryWeights.Of(_panels.Items, mix.Probabilities);
            _value = LowestChance(lottery, covered);
            if (_value < _bound * (1 - MaximinCertifier.Gap) && FindHeavierPanel(face, everywhere, mix.Weights, cancellationToken))
            {
                continue;
            }

            Tell(SolvePhase.Certificate);
            Certificate certificate = MaximinCertifier.Certify(_polytope, _value, [_boundWeights, mix.Weights], covered, out int[] heaviest, cancellationToken);
            if (certificate.Status == CertificateStatus.ProvenOptimal || !_panels.Add(heaviest))
            {
                return new Solved(new PanelLottery(problem, lottery, report.Uncovered, certificate));
            }

            // The judge knows a heavier panel than the search: the bound was too low by so much.
            _bound = Math.Max(_bound, certificate.Bound);
        }
    }

    /// <summary>The best lottery of the panels found before the time limit.</summary>
    public Stopped SoFar(CancellationToken cancellationToken)
    {
        if (_survey is null || _survey.Panels.Count == 0)
        {
            return new Stopped(null, 0, 1);
        }

        _survey.Panels.ForEach(panel => _panels.Add(panel));
        PanelMix mix = PanelMix.Solve(_survey.Polytope, _survey.Covered, _panels.Items, _bound, cancellationToken);
        IReadOnlyList<TypePanel> lottery = LotteryWeights.Of(_panels.Items, mix.Probabilities);

        // As long as it is not known who is covered, somebody may be who has no chance in this lottery.
        double value = _report is null ? 0 : LowestChance(lottery, _survey.Covered);
        Certificate certificate = MaximinCertifier.Unproven(value, _bound);
        return new Stopped(new PanelLottery(problem, lottery, _report?.Uncovered ?? [], certificate), value, certificate.Bound);
    }

    /// <summary>
    /// Prices: by weak duality z ≤ max_P y(P) / Σ y_t·n_t for any weights y ≥ 0, and where y are the duals of the best mix, a panel heavier than the mix itself improves it.
    /// </summary>
    private bool FindHeavierPanel(PanelSearch face, PanelSearch everywhere, double[] weights, CancellationToken cancellationToken)
    {
        int before = _panels.Items.Count;
        double total = 0;
        for (int t = 0; t < weights.Length; t++)
        {
            total += weights[t] * _polytope.Upper[t];
        }

        double floor = _value * total * (1 + MaximinCertifier.Gap / 2);
        face.Search(weights, floor, firstOnly: false, NodesOnFace, Found, cancellationToken);
        if (_panels.Items.Count > before)
        {
            return true;
        }

        everywhere.Search(weights, floor, firstOnly: false, long.MaxValue, Found, cancellationToken);
        if (!everywhere.GaveUp && everywhere.Bound / total < _bound)
        {
            (_bound, _boundWeights) = (everywhere.Bound / total, weights);
        }

        return _panels.Items.Count > before;
    }

    private double LowestChance(IReadOnlyList<TypePanel> lottery, bool[] covered)
    {
        double[] chances = PanelLottery.ChanceOfTypes(problem.Types.Types, lottery);
        double lowest = 1;
        for (int t = 0; t < chances.Length; t++)
        {
            lowest = covered[t] ? Math.Min(lowest, chances[t]) : lowest;
        }

        return lowest;
    }

    private void Found(int[] panel)
    {
        if (_panels.Add(panel) && (_panels.Items.Count & 15) == 0)
        {
            Tell(SolvePhase.Panels);
        }
    }

    private void Tell(SolvePhase phase) => progress?.Report(new SolveProgress(phase, _panels.Items.Count, _value, _bound));
}
