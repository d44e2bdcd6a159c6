using Sortition.Core.Engine;
using Sortition.Core.Engine.Mixing;
using Sortition.Core.Engine.Polytope;
using Sortition.Core.Engine.Proof;
using Sortition.Core.Engine.Search;
using Sortition.Core.Feasibility;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;

namespace Sortition.Core.Algorithms;

/// <summary>
/// One computation of a lottery, and what it knows at any time. What all objectives have in common; what is particular to one is in its own run.
/// </summary>
internal abstract class LotteryRun
{
    private const int Rounds = 30;
    private const int LargestQuickMix = 20_000;

    private readonly SelectionProblem _problem;
    private readonly SolveOptions _options;
    private PoolSurvey? _survey;
    private FeasibilityReport? _report;
    private IReadOnlyList<PanelComposition>? _best;
    private ReachedChances? _reached;
    private PanelLottery? _proven;
    private WeightClaim? _claim;
    private int _nextCheckpoint = 1;
    private int _nextQuickMix = 1;

    /// <param name="problem">The problem.</param>
    /// <param name="options">Limits and progress.</param>
    /// <param name="objective">What the lottery is to be the best for.</param>
    protected LotteryRun(SelectionProblem problem, SolveOptions options, Objective objective)
    {
        _problem = problem;
        _options = options;
        Objective = objective;
        People = new CoveredPeople(problem.PanelSize, problem.TypeTable.Types, []);
        (double lower, double upper) = objective.RangeOf(problem);
        (Value, Bound) = objective.IsMaximized ? (lower, upper) : (upper, lower);
    }

    /// <summary>What the lottery is to be the best for.</summary>
    protected Objective Objective { get; }

    /// <summary>The objective's best value as far as is known: what the best lottery so far reaches, and what no lottery can better.</summary>
    protected double Value { get; set; }

    /// <summary>What no lottery can better.</summary>
    protected double Bound { get; set; }

    protected PanelCollection Panels { get; } = new();

    protected QuotaPolytope Polytope => _survey!.Polytope;

    protected bool[] Covered => _survey!.Covered;

    protected PersonType[] Types => _problem.TypeTable.Types;

    /// <summary>How many covered people there are of each type.</summary>
    protected CoveredPeople People { get; private set; }

    /// <summary>The same numbers, for the engine.</summary>
    protected double[] PeopleOfTypes { get; private set; } = [];

    protected int PanelSize => _problem.PanelSize;

    protected int MaxThreads => _options.MaxThreads;

    /// <summary>Whether the best lottery so far may be asked for at any time.</summary>
    protected bool KeepsBest => _options.TimeLimit is not null || _options.StopToken.CanBeCanceled;

    /// <summary>Computes to the end or to the time limit.</summary>
    public static SolveResult Solve(Func<SolveOptions, LotteryRun> start, SolveOptions? options, CancellationToken cancellationToken)
    {
        options ??= new SolveOptions();
        if (options.TimeLimit is { } limit)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(limit, TimeSpan.Zero, nameof(options));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxThreads, 1, nameof(options));
        LotteryRun run = start(options);
        using Deadline deadline = new(options.TimeLimit, cancellationToken, options.StopToken);
        try
        {
            return run.ToTheEnd(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            // The caller knows its own token, not that of the deadline.
            cancellationToken.ThrowIfCancellationRequested();
            return run.Stop();
        }
    }

    public SolveResult ToTheEnd(CancellationToken cancellationToken)
    {
        Report(SolvePhase.Feasibility);
        FeasibilityReport report = FeasibilityAnalysis.Check(_problem, _ => Surveyed(), out _survey, cancellationToken);
        if (!report.IsFeasible)
        {
            return new SolveResult.Infeasible(report);
        }

        _report = report;
        _reached = _best is null ? null : Reached(_best);
        PeopleOfTypes = [.. Polytope.Upper.Select((n, t) => Covered[t] ? (double)n : 0)];
        People = new CoveredPeople(PanelSize, Types, PeopleOfTypes);
        _survey!.Panels.ForEach(panel => Panels.Add(panel));
        Report(SolvePhase.Relaxation);
        return new SolveResult.Solved(Best(cancellationToken));
    }

    /// <summary>The best lottery of the panels found before the time limit.</summary>
    /// <remarks>
    /// It is the best of those kept at checkpoints, which depend on how many panels were found and on nothing else: a later stop is never worse. What was
    /// proven stays proven: the lottery that is proven within ε, or the claim that bounds the objective.
    /// </remarks>
    public SolveResult.Stopped Stop()
    {
        bool isSurveyed = _report is not null;
        (double lower, double upper) = Objective.RangeOf(_problem);
        double value = Objective.IsMaximized ? lower : upper;
        double bound = Objective.IsMaximized ? upper : lower;
        if (_best is not null && isSurveyed)
        {
            value = ValueOf(_best);
            bound = Worse(value, Better(Bound, BoundOf(_claim)));
        }

        PanelLottery? lottery = _proven ?? (_best is null ? null : Lottery(_best, CertificateAt(isSurveyed ? _claim : null, _best, value, bound)));
        return Objective.IsMaximized ? new SolveResult.Stopped(lottery, value, bound) : new SolveResult.Stopped(lottery, bound, value);
    }

    /// <summary>The lottery that is best for the objective, with its certificate.</summary>
    protected abstract PanelLottery Best(CancellationToken cancellationToken);

    /// <summary>A good mix of the panels found so far, quickly.</summary>
    /// <returns>One probability for each panel, up to a common factor.</returns>
    protected abstract double[] QuickMix(CancellationToken cancellationToken);

    /// <summary>The objective's value of a lottery.</summary>
    protected double ValueOf(IReadOnlyList<PanelComposition> lottery) => Objective.ValueOf(Chances(lottery), People);

    protected double[] Chances(IReadOnlyList<PanelComposition> lottery) => PanelLottery.ChanceOfTypes(Types, lottery);

    protected PanelLottery Lottery(IReadOnlyList<PanelComposition> panels, Certificate certificate) =>
        new(_problem, panels, _report?.Uncovered ?? [], certificate);

    /// <summary>A claim that bounds the objective for everybody; the bound is never better than the value, which is known to be reached.</summary>
    protected WeightClaim ClaimOf(long[] weights, long[] capWeights, Confirmation confirmed)
    {
        WeightClaim claim = Restated(new WeightClaim(weights, capWeights, confirmed.Limit, confirmed.Prices, Value, Value, confirmed.By), Value);
        _claim = _claim is null || Better(BoundOf(_claim), BoundOf(claim)) != BoundOf(_claim) ? claim : _claim;
        return claim;
    }

    /// <summary>The lottery with the certificate of one claim, which bounds the objective for everybody.</summary>
    /// <remarks>
    /// Where the bound is a fraction, those whose chance is that but for the rounding of floating-point numbers are brought to it: so the lottery does not miss
    /// by a hair what it proves.
    /// </remarks>
    protected PanelLottery Finish(IReadOnlyList<PanelComposition> lottery, WeightClaim claim, CancellationToken cancellationToken)
    {
        if (Objective.ExactBoundOf(claim, People) is Fraction bound)
        {
            double near = bound.ToDouble();
            double[] chances = Chances(lottery);
            Fraction?[] target = [.. chances.Select((chance, t) => Covered[t] && IsAt(chance) ? bound * Polytope.Upper[t] : (Fraction?)null)];
            lottery = ExactMix.Refine(lottery, Polytope.Upper, target, cancellationToken) ?? lottery;
            Value = ValueOf(lottery);
            claim = ClaimOf([.. claim.Weights], [.. claim.CapWeights], new Confirmation(claim.Limit, claim.Prices, claim.ConfirmedBy, null));

            bool IsAt(double chance) => Objective.IsMaximized ? chance <= near * (1 + Tolerances.AtFraction) : chance >= near * (1 - Tolerances.AtFraction);
        }

        CertificateStatus status = Objective.IsReached(claim, claim.Gap, lottery, People) ? CertificateStatus.ProvenOptimal : CertificateStatus.NotProven;
        return Lottery(lottery, new Certificate(Objective, status, Value, claim.Bound, [claim]));
    }

    /// <summary>
    /// Keeps a lottery that is proven within ε, for the case that the time limit ends the run before it has one that is proven: nothing unproven takes its
    /// place.
    /// </summary>
    protected void KeepProven(PanelLottery lottery) => _proven = lottery;

    /// <summary>Keeps a lottery for the case that the time limit ends the run, if it is better than the one kept so far.</summary>
    protected void Keep(IReadOnlyList<PanelComposition> lottery)
    {
        if (!KeepsBest)
        {
            return;
        }

        ReachedChances reached = Reached(lottery);
        if (_reached is null || IsBetter(reached, _reached))
        {
            (_best, _reached) = (lottery, reached);
        }
    }

    /// <summary>Finds a lottery with given expected seats; null if none was found.</summary>
    protected IReadOnlyList<PanelComposition>? Realise(double[] target, CancellationToken cancellationToken)
    {
        Face face = new(Polytope, target);
        TargetPanels panels = new(face);
        int done = 0;
        panels.Find(MaxThreads, () => Report(SolvePhase.Panels, (done += 2) / (double)panels.Wanted), Add, cancellationToken);
        for (int round = 0; panels.Panels.Items.Count > 0 && round < Rounds; round++)
        {
            Report(SolvePhase.Panels, 1);
            PanelCollection found = panels.Panels;
            double[] even = [.. found.Counts.Select(c => c / (double)found.Total)];
            if (KeepsBest)
            {
                Keep(LotteryWeights.Of(found.Items, even));
            }

            if (Realisation.Solve(found.Items, even, face.Expected, cancellationToken, out double[] separator) is { } mix)
            {
                IReadOnlyList<PanelComposition> lottery = LotteryWeights.Of(found.Items, mix);
                Keep(lottery);
                return lottery;
            }

            if (!panels.Separate(separator, MaxThreads, () => Report(SolvePhase.Panels, 1), Add, cancellationToken))
            {
                break;
            }
        }

        panels.Panels.Items.ToList().ForEach(panel => Panels.Add(panel));
        return null;

        void Add(int[] panel)
        {
            Panels.Add(panel);
            Checkpoint(panels.Panels, cancellationToken);
        }
    }

    /// <summary>Adds a panel found on the way to a mix.</summary>
    /// <returns>Whether it is new.</returns>
    protected bool Add(int[] panel, CancellationToken cancellationToken)
    {
        bool isNew = Panels.Add(panel);
        Checkpoint(Panels, cancellationToken);
        return isNew;
    }

    /// <summary>Looks everywhere for a panel heavier than a floor, and keeps those that are found.</summary>
    /// <returns>Whether there was a new one.</returns>
    protected bool FindHeavier(PanelSearch search, double[] weights, double floor, long nodes, CancellationToken cancellationToken)
    {
        int before = Panels.Items.Count;
        search.Search(weights, floor, firstOnly: false, nodes, Found, cancellationToken);
        return Panels.Items.Count > before;
    }

    protected void Report(SolvePhase phase, double? fraction = null)
    {
        (double lower, double upper) = Objective.IsMaximized ? (Value, Bound) : (Bound, Value);
        _options.Progress?.Report(new SolveProgress(phase, Panels.Items.Count, lower, upper, fraction is double f ? Math.Min(f, 1) : null));
    }

    /// <summary>What a claim lets no lottery better; where there is none, the objective's own limit.</summary>
    private double BoundOf(WeightClaim? claim)
    {
        (double lower, double upper) = Objective.RangeOf(_problem);
        return claim is not null ? Objective.BoundOf(claim, claim.Limit, People) : Objective.IsMaximized ? upper : lower;
    }

    /// <summary>The bound that says more.</summary>
    private double Better(double one, double other) => Objective.IsMaximized ? Math.Min(one, other) : Math.Max(one, other);

    private double Worse(double one, double other) => Objective.IsMaximized ? Math.Max(one, other) : Math.Min(one, other);

    /// <summary>The same claim about a lottery of another value.</summary>
    private WeightClaim Restated(WeightClaim claim, double value) => new(
        claim.Weights, claim.CapWeights, claim.Limit, claim.Prices, value, Worse(value, BoundOf(claim)), claim.ConfirmedBy);

    /// <summary>The certificate of the lottery kept: with the claim, if no other bound says more than it.</summary>
    private Certificate CertificateAt(WeightClaim? claim, IReadOnlyList<PanelComposition> lottery, double value, double bound)
    {
        WeightClaim? kept = claim is null ? null : Restated(claim, value);
        if (kept is null || !double.IsFinite(value) || WeightClaim.RelativeGap(kept.Bound, bound) > Tolerances.StatedBound / 2)
        {
            return new Certificate(Objective, CertificateStatus.NotProven, value, bound, []);
        }

        CertificateStatus status = Objective.IsReached(kept, kept.Gap, lottery, People) ? CertificateStatus.ProvenOptimal : CertificateStatus.NotProven;
        return new Certificate(Objective, status, value, bound, [kept]);
    }

    private void Found(int[] panel)
    {
        if (Panels.Add(panel) && (Panels.Items.Count & 15) == 0)
        {
            Report(SolvePhase.Panels);
        }
    }

    /// <summary>While it is found out who is covered, the panels found count alike: the more there are, the more people have a chance.</summary>
    private void Surveyed()
    {
        Report(SolvePhase.Feasibility);
        if (KeepsBest && _survey is { Panels.Count: > 0 } survey)
        {
            PanelCollection panels = new();
            survey.Panels.ForEach(panel => panels.Add(panel));
            Keep(LotteryWeights.Of(panels.Items, [.. panels.Counts.Select(c => (double)c)]));
        }
    }

    /// <summary>
    /// Considers what the panels found so far give: mixed as evenly as they were found whenever there are a quarter more, and by the objective whenever there
    /// are twice as many, as long as that is quick.
    /// </summary>
    private void Checkpoint(PanelCollection found, CancellationToken cancellationToken)
    {
        if (!KeepsBest || Panels.Items.Count < _nextCheckpoint)
        {
            return;
        }

        _nextCheckpoint = Panels.Items.Count + (Panels.Items.Count / 4) + 1;
        Keep(LotteryWeights.Of(found.Items, [.. found.Counts.Select(c => (double)c)]));
        if (Panels.Items.Count >= _nextQuickMix && Panels.Items.Sum(p => p.Length) <= LargestQuickMix)
        {
            _nextQuickMix = 2 * Panels.Items.Count;
            KeepQuickMix(cancellationToken);
        }
    }

    private void KeepQuickMix(CancellationToken cancellationToken)
    {
        try
        {
            Keep(LotteryWeights.Of(Panels.Items, QuickMix(cancellationToken)));
        }
        catch (OperationCanceledException)
        {
            // The panels that follow were found before the time limit, and an earlier cut has made use of them: so must this one. What comes next will stop.
        }
    }

    /// <summary>
    /// Fewer people without a chance are better, then what the objective makes of the others; where only the highest chance counts, the objective comes first.
    /// </summary>
    private bool IsBetter(ReachedChances chances, ReachedChances others)
    {
        int byChance = others.Without.CompareTo(chances.Without);
        return Objective.Explains == ExplainedValue.HighestChance
            ? Objective.Compare(chances, others) is var byValue && (byValue > 0 || (byValue == 0 && byChance > 0))
            : byChance > 0 || (byChance == 0 && Objective.Compare(chances, others) > 0);
    }

    /// <summary>What a lottery gives to all who are not proven to be on no panel.</summary>
    private ReachedChances Reached(IReadOnlyList<PanelComposition> lottery) => new(lottery, Types, PanelSize, t => _report is null || Covered[t]);
}
