using Sortition.Core.Problems;

namespace Sortition.Core.Algorithms;

/// <summary>The lottery whose lowest selection probability is as high as any lottery's: the person worst off could not be given more.</summary>
/// <remarks>
/// <para>max z with π_i ≥ z for everyone who can be on a panel at all (Flanigan, Gölz, Gupta, Hennig, Procaccia, Fair algorithms for selecting citizens' assemblies, Nature 2021).
/// Only the lowest chance is decided by the objective: above it, chances may differ between people whom leximin would treat alike.</para>
/// <para>Stateless; safe to use from any number of threads at once. A run without a time limit gives the same lottery every time.</para>
/// </remarks>
public sealed class Maximin : ILotteryAlgorithm
{
    /// <inheritdoc/>
    public string Name => "maximin";

    /// <inheritdoc/>
    public SolveResult Solve(SelectionProblem problem, SolveOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        options ??= SolveOptions.Default;
        return LotteryRun.Solve(new MaximinRun(problem, options), options, cancellationToken);
    }
}
