using Sortition.Core.Feasibility;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;

namespace Sortition.Core.Replacements;

/// <summary>What becomes of the seats that are left: <see cref="SeatsOpen"/>, <see cref="NothingToFill"/> or <see cref="CannotBeFilled"/>.</summary>
public abstract record ReplacementResult
{
    private protected ReplacementResult()
    {
    }

    /// <summary>The round, where there are seats to fill and people to fill them.</summary>
    /// <exception cref="InvalidOperationException">There are none.</exception>
    public ReplacementRound GetRoundOrThrow() => this switch
    {
        SeatsOpen open => open.Round,
        NothingToFill => throw new InvalidOperationException("All seats are taken by those who confirmed."),
        _ => throw new InvalidOperationException("The seats cannot be filled within the quotas."),
    };
}

/// <summary>Seats are open, and there are people who fill them within every quota and the household rule.</summary>
/// <param name="Round">The round; its residual problem has at least one panel.</param>
public sealed record SeatsOpen(ReplacementRound Round) : ReplacementResult;

/// <summary>Those who confirmed fill all seats and meet every rule: nobody need be drawn.</summary>
/// <param name="Panel">The confirmed members as a panel.</param>
public sealed record NothingToFill(Panel Panel) : ReplacementResult;

/// <summary>No choice of replacements makes a panel of those who confirmed; proven.</summary>
/// <param name="Problem">
/// The original problem, but that those who confirmed must be in and those who declined must be out: what the reasons are about, in the organiser's own quotas.
/// Whatever loosens this problem until it has a panel is a way out of the round.
/// </param>
/// <param name="Report">Why.</param>
public sealed record CannotBeFilled(SelectionProblem Problem, FeasibilityReport Report) : ReplacementResult;
