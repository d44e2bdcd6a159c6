using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace Sortition.Core.Tests.Objectives;

/// <summary>Every objective over every panel and every person: the definitions, given to a solver as they stand.</summary>
internal static class BruteForce
{
    private const double Equal = 1e-9;

    /// <summary>The people on at least one panel.</summary>
    public static int[] Covered(IReadOnlyList<int[]> panels) => [.. panels.SelectMany(p => p).Distinct().Order()];

    /// <summary>Maximin's value.</summary>
    public static double LowestChance(IReadOnlyList<int[]> panels)
    {
        int[] covered = Covered(panels);
        using PanelProgram program = new(panels, covered[^1] + 1);
        int z = program.Add(0, 1, 1);
        foreach (int i in covered)
        {
            program.Row(0, double.PositiveInfinity, [(i, 1)], (z, -1));
        }

        return program.Solve().Objective;
    }

    /// <summary>Minimax's value.</summary>
    public static double HighestChance(IReadOnlyList<int[]> panels)
    {
        int[] covered = Covered(panels);
        using PanelProgram program = new(panels, covered[^1] + 1);
        int z = program.Add(0, 1, -1);
        foreach (int i in covered)
        {
            program.Row(0, double.PositiveInfinity, [(i, -1)], (z, 1));
        }

        return -program.Solve().Objective;
    }

    /// <summary>Goldilocks' value: 1/L is replaced by tangents, until the last one is exact.</summary>
    public static double Goldilocks(IReadOnlyList<int[]> panels, double gamma)
    {
        int[] covered = Covered(panels);
        double mean = panels[0].Length / (double)covered.Length;
        List<double> tangents = [1, 0.5, 0.25, 0.1];
        while (true)
        {
            using PanelProgram program = new(panels, covered[^1] + 1);
            int high = program.Add(0, double.PositiveInfinity, -1);
            int low = program.Add(0, 1, 0);
            int inverse = program.Add(0, double.PositiveInfinity, -gamma);
            foreach (int i in covered)
            {
                program.Row(0, double.PositiveInfinity, [(i, -1 / mean)], (high, 1));
                program.Row(0, double.PositiveInfinity, [(i, 1 / mean)], (low, -1));
            }

            foreach (double s in tangents)
            {
                program.Row(2 / s, double.PositiveInfinity, [], (inverse, 1), (low, 1 / (s * s)));
            }

            (double objective, double[] found, _) = program.Solve();
            double lowest = found[low];
            if (lowest > 0 && (1 / lowest) - found[inverse] <= 1e-11 / lowest)
            {
                return -objective;
            }

            tangents.Add(lowest > 0 ? lowest : tangents.Min() / 2);
        }
    }

    /// <summary>
    /// Leximin's chances, or with entitlements those of weighted leximin. Who cannot get more at a stage is found by trying to give more: all who get some are free, and then
    /// the same among the others, until nobody gets any.
    /// </summary>
    public static double[] Leximin(IReadOnlyList<int[]> panels, IReadOnlyList<double> entitlements)
    {
        int[] covered = Covered(panels);
        int people = covered[^1] + 1;
        double[] settled = new double[entitlements.Count];
        List<int> open = [.. covered];
        while (open.Count > 0)
        {
            double value;
            using (PanelProgram program = new(panels, people))
            {
                int z = program.Add(0, double.PositiveInfinity, 1);
                Keep(program, covered.Except(open));
                foreach (int i in open)
                {
                    program.Row(0, double.PositiveInfinity, [(i, 1)], (z, -entitlements[i]));
                }

                value = program.Solve().Objective;
            }

            List<int> stuck = [.. open];
            int before;
            do
            {
                before = stuck.Count;
                using PanelProgram program = new(panels, people);
                Keep(program, covered.Except(open));
                Dictionary<int, int> gain = [];
                foreach (int i in open)
                {
                    double least = (value * entitlements[i]) - Equal;
                    if (stuck.Contains(i))
                    {
                        gain[i] = program.Add(0, 0.01, 1);
                        program.Row(least, double.PositiveInfinity, [(i, 1)], (gain[i], -1));
                    }
                    else
                    {
                        program.Row(least, double.PositiveInfinity, [(i, 1)]);
                    }
                }

                double[] gained = program.Solve().Extra;
                stuck.RemoveAll(i => gained[gain[i]] > 1e-6);
            }
            while (stuck.Count > 0 && stuck.Count < before);

            Assert.NotEmpty(stuck);
            foreach (int i in stuck)
            {
                settled[i] = value * entitlements[i];
                open.Remove(i);
            }
        }

        return settled;

        void Keep(PanelProgram program, IEnumerable<int> done)
        {
            foreach (int i in done)
            {
                program.Row(settled[i] - Equal, double.PositiveInfinity, [(i, 1)]);
            }
        }
    }

    /// <summary>Nash's chances, by Newton's method with a barrier on the probabilities of all panels; that no panel has Σ 1/π above the number of people proves them.</summary>
    public static double[] Nash(IReadOnlyList<int[]> panels, int people)
    {
        int[] covered = Covered(panels);
        Matrix<double> seats = Matrix<double>.Build.Dense(covered.Length, panels.Count, (i, p) => panels[p].Contains(covered[i]) ? 1 : 0);
        Vector<double> mix = Vector<double>.Build.Dense(panels.Count, 1.0 / panels.Count);
        for (double barrier = 1; barrier > 1e-13; barrier /= 4)
        {
            for (int step = 0; step < 100; step++)
            {
                Vector<double> inverse = 1 / (seats * mix);
                Vector<double> gradient = (seats.TransposeThisAndMultiply(inverse) * -1) + covered.Length - (barrier / mix);
                Matrix<double> hessian = seats.TransposeThisAndMultiply(Matrix<double>.Build.DenseOfDiagonalVector(inverse.PointwisePower(2)) * seats)
                    + Matrix<double>.Build.DenseOfDiagonalVector(barrier / mix.PointwisePower(2));
                Vector<double> change = hessian.Cholesky().Solve(-gradient);
                double decrement = -gradient.DotProduct(change);
                double length = 1 / (1 + Math.Sqrt(decrement / barrier));
                length = decrement < 0.01 * barrier ? 1 : length;
                mix += change * Math.Min(length, 0.99 / Math.Max(1e-300, (change / mix).Negate().Maximum()));
                if (decrement < 1e-10 * barrier)
                {
                    break;
                }
            }
        }

        Vector<double> reached = seats * mix / mix.Sum();
        double[] chances = new double[people];
        for (int i = 0; i < covered.Length; i++)
        {
            chances[covered[i]] = reached[i];
        }

        Assert.True(panels.Max(p => p.Sum(i => 1 / chances[i])) <= covered.Length * (1 + 1e-10));
        return chances;
    }
}
