using Sortition.Core.Problems;

namespace Sortition.Core.Kernel;

/// <summary>A panel than which none is heavier, as <see cref="PanelOracle.FindHeaviest"/> finds it.</summary>
/// <remarks>Immutable and safe to read from any thread.</remarks>
public sealed class HeaviestPanel
{
    internal HeaviestPanel(Panel panel, double weight, double upperBound)
    {
        Panel = panel;
        Weight = weight;
        UpperBound = upperBound;
    }

    /// <summary>The panel.</summary>
    public Panel Panel { get; }

    /// <summary>The sum of its members' weights, added up in doubles in the order of the pool.</summary>
    public double Weight { get; }

    /// <summary>No panel weighs more, proven in whole numbers. At least <see cref="Weight"/>; how near it is, is told at <see cref="PanelOracle"/>.</summary>
    public double UpperBound { get; }
}

/// <summary>Seats by type than which none are heavier, as <see cref="PanelOracle.FindHeaviestComposition"/> finds them.</summary>
/// <remarks>Immutable and safe to read from any thread.</remarks>
public sealed class HeaviestComposition
{
    internal HeaviestComposition(IReadOnlyList<TypeSeats> seats, double weight, double upperBound)
    {
        Seats = seats;
        Weight = weight;
        UpperBound = upperBound;
    }

    /// <summary>The types with at least one seat, in ascending order; the seats add up to the panel size.</summary>
    public IReadOnlyList<TypeSeats> Seats { get; }

    /// <summary>Σ weight of a type · its seats, added up in doubles in the order of the types.</summary>
    public double Weight { get; }

    /// <summary>No panel weighs more, proven in whole numbers. At least <see cref="Weight"/>; how near it is, is told at <see cref="PanelOracle"/>.</summary>
    public double UpperBound { get; }
}
