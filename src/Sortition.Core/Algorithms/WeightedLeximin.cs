using Sortition.Core.Problems;

namespace Sortition.Core.Algorithms;

/// <summary>Leximin over chances divided by what each person is entitled to.</summary>
/// <remarks>
/// <para>The lexicographically largest sorted vector of π_i/b_i, where b_i is <see cref="Person.Entitlement"/> (Flanigan, Gölz, Gupta, Procaccia, Neutralizing Self-Selection Bias in
/// Sampling for Sortition, NeurIPS 2020). With b_i = 1/q_i, q_i being the estimated chance that a person like i volunteers, it aims at equal chances for everybody who was invited,
/// and not only for those who came. Where everybody's entitlement is the same it is leximin.</para>
/// <para>Stateless; safe to use from any number of threads at once. A run without a time limit gives the same lottery every time.</para>
/// </remarks>
public sealed class WeightedLeximin : ILotteryAlgorithm
{
    /// <inheritdoc/>
    public string Name => "weighted-leximin";

    /// <inheritdoc/>
    public SolveResult Solve(SelectionProblem problem, SolveOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        options ??= SolveOptions.Default;
        return LotteryRun.Solve(new LeximinRun(problem, options, Name, isWeighted: true), options, cancellationToken);
    }
}
