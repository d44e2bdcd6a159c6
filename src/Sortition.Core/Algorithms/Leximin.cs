using Sortition.Core.Problems;

namespace Sortition.Core.Algorithms;

/// <summary>The lottery that gives the person worst off as much as can be, then the next worst off, and so on: nobody could have more but at the cost of somebody who has no more.</summary>
/// <remarks>
/// <para>The lexicographically largest sorted vector of selection probabilities (Flanigan, Gölz, Gupta, Hennig, Procaccia, Fair algorithms for selecting citizens' assemblies,
/// Nature 2021). The probabilities are unique: they do not depend on the order of rows or on anything else that is not in the problem.</para>
/// <para>Stateless; safe to use from any number of threads at once. A run without a time limit gives the same lottery every time.</para>
/// </remarks>
public sealed class Leximin : ILotteryAlgorithm
{
    /// <inheritdoc/>
    public string Name => "leximin";

    /// <inheritdoc/>
    public SolveResult Solve(SelectionProblem problem, SolveOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        options ??= SolveOptions.Default;
        return LotteryRun.Solve(new LeximinRun(problem, options, Name, isWeighted: false), options, cancellationToken);
    }
}
