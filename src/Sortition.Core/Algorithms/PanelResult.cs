using Sortition.Core.Feasibility;

namespace Sortition.Core.Algorithms;

/// <summary>
/// What an algorithm answers that is asked for one panel: <see cref="Drawn"/>, <see cref="Infeasible"/> or <see cref="AttemptsExhausted"/>.
/// </summary>
public abstract class PanelResult
{
    private protected PanelResult()
    {
    }

    /// <summary>The panel, where there is one.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public Panel GetPanelOrThrow() => this switch
    {
        Drawn drawn => drawn.Panel,
        Infeasible => throw new InvalidOperationException("No panel meets the quotas."),
        _ => throw new InvalidOperationException("No panel was found."),
    };

    /// <summary>A panel was drawn.</summary>
    public sealed class Drawn : PanelResult
    {
        /// <summary>Answers with a panel.</summary>
        /// <param name="panel">See <see cref="Panel"/>.</param>
        /// <param name="attempts">See <see cref="Attempts"/>.</param>
        public Drawn(Panel panel, int attempts)
        {
            Panel = panel;
            Attempts = attempts;
        }

        /// <summary>The panel; it meets every quota.</summary>
        public Panel Panel { get; }

        /// <summary>How many attempts it took, 1 or more.</summary>
        public int Attempts { get; }
    }

    /// <summary>No panel meets the quotas; proven.</summary>
    public sealed class Infeasible : PanelResult
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

    /// <summary>No panel was found. There may be one.</summary>
    public sealed class AttemptsExhausted : PanelResult
    {
        /// <summary>Answers that no panel was found.</summary>
        /// <param name="attempts">See <see cref="Attempts"/>.</param>
        public AttemptsExhausted(int attempts)
        {
            Attempts = attempts;
        }

        /// <summary>How many attempts were made.</summary>
        public int Attempts { get; }
    }
}
