using Sortition.Core.Feasibility;
using Sortition.Core.Lotteries;

namespace Sortition.Core.Algorithms;

/// <summary>What an algorithm answers: <see cref="Solved"/>, <see cref="Infeasible"/> or <see cref="Stopped"/>.</summary>
public abstract record SolveResult
{
    private protected SolveResult()
    {
    }

    /// <summary>The lottery, where there is one.</summary>
    /// <returns>The lottery of <see cref="Solved"/>, or the best one of <see cref="Stopped"/>.</returns>
    /// <exception cref="NoLotteryException">The quotas cannot be met, or the computation was stopped before it found a panel.</exception>
    public PanelLottery GetLotteryOrThrow() => this switch
    {
        Solved solved => solved.Lottery,
        Stopped { Best: { } best } => best,
        Infeasible none => throw new NoLotteryException("No panel meets the quotas; the report says why.", none.Report),
        _ => throw new NoLotteryException("The computation was stopped before it found a panel.", null),
    };
}

/// <summary>A lottery is asked of a <see cref="SolveResult"/> that has none.</summary>
public sealed class NoLotteryException : InvalidOperationException
{
    internal NoLotteryException(string message, FeasibilityReport? report)
        : base(message) => Report = report;

    /// <summary>Why no panel meets the quotas; null where the computation was stopped before it found one.</summary>
    public FeasibilityReport? Report { get; }
}

/// <summary>The algorithm ran to its end.</summary>
/// <param name="Lottery">The lottery; its certificate says whether it is proven optimal.</param>
public sealed record Solved(PanelLottery Lottery) : SolveResult;

/// <summary>No panel meets the quotas.</summary>
/// <param name="Report">Why.</param>
public sealed record Infeasible(FeasibilityReport Report) : SolveResult;

/// <summary>The time limit was reached.</summary>
/// <param name="Best">The best lottery found so far, not proven optimal; null if no panel was found.</param>
/// <param name="LowerBound">
/// The objective's best value lies at or above this, as far as is known; where the objective is maximised, it is what <paramref name="Best"/> reaches.
/// </param>
/// <param name="UpperBound">
/// The objective's best value lies at or below this, as far as is known; where the objective is minimised, it is what <paramref name="Best"/> reaches. Infinite
/// where nothing is known.
/// </param>
/// <remarks>As long as it is not known who is covered, somebody may be who has no chance in the best lottery so far: the bounds then allow for that.</remarks>
public sealed record Stopped(PanelLottery? Best, double LowerBound, double UpperBound) : SolveResult;
