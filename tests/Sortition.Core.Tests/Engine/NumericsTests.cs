using MathNet.Numerics.LinearAlgebra;
using Sortition.Core.Engine.Numerics;
using Xunit;

namespace Sortition.Core.Tests.Engine;

/// <summary>The engine's own numerical pieces against the plainest way to do the same.</summary>
public class NumericsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(60)]
    public void A_Cholesky_factor_solves_what_MathNet_solves(int n)
    {
        RandomSource random = RandomSource.Seeded(FormattableString.Invariant($"cholesky {n}"));
        Matrix<double> a = Matrix<double>.Build.Dense(n, n, (_, _) => Share(random));
        Matrix<double> matrix = (a * a.Transpose()) + Matrix<double>.Build.DenseIdentity(n);
        double[] b = [.. Enumerable.Range(0, n).Select(_ => Share(random) - 0.5)];
        double[] expected = matrix.Solve(Vector<double>.Build.DenseOfArray(b)).ToArray();
        CholeskyFactor factor = new([.. Enumerable.Range(0, n).Select(i => matrix.Row(i).ToArray()[..(i + 1)])], default);
        double[] x = new double[n];
        factor.Solve(b, x);
        for (int i = 0; i < n; i++)
        {
            Assert.Equal(expected[i], x[i], 1e-10);
        }
    }

    [Theory]
    [InlineData(5, 3)]
    [InlineData(300, 20)]
    public void Column_sums_are_the_sums_over_each_columns_rows(int columns, int rows)
    {
        RandomSource random = RandomSource.Seeded(FormattableString.Invariant($"columns {columns}"));
        List<int>[] rowsOf = [.. Enumerable.Range(0, columns).Select(_ => Enumerable.Range(0, rows).Where(_ => random.NextBelow(3) == 0).ToList())];
        ColumnSums sums = new([.. rowsOf.Select(r => r.ToArray())], rows);
        for (int added = 0; added < 3; added++)
        {
            double[] vector = [.. Enumerable.Range(0, rows + added).Select(_ => Share(random))];
            double[] all = new double[columns];
            double[] some = new double[columns];
            int[] chosen = [.. Enumerable.Range(0, columns).Where(j => j % 3 != 0)];
            sums.Sum(vector, all);
            sums.Sum(vector, some, chosen);
            Assert.All(Enumerable.Range(0, columns), j => Assert.Equal(rowsOf[j].Sum(r => vector[r]), all[j], 1e-12));
            Assert.All(chosen, j => Assert.Equal(all[j], some[j]));
            Assert.All(Enumerable.Range(0, columns), j => Assert.Equal(rowsOf[j], sums.RowsOf(j).ToArray()));

            int[] ofNew = [.. Enumerable.Range(0, columns).Where(_ => random.NextBelow(2) == 0)];
            sums.AddRow(ofNew);
            Array.ForEach(ofNew, j => rowsOf[j].Add(rows + added));
        }
    }

    private static double Share(RandomSource random) => random.NextBelow(1_000_000) / 1e6;
}
