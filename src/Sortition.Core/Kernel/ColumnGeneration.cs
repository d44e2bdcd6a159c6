using Sortition.Core.Engine;
using Sortition.Core.Engine.Polytope;
using Sortition.Core.Engine.Proof;
using Sortition.Core.Engine.Search;
using Sortition.Core.Feasibility;
using Sortition.Core.Lotteries;

namespace Sortition.Core.Kernel;

/// <summary>
/// Computes the best lottery by an objective of one's own: a master finds the best lottery of the panels known so far, the heaviest panel by its duals is
/// added, and so on until no panel is heavier than the master's threshold.
/// </summary>
/// <remarks>
/// <para>That no panel is heavier is confirmed in whole numbers in the end, and the certificate claims it. That the lottery is then the best is the master's to
/// know: the certificate's status is <see cref="CertificateStatus.NotProven"/>, and its check answers "not checked".</para>
/// <para>The first panels are those of the feasibility check, so that everybody has a chance in them who can have one. A run without a time limit gives the
/// same lottery every time if the master does. Stateless; safe to use from any number of threads at once.</para>
/// </remarks>
/// <example>
/// The lowest chance as high as can be (maximin), with OR-Tools' GLOP:
/// <code>
/// using Google.OrTools.LinearSolver;
/// using Constraint = Google.OrTools.LinearSolver.Constraint;     // both libraries have words of this name
/// using Objective = Sortition.Core.Lotteries.Objective;
///
/// SolveResult result = ColumnGeneration.Solve(problem, new LowestChance(), (panels, people, token) =&gt;
/// {
///     using Solver lp = Solver.CreateSolver("GLOP");
///     Variable z = lp.MakeNumVar(0, 1, "");
///     Variable[] probabilities = [.. panels.Select(_ =&gt; lp.MakeNumVar(0, 1, ""))];
///     Constraint total = lp.MakeConstraint(1, 1);
///     Constraint[] rows = [.. people.Counts.Select(_ =&gt; lp.MakeConstraint(0, double.PositiveInfinity))];
///     for (int t = 0; t &lt; rows.Length; t++)
///     {
///         rows[t].SetCoefficient(z, -people.Counts[t]);           // expected seats - z · people ≥ 0
///     }
///
///     for (int p = 0; p &lt; panels.Count; p++)
///     {
///         total.SetCoefficient(probabilities[p], 1);
///         foreach ((int type, int seats) in panels[p])
///         {
///             rows[type].SetCoefficient(probabilities[p], seats);
///         }
///     }
///
///     lp.Maximize(z);
///     lp.Solve();
///     double[] weights = [.. rows.Select(row =&gt; -row.DualValue())];
///     return new MasterSolution([.. probabilities.Select(v =&gt; v.SolutionValue())], weights, threshold: total.DualValue());
/// });
///
/// sealed class LowestChance() : Objective("lowest-chance")
/// {
///     public override double ValueOf(ReadOnlySpan&lt;double&gt; chances, CoveredPeople people) =&gt; people.Extremes(chances).Lowest;
/// }
/// </code>
/// </example>
public static class ColumnGeneration
{
    /// <summary>Computes the lottery.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="objective">What the lottery is to be the best for: its name and value go into the certificate.</param>
    /// <param name="master">Finds the best lottery of given panels.</param>
    /// <param name="options">Limits and progress; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <returns>
    /// <see cref="SolveResult.Solved"/> once no panel is heavier than the threshold, or none that the master does not know;
    /// <see cref="SolveResult.Infeasible"/> with the reasons; <see cref="SolveResult.Stopped"/> by the time limit with the last lottery of the master, whose
    /// value bounds the best one from one side, as <see cref="Objective.RangeOf"/> does from the other.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="InvalidOperationException">
    /// The master's answer is none: wrong lengths, numbers that are not finite, probabilities that are none, or a threshold that panels it knows exceed or the
    /// panels of its lottery miss, so that its weights cannot be duals.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static SolveResult Solve(
        SelectionProblem problem,
        Objective objective,
        MasterProblem master,
        ColumnGenerationOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(master);
        options ??= new ColumnGenerationOptions();
        if (options.TimeLimit is { } limit)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(limit, TimeSpan.Zero, nameof(options));
        }

        if (!(options.Tolerance is >= 1e-12 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.Tolerance, "The tolerance must be 1e-12 to 1.");
        }

        using Deadline deadline = new(options.TimeLimit, cancellationToken);
        ColumnGenerationRun run = new(problem, objective, master, options);
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
}

/// <summary>One run, and what it knows at any time.</summary>
internal sealed class ColumnGenerationRun(SelectionProblem problem, Objective objective, MasterProblem master, ColumnGenerationOptions options)
{
    // What a solver of linear programs may miss.
    private const double MissedByMaster = 1e-6;

    // Solvers let reduced costs be wrong by some 1e-6 of what they take for 1. Weights of the wrong sign are far beyond that.
    private const double MissedByDuals = 1e-3;

    private readonly PanelCollection _panels = new();
    private FeasibilityReport? _report;
    private IReadOnlyList<PanelComposition>? _best;
    private CoveredPeople? _people;

    public SolveResult ToTheEnd(CancellationToken cancellationToken)
    {
        _report = FeasibilityAnalysis.Check(problem, found => Report(SolvePhase.Feasibility, found), out PoolSurvey? survey, cancellationToken);
        if (!_report.IsFeasible)
        {
            return new SolveResult.Infeasible(_report);
        }

        survey!.Panels.ForEach(panel => _panels.Add(panel));
        QuotaPolytope polytope = survey.Polytope;
        _people = new CoveredPeople(problem.PanelSize, problem.Types, [.. polytope.Upper.Select((n, t) => survey.Covered[t] ? (double)n : 0)]);
        PanelOracle oracle = new(problem, polytope);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            MasterSolution solution = master(_panels.Items, _people, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            _best = LotteryOf(solution);
            Report(SolvePhase.Panels, _panels.Items.Count);
            double[] weights = [.. solution.Weights];
            double floor = solution.Threshold + options.Tolerance * UnitOf(solution);
            bool isNew = false;
            oracle.FindHeavier(weights, floor, panel => isNew |= _panels.Add(panel), cancellationToken);
            if (isNew)
            {
                continue;
            }

            Report(SolvePhase.Certificate, _panels.Items.Count);
            (WholeWeights whole, Confirmation confirmed) = oracle.Confirm(weights, floor, cancellationToken);
            if (confirmed.HeavierPanel is not int[] heavier || !_panels.Add(heavier))
            {
                return new SolveResult.Solved(Lottery(_best, Claim(whole, confirmed)));
            }
        }
    }

    /// <summary>What is known when the time is up.</summary>
    public SolveResult.Stopped Stop()
    {
        (double lower, double upper) = objective.RangeOf(problem);
        if (_best is null)
        {
            return new SolveResult.Stopped(null, lower, upper);
        }

        PanelLottery lottery = Lottery(_best, null);
        (double value, double bound) = (lottery.Certificate.Value, lottery.Certificate.Bound);
        return objective.IsMaximized ? new SolveResult.Stopped(lottery, value, bound) : new SolveResult.Stopped(lottery, bound, value);
    }

    /// <summary>What differences are relative to.</summary>
    private static double UnitOf(MasterSolution solution) => Math.Max(Math.Abs(solution.Threshold), solution.Weights.Max(Math.Abs));

    private IReadOnlyList<PanelComposition> LotteryOf(MasterSolution solution)
    {
        Require(solution.Probabilities.Count == _panels.Items.Count, "as many probabilities as there are panels");
        Require(solution.Weights.Count == problem.Types.Count, "as many weights as there are types");
        Require(solution.Weights.All(double.IsFinite) && double.IsFinite(solution.Threshold), "finite weights and a finite threshold");
        Require(solution.Probabilities.All(p => p >= -MissedByMaster), "probabilities of 0 or more");
        Require(Math.Abs(solution.Probabilities.Sum() - 1) <= MissedByMaster, "probabilities that add up to 1");
        double[] worth = [.. _panels.Items.Select(panel => panel.Sum(s => solution.Weights[s.Type] * s.Seats))];
        double missed = MissedByDuals * UnitOf(solution);
        Require(worth.Max() <= solution.Threshold + missed, "a threshold that no panel exceeds that it knows");
        Require(worth.Zip(solution.Probabilities, (w, p) => w * p).Sum() >= solution.Threshold - missed, "a threshold that the panels of its lottery reach");
        return LotteryWeights.Of(_panels.Items, [.. solution.Probabilities]);

        static void Require(bool isSo, string what)
        {
            if (!isSo)
            {
                throw new InvalidOperationException($"The master must answer {what}.");
            }
        }
    }

    /// <summary>The last word on the weights: no panel weighs more than the limit.</summary>
    private WeightClaim Claim(WholeWeights whole, Confirmation confirmed) => new(
        [.. whole.Numbers.Select(w => Math.Max(w, 0))],
        Array.Exists(whole.Numbers, w => w < 0) ? [.. whole.Numbers.Select(w => Math.Max(-w, 0))] : [],
        confirmed.Limit,
        [],
        ValueOf(_best!),
        ValueOf(_best!),
        confirmed.By);

    private PanelLottery Lottery(IReadOnlyList<PanelComposition> panels, WeightClaim? claim)
    {
        Certificate open = objective.LeftOpen(problem, ValueOf(panels));
        return new PanelLottery(
            problem, panels, _report!.Uncovered, claim is null ? open : new Certificate(open.Objective, open.Status, open.Value, claim.Bound, [claim]));
    }

    private double ValueOf(IReadOnlyList<PanelComposition> lottery) =>
        objective.ValueOf(PanelLottery.ChanceOfTypes(problem.TypeTable.Types, lottery), _people!);

    private void Report(SolvePhase phase, int panels)
    {
        if (options.Progress is { } progress)
        {
            (double lower, double upper) = objective.RangeOf(problem);
            double? value = _best is null ? null : ValueOf(_best);
            progress.Report(new SolveProgress(phase, panels, objective.IsMaximized ? value ?? lower : lower, objective.IsMaximized ? upper : value ?? upper));
        }
    }
}
