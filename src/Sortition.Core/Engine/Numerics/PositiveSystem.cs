namespace Sortition.Core.Engine.Numerics;

/// <summary>Small systems of equations with a symmetric positive definite matrix, by Cholesky's factorisation.</summary>
internal static class PositiveSystem
{
    /// <summary>What is added to a unit diagonal, so that rounding cannot make a pivot negative.</summary>
    private const double Support = 1e-14;

    /// <summary>Solves A·x = b.</summary>
    /// <param name="a">The matrix, which is overwritten.</param>
    /// <param name="b">The right-hand side.</param>
    public static double[] Solve(double[][] a, double[] b)
    {
        int n = b.Length;

        // Diagonals differ by many powers of ten; scaled to 1 they do not.
        double[] scale = [.. a.Select((row, i) => 1 / Math.Sqrt(row[i]))];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = (a[i][j] * scale[i] * scale[j]) + (i == j ? Support : 0);
                for (int k = 0; k < j; k++)
                {
                    sum -= a[i][k] * a[j][k];
                }

                a[i][j] = i == j ? Math.Sqrt(Math.Max(sum, Support)) : sum / a[j][j];
            }
        }

        double[] x = new double[n];
        for (int i = 0; i < n; i++)
        {
            double sum = b[i] * scale[i];
            for (int k = 0; k < i; k++)
            {
                sum -= a[i][k] * x[k];
            }

            x[i] = sum / a[i][i];
        }

        for (int i = n - 1; i >= 0; i--)
        {
            double sum = x[i];
            for (int k = i + 1; k < n; k++)
            {
                sum -= a[k][i] * x[k];
            }

            x[i] = sum / a[i][i];
        }

        for (int i = 0; i < n; i++)
        {
            x[i] *= scale[i];
        }

        return x;
    }
}
