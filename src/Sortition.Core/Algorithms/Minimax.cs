using Sortition.Core.Problems;

namespace Sortition.Core.Algorithms;

/// <summary>The lottery whose highest selection probability is as low as any lottery's: nobody has better odds than need be.</summary>
/// <remarks>
/// <para>min z with π_i ≤ z (Baharav, Flanigan, Fair, Manipulation-Robust, and Transparent Sortition, EC 2024): there is least to be gained by giving false answers. By itself the objective
/// may leave people without any chance. Among the lotteries that are best for it, this one is leximin wherever the relaxation over types can be realised, which is nearly always;
/// people who have no chance then have none under any such lottery.</para>
/// <para>Stateless; safe to use from any number of threads at once. A run without a time limit gives the same lottery every time.</para>
/// </remarks>
public sealed class Minimax : ILotteryAlgorithm
{
    /// <inheritdoc/>
    public string Name => "minimax";

    /// <inheritdoc/>
    public SolveResult Solve(SelectionProblem problem, SolveOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        options ??= SolveOptions.Default;
        return LotteryRun.Solve(new SpreadRun(problem, options, Name, gamma: 0), options, cancellationToken);
    }
}
