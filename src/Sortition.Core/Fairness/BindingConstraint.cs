namespace Sortition.Core.Fairness;

/// <summary>A constraint that an explanation names, and what it is worth.</summary>
/// <remarks>
/// The bound holds as long as nobody becomes covered who was not before, and in leximin as long as those whose chances were settled before, lower ones that is,
/// keep what they have.
/// </remarks>
public sealed class BindingConstraint
{
    internal BindingConstraint(Constraint constraint, int seats, long? price, double? bound, bool countsThem)
    {
        Constraint = constraint;
        Seats = seats;
        Price = price;
        Bound = bound;
        CountsThem = countsThem;
    }

    /// <summary>The constraint.</summary>
    public Constraint Constraint { get; }

    /// <summary>
    /// By how many seats it is thought to give: 1, or −1 where a panel of one person fewer would serve better. What <see cref="SelectionProblem.Loosen"/>
    /// takes.
    /// </summary>
    public int Seats { get; }

    /// <summary>
    /// By how much the claim's limit rises if the constraint gives by <see cref="Seats"/>, in the units of the claim's weights, above 0; null where the claim
    /// was proven by searching all panels: the constraint is then met with no seat to spare on every panel of the lottery, but nothing says what it costs.
    /// </summary>
    public long? Price { get; }

    /// <summary>
    /// What no lottery could better if the constraint gave by <see cref="Seats"/> and all others stayed: the bound on <see cref="ExplanationPart.Value"/> that
    /// the same prices then prove (weak duality). The best lottery may fall short of it, since another constraint may then bind. Null without a price.
    /// </summary>
    public double? Bound { get; }

    /// <summary>Whether the constraint counts somebody of those who are explained; others have their effect through the people they count.</summary>
    public bool CountsThem { get; }
}
