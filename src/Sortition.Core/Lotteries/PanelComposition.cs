using Sortition.Core.Problems;

namespace Sortition.Core.Lotteries;

/// <summary>A panel as the lottery sees it: how many members of each type, and how likely.</summary>
/// <remarks>Who of a type sits on the panel is chosen uniformly. Immutable and safe to read from any thread.</remarks>
public sealed class PanelComposition
{
    internal PanelComposition(IReadOnlyList<TypeSeats> seats, long weight)
    {
        Seats = seats;
        Weight = weight;
    }

    /// <summary>The types with at least one seat, in ascending order; the seats add up to the panel size.</summary>
    public IReadOnlyList<TypeSeats> Seats { get; }

    /// <summary>The panel's probability as a whole number over <see cref="PanelLottery.WeightTotal"/> = 2⁶², 1 or more.</summary>
    public long Weight { get; }

    /// <summary>The panel's probability, above 0 and at most 1, to the nearest double.</summary>
    public double Probability => Weight / (double)PanelLottery.WeightTotal;
}
