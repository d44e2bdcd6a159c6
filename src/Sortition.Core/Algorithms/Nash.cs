using Sortition.Core.Problems;

namespace Sortition.Core.Algorithms;

/// <summary>The lottery with the highest geometric mean of selection probabilities: maximum Nash welfare.</summary>
/// <remarks>
/// <para>max Σ ln π_i over everyone who can be on a panel at all. Half the chance for one person weighs as much as double the chance for another. The probabilities are unique
/// (Flanigan, Gölz, Gupta, Hennig, Procaccia, Fair algorithms for selecting citizens' assemblies, Nature 2021, supplementary information).</para>
/// <para>Stateless; safe to use from any number of threads at once. A run without a time limit gives the same lottery every time.</para>
/// </remarks>
public sealed class Nash : ILotteryAlgorithm
{
    /// <inheritdoc/>
    public string Name => "nash";

    /// <inheritdoc/>
    public SolveResult Solve(SelectionProblem problem, SolveOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        options ??= SolveOptions.Default;
        return LotteryRun.Solve(new NashRun(problem, options), options, cancellationToken);
    }
}
