using Sortition.Core.Algorithms;
using Sortition.Core.Feasibility;
using Sortition.Core.Lotteries;

namespace Sortition.Core.Fairness;

/// <summary>What each way out of quotas that cannot be met comes to in chances.</summary>
/// <param name="Relaxation">The changes.</param>
/// <param name="Result">The best lottery of the problem with the changes made.</param>
/// <param name="Metrics">Its figures; null if the time limit was reached before there was a lottery.</param>
public sealed record RelaxationFairness(Relaxation Relaxation, SolveResult Result, LotteryMetrics? Metrics)
{
    /// <summary>Computes the lottery of every alternative.</summary>
    /// <param name="report">The alternatives.</param>
    /// <param name="algorithm">By which lottery to compare them; null for leximin.</param>
    /// <param name="options">Limits and progress, for each lottery; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>One entry for each alternative, in their order.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IReadOnlyList<RelaxationFairness> Of(
        RelaxationReport report, ILotteryAlgorithm? algorithm = null, SolveOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(report);
        algorithm ??= new Leximin();
        return [.. report.Alternatives.Select(relaxation =>
        {
            SolveResult result = algorithm.Solve(relaxation.Problem, options, cancellationToken);
            return new RelaxationFairness(relaxation, result, result is Stopped { Best: null } ? null : LotteryMetrics.Compute(result.GetLotteryOrThrow()));
        })];
    }
}
