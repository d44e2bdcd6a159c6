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

    /// <summary>
    /// Goldilocks' value. The least highest chance H that goes with a lowest chance of L is convex in L and consists of straight pieces. Wherever the sum of the pieces known so far
    /// and γ·(k/n)/L is lowest, a program finds H and the piece there, until that is a known one.
    /// </summary>
    public static double Goldilocks(IReadOnlyList<int[]> panels, double gamma)
    {
        const int MaxPieces = 200;
        int[] covered = Covered(panels);
        double mean = panels[0].Length / (double)covered.Length;
        double most = LowestChance(panels);
        List<(double At, double Highest, double Slope)> pieces = [HighestAt(0)];
        for (int round = 0; round < MaxPieces; round++)
        {
            double lowest = LeastPoint(Estimate, most);
            (double At, double Highest, double Slope) piece = HighestAt(lowest);
            double reached = (piece.Highest / mean) + (gamma * mean / lowest);
            if (reached - Estimate(lowest) <= 1e-10 * reached)
            {
                return reached;
            }

            pieces.Add(piece);
        }

        throw new InvalidOperationException("There are more pieces than expected.");

        double Estimate(double lowest) => (pieces.Max(p => p.Highest + (p.Slope * (lowest - p.At))) / mean) + (gamma * mean / lowest);

        (double At, double Highest, double Slope) HighestAt(double lowest)
        {
            using PanelProgram program = new(panels, covered[^1] + 1);
            int high = program.Add(0, double.PositiveInfinity, -1);
            int low = program.Add(lowest, lowest, 0);
            foreach (int i in covered)
            {
                program.Row(0, double.PositiveInfinity, [(i, -1)], (high, 1));
                program.Row(0, double.PositiveInfinity, [(i, 1)], (low, -1));
            }

            double highest = -program.Solve().Objective;
            return (lowest, highest, -program.ReducedCost(low));
        }
    }

    /// <summary>Where in 0..most a convex function is least, by ternary search.</summary>
    private static double LeastPoint(Func<double, double> function, double most)
    {
        double from = 0;
        double to = most;
        for (int step = 0; step < 100; step++)
        {
            double third = (to - from) / 3;
            if (function(from + third) < function(to - third))
            {
                to -= third;
            }
            else
            {
                from += third;
            }
        }

        return to;
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

    /// <summary>
    /// Nash's chances, from the prices: max Σ ln w_i such that no panel weighs more than the number of people n. At the optimum π_i = 1/w_i. Newton's method with a barrier, on one
    /// variable for each person.
    /// </summary>
    /// <remarks>
    /// The proof is apart from the method: no lottery has Σ w_i·π_i above n, hence none a geometric mean of w_i·π_i above 1; and a linear program finds a lottery that gives
    /// everybody 1/w_i but for a hair.
    /// </remarks>
    public static double[] Nash(IReadOnlyList<int[]> panels, int people)
    {
        int[] covered = Covered(panels);
        int n = covered.Length;
        int[][] members = [.. panels.Select(p => Array.ConvertAll(p, i => Array.BinarySearch(covered, i)))];
        double[] weights = [.. Enumerable.Repeat(0.5 * n / panels[0].Length, n)];
        for (double barrier = 1; barrier > 5e-12; barrier /= 10)
        {
            for (int step = 0; step < 50 && NewtonStep(members, weights, barrier) > 0.1; step++)
            {
            }
        }

        using PanelProgram program = new(panels, covered[^1] + 1);
        int share = program.Add(0, 2, 1);
        foreach (int i in Enumerable.Range(0, n))
        {
            program.Row(0, double.PositiveInfinity, [(covered[i], weights[i])], (share, -1));
        }

        (double reached, _, double[] found) = program.Solve();
        Assert.True(members.Max(m => m.Sum(i => weights[i])) <= n * (1 + 1e-14));
        Assert.True(reached >= 1 - 2e-10, FormattableString.Invariant($"Only {reached} of the bound is reached."));
        double[] chances = new double[people];
        found.CopyTo(chances, 0);
        return chances;
    }

    /// <summary>A step that lowers −Σ ln w_i/μ − Σ_P ln(n − w(P)), whose Hessian is SᵀS with a row for each person and panel; returns the decrement.</summary>
    private static double NewtonStep(int[][] members, double[] weights, double barrier)
    {
        int n = weights.Length;
        double[] rooms = [.. members.Select(m => n - m.Sum(i => weights[i]))];
        double[,] root = new double[n + members.Length, n + 1];
        for (int i = 0; i < n; i++)
        {
            root[i, i] = 1 / (Math.Sqrt(barrier) * weights[i]);
            root[i, n] = 1 / Math.Sqrt(barrier);
        }

        for (int p = 0; p < members.Length; p++)
        {
            foreach (int i in members[p])
            {
                root[n + p, i] = 1 / rooms[p];
            }

            root[n + p, n] = -1;
        }

        double[] change = LeastSquares(root, n, out double decrement);
        double[] relative = [.. weights.Select((w, i) => change[i] / w), .. members.Select((m, p) => -m.Sum(i => change[i]) / rooms[p])];
        double length = Math.Min(1, 0.99 / Math.Max(1e-300, -relative.Min()));
        while (length > 1e-12 && Rise(length) > -0.1 * length * decrement * decrement)
        {
            length /= 2;
        }

        for (int i = 0; i < n; i++)
        {
            weights[i] += length * change[i];
        }

        return decrement;

        double Rise(double step)
        {
            double sum = 0;
            for (int i = 0; i < relative.Length; i++)
            {
                sum -= Math.Log(1 + (step * relative[i])) / (i < n ? barrier : 1);
            }

            return sum;
        }
    }

    /// <summary>min ‖A·x − b‖ by Householder's reflections; b is the last column. Also gives ‖A·x‖.</summary>
    private static double[] LeastSquares(double[,] matrix, int columns, out double norm)
    {
        int rows = matrix.GetLength(0);
        for (int c = 0; c < columns; c++)
        {
            double size = 0;
            for (int r = c; r < rows; r++)
            {
                size += matrix[r, c] * matrix[r, c];
            }

            double diagonal = matrix[c, c] > 0 ? -Math.Sqrt(size) : Math.Sqrt(size);
            double pivot = matrix[c, c] - diagonal;
            for (int other = c + 1; other <= columns; other++)
            {
                double dot = pivot * matrix[c, other];
                for (int r = c + 1; r < rows; r++)
                {
                    dot += matrix[r, c] * matrix[r, other];
                }

                dot /= -diagonal * pivot;
                matrix[c, other] -= dot * pivot;
                for (int r = c + 1; r < rows; r++)
                {
                    matrix[r, other] -= dot * matrix[r, c];
                }
            }

            matrix[c, c] = diagonal;
        }

        double[] x = new double[columns];
        double squares = 0;
        for (int c = columns - 1; c >= 0; c--)
        {
            double right = matrix[c, columns];
            squares += right * right;
            for (int other = c + 1; other < columns; other++)
            {
                right -= matrix[c, other] * x[other];
            }

            x[c] = right / matrix[c, c];
        }

        norm = Math.Sqrt(squares);
        return x;
    }
}
