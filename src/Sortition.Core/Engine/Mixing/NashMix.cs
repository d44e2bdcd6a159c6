using Sortition.Core.Engine.Numerics;
using Sortition.Core.Problems;

namespace Sortition.Core.Engine.Mixing;

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
    private const double GoodEnough = 1e-11;
    private const double SufficientDecrease = 0.01;
    private const int MaxHalvings = 30;
    private const int MostSharpened = 500;
    private const int PolishingSteps = 5;
    private const double Sharp = 1e-12;

    /// <summary>Finds the mix.</summary>
    /// <param name="people">n_t; 0 for types that do not count.</param>
    /// <param name="panels">Panels that between them seat every type that counts.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <returns>One probability for each panel.</returns>
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
        double[] residual = new double[panels.Count];
        double[] seats = new double[types.Length];
        double[] best = lambda;
        double[] bestSlack = slack;
        double least = double.PositiveInfinity;
        for (int step = 0; step < MaxSteps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double complementarity = 0;
            for (int p = 0; p < panels.Count; p++)
            {
                complementarity += lambda[p] * slack[p];
            }

            double reached = (complementarity / total) + (Residual(lambda, slack) / total);
            if (reached < least)
            {
                (least, best, bestSlack) = (reached, lambda, slack);
            }

            if (least < Exact || (least < GoodEnough && reached > last / 2) || !Step(0.1 * complementarity / panels.Count))
            {
                break;
            }

            last = reached;
        }

        return Sharpen() ?? best;

        // How far the panels' weights Σ_t x_Pt·n_t/y_t are from the total less the slack, panel by panel; returns the largest.
        double Residual(double[] mix, double[] slacks)
        {
            Array.Clear(seats);
            for (int p = 0; p < panels.Count; p++)
            {
                foreach ((int type, int count) in panels[p])
                {
                    seats[indexOf[type]] += mix[p] * count;
                }
            }

            double largest = 0;
            for (int p = 0; p < panels.Count; p++)
            {
                residual[p] = slacks[p] - total;
                foreach ((int type, int count) in panels[p])
                {
                    residual[p] += count * people[type] / seats[indexOf[type]];
                }

                largest = Math.Max(largest, Math.Abs(residual[p]));
            }

            return largest;
        }

        // What a step towards complementary products of tau is to lower.
        double Error(double[] mix, double[] slacks, double tau)
        {
            Residual(mix, slacks);
            double sum = 0;
            for (int p = 0; p < panels.Count; p++)
            {
                double product = (mix[p] * slacks[p]) - tau;
                sum += (residual[p] * residual[p] / panels.Count) + (product * product * panels.Count);
            }

            return Math.Sqrt(sum);
        }

        bool Step(double tau)
        {
            double before = Error(lambda, slack, tau);
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

            if (NewtonSystem.Solve(matrix, right) is not { } u)
            {
                return false;
            }

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

            for (int halving = 0; halving < MaxHalvings; halving++)
            {
                double[] nextLambda = [.. lambda.Select((l, p) => l + (length * change[p]))];
                double[] nextSlack = [.. slack.Select((s, p) => s + (length * slackChange[p]))];
                if (Error(nextLambda, nextSlack, tau) <= (1 - (SufficientDecrease * length)) * before)
                {
                    (lambda, slack) = (nextLambda, nextSlack);
                    return true;
                }

                length /= 2;
            }

            // Rounding is all that is left.
            return false;
        }

        // Takes from the interior point which panels have a probability, and solves for them as equations. Where a panel is as good as those of the mix and yet not needed, the
        // interior point is some 1e-6 from the optimum, and this is exact. What it gives is used only where it proves itself.
        double[]? Sharpen()
        {
            int[] used = [.. Enumerable.Range(0, panels.Count).Where(p => best[p] > bestSlack[p] / total)];
            if (used.Length is 0 or > MostSharpened)
            {
                return null;
            }

            double[] mix = new double[panels.Count];
            Array.ForEach(used, p => mix[p] = best[p]);
            double[] none = new double[panels.Count];
            for (int step = 0; step < PolishingSteps; step++)
            {
                Residual(mix, none);
                double[,] matrix = new double[used.Length, used.Length];
                for (int i = 0; i < used.Length; i++)
                {
                    double[] marked = new double[types.Length];
                    foreach ((int type, int count) in panels[used[i]])
                    {
                        marked[indexOf[type]] = count * people[type] / (seats[indexOf[type]] * seats[indexOf[type]]);
                    }

                    for (int j = 0; j < used.Length; j++)
                    {
                        foreach ((int type, int count) in panels[used[j]])
                        {
                            matrix[i, j] += marked[indexOf[type]] * count;
                        }
                    }
                }

                if (NewtonSystem.Solve(matrix, Array.ConvertAll(used, p => residual[p])) is not { } change)
                {
                    return null;
                }

                for (int i = 0; i < used.Length; i++)
                {
                    mix[used[i]] += change[i];
                }
            }

            bool isRight = mix.Min() >= -Sharp && Residual(mix, none) is var _ && residual.Max() <= Sharp * total && Array.TrueForAll(used, p => residual[p] >= -Sharp * total);
            return isRight ? Array.ConvertAll(mix, m => Math.Max(0, m)) : null;
        }
    }

    private static double Length(double value, double change) => change < 0 ? ToTheBoundary * value / -change : double.PositiveInfinity;
}
