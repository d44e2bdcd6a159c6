using Sortition.Core.Engine.Numerics;
using Sortition.Core.Problems;

namespace Sortition.Core.Engine.Mixing;

/// <summary>The mix of known panels with the highest Σ n_t·ln(Σ_P λ_P·x_Pt).</summary>
/// <remarks>
/// At the optimum no panel of the mix, nor any known one, has Σ_t x_Pt·n_t/y_t above the number of people. A primal-dual interior-point method (Wright,
/// Primal-Dual Interior-Point Methods, 1997, chapter 11), with a system that has a row for each type.
/// </remarks>
internal sealed class NashMix
{
    private const int MaxSteps = 200;
    private const double ToTheBoundary = 0.99;
    private const double SufficientDecrease = 0.01;
    private const int MaxHalvings = 30;
    private const int MostSharpened = 500;
    private const int PolishingSteps = 5;

    private readonly double[] _people;
    private readonly (int Type, int Seats)[][] _panels;
    private readonly double _total;
    private readonly double[] _seats;
    private readonly double[] _residual;
    private double[] _lambda;
    private double[] _slack;

    /// <param name="people">n_t of the types that count.</param>
    /// <param name="panels">Seats by index into these.</param>
    private NashMix(double[] people, (int Type, int Seats)[][] panels)
    {
        _people = people;
        _panels = panels;
        _total = people.Sum();
        _seats = new double[people.Length];
        _residual = new double[panels.Length];
        _lambda = new double[panels.Length];
        _slack = new double[panels.Length];
        Array.Fill(_lambda, 1.0 / panels.Length);
        Array.Fill(_slack, 0.1 * _total);
    }

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

        (int, int)[][] seats = [.. panels.Select(panel => Array.ConvertAll(panel, s => (indexOf[s.Type], s.Seats)))];
        return new NashMix([.. types.Select(t => people[t])], seats).Run(cancellationToken);
    }

    private double[] Run(CancellationToken cancellationToken)
    {
        double last = double.PositiveInfinity;
        double[] best = _lambda;
        double[] bestSlack = _slack;
        double least = double.PositiveInfinity;
        for (int step = 0; step < MaxSteps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double complementarity = 0;
            for (int p = 0; p < _panels.Length; p++)
            {
                complementarity += _lambda[p] * _slack[p];
            }

            double reached = (complementarity / _total) + (Residual(_lambda, _slack) / _total);
            if (reached < least)
            {
                (least, best, bestSlack) = (reached, _lambda, _slack);
            }

            bool isDone = least < Tolerances.Converged || (least < Tolerances.GoodEnough && reached > last / 2);
            if (isDone || !Step(0.1 * complementarity / _panels.Length, cancellationToken))
            {
                break;
            }

            last = reached;
        }

        return Sharpened(best, bestSlack, cancellationToken) ?? best;
    }

    /// <summary>How far the panels' weights Σ_t x_Pt·n_t/y_t are from the total less the slack, panel by panel; returns the largest.</summary>
    private double Residual(double[] mix, double[] slack)
    {
        Array.Clear(_seats);
        for (int p = 0; p < _panels.Length; p++)
        {
            foreach ((int type, int seats) in _panels[p])
            {
                _seats[type] += mix[p] * seats;
            }
        }

        double largest = 0;
        for (int p = 0; p < _panels.Length; p++)
        {
            _residual[p] = slack[p] - _total;
            foreach ((int type, int seats) in _panels[p])
            {
                _residual[p] += seats * _people[type] / _seats[type];
            }

            largest = Math.Max(largest, Math.Abs(_residual[p]));
        }

        return largest;
    }

    /// <summary>What a step towards complementary products of tau is to lower.</summary>
    private double Error(double[] mix, double[] slack, double tau)
    {
        Residual(mix, slack);
        double sum = 0;
        for (int p = 0; p < _panels.Length; p++)
        {
            double product = (mix[p] * slack[p]) - tau;
            sum += (_residual[p] * _residual[p] / _panels.Length) + (product * product * _panels.Length);
        }

        return Math.Sqrt(sum);
    }

    /// <summary>One Newton step towards complementary products of tau; false if there is none.</summary>
    private bool Step(double tau, CancellationToken cancellationToken)
    {
        double before = Error(_lambda, _slack, tau);
        if (Direction(tau, cancellationToken) is not (double[] change, double[] slackChange))
        {
            return false;
        }

        double length = 1;
        for (int p = 0; p < _panels.Length; p++)
        {
            length = Math.Min(length, Math.Min(Length(_lambda[p], change[p]), Length(_slack[p], slackChange[p])));
        }

        for (int halving = 0; halving < MaxHalvings; halving++)
        {
            double[] nextLambda = [.. _lambda.Select((l, p) => l + (length * change[p]))];
            double[] nextSlack = [.. _slack.Select((s, p) => s + (length * slackChange[p]))];
            if (Error(nextLambda, nextSlack, tau) <= (1 - (SufficientDecrease * length)) * before)
            {
                (_lambda, _slack) = (nextLambda, nextSlack);
                return true;
            }

            length /= 2;
        }

        // Rounding is all that is left.
        return false;
    }

    /// <summary>The changes of the mix and of the slacks by Newton's method; null where the arithmetic does not give any.</summary>
    private (double[] Mix, double[] Slack)? Direction(double tau, CancellationToken cancellationToken)
    {
        double[][] matrix = [.. _seats.Select((_, i) => new double[i + 1])];
        double[] right = new double[_seats.Length];
        double[] start = new double[_panels.Length];
        for (int i = 0; i < _seats.Length; i++)
        {
            matrix[i][i] = _seats[i] * _seats[i] / _people[i];
        }

        for (int p = 0; p < _panels.Length; p++)
        {
            double room = _lambda[p] / _slack[p];
            start[p] = room * ((tau / _lambda[p]) - _slack[p] + _residual[p]);
            foreach ((int type, int seats) in _panels[p])
            {
                right[type] += seats * start[p];
                foreach ((int other, int otherSeats) in _panels[p])
                {
                    if (other <= type)
                    {
                        matrix[type][other] += room * seats * otherSeats;
                    }
                }
            }
        }

        double[] u = CholeskyFactor.Solve(matrix, right, cancellationToken);
        double[] change = new double[_panels.Length];
        double[] slackChange = new double[_panels.Length];
        for (int p = 0; p < _panels.Length; p++)
        {
            double sum = 0;
            foreach ((int type, int seats) in _panels[p])
            {
                sum += seats * u[type];
            }

            change[p] = start[p] - (_lambda[p] / _slack[p] * sum);
            slackChange[p] = ((tau - (_slack[p] * change[p])) / _lambda[p]) - _slack[p];
        }

        return Array.TrueForAll(u, double.IsFinite) ? (change, slackChange) : null;
    }

    /// <summary>
    /// Takes from the interior point which panels have a probability, and solves for them as equations. Where a panel is as good as those of the mix and yet
    /// not needed, the interior point is some 1e-6 from the optimum, and this is exact. Null where it does not prove itself.
    /// </summary>
    private double[]? Sharpened(double[] interior, double[] slack, CancellationToken cancellationToken)
    {
        int[] used = [.. Enumerable.Range(0, _panels.Length).Where(p => interior[p] > slack[p] / _total)];
        if (used.Length is 0 or > MostSharpened)
        {
            return null;
        }

        double[] mix = new double[_panels.Length];
        Array.ForEach(used, p => mix[p] = interior[p]);
        double[] none = new double[_panels.Length];
        for (int step = 0; step < PolishingSteps; step++)
        {
            Residual(mix, none);
            double[][] matrix = [.. used.Select((_, i) => new double[i + 1])];
            for (int i = 0; i < used.Length; i++)
            {
                double[] marked = new double[_seats.Length];
                foreach ((int type, int seats) in _panels[used[i]])
                {
                    marked[type] = seats * _people[type] / (_seats[type] * _seats[type]);
                }

                for (int j = 0; j <= i; j++)
                {
                    foreach ((int type, int seats) in _panels[used[j]])
                    {
                        matrix[i][j] += marked[type] * seats;
                    }
                }
            }

            double[] change = CholeskyFactor.Solve(matrix, Array.ConvertAll(used, p => _residual[p]), cancellationToken);
            for (int i = 0; i < used.Length; i++)
            {
                mix[used[i]] += change[i];
            }
        }

        Residual(mix, none);
        double most = Tolerances.Sharpened * _total;
        bool isRight = mix.Min() >= -Tolerances.Sharpened && _residual.Max() <= most && Array.TrueForAll(used, p => _residual[p] >= -most);
        return isRight ? Array.ConvertAll(mix, m => Math.Max(0, m)) : null;
    }

    private static double Length(double value, double change) => change < 0 ? ToTheBoundary * value / -change : double.PositiveInfinity;
}
