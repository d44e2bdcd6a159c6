using Sortition.Core.Certificates;
using Sortition.Core.Problems;

namespace Sortition.Core.Algorithms;

/// <summary>The lottery that keeps the lowest selection probability from being too low and the highest from being too high, both at once.</summary>
/// <remarks>
/// <para>min (n/k)·max π + γ·(k/n)/min π over the n people who can be on a panel at all (Baharav, Flanigan, Fair, Manipulation-Robust, and Transparent Sortition, EC 2024). The value is at
/// least 1 + γ, and is that where everybody has the same chance. Among the lotteries that are best for it, this one is leximin wherever the relaxation over types can be
/// realised, which is nearly always.</para>
/// <para>Immutable; safe to use from any number of threads at once. A run without a time limit gives the same lottery every time.</para>
/// </remarks>
public sealed class Goldilocks : ILotteryAlgorithm
{
    /// <summary>Fixes what a low chance counts against a high one.</summary>
    /// <param name="gamma">γ, from 1e-6 to 1e6; 1 by default. The larger, the more the lowest chance counts.</param>
    public Goldilocks(double gamma = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(StatedObjective.IsGamma(gamma), true, nameof(gamma));
        Gamma = gamma;
    }

    /// <summary>γ.</summary>
    public double Gamma { get; }

    /// <inheritdoc/>
    public string Name => "goldilocks";

    /// <inheritdoc/>
    public SolveResult Solve(SelectionProblem problem, SolveOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        options ??= SolveOptions.Default;
        return LotteryRun.Solve(new SpreadRun(problem, options, Name, Gamma), options, cancellationToken);
    }
}
