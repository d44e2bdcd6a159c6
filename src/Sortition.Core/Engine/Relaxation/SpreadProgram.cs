using Sortition.Core.Engine.OrTools;
using Sortition.Core.Engine.Polytope;

namespace Sortition.Core.Engine.Relaxation;

/// <summary>
/// Holds the highest chance down and, if γ is above 0, the lowest up: min (n/k)·H + γ·(k/n)/L over expected seats of a region with L·n_t ≤ y_t ≤ H·n_t for all
/// covered types. Without γ that is minimax, with it Goldilocks (Baharav, Flanigan, Fair, Manipulation-Robust, and Transparent Sortition, EC 2024).
/// </summary>
/// <remarks>
/// 1/L is convex, hence above its tangents 2/s − L/s². Tangents at 1, ½, ¼ … of the mean chance come first; then the one at the optimum so far, until there is
/// one there.
/// </remarks>
internal sealed class SpreadProgram
{
    private const double LeastFirstTangent = 1e-3;
    private const int MaxTangents = 100;

    private SpreadProgram(double bound, double highest, double lowest, double[] capWeights, double[] weights)
    {
        Bound = bound;
        Highest = highest;
        Lowest = lowest;
        CapWeights = capWeights;
        Weights = weights;
    }

    /// <summary>(n/k)·H + γ·(k/n)/L is nowhere lower in the region.</summary>
    public double Bound { get; }

    /// <summary>H.</summary>
    public double Highest { get; }

    /// <summary>L; 0 without γ.</summary>
    public double Lowest { get; }

    /// <summary>What a seat of each type costs where its chance is the highest: the duals of y_t ≤ H·n_t, 0 or more.</summary>
    public double[] CapWeights { get; }

    /// <summary>What a seat of each type is worth where its chance is the lowest: the duals of y_t ≥ L·n_t, 0 or more.</summary>
    public double[] Weights { get; }

    /// <summary>Solves the program.</summary>
    /// <param name="polytope">The panels.</param>
    /// <param name="covered">The types that count.</param>
    /// <param name="gamma">γ, 0 or more.</param>
    /// <param name="region">The region, not added to a program yet.</param>
    /// <param name="program">An empty program; afterwards at its optimum.</param>
    /// <param name="cancellationToken">Stops the solve.</param>
    public static SpreadProgram Solve(
        QuotaPolytope polytope, bool[] covered, double gamma, SeatRegion region, LinearProgram program, CancellationToken cancellationToken)
    {
        int types = polytope.TypeCount;
        double people = 0;
        for (int t = 0; t < types; t++)
        {
            people += covered[t] ? polytope.Upper[t] : 0;
        }

        // Chances are in units of the mean chance.
        double unit = polytope.Rows[0].Max / people;
        int[] seats = region.AddTo(program);
        int highest = program.AddVariable(0, double.PositiveInfinity, -1);
        int lowest = gamma > 0 ? program.AddVariable(0, double.PositiveInfinity, 0) : -1;
        int inverse = gamma > 0 ? program.AddVariable(0, double.PositiveInfinity, -gamma) : -1;
        int[] capRows = new int[types];
        int[] floorRows = new int[types];
        for (int t = 0; t < types; t++)
        {
            if (covered[t])
            {
                capRows[t] = AddRow(t, highest, double.NegativeInfinity, 0);
                floorRows[t] = gamma > 0 ? AddRow(t, lowest, 0, double.PositiveInfinity) : -1;
            }
        }

        List<double> tangents = [];
        for (double s = 1; gamma > 0 && s > LeastFirstTangent; s /= 2)
        {
            AddTangent(s);
        }

        bool isExact = false;
        for (int i = 0; !isExact && i < MaxTangents; i++)
        {
            program.Maximise(cancellationToken);
            isExact = !region.AddBroken(program, seats);
            if (gamma > 0 && program.Values[lowest] * program.Values[inverse] < 1 - Tolerances.TangentReached)
            {
                double s = program.Values[lowest] > 0 ? program.Values[lowest] : tangents.Min() / 2;

                // The distance is of second order: what a tangent so near leaves is the solver's tolerance, and no more tangents help.
                if (!tangents.Exists(other => Math.Abs(other - s) <= Tolerances.SameTangent * s))
                {
                    AddTangent(s);
                    isExact = false;
                }
            }
        }

        double[] capWeights = new double[types];
        double[] weights = new double[types];
        for (int t = 0; t < types; t++)
        {
            if (covered[t])
            {
                capWeights[t] = Math.Max(0, program.Duals[capRows[t]]) / (polytope.Upper[t] * unit);
                weights[t] = gamma > 0 ? Math.Max(0, -program.Duals[floorRows[t]]) / (polytope.Upper[t] * unit) : 0;
            }
        }

        return new SpreadProgram(-program.Objective, program.Values[highest] * unit, gamma > 0 ? program.Values[lowest] * unit : 0, capWeights, weights);

        int AddRow(int type, int chance, double min, double max)
        {
            int row = program.AddRow(min, max);
            program.SetEntry(row, seats[type], 1 / (polytope.Upper[type] * unit));
            program.SetEntry(row, chance, -1);
            return row;
        }

        void AddTangent(double s)
        {
            tangents.Add(s);
            int row = program.AddRow(2 / s, double.PositiveInfinity);
            program.SetEntry(row, inverse, 1);
            program.SetEntry(row, lowest, 1 / (s * s));
        }
    }
}
