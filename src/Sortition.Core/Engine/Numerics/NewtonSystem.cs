using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace Sortition.Core.Engine.Numerics;

/// <summary>Symmetric systems of Newton's method, positive definite but for rounding and redundant rows.</summary>
internal static class NewtonSystem
{
    /// <summary>Solves matrix·x = right side. The diagonal is raised by as little as lets the matrix be factorised.</summary>
    /// <returns>x; null if the matrix has become too extreme for floating-point arithmetic.</returns>
    public static double[]? Solve(double[,] matrix, double[] right)
    {
        Matrix<double> original = Matrix<double>.Build.DenseOfArray(matrix);
        Vector<double> b = Vector<double>.Build.DenseOfArray(right);
        double scale = original.Diagonal().AbsoluteMaximum();
        for (double share = Tolerances.DiagonalSupport; share < 1 && double.IsFinite(scale); share *= 100)
        {
            Matrix<double> raised = original.Clone();
            for (int i = 0; i < right.Length; i++)
            {
                raised[i, i] += share * scale;
            }

            try
            {
                Cholesky<double> factors = raised.Cholesky();
                Vector<double> x = factors.Solve(b);
                x += factors.Solve(b - (original * x));
                return x.All(double.IsFinite) ? x.ToArray() : null;
            }
            catch (ArgumentException)
            {
                // Not positive definite in floating-point arithmetic.
            }
        }

        return null;
    }
}
