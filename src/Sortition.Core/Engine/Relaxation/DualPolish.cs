using Sortition.Core.Engine.Numerics;
using Sortition.Core.Engine.Polytope;

namespace Sortition.Core.Engine.Relaxation;

/// <summary>Sharpens the prices that a linear program's solver gives to the full accuracy of floating-point numbers.</summary>
/// <remarks>
/// At an optimum the prices of the constraints that count a type add up to 0 wherever the type has more seats than it must and fewer than it may. The prices
/// are thus a vector of the null space of a matrix of zeros and ones; inverse iteration takes the given prices to the nearest one.
/// </remarks>
internal static class DualPolish
{
    private const int Iterations = 3;

    /// <summary>Sharpens prices.</summary>
    /// <param name="polytope">The panels.</param>
    /// <param name="counts">The types whose scores can be 0 by complementary slackness.</param>
    /// <param name="prices">A price for each row, then one for each household row.</param>
    public static double[] Sharpen(QuotaPolytope polytope, Func<int, bool> counts, double[] prices)
    {
        double largest = prices.Max(Math.Abs);
        int[] used = [.. Enumerable.Range(0, prices.Length).Where(r => Math.Abs(prices[r]) > Tolerances.NegligiblePrice * largest)];
        List<int>[] rowsOf = new List<int>[polytope.TypeCount];
        double[] score = new double[polytope.TypeCount];
        for (int i = 0; i < used.Length; i++)
        {
            int r = used[i];
            foreach (int t in (r < polytope.Rows.Count ? polytope.Rows[r] : polytope.HouseholdRows[r - polytope.Rows.Count]).Types)
            {
                (rowsOf[t] ??= []).Add(i);
                score[t] += prices[r];
            }
        }

        double[,] matrix = new double[used.Length, used.Length];
        for (int t = 0; t < score.Length; t++)
        {
            if (rowsOf[t] is { } rows && counts(t) && Math.Abs(score[t]) <= Tolerances.NegligiblePrice * largest)
            {
                foreach (int i in rows)
                {
                    foreach (int j in rows)
                    {
                        matrix[i, j]++;
                    }
                }
            }
        }

        double diagonal = Enumerable.Range(0, used.Length).Max(i => matrix[i, i]);
        for (int i = 0; i < used.Length; i++)
        {
            matrix[i, i] += Tolerances.InverseIteration * Math.Max(1, diagonal);
        }

        double[] x = [.. used.Select(r => prices[r] / largest)];
        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            if (NewtonSystem.Solve(matrix, x) is not { } next)
            {
                return prices;
            }

            x = next;
            double size = x.Max(Math.Abs);
            x = Array.ConvertAll(x, v => v / size);
        }

        double[] sharp = new double[prices.Length];
        for (int i = 0; i < used.Length; i++)
        {
            sharp[used[i]] = x[i];
        }

        return sharp;
    }
}
