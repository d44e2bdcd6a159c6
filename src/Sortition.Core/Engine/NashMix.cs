using Sortition.Core.Problems;

namespace Sortition.Core.Engine;

/// <summary>The mix of known panels with the highest Σ n_t·ln(Σ_P λ_P·x_Pt).</summary>
/// <remarks>
/// At the optimum no panel of the mix, nor any known one, has Σ_t x_Pt·n_t/y_t above the number of people. A primal-dual interior-point method (Wright, Primal-Dual
/// Interior-Point Methods, 1997, chapter 11), with a system that has a row for each type.
/// </remarks>
internal static class NashMix
{
    private const double Exact = 1e-14;
    private const int MaxSteps = 200;
    private const double ToTheBoundary = 0.99;

    /// <summary>Finds the mix.</summary>
    /// <param name="people">n_t; 0 for types that do not count.</param>
    /// <param name="panels">Panels that between them seat every type that counts.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <returns>One probability above 0 for each panel.</returns>
    public static double[] Solve(double[] people, IReadOnlyList<TypeSeats[]> panels, CancellationToken cancellationToken)
    {
        int[] types = [.. Enumerable.Range(0, people.Length).Where(t => people[t] > 0)];
        int[] indexOf = new int[people.Length];
        for (int i = 0; i < types.Length; i++)
        {
            indexOf[types[i]] = i;
        }

        double total = people.Sum();
        double[] lambda = new double[panels.Count];
        double[] slack = new double[panels.Count];
        Array.Fill(lambda, 1.0 / panels.Count);
        Array.Fill(slack, 0.1 * total);
        double last = double.PositiveInfinity;
        for (int step = 0; step < MaxSteps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double[] seats = new double[types.Length];
            double complementarity = 0;
            for (int p = 0; p < panels.Count; p++)
            {
                complementarity += lambda[p] * slack[p];
                foreach ((int type, int count) in panels[p])
                {
                    seats[indexOf[type]] += lambda[p] * count;
                }
            }

            double[] gradient = [.. types.Select((t, i) => people[t] / seats[i])];
            double infeasibility = 0;
            double[] residual = new double[panels.Count];
            for (int p = 0; p < panels.Count; p++)
            {
                residual[p] = slack[p] - total;
                foreach ((int type, int count) in panels[p])
                {
                    residual[p] += count * gradient[indexOf[type]];
                }

                infeasibility = Math.Max(infeasibility, Math.Abs(residual[p]) / total);
            }

            double reached = (complementarity / total) + infeasibility;
            if (reached < Exact || (reached < 1e-11 && reached > last / 2))
            {
                break;
            }

            last = reached;
            Step(0.1 * complementarity / panels.Count, seats, residual);
        }

        return lambda;

        void Step(double tau, double[] seats, double[] residual)
        {
            double[,] matrix = new double[types.Length, types.Length];
            double[] right = new double[types.Length];
            double[] start = new double[panels.Count];
            for (int i = 0; i < types.Length; i++)
            {
                matrix[i, i] = seats[i] * seats[i] / people[types[i]];
            }

            for (int p = 0; p < panels.Count; p++)
            {
                double room = lambda[p] / slack[p];
                start[p] = room * ((tau / lambda[p]) - slack[p] + residual[p]);
                foreach ((int type, int count) in panels[p])
                {
                    right[indexOf[type]] += count * start[p];
                    foreach ((int other, int otherCount) in panels[p])
                    {
                        matrix[indexOf[type], indexOf[other]] += room * count * otherCount;
                    }
                }
            }

            double[] u = NewtonSystem.Solve(matrix, right);
            double length = 1;
            double[] change = new double[panels.Count];
            double[] slackChange = new double[panels.Count];
            for (int p = 0; p < panels.Count; p++)
            {
                double sum = 0;
                foreach ((int type, int count) in panels[p])
                {
                    sum += count * u[indexOf[type]];
                }

                change[p] = start[p] - (lambda[p] / slack[p] * sum);
                slackChange[p] = ((tau - (slack[p] * change[p])) / lambda[p]) - slack[p];
                length = Math.Min(length, Math.Min(Length(lambda[p], change[p]), Length(slack[p], slackChange[p])));
            }

            for (int p = 0; p < panels.Count; p++)
            {
                lambda[p] += length * change[p];
                slack[p] += length * slackChange[p];
            }
        }
    }

    private static double Length(double value, double change) => change < 0 ? ToTheBoundary * value / -change : double.PositiveInfinity;
}
