using System.Numerics;
using Sortition.Core.Engine.Numerics;
using Sortition.Core.Engine.Polytope;
using Sortition.Core.Engine.Proof;

namespace Sortition.Core.Engine.Relaxation;

/// <summary>Sharpens the prices that a linear program's solver gives: to the full accuracy of floating-point numbers, and to whole numbers.</summary>
/// <remarks>
/// At an optimum the prices of the constraints that count a type add up to 0 wherever the type has more seats than it must and fewer than it may. The prices
/// are thus a vector of the null space of a matrix of zeros and ones. Inverse iteration takes the given prices to the nearest one; elimination in whole numbers
/// (Bareiss, Sylvester's identity and multistep integer-preserving Gaussian elimination, 1968) has one exactly.
/// </remarks>
internal sealed class DualPolish
{
    private const int Iterations = 3;
    private const long FreeSize = 1 << 20;

    // The largest prime below 2⁶¹ of the form 2ᵖ − 1.
    private const ulong Prime = (1UL << 61) - 1;

    private readonly double[] _prices;
    private readonly double _largest;
    private readonly int[] _used;

    // The rows that count a type whose score can be 0, as indices into _used, and how many types have the same.
    private readonly Dictionary<string, (int[] Rows, int Types)> _equations = new(StringComparer.Ordinal);

    /// <param name="polytope">The panels.</param>
    /// <param name="counts">The types whose scores can be 0 by complementary slackness.</param>
    /// <param name="prices">A price for each row, then one for each household row; not all 0.</param>
    public DualPolish(QuotaPolytope polytope, Func<int, bool> counts, double[] prices)
    {
        _prices = prices;
        _largest = prices.Max(Math.Abs);
        _used = [.. Enumerable.Range(0, prices.Length).Where(r => Math.Abs(prices[r]) > Tolerances.NegligiblePrice * _largest)];
        List<int>[] rowsOf = new List<int>[polytope.TypeCount];
        double[] score = new double[polytope.TypeCount];
        for (int i = 0; i < _used.Length; i++)
        {
            int r = _used[i];
            foreach (int t in (r < polytope.Rows.Count ? polytope.Rows[r] : polytope.HouseholdRows[r - polytope.Rows.Count]).Types)
            {
                (rowsOf[t] ??= []).Add(i);
                score[t] += prices[r];
            }
        }

        for (int t = 0; t < score.Length; t++)
        {
            if (rowsOf[t] is { } rows && counts(t) && Math.Abs(score[t]) <= Tolerances.NegligiblePrice * _largest)
            {
                string name = string.Join(' ', rows);
                _equations[name] = ([.. rows], _equations.TryGetValue(name, out (int[] Rows, int Types) known) ? known.Types + 1 : 1);
            }
        }
    }

    /// <summary>The prices to the accuracy of floating-point numbers, up to a common factor.</summary>
    public double[] Sharpen()
    {
        double[,] matrix = new double[_used.Length, _used.Length];
        foreach ((int[] rows, int types) in _equations.Values)
        {
            foreach (int i in rows)
            {
                foreach (int j in rows)
                {
                    matrix[i, j] += types;
                }
            }
        }

        double diagonal = Enumerable.Range(0, _used.Length).Max(i => matrix[i, i]);
        for (int i = 0; i < _used.Length; i++)
        {
            matrix[i, i] += Tolerances.InverseIteration * Math.Max(1, diagonal);
        }

        double[] x = [.. _used.Select(r => _prices[r] / _largest)];
        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            if (NewtonSystem.Solve(matrix, x) is not { } next)
            {
                return _prices;
            }

            x = next;
            double size = x.Max(Math.Abs);
            x = Array.ConvertAll(x, v => v / size);
        }

        double[] sharp = new double[_prices.Length];
        for (int i = 0; i < _used.Length; i++)
        {
            sharp[_used[i]] = x[i];
        }

        return sharp;
    }

    /// <summary>Prices in whole numbers, near the given ones, by which every score that can be 0 is 0.</summary>
    /// <param name="sharp">The prices as <see cref="Sharpen"/> gives them.</param>
    /// <param name="size">The largest number allowed.</param>
    /// <returns>The prices; null if there are none, or none of that size.</returns>
    public long[]? InWholeNumbers(double[] sharp, long size)
    {
        (List<int[]> equations, int[] bound) = Independent();
        int[] free = [.. Enumerable.Range(0, _used.Length).Except(bound)];
        if (free.Length == 0)
        {
            return null;
        }

        // Where the equations leave a choice, any numbers near the given ones will do.
        double[] chosen = [.. free.Select(i => sharp[_used[i]])];
        long[] numbers = IntegerWeights.Small(chosen) ?? IntegerWeights.Fine(chosen, FreeSize);
        BigInteger[] x = Solve(equations, bound, free, numbers);
        BigInteger common = x.Aggregate(BigInteger.Zero, BigInteger.GreatestCommonDivisor);
        if (common.IsZero || x.Max(BigInteger.Abs) / common > size)
        {
            return null;
        }

        long[] whole = new long[_prices.Length];
        double along = 0;
        for (int i = 0; i < x.Length; i++)
        {
            whole[_used[i]] = (long)(x[i] / common);
            along += whole[_used[i]] * sharp[_used[i]];
        }

        double scale = sharp.Max(Math.Abs) / whole.Max(Math.Abs) * Math.Sign(along);
        bool isNear = sharp.Zip(whole).All(pair => Math.Abs((pair.Second * scale) - pair.First) <= Tolerances.NegligiblePrice);
        return isNear ? Array.ConvertAll(whole, w => w * Math.Sign(along)) : null;
    }

    /// <summary>Equations of which all others follow, and as many of the unknowns that they decide; by elimination modulo a prime.</summary>
    private (List<int[]> Equations, int[] Bound) Independent()
    {
        List<int[]> equations = [];
        List<(int Lead, ulong[] Row)> echelon = [];
        foreach ((int[] rows, _) in _equations.Values)
        {
            ulong[] row = new ulong[_used.Length];
            Array.ForEach(rows, i => row[i] = 1);
            foreach ((int lead, ulong[] other) in echelon)
            {
                ulong times = row[lead];
                for (int j = 0; times != 0 && j < row.Length; j++)
                {
                    row[j] = (ulong)((row[j] + ((UInt128)(Prime - times) * other[j])) % Prime);
                }
            }

            int first = Array.FindIndex(row, v => v != 0);
            if (first >= 0)
            {
                ulong inverse = (ulong)BigInteger.ModPow(row[first], Prime - 2, Prime);
                echelon.Add((first, Array.ConvertAll(row, v => (ulong)((UInt128)v * inverse % Prime))));
                equations.Add(rows);
            }
        }

        return (equations, [.. echelon.Select(e => e.Lead)]);
    }

    /// <summary>The unknowns in whole numbers, times a common factor: those given, and those that the equations decide by them.</summary>
    private BigInteger[] Solve(List<int[]> equations, int[] bound, int[] free, long[] numbers)
    {
        int n = bound.Length;
        BigInteger[][] a = [.. equations.Select(rows => (BigInteger[])[
            .. bound.Select(j => rows.Contains(j) ? BigInteger.One : BigInteger.Zero),
            -free.Zip(numbers).Where(f => rows.Contains(f.First)).Aggregate(BigInteger.Zero, (sum, f) => sum + f.Second)])];
        BigInteger determinant = BigInteger.One;
        for (int k = 0; k < n; k++)
        {
            int pivot = Array.FindIndex(a, k, row => !row[k].IsZero);
            (a[k], a[pivot]) = (a[pivot], a[k]);
            for (int i = k + 1; i < n; i++)
            {
                for (int j = k + 1; j <= n; j++)
                {
                    a[i][j] = ((a[i][j] * a[k][k]) - (a[i][k] * a[k][j])) / determinant;
                }
            }

            determinant = a[k][k];
        }

        BigInteger[] x = new BigInteger[_used.Length];
        for (int i = 0; i < free.Length; i++)
        {
            x[free[i]] = determinant * numbers[i];
        }

        for (int i = n - 1; i >= 0; i--)
        {
            BigInteger sum = determinant * a[i][n];
            for (int j = i + 1; j < n; j++)
            {
                sum -= a[i][j] * x[bound[j]];
            }

            x[bound[i]] = sum / a[i][i];
        }

        return x;
    }
}
