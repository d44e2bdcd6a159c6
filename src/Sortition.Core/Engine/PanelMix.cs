namespace Sortition.Core.Engine;

/// <summary>The best mix of known panels: max z with Σ_P λ_P·x_Pt ≥ z·n_t for all covered types t, Σλ = 1, λ ≥ 0.</summary>
internal sealed class PanelMix
{
    private PanelMix(double value, double[] probabilities, double[] weights)
    {
        Value = value;
        Probabilities = probabilities;
        Weights = weights;
    }

    /// <summary>z: the lowest chance.</summary>
    public double Value { get; }

    /// <summary>One probability for each panel.</summary>
    public double[] Probabilities { get; }

    /// <summary>The duals: a weight for each type, 0 or more, 0 for types not covered.</summary>
    public double[] Weights { get; }

    /// <summary>Solves the program; the optimum is a vertex, so that no more panels have a probability above 0 than there are covered types.</summary>
    /// <param name="polytope">The panels' polytope.</param>
    /// <param name="covered">Which types count.</param>
    /// <param name="panels">The known panels, at least one.</param>
    /// <param name="bound">An upper bound on z above 0: the unit in which z is computed, so that tolerances are relative to it.</param>
    /// <param name="cancellationToken">Stops the solve.</param>
    public static PanelMix Solve(QuotaPolytope polytope, bool[] covered, IReadOnlyList<int[]> panels, double bound, CancellationToken cancellationToken)
    {
        LinearProgram program = new();
        int z = program.AddVariable(0, 1 / bound, 1);
        int total = program.AddRow(1, 1);
        int[] rows = new int[polytope.TypeCount];
        for (int t = 0; t < rows.Length; t++)
        {
            if (covered[t])
            {
                rows[t] = program.AddRow(0, double.PositiveInfinity);
                program.AddEntry(rows[t], z, -1);
            }
        }

        foreach (int[] panel in panels)
        {
            int probability = program.AddVariable(0, double.PositiveInfinity, 0);
            program.AddEntry(total, probability, 1);
            for (int t = 0; t < panel.Length; t++)
            {
                if (panel[t] > 0)
                {
                    program.AddEntry(rows[t], probability, panel[t] / (polytope.Upper[t] * bound));
                }
            }
        }

        program.Maximise(cancellationToken);
        double[] weights = new double[rows.Length];
        for (int t = 0; t < rows.Length; t++)
        {
            weights[t] = covered[t] ? Math.Max(0, -program.Duals[rows[t]]) / polytope.Upper[t] : 0;
        }

        return new PanelMix(program.Values[z] * bound, program.Values[1..], weights);
    }
}
