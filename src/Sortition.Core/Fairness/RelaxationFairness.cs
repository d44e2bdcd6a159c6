using Sortition.Core.Feasibility;

namespace Sortition.Core.Fairness;

/// <summary>What each way out of quotas that cannot be met comes to in chances.</summary>
public sealed class RelaxationFairness
{
    internal RelaxationFairness(Relaxation relaxation, SolveResult result, LotteryMetrics? metrics)
    {
        Relaxation = relaxation;
        Result = result;
        Metrics = metrics;
    }

    /// <summary>The changes.</summary>
    public Relaxation Relaxation { get; }

    /// <summary>The best lottery of the problem with the changes made.</summary>
    public SolveResult Result { get; }

    /// <summary>Its figures; null if the time limit was reached before there was a lottery.</summary>
    public LotteryMetrics? Metrics { get; }

    /// <summary>Computes the lottery of every alternative.</summary>
    /// <param name="report">The alternatives.</param>
    /// <param name="algorithm">By which lottery to compare them; null for leximin.</param>
    /// <param name="options">Limits and progress, for each lottery; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>One entry for each alternative, in their order.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IReadOnlyList<RelaxationFairness> Compare(
        RelaxationReport report, ILotteryAlgorithm? algorithm = null, SolveOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(report);
        algorithm ??= new Leximin();
        return [.. report.Alternatives.Select(relaxation =>
        {
            SolveResult result = algorithm.Solve(relaxation.Problem, options, cancellationToken);
            return new RelaxationFairness(
                relaxation, result, result.BestLottery is { } lottery ? LotteryMetrics.Compute(lottery) : null);
        })];
    }
}
