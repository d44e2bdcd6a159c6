using Sortition.Core.Engine.OrTools;
using Sortition.Core.Engine.Search;
using Xunit;

namespace Sortition.Core.Tests.Engine;

public class BoundedSimplexTests
{
    [Theory]
    [InlineData(12, 6, 1500)]
    [InlineData(60, 15, 150)]
    public void Agrees_with_OR_Tools_over_changing_bounds_and_costs(int maxColumns, int maxRows, int programs)
    {
        RandomSource random = RandomSource.Seeded("bounded simplex");
        int feasible = 0;
        for (int i = 0; i < programs; i++)
        {
            int columns = Between(random, 2, maxColumns);
            int rows = Between(random, 1, maxRows);
            int[][] rowsOf = [.. Enumerable.Range(0, columns).Select(_ => Enumerable.Range(0, rows).Where(_ => random.NextBelow(2) == 0).ToArray())];
            BoundedSimplex simplex = new(rowsOf, rows);
            for (int change = 0; change < 4; change++)
            {
                feasible += SolveBoth(random, rowsOf, rows, simplex) ? 1 : 0;
            }
        }

        Assert.InRange(feasible, programs / 2, programs * 4);
    }

    [Fact]
    public void An_added_row_counts_from_then_on()
    {
        BoundedSimplex simplex = new([[0], [0], [0]], 1);
        for (int j = 0; j < 3; j++)
        {
            simplex.SetBounds(j, 0, 2);
        }

        simplex.SetBounds(3, 0, 4);
        simplex.SetCosts([3, 2, 1]);
        Assert.Equal(BoundedSimplex.Status.Optimal, simplex.Solve(double.NegativeInfinity, default));
        Assert.Equal(10, simplex.Objective, 9);
        simplex.AddRow([0, 1], 0, 1);
        Assert.Equal(BoundedSimplex.Status.Optimal, simplex.Solve(double.NegativeInfinity, default));
        Assert.Equal(5, simplex.Objective, 9);
    }

    [Fact]
    public void An_infeasible_program_comes_with_a_proof()
    {
        BoundedSimplex simplex = new([[0], [0, 1], [1]], 2);
        for (int j = 0; j < 3; j++)
        {
            simplex.SetBounds(j, 0, 1);
        }

        simplex.SetBounds(3, 2, 2);
        simplex.SetBounds(4, 2, 2);
        simplex.SetBounds(1, 0, 0);
        simplex.SetCosts([1, 1, 1]);
        Assert.Equal(BoundedSimplex.Status.Infeasible, simplex.Solve(double.NegativeInfinity, default));
        double least = 0;
        for (int v = 0; v < 5; v++)
        {
            double f = simplex.InfeasibilityProof[v];
            least += f * (f > 0 ? simplex.Lower(v) : simplex.Upper(v));
        }

        Assert.True(least > 0.5, "The combination that is 0 for all solutions must be above 0 within the bounds.");
    }

    private static bool SolveBoth(RandomSource random, int[][] rowsOf, int rows, BoundedSimplex simplex)
    {
        LinearProgram program = new();
        double[] costs = new double[rowsOf.Length];
        for (int j = 0; j < costs.Length; j++)
        {
            int upper = Between(random, 0, 3);
            int lower = random.NextBelow(3) == 0 ? Between(random, 0, upper) : 0;
            costs[j] = Between(random, -5, 5);
            simplex.SetBounds(j, lower, upper);
            program.AddVariable(lower, upper, costs[j]);
        }

        for (int r = 0; r < rows; r++)
        {
            int expected = rowsOf.Select((of, j) => of.Contains(r) ? simplex.Upper(j) : 0).Sum(v => (int)v) / 2;
            int lower = Math.Max(0, expected - Between(random, 0, 3));
            int upper = lower + Between(random, 0, 2);
            simplex.SetBounds(rowsOf.Length + r, lower, upper);
            program.AddRow(lower, upper);
            for (int j = 0; j < rowsOf.Length; j++)
            {
                if (rowsOf[j].Contains(r))
                {
                    program.SetEntry(r, j, 1);
                }
            }
        }

        simplex.SetCosts(costs);
        BoundedSimplex.Status status = simplex.Solve(double.NegativeInfinity, default);
        bool isFeasible = true;
        try
        {
            program.Maximise(default);
        }
        catch (InvalidOperationException)
        {
            isFeasible = false;
        }

        Assert.Equal(isFeasible ? BoundedSimplex.Status.Optimal : BoundedSimplex.Status.Infeasible, status);
        if (isFeasible)
        {
            Assert.Equal(program.Objective, simplex.Objective, 7);
        }

        return isFeasible;
    }

    private static int Between(RandomSource random, int min, int max) => min + (int)random.NextBelow(max - min + 1);
}
