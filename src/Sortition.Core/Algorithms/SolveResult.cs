using Sortition.Core.Feasibility;

namespace Sortition.Core;

/// <summary>What an algorithm answers: <see cref="Solved"/>, <see cref="Infeasible"/> or <see cref="Stopped"/>.</summary>
public abstract class SolveResult
{
    private protected SolveResult()
    {
    }

    /// <summary>The lottery, where there is one that somebody may be drawn from.</summary>
    /// <returns>The lottery of <see cref="Solved"/>, or the best one of <see cref="Stopped"/>.</returns>
    /// <exception cref="NoLotteryException">
    /// The quotas cannot be met; or the computation was stopped before it found a panel, or before everybody had a chance who is not proven to be on no panel.
    /// In the last case <see cref="Stopped.Best"/> has the lottery all the same.
    /// </exception>
    public PanelLottery GetLotteryOrThrow() => this switch
    {
        Solved solved => solved.Lottery,
        Stopped { Best: { WithoutChance.Count: 0 } best } => best,
        Stopped { Best: { } best } => throw new NoLotteryException(
            FormattableString.Invariant(
                $"The computation was stopped before everybody had a chance: {best.WithoutChance.Count} of {best.Problem.People.Count} people have none."),
            null),
        Infeasible none => throw new NoLotteryException("No panel meets the quotas; the report says why.", none.Report),
        _ => throw new NoLotteryException("The computation was stopped before it found a panel.", null),
    };

    /// <summary>The lottery of <see cref="Solved"/> or the best of <see cref="Stopped"/>, whoever has no chance in it; null if there is none.</summary>
    internal PanelLottery? BestLottery => this switch
    {
        Solved solved => solved.Lottery,
        Stopped stopped => stopped.Best,
        _ => null,
    };

    /// <summary>The algorithm ran to its end.</summary>
    public sealed class Solved : SolveResult
    {
        /// <summary>Answers with a lottery.</summary>
        /// <param name="lottery">See <see cref="Lottery"/>.</param>
        public Solved(PanelLottery lottery)
        {
            Lottery = lottery;
        }

        /// <summary>The lottery; its certificate says whether it is proven optimal.</summary>
        public PanelLottery Lottery { get; }
    }

    /// <summary>No panel meets the quotas.</summary>
    public sealed class Infeasible : SolveResult
    {
        /// <summary>Answers that no panel meets the quotas.</summary>
        /// <param name="report">See <see cref="Report"/>.</param>
        public Infeasible(FeasibilityReport report)
        {
            Report = report;
        }

        /// <summary>Why.</summary>
        public FeasibilityReport Report { get; }
    }

    /// <summary>The time limit was reached.</summary>
    /// <remarks>
    /// As long as it is not known who is covered, somebody may be who has no chance in the best lottery so far (<see cref="PanelLottery.WithoutChance"/>): the
    /// bounds then allow for that.
    /// </remarks>
    public sealed class Stopped : SolveResult
    {
        /// <summary>Answers with what was reached.</summary>
        /// <param name="best">See <see cref="Best"/>.</param>
        /// <param name="lowerBound">See <see cref="LowerBound"/>.</param>
        /// <param name="upperBound">See <see cref="UpperBound"/>.</param>
        public Stopped(PanelLottery? best, double lowerBound, double upperBound)
        {
            Best = best;
            LowerBound = lowerBound;
            UpperBound = upperBound;
        }

        /// <summary>
        /// The best lottery found so far; null if no panel was found. What was proven of it before the limit its <see cref="PanelLottery.Certificate"/> says:
        /// mostly nothing but a bound, at times that it is leximin within ε. Before anybody is drawn from it, look at its
        /// <see cref="PanelLottery.WithoutChance"/>.
        /// </summary>
        public PanelLottery? Best { get; }

        /// <summary>
        /// The objective's best value lies at or above this, as far as is known; where the objective is maximised, it is what <see cref="Best"/> reaches.
        /// </summary>
        public double LowerBound { get; }

        /// <summary>
        /// The objective's best value lies at or below this, as far as is known; where the objective is minimised, it is what <see cref="Best"/> reaches.
        /// Infinite where nothing is known.
        /// </summary>
        public double UpperBound { get; }
    }
}

/// <summary>A lottery is asked of a <see cref="SolveResult"/> that has none, or none that somebody may be drawn from.</summary>
public sealed class NoLotteryException : InvalidOperationException
{
    internal NoLotteryException(string message, FeasibilityReport? report)
        : base(message) => Report = report;

    /// <summary>Why no panel meets the quotas; null where the computation was stopped too early.</summary>
    public FeasibilityReport? Report { get; }
}
