using Sortition.Core.Engine.OrTools;
using Sortition.Core.Problems;

namespace Sortition.Core.Engine.Mixing;

/// <summary>
/// The best mix of known panels at a stage of leximin: max z with Σ_P λ_P·x_Pt ≥ z·share_t for open types t, ≥ floor_t for settled ones, Σλ = 1, λ ≥ 0.
/// </summary>
internal sealed class PanelMix
{
    private PanelMix(double value, double[] probabilities, double[] weights)
    {
        Value = value;
        Probabilities = probabilities;
        Weights = weights;
    }

    /// <summary>z.</summary>
    public double Value { get; }

    /// <summary>One probability for each panel.</summary>
    public double[] Probabilities { get; }

    /// <summary>The duals: what a seat of each type is worth, 0 or more, 0 for types not covered.</summary>
    public double[] Weights { get; }

    /// <summary>Solves the program; the optimum is a vertex, so that no more panels have a probability above 0 than there are covered types.</summary>
    /// <param name="shares">Seats of a type per unit of z.</param>
    /// <param name="covered">Which types count.</param>
    /// <param name="floors">The expected seats of types that are settled; NaN for open ones, of which there is at least one covered.</param>
    /// <param name="panels">The known panels, at least one.</param>
    /// <param name="bound">An upper bound on z above 0: the unit in which z is computed, so that tolerances are relative to it.</param>
    /// <param name="cancellationToken">Stops the solve.</param>
    public static PanelMix Solve(
        double[] shares, bool[] covered, double[] floors, IReadOnlyList<TypeSeats[]> panels, double bound, CancellationToken cancellationToken)
    {
        using LinearProgram program = new();
        int z = program.AddVariable(0, double.PositiveInfinity, 1);
        int total = program.AddRow(1, 1);
        int[] rows = new int[shares.Length];
        double[] units = new double[shares.Length];
        for (int t = 0; t < rows.Length; t++)
        {
            if (!covered[t])
            {
                continue;
            }

            bool isOpen = double.IsNaN(floors[t]);
            units[t] = isOpen ? shares[t] * bound : floors[t];
            rows[t] = program.AddRow(isOpen ? 0 : 1, double.PositiveInfinity);
            if (isOpen)
            {
                program.SetEntry(rows[t], z, -1);
            }
        }

        foreach (TypeSeats[] panel in panels)
        {
            int probability = program.AddVariable(0, double.PositiveInfinity, 0);
            program.SetEntry(total, probability, 1);
            foreach ((int type, int seats) in panel)
            {
                program.SetEntry(rows[type], probability, seats / units[type]);
            }
        }

        program.Maximise(cancellationToken);
        double[] weights = new double[rows.Length];
        for (int t = 0; t < rows.Length; t++)
        {
            weights[t] = covered[t] ? Math.Max(0, -program.Duals[rows[t]]) / units[t] : 0;
        }

        return new PanelMix(program.Values[z] * bound, program.Values[1..], weights);
    }
}
