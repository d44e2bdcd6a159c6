namespace Sortition.Core.Engine.Numerics;

/// <summary>Inverts a small dense matrix.</summary>
internal static class DenseInverse
{
    /// <summary>Gauss–Jordan elimination with partial pivoting. Overwrites <paramref name="matrix"/>.</summary>
    /// <param name="matrix">Row by row, m×m.</param>
    /// <param name="m">The size.</param>
    /// <param name="inverse">Receives the inverse, row by row.</param>
    /// <returns>False if the matrix is singular.</returns>
    public static bool TryInvert(double[] matrix, int m, double[] inverse)
    {
        Array.Clear(inverse, 0, m * m);
        for (int i = 0; i < m; i++)
        {
            inverse[i * m + i] = 1;
        }

        for (int c = 0; c < m; c++)
        {
            int pivot = c;
            for (int r = c + 1; r < m; r++)
            {
                if (Math.Abs(matrix[r * m + c]) > Math.Abs(matrix[pivot * m + c]))
                {
                    pivot = r;
                }
            }

            double value = matrix[pivot * m + c];
            if (Math.Abs(value) < Tolerances.SingularPivot)
            {
                return false;
            }

            if (pivot != c)
            {
                Swap(matrix.AsSpan(pivot * m, m), matrix.AsSpan(c * m, m));
                Swap(inverse.AsSpan(pivot * m, m), inverse.AsSpan(c * m, m));
            }

            Scale(matrix.AsSpan(c * m, m), 1 / value);
            Scale(inverse.AsSpan(c * m, m), 1 / value);
            for (int r = 0; r < m; r++)
            {
                double factor = matrix[r * m + c];
                if (r != c && factor != 0)
                {
                    Vectors.SubtractMultiple(matrix.AsSpan(r * m, m), matrix.AsSpan(c * m, m), factor);
                    Vectors.SubtractMultiple(inverse.AsSpan(r * m, m), inverse.AsSpan(c * m, m), factor);
                }
            }
        }

        return true;
    }

    private static void Swap(Span<double> a, Span<double> b)
    {
        for (int i = 0; i < a.Length; i++)
        {
            (a[i], b[i]) = (b[i], a[i]);
        }
    }

    private static void Scale(Span<double> row, double factor)
    {
        for (int i = 0; i < row.Length; i++)
        {
            row[i] *= factor;
        }
    }
}
