using Sortition.Core.Engine.Numerics;
using Sortition.Core.Problems;

namespace Sortition.Core.Engine.Mixing;

/// <summary>Writes given expected seats as a mix of known panels in which every panel has a positive probability: Σ_P λ_P·x_P = target, λ > 0.</summary>
/// <remarks>
/// Of all such mixes it finds the one nearest to a start λ⁰ in relative entropy, λ_P = λ⁰_P·exp(x_P·θ), by Newton's method on the smooth convex dual min_θ Σ_P
/// λ⁰_P·exp(x_P·θ) − target·θ (Csiszár, I-divergence geometry of probability distributions, 1975). The Newton systems are solved by conjugate gradients, with
/// the Cholesky factor of an earlier step's matrix as the preconditioner, or the diagonal where there are too many types for a factor.
/// </remarks>
internal sealed class Realisation
{
    private const int MaxSteps = 60;
    private const double LongestStep = 3;

    // Where there is no such mix, the dual falls for ever along a line, in steps that get shorter and shorter.
    private const double ShortestStep = 0.02;
    private const int MostFactorised = 3_000;
    private const int IterationsPerFactor = 40;

    private readonly IReadOnlyList<TypeSeats[]> _panels;
    private readonly double[] _target;
    private readonly double[] _lambda;
    private readonly double[] _exponent;
    private readonly double[] _theta;
    private CholeskyFactor? _factor;
    private int _iterations;

    /// <param name="panels">The panels.</param>
    /// <param name="start">Probabilities above 0, one for each panel.</param>
    /// <param name="target">Expected seats by type.</param>
    public Realisation(IReadOnlyList<TypeSeats[]> panels, double[] start, double[] target)
    {
        _panels = panels;
        _target = target;
        _lambda = [.. start];
        _exponent = new double[panels.Count];
        _theta = new double[target.Length];
    }

    /// <summary>Looks for the mix.</summary>
    /// <param name="panels">The panels.</param>
    /// <param name="start">Probabilities above 0, one for each panel, whose mix is near the target.</param>
    /// <param name="target">Expected seats by type.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <param name="separator">Where there is no such mix: weights by type for which the target weighs more than the panels do, or nearly so.</param>
    /// <returns>One probability for each panel, or null if the panels have no such mix, as far as was found.</returns>
    public static double[]? Solve(
        IReadOnlyList<TypeSeats[]> panels, double[] start, double[] target, CancellationToken cancellationToken, out double[] separator)
    {
        Realisation realisation = new(panels, start, target);
        separator = realisation._theta;
        return realisation.Run(cancellationToken);
    }

    /// <summary>How to change the probabilities, each in proportion to what it is, so that further seats are expected.</summary>
    /// <param name="seats">The further seats by type.</param>
    /// <param name="accuracy">How near to come, as a share.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public double[] Correction(double[] seats, double accuracy, CancellationToken cancellationToken)
    {
        double[] direction = NewtonDirection(seats, accuracy, cancellationToken);
        return [.. _lambda.Select((probability, p) => probability * Score(p, direction))];
    }

    private double[]? Run(CancellationToken cancellationToken)
    {
        double[] residual = new double[_target.Length];
        double last = double.PositiveInfinity;
        for (int step = 0; step < MaxSteps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double error = Residual(residual);
            if (error <= Tolerances.MixedSeats || (error <= Tolerances.MixedSeatsEnough && error >= last / 2))
            {
                return _lambda;
            }

            if (error < Tolerances.StalledMix && error >= last / 2)
            {
                return null;
            }

            last = error;
            double[] direction = NewtonDirection(residual, Math.Clamp(error, 1e-4, 1e-2), cancellationToken);
            if (!Move(direction, residual))
            {
                return error <= Tolerances.MixedSeatsEnough ? _lambda : null;
            }
        }

        return Residual(residual) <= Tolerances.MixedSeatsEnough ? _lambda : null;
    }

    /// <summary>residual = target − Σλx; returns its largest entry relative to the target.</summary>
    private double Residual(double[] residual)
    {
        Mix(_lambda, residual);
        double error = 0;
        for (int t = 0; t < residual.Length; t++)
        {
            double difference = _target[t] - residual[t];
            error = Math.Max(error, difference == 0 ? 0 : Math.Abs(difference) / Math.Max(_target[t], 1e-300));
            residual[t] = difference;
        }

        return error;
    }

    private void Mix(double[] probabilities, double[] sums)
    {
        Array.Clear(sums);
        for (int p = 0; p < _panels.Count; p++)
        {
            double probability = probabilities[p];
            foreach ((int type, int seats) in _panels[p])
            {
                sums[type] += probability * seats;
            }
        }
    }

    private double Score(int panel, double[] theta)
    {
        double sum = 0;
        foreach ((int type, int seats) in _panels[panel])
        {
            sum += seats * theta[type];
        }

        return sum;
    }

    /// <summary>Solves (Σ λ·x·xᵀ)·d = residual by preconditioned conjugate gradients.</summary>
    private double[] NewtonDirection(double[] residual, double accuracy, CancellationToken cancellationToken)
    {
        int types = _target.Length;
        double[] scale = new double[types];
        for (int p = 0; p < _panels.Count; p++)
        {
            foreach ((int type, int seats) in _panels[p])
            {
                scale[type] += _lambda[p] * seats * seats;
            }
        }

        if (types <= MostFactorised && (_factor is null || _iterations > IterationsPerFactor))
        {
            _factor = new CholeskyFactor(Matrix(scale), cancellationToken);
        }

        _iterations = 0;
        double[] d = new double[types];
        double[] r = [.. residual];
        double[] z = new double[types];
        double[] q = new double[types];
        double[] aq = new double[types];
        double rz = Precondition();
        double enough = rz * accuracy * accuracy;
        Array.Copy(z, q, types);
        for (int i = 0; i < 2 * types + 50 && rz > enough; i++)
        {
            _iterations++;
            if ((i & 15) == 15)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            Array.Clear(aq);
            for (int p = 0; p < _panels.Count; p++)
            {
                double weight = _lambda[p] * Score(p, q);
                foreach ((int type, int seats) in _panels[p])
                {
                    aq[type] += weight * seats;
                }
            }

            // Rows that are sums of others make the matrix singular; what rounding puts there must not be blown up.
            for (int t = 0; t < types; t++)
            {
                aq[t] += Tolerances.MixSupport * scale[t] * q[t];
            }

            double curvature = Vectors.Dot(q, aq);
            if (curvature <= 0)
            {
                break;
            }

            double alpha = rz / curvature;
            Vectors.SubtractMultiple(d, q, -alpha);
            Vectors.SubtractMultiple(r, aq, alpha);
            double before = rz;
            rz = Precondition();
            double beta = rz / before;
            for (int t = 0; t < types; t++)
            {
                q[t] = z[t] + (beta * q[t]);
            }
        }

        return d;

        double Precondition()
        {
            if (_factor is not null)
            {
                _factor.Solve(r, z);
            }
            else
            {
                for (int t = 0; t < types; t++)
                {
                    z[t] = scale[t] > 0 ? r[t] / scale[t] : 0;
                }
            }

            return Vectors.Dot(r, z);
        }
    }

    /// <summary>The lower triangle of Σ λ·x·xᵀ.</summary>
    private double[][] Matrix(double[] scale)
    {
        double[][] rows = new double[_target.Length][];
        for (int t = 0; t < rows.Length; t++)
        {
            rows[t] = new double[t + 1];
        }

        for (int p = 0; p < _panels.Count; p++)
        {
            TypeSeats[] panel = _panels[p];
            for (int i = 0; i < panel.Length; i++)
            {
                double[] row = rows[panel[i].Type];
                double weight = _lambda[p] * panel[i].Seats;
                for (int j = 0; j <= i; j++)
                {
                    row[panel[j].Type] += weight * panel[j].Seats;
                }
            }
        }

        for (int t = 0; t < rows.Length; t++)
        {
            rows[t][t] += Tolerances.MixSupport * scale[t];
        }

        return rows;
    }

    /// <summary>Goes along the direction as far as the dual decreases; false if it does not.</summary>
    private bool Move(double[] direction, double[] residual)
    {
        double steepest = 0;
        for (int p = 0; p < _exponent.Length; p++)
        {
            _exponent[p] = Score(p, direction);
            steepest = Math.Max(steepest, Math.Abs(_exponent[p]));
        }

        double slope = -Vectors.Dot(direction, residual);
        if (steepest < 1e-3)
        {
            // So near the end the quadratic model is exact to rounding, and the dual itself too coarse a measure.
            Apply(1, direction);
            return true;
        }

        for (double step = Math.Min(1, LongestStep / steepest); step > ShortestStep; step /= 2)
        {
            if (Change(step, direction) <= 0.1 * step * slope)
            {
                Apply(step, direction);
                return true;
            }
        }

        return false;
    }

    /// <summary>Change of the dual: Σ λ·(exp(e) − 1) − step·target·direction.</summary>
    private double Change(double step, double[] direction)
    {
        double sum = 0;
        for (int p = 0; p < _exponent.Length; p++)
        {
            sum += _lambda[p] * (Math.Exp(step * _exponent[p]) - 1);
        }

        return sum - (step * Vectors.Dot(_target, direction));
    }

    private void Apply(double step, double[] direction)
    {
        for (int p = 0; p < _exponent.Length; p++)
        {
            _lambda[p] *= Math.Exp(step * _exponent[p]);
        }

        Vectors.SubtractMultiple(_theta, direction, -step);
    }
}
