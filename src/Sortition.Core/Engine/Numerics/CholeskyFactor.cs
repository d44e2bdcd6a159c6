namespace Sortition.Core.Engine.Numerics;

/// <summary>The Cholesky factor L of a symmetric positive semidefinite matrix A = L·Lᵀ: a preconditioner, or what solves a definite system.</summary>
/// <remarks>
/// On one thread and in a fixed order of additions, so that the result depends on nothing but the matrix; MathNet.Numerics' own spreads over the thread pool
/// and took three times the processor time at a thousand rows.
/// </remarks>
internal sealed class CholeskyFactor
{
    private readonly double[][] _rows;

    /// <param name="rows">Row i has the entries 0..i of A; they are overwritten.</param>
    /// <param name="cancellationToken">Stops the factorisation.</param>
    public CholeskyFactor(double[][] rows, CancellationToken cancellationToken)
    {
        _rows = rows;
        for (int i = 0; i < rows.Length; i++)
        {
            if ((i & 15) == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            double[] row = rows[i];
            double diagonal = row[i];
            for (int j = 0; j < i; j++)
            {
                row[j] = (row[j] - Vectors.Dot(rows[j].AsSpan(0, j), row)) * rows[j][j];
            }

            // The inverse of the diagonal is kept. Where rounding leaves nothing of it, the row depends on those before it, and has no part in solutions.
            double left = diagonal - Vectors.Dot(row.AsSpan(0, i), row);
            row[i] = left > Tolerances.LostPivot * diagonal ? 1 / Math.Sqrt(left) : 0;
        }
    }

    /// <summary>x = A⁻¹·b.</summary>
    public void Solve(ReadOnlySpan<double> b, Span<double> x)
    {
        for (int i = 0; i < _rows.Length; i++)
        {
            x[i] = (b[i] - Vectors.Dot(x[..i], _rows[i])) * _rows[i][i];
        }

        for (int i = _rows.Length - 1; i >= 0; i--)
        {
            x[i] *= _rows[i][i];
            Vectors.SubtractMultiple(x[..i], _rows[i], x[i]);
        }
    }

    /// <summary>Solves A·x = b for a positive definite A, to the accuracy of floating-point numbers.</summary>
    /// <param name="rows">Row i has the entries 0..i of A.</param>
    /// <param name="b">The right-hand side.</param>
    /// <param name="cancellationToken">Stops the factorisation.</param>
    /// <returns>x; not finite if the matrix is too extreme for floating-point arithmetic.</returns>
    public static double[] Solve(double[][] rows, double[] b, CancellationToken cancellationToken)
    {
        // Diagonals differ by many powers of ten; scaled to 1 they do not.
        double[] scale = [.. rows.Select((row, i) => 1 / Math.Sqrt(row[i]))];
        double[][] scaled = [.. rows.Select((row, i) => row.Select((a, j) => a * scale[i] * scale[j]).ToArray())];
        for (int i = 0; i < scaled.Length; i++)
        {
            scaled[i][i] += Tolerances.DiagonalSupport;
        }

        CholeskyFactor factor = new(scaled, cancellationToken);
        double[] x = new double[b.Length];
        double[] change = new double[b.Length];
        double[] residual = [.. b];

        // The second time takes out what rounding and support put in.
        for (int pass = 0; pass < 2; pass++)
        {
            factor.Solve([.. residual.Select((r, i) => r * scale[i])], change);
            b.CopyTo(residual, 0);
            for (int i = 0; i < x.Length; i++)
            {
                x[i] += change[i] * scale[i];
            }

            for (int i = 0; i < x.Length; i++)
            {
                ReadOnlySpan<double> before = rows[i].AsSpan(0, i);
                residual[i] -= Vectors.Dot(before, x) + (rows[i][i] * x[i]);
                Vectors.SubtractMultiple(residual.AsSpan(0, i), before, x[i]);
            }
        }

        return x;
    }
}
