using Sortition.Core.Engine;
using Sortition.Core.Engine.Mixing;
using Sortition.Core.Engine.Polytope;
using Sortition.Core.Engine.Search;
using Sortition.Core.Feasibility;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;

namespace Sortition.Core.Algorithms;

/// <summary>One computation of a lottery, and what it knows at any time. What all objectives have in common; what is particular to one is in its own run.</summary>
internal abstract class LotteryRun(SelectionProblem problem, SolveOptions options)
{
    private const double PanelsPerType = 1.15;
    private const int SpareTypes = 10;
    private const int Rounds = 30;
    private const int LargestQuickMix = 20_000;

    private PoolSurvey? _survey;
    private FeasibilityReport? _report;

    /// <summary>The name of the algorithm.</summary>
    protected abstract string Objective { get; }

    /// <summary>Whether more is better.</summary>
    protected virtual bool IsMaximised => true;

    /// <summary>The objective's best value as far as is known: what the best lottery so far reaches, and what no lottery can better.</summary>
    protected double Value { get; set; }

    /// <summary>What no lottery can better.</summary>
    protected double Bound { get; set; } = 1;

    protected PanelCollection Panels { get; } = new();

    protected QuotaPolytope Polytope => _survey!.Polytope;

    protected bool[] Covered => _survey!.Covered;

    protected PersonType[] Types => problem.Types.Types;

    /// <summary>Entry t: how many covered people are of type t.</summary>
    protected double[] People { get; private set; } = [];

    protected int PanelSize => problem.PanelSize;

    protected int MaxThreads => options.MaxThreads;

    /// <summary>Computes to the end or to the time limit.</summary>
    public static SolveResult Solve(LotteryRun run, SolveOptions options, CancellationToken cancellationToken)
    {
        if (options.TimeLimit is { } limit)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(limit, TimeSpan.Zero, nameof(options));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxThreads, 1, nameof(options));
        using Deadline deadline = new(options.TimeLimit, cancellationToken);
        try
        {
            return run.ToTheEnd(deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return run.SoFar(cancellationToken);
        }
    }

    public SolveResult ToTheEnd(CancellationToken cancellationToken)
    {
        Tell(SolvePhase.Feasibility);
        FeasibilityReport report = FeasibilityCheck.Run(problem, _ => Tell(SolvePhase.Feasibility), out _survey, cancellationToken);
        if (!report.IsFeasible)
        {
            return new Infeasible(report);
        }

        _report = report;
        People = [.. Polytope.Upper.Select((n, t) => Covered[t] ? (double)n : 0)];
        _survey!.Panels.ForEach(panel => Panels.Add(panel));
        Tell(SolvePhase.Relaxation);
        return new Solved(Best(cancellationToken));
    }

    /// <summary>The best lottery of the panels found before the time limit.</summary>
    public Stopped SoFar(CancellationToken cancellationToken)
    {
        bool isSurveyed = _report is not null;
        if (_survey is null || _survey.Panels.Count == 0)
        {
            return Bounds(null, isSurveyed, 0);
        }

        if (!isSurveyed)
        {
            People = [.. Polytope.Upper.Select((n, t) => Covered[t] ? (double)n : 0)];
            _survey.Panels.ForEach(panel => Panels.Add(panel));
        }

        // Little time is left: many panels are mixed as evenly as they were found.
        double[] mix = Panels.Items.Sum(p => p.Length) <= LargestQuickMix ? QuickMix(cancellationToken) : [.. Panels.Counts.Select(c => (double)c)];
        IReadOnlyList<TypePanel> lottery = LotteryWeights.Of(Panels.Items, mix);
        return Bounds(lottery, isSurveyed, ValueOf(Chances(lottery)));
    }

    /// <summary>The lottery that is best for the objective, with its certificate.</summary>
    protected abstract PanelLottery Best(CancellationToken cancellationToken);

    /// <summary>A good mix of the panels found so far, quickly.</summary>
    /// <returns>One probability for each panel, up to a common factor.</returns>
    protected abstract double[] QuickMix(CancellationToken cancellationToken);

    /// <summary>The objective's value.</summary>
    /// <param name="chances">The chance of each type.</param>
    protected abstract double ValueOf(double[] chances);

    /// <summary>What is known of the best value before anything is computed, as long as it is not known who is covered.</summary>
    /// <param name="people">How many people are not kept out.</param>
    protected virtual (double Lower, double Upper) Beforehand(int people) => (0, 1);

    protected double[] Chances(IReadOnlyList<TypePanel> lottery) => PanelLottery.ChanceOfTypes(Types, lottery);

    protected PanelLottery Lottery(IReadOnlyList<TypePanel> panels, Certificate certificate) => new(problem, panels, _report?.Uncovered ?? [], certificate);

    /// <summary>A certificate that proves nothing.</summary>
    protected Certificate Unproven(double value, double bound) =>
        new() { Objective = Objective, Gamma = Gamma, Status = CertificateStatus.NotProven, Value = value, Bound = bound, Claims = [] };

    protected virtual double? Gamma => null;

    /// <summary>Finds a lottery with given expected seats; null if none was found.</summary>
    protected IReadOnlyList<TypePanel>? Realise(double[] target, CancellationToken cancellationToken)
    {
        Face face = new(Polytope, target);
        target = face.Expected;
        PanelCollection onFace = new();
        int fractional = Enumerable.Range(0, target.Length).Count(t => target[t] != Math.Round(target[t]));
        int wanted = (int)(PanelsPerType * (fractional + SpareTypes));
        Herding herding = new(face.Search, target);
        int done = 0;
        herding.Run(wanted, MaxThreads, () => Tell(SolvePhase.Panels, ++done / (double)wanted), Keep, cancellationToken);
        for (int round = 0; onFace.Items.Count > 0 && round < Rounds; round++)
        {
            Tell(SolvePhase.Panels, 1);
            double[] start = [.. onFace.Counts.Select(c => c / (double)onFace.Total)];
            if (Realisation.Solve(onFace.Items, start, target, cancellationToken, out double[] separator) is { } mix)
            {
                return LotteryWeights.Of(onFace.Items, mix);
            }

            if (!herding.Separate(separator, Keep, cancellationToken))
            {
                return null;
            }

            herding.Run(wanted / 64, MaxThreads, () => Tell(SolvePhase.Panels, 1), Keep, cancellationToken);
        }

        return null;

        void Keep(int[] panel)
        {
            onFace.Add(panel);
            Panels.Add(panel);
        }
    }

    /// <summary>Looks everywhere for a panel heavier than a floor, and keeps those that are found.</summary>
    /// <returns>Whether there was a new one.</returns>
    protected bool FindHeavier(PanelSearch search, double[] weights, double floor, long nodes, CancellationToken cancellationToken)
    {
        int before = Panels.Items.Count;
        search.Search(weights, floor, firstOnly: false, nodes, Found, cancellationToken);
        return Panels.Items.Count > before;
    }

    private void Found(int[] panel)
    {
        if (Panels.Add(panel) && (Panels.Items.Count & 15) == 0)
        {
            Tell(SolvePhase.Panels);
        }
    }

    protected void Tell(SolvePhase phase, double? fraction = null)
    {
        (double lower, double upper) = IsMaximised ? (Value, Bound) : (Bound, Value);
        options.Progress?.Report(new SolveProgress(phase, Panels.Items.Count, lower, upper, fraction is double f ? Math.Min(f, 1) : null));
    }

    private Stopped Bounds(IReadOnlyList<TypePanel>? lottery, bool isSurveyed, double value)
    {
        (double lower, double upper) = Beforehand(Types.Sum(t => t.Members.Count));
        if (lottery is not null && isSurveyed)
        {
            (lower, upper) = IsMaximised ? (value, Math.Max(value, Bound)) : (Math.Min(value, Bound), value);
        }

        Certificate certificate = IsMaximised ? Unproven(isSurveyed ? value : lower, upper) : Unproven(isSurveyed ? value : upper, lower);
        return new Stopped(lottery is null ? null : Lottery(lottery, certificate), lower, upper);
    }
}
