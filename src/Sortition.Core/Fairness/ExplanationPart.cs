using Sortition.Core.Lotteries;

namespace Sortition.Core.Fairness;

/// <summary>Why people have the chance they have.</summary>
public enum ChanceReason
{
    /// <summary>They must be out: no chance.</summary>
    MustBeOut = 0,

    /// <summary>They are on no panel, whatever the lottery: no chance. <see cref="ExplanationPart.Obstacles"/> say why.</summary>
    Uncovered = 1,

    /// <summary>They must be in: chance 1.</summary>
    MustBeIn = 2,

    /// <summary>Every panel of the lottery has all people like them: chance 1, and nobody can have more.</summary>
    AlwaysSelected = 3,

    /// <summary>
    /// They are on some panels, but the lottery gives these no probability. Only an objective that looks at high chances alone, minimax, does that.
    /// </summary>
    NoChance = 4,

    /// <summary>A claim of the certificate settles their chance.</summary>
    Settled = 5,

    /// <summary>
    /// The claim settles the objective's value by the chances of others; other lotteries may serve the objective as well and give these people another chance.
    /// </summary>
    LeftOpen = 6,

    /// <summary>No claim says anything about them: the computation was cut short, or the objective is none that is known here.</summary>
    Unproven = 7,
}

/// <summary>People of an explanation who have their chances for one and the same reason.</summary>
/// <remarks>Immutable and safe to read from any thread.</remarks>
public sealed class ExplanationPart
{
    internal ExplanationPart()
    {
    }

    /// <summary>Why they have it.</summary>
    public ChanceReason Reason { get; internal init; }

    /// <summary>Who: indices into the people of the problem, ascending; at least one.</summary>
    public IReadOnlyList<int> People { get; internal init; } = [];

    /// <summary>The lowest chance among them, 0..1.</summary>
    public double LowestChance { get; internal init; }

    /// <summary>The highest chance among them, 0..1. In leximin all have the same but for rounding.</summary>
    public double HighestChance { get; internal init; }

    /// <summary>The claim that settles their chance or, where it is left open, the objective's value; null where there is none.</summary>
    public WeightClaim? Claim { get; internal init; }

    /// <summary>How many people of the pool the claim settles, these among them; 0 without a claim.</summary>
    public int SettledTogether => Settled.Count;

    /// <summary>What the bounds of <see cref="Constraints"/> are about.</summary>
    public ExplainedValue Explains { get; internal init; }

    /// <summary>What the lottery reaches of it; null without a claim.</summary>
    public double? Value { get; internal init; }

    /// <summary>
    /// The constraints that prove the claim, those first that matter most; or, where it was proven by searching all panels, those that no panel of the lottery
    /// meets with a seat to spare. For people who are sure of a seat or have no chance: the latter, as far as they count them.
    /// </summary>
    public IReadOnlyList<BindingConstraint> Constraints { get; internal init; } = [];

    /// <summary>For uncovered people: the constraints that cannot all be met with such a person on the panel.</summary>
    public IReadOnlyList<Constraint> Obstacles { get; internal init; } = [];

    internal Objective Objective { get; init; } = Objective.Unknown("none");

    /// <summary>The people whom the claim settles.</summary>
    internal IReadOnlyList<int> Settled { get; init; } = [];

    /// <summary>What a chance is divided by to compare it with that of others: the entitlement in weighted leximin, 1 elsewhere.</summary>
    internal Func<int, double> Entitlement { get; init; } = _ => 1;

    /// <summary>What another lottery reaches of what is explained, such as one of a problem with a constraint loosened.</summary>
    /// <param name="lottery">A lottery for a problem with the same people.</param>
    /// <returns>
    /// For own chances the chance that these people have if they have no more, by what they are entitled to, than the lowest of all whom the claim settles;
    /// they may have more. Otherwise the value over all whom that lottery covers.
    /// </returns>
    /// <exception cref="ArgumentException">The problem has another number of people.</exception>
    public double ValueIn(PanelLottery lottery)
    {
        ArgumentNullException.ThrowIfNull(lottery);
        if (People[^1] >= lottery.Problem.People.Count)
        {
            throw new ArgumentException("The lottery is about other people.", nameof(lottery));
        }

        return Explains == ExplainedValue.OwnChance
            ? (Settled.Count > 0 ? Settled : People).Min(i => lottery.ProbabilityOf(i) / Entitlement(i)) * Entitlement(People[0])
            : Objective.ValueOf(lottery);
    }
}
