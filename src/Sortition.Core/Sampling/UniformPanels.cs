using Sortition.Core.Algorithms;
using Sortition.Core.Feasibility;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;

namespace Sortition.Core.Sampling;

/// <summary>Draws from all panels, each equally likely.</summary>
/// <remarks>
/// <para>Uniform over panels is not fair to people: whoever is of a kind that panels can do with or without, or that many share, is on few of them. In the
/// Albertslund example chances go from about 0.9 % to 44 %, where <see cref="Leximin"/> gives everybody 2.16 % or more. Use it as a yardstick, or where every
/// panel must have the same chance.</para>
/// <para>Draws are exact where a table of counters is small enough, or where what a smaller table proposes keeps the other quotas often enough: a proposal is
/// drawn with whole-number weights that favour those quotas, thrown away if it breaks one or a household has too many, and else kept with a probability that
/// makes up for the weights. Floating-point numbers decide only what they can decide for certain; the rest is decided in whole numbers. So no panel is more
/// likely than another by any amount. Where neither works, chains of random exchanges take over, and their answer says whether they agree
/// (<see cref="UniformStatus"/>).</para>
/// <para>Stateless; safe to use from any number of threads at once. Sources: uniform and maximum-entropy sortition, arXiv 2604.02712; dynamic programming with
/// tilted weights and rejection is of the project.</para>
/// </remarks>
/// <example>
/// <code>
/// UniformResult result = UniformPanels.Draw(problem, draws: 1000, seed: "4 2 6 1 3");
/// if (result is UniformResult.Drawn { Sample: { Status: UniformStatus.Exact } sample })
/// {
///     Console.WriteLine($"{sample.Panels[0]}; person 0 has {sample.Chance(0):P1} ± {sample.StandardError(0):P1}");
/// }
/// </code>
/// </example>
public sealed class UniformPanels : IPanelAlgorithm
{
    /// <inheritdoc/>
    public string Name => "uniform";

    /// <summary>Draws one panel, exactly uniformly or not at all.</summary>
    /// <inheritdoc/>
    /// <remarks>
    /// Where an exact draw takes more than <see cref="UniformOptions.MaxProposals"/> proposals, the answer is <see cref="PanelResult.AttemptsExhausted"/>; use
    /// <see cref="Draw"/> for what can be had then. <see cref="SolveOptions.TimeLimit"/> is not used.
    /// </remarks>
    public PanelResult DrawPanel(SelectionProblem problem, RandomSource random, SolveOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(random);
        UniformOptions limits = UniformOptions.Checked(new UniformOptions { MaxThreads = options?.MaxThreads ?? new SolveOptions().MaxThreads });
        FeasibilityReport report = FeasibilityAnalysis.Check(problem, cancellationToken);
        if (!report.IsFeasible)
        {
            return new PanelResult.Infeasible(report);
        }

        TableSampler? sampler = TableSampler.Prepare(new PanelSpace(problem), 1, preferComplete: false, limits, cancellationToken);
        long proposals = 0;
        int[]? members = sampler is null || sampler.ProposalsPerPanel > limits.MaxProposals ? null
            : TableSampler.DrawOne(new SeatDraw(sampler.Weights, cancellationToken), random, limits.MaxProposals, out proposals, cancellationToken);
        return members is null
            ? new PanelResult.AttemptsExhausted((int)proposals)
            : new PanelResult.Drawn(new Panel(problem, members), (int)proposals);
    }

    /// <summary>Draws panels, and estimates everybody's chance from them.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="draws">How many panels, 1 or more.</param>
    /// <param name="seed">Decides the draws: draw i uses stream i of the seed's generator, so that the result does not depend on the number of threads.</param>
    /// <param name="options">Limits and progress; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The panels, and whether they are uniform.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than one draw, or an option is out of its range.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static UniformResult Draw(
        SelectionProblem problem, int draws, string seed, UniformOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(seed);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        options = UniformOptions.Checked(options);
        FeasibilityReport report = FeasibilityAnalysis.Check(problem, cancellationToken);
        if (!report.IsFeasible)
        {
            return new UniformResult.Infeasible(report);
        }

        PanelSpace space = new(problem);
        SeededRandomSource generator = new(seed);
        TableSampler? sampler = TableSampler.Prepare(space, draws, preferComplete: false, options, cancellationToken);
        long proposals = 0;
        int[][]? panels = sampler is null || sampler.ProposalsPerPanel * draws > options.MaxProposals ? null
            : sampler.Draw(draws, generator, options, out proposals, cancellationToken);
        return new UniformResult.Drawn(
            panels is null
                ? ByChains(space, report, draws, seed, options, cancellationToken)
                : Exact(problem, sampler!, panels, proposals, cancellationToken));
    }

    private static UniformSample Exact(
        SelectionProblem problem, TableSampler sampler, int[][] panels, long proposals, CancellationToken cancellationToken)
    {
        TypeTable table = problem.TypeTable;
        double[] chances = new double[table.Types.Length];
        double[] errors = new double[chances.Length];
        if (sampler.IsComplete)
        {
            double[] means = TableFit.Means(sampler.Weights, cancellationToken);
            foreach (int i in sampler.Weights.Tracked.Space.Seated)
            {
                chances[table.TypeOf[i]] = 1;
            }

            foreach ((SeatKind kind, double mean) in sampler.Weights.Tracked.Kinds.Zip(means))
            {
                foreach (int i in kind.Members)
                {
                    chances[table.TypeOf[i]] = Math.Min(1, mean / kind.Members.Length);
                }
            }
        }
        else
        {
            Estimate(table, panels, chances, errors);
        }

        return new UniformSample(problem, [.. panels.Select(p => new Panel(problem, p))], chances, errors)
        {
            Status = UniformStatus.Exact,
            Method = sampler.IsComplete ? UniformMethod.Table : UniformMethod.TableWithRejection,
            Proposals = proposals,
            EffectiveSize = sampler.IsComplete ? double.PositiveInfinity : panels.Length,
        };
    }

    private static void Estimate(TypeTable table, int[][] panels, double[] chances, double[] errors)
    {
        int[] seats = new int[chances.Length];
        double[] squares = new double[chances.Length];
        foreach (int[] panel in panels)
        {
            Array.Clear(seats);
            foreach (int i in panel)
            {
                seats[table.TypeOf[i]]++;
            }

            for (int t = 0; t < seats.Length; t++)
            {
                chances[t] += seats[t];
                squares[t] += (double)seats[t] * seats[t];
            }
        }

        double n = panels.Length;
        for (int t = 0; t < chances.Length; t++)
        {
            double people = table.Types[t].Members.Count;
            double mean = chances[t] / n;
            double variance = n > 1 ? Math.Max(0, squares[t] / n - mean * mean) * n / (n - 1) : people * people / 4;
            (chances[t], errors[t]) = (mean / people, Math.Sqrt(variance / n) / people);
        }
    }

    private static UniformSample ByChains(
        PanelSpace space, FeasibilityReport report, int draws, string seed, UniformOptions options, CancellationToken cancellationToken)
    {
        SelectionProblem problem = space.Problem;
        TypeTable table = problem.TypeTable;
        ChainRun run = new(space, draws, new SeededRandomSource(seed + "/chains"), options, cancellationToken);
        ChainDiagnosis diagnosis = run.Run();
        double[] people = [.. table.Types.Select(t => (double)t.Members.Count)];
        HashSet<int> uncovered = [.. report.Uncovered.Select(u => u.Person)];
        HashSet<int> unseen = [.. diagnosis.UnseenTypes];

        // Spread evenly over the chains, one chain after the other.
        int[][] all = [.. run.Panels.SelectMany(chain => chain)];
        return new UniformSample(
            problem,
            [.. Enumerable.Range(0, draws).Select(d => new Panel(problem, all[(int)(((long)d * all.Length + all.Length / 2) / draws)]))],
            [.. diagnosis.TypeMeans.Zip(people, (mean, n) => mean / n)],
            [.. diagnosis.TypeErrors.Zip(people, (error, n) => error / n)])
        {
            Status = diagnosis.IsConverged ? UniformStatus.Converged : UniformStatus.NotConverged,
            Method = UniformMethod.Chain,
            Proposals = run.Steps,
            EffectiveSize = diagnosis.EffectiveSize,
            SplitRHat = diagnosis.SplitRHat,
            Unseen = [.. Enumerable.Range(0, problem.People.Count).Where(i => unseen.Contains(table.TypeOf[i]) && !uncovered.Contains(i))],
        };
    }
}
