using Sortition.Core.Feasibility;

namespace Sortition.Core.Replacements;

/// <summary>What becomes of the seats that are left: <see cref="Open"/>, <see cref="NotNeeded"/> or <see cref="Infeasible"/>.</summary>
public abstract class ReplacementResult
{
    private protected ReplacementResult()
    {
    }

    /// <summary>The round, where there are seats to fill and people to fill them.</summary>
    /// <exception cref="InvalidOperationException">There are none.</exception>
    public ReplacementRound GetRoundOrThrow() => this switch
    {
        Open open => open.Round,
        NotNeeded => throw new InvalidOperationException("All seats are taken by those who confirmed."),
        _ => throw new InvalidOperationException("The seats cannot be filled within the quotas."),
    };

    /// <summary>Seats are open, and there are people who fill them within every quota and the household rule.</summary>
    public sealed class Open : ReplacementResult
    {
        internal Open(ReplacementRound round)
        {
            Round = round;
        }

        /// <summary>The round; its residual problem has at least one panel.</summary>
        public ReplacementRound Round { get; }
    }

    /// <summary>Those who confirmed fill all seats and meet every rule: nobody need be drawn.</summary>
    public sealed class NotNeeded : ReplacementResult
    {
        internal NotNeeded(Panel panel)
        {
            Panel = panel;
        }

        /// <summary>The confirmed members as a panel.</summary>
        public Panel Panel { get; }
    }

    /// <summary>No choice of replacements makes a panel of those who confirmed; proven.</summary>
    public sealed class Infeasible : ReplacementResult
    {
        internal Infeasible(SelectionProblem problem, FeasibilityReport report)
        {
            Problem = problem;
            Report = report;
        }

        /// <summary>
        /// The original problem, but that those who confirmed must be in and those who declined must be out: what the reasons are about, in the organiser's own
        /// quotas. Whatever loosens this problem until it has a panel is a way out of the round.
        /// </summary>
        public SelectionProblem Problem { get; }

        /// <summary>Why.</summary>
        public FeasibilityReport Report { get; }
    }
}
