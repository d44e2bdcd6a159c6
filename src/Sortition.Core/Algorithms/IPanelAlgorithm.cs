using Sortition.Core.Algorithms;
using Sortition.Core.Lotteries;

namespace Sortition.Core;

/// <summary>A way to draw a panel.</summary>
public interface IPanelAlgorithm
{
    /// <summary>The name by which the command line and files call the algorithm.</summary>
    string Name { get; }

    /// <summary>Draws one panel.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="random">The source of chance.</param>
    /// <param name="options">Limits and progress; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <returns>The panel, or why there is none.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    PanelResult DrawPanel(SelectionProblem problem, RandomSource random, SolveOptions? options = null, CancellationToken cancellationToken = default);
}

/// <summary>A way to compute a whole lottery, from which panels are then drawn.</summary>
/// <remarks>
/// Synchronous and bound by the processor: a host runs it on a thread of its own, as <see cref="LotteryAlgorithmExtensions.SolveAsync"/> does, and may run
/// several at once.
/// </remarks>
public interface ILotteryAlgorithm : IPanelAlgorithm
{
    /// <summary>What its lotteries are the best for.</summary>
    Objective Objective { get; }

    /// <summary>Computes the lottery.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="options">Limits and progress; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <returns>The lottery with its certificate, or why there is none.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    SolveResult Solve(SelectionProblem problem, SolveOptions? options = null, CancellationToken cancellationToken = default);

    /// <inheritdoc/>
    string IPanelAlgorithm.Name => Objective.Name;

    /// <inheritdoc/>
    PanelResult IPanelAlgorithm.DrawPanel(SelectionProblem problem, RandomSource random, SolveOptions? options, CancellationToken cancellationToken) =>
        Solve(problem, options, cancellationToken) switch
        {
            SolveResult.Infeasible infeasible => new PanelResult.Infeasible(infeasible.Report),
            SolveResult.Stopped { Best: null or { WithoutChance.Count: > 0 } } => new PanelResult.AttemptsExhausted(0),
            SolveResult result => new PanelResult.Drawn(result.GetLotteryOrThrow().Draw(random), 1),
        };
}

/// <summary>Computes lotteries without holding up the caller.</summary>
public static class LotteryAlgorithmExtensions
{
    /// <summary>Computes the lottery on a thread of its own. The result is that of <see cref="ILotteryAlgorithm.Solve"/>.</summary>
    /// <remarks>The thread pool stays free for what else the host does. How many computations run at once is for the caller to limit.</remarks>
    /// <param name="algorithm">The algorithm.</param>
    /// <param name="problem">The problem.</param>
    /// <param name="options">Limits and progress; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <returns>The lottery with its certificate, or why there is none. A cancelled computation is a cancelled task, with the caller's own token.</returns>
    /// <example>
    /// <code>
    /// SolveOptions options = new() { TimeLimit = TimeSpan.FromMinutes(1) };
    /// SolveResult result = await new Leximin().SolveAsync(problem, options, cancellationToken);
    /// string answer = result switch
    /// {
    ///     SolveResult.Solved solved =&gt; solved.Lottery.Draw(RandomSource.Secure()).ToString(),
    ///     SolveResult.Infeasible none =&gt; string.Join("; ", none.Report.Reasons.Select(reason =&gt; TextRenderer.English.Describe(reason, problem))),
    ///     SolveResult.Stopped stopped =&gt; $"stopped; the best so far: {stopped.Best}",
    ///     _ =&gt; throw new System.Diagnostics.UnreachableException(),
    /// };
    /// </code>
    /// </example>
    public static Task<SolveResult> SolveAsync(
        this ILotteryAlgorithm algorithm, SelectionProblem problem, SolveOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        ArgumentNullException.ThrowIfNull(problem);
        return Task.Factory.StartNew(
            () => algorithm.Solve(problem, options, cancellationToken),
            cancellationToken,
            TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach,
            TaskScheduler.Default);
    }
}
