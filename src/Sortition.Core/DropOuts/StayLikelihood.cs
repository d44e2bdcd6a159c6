using Sortition.Core.Engine;
using Sortition.Core.Engine.Numerics;

namespace Sortition.Core.DropOuts;

/// <summary>The chances to stay under which what past members did is most likely: β₀·Π β of their values, no factor above 1.</summary>
/// <remarks>
/// In the logarithms θ ≤ 0 of the factors the log-likelihood Σ over kinds of (stayed·η + dropped·log(1 − e^η)), η the sum of the kind's θ, is concave. Its
/// maximum under θ ≤ 0 is approached from inside by Newton's method with a logarithmic barrier (Boyd and Vandenberghe, Convex Optimization, 2004, section
/// 11.3). Values of which nobody stayed have no finite θ and are dealt with before, as are values of which nobody dropped out, whose θ is 0. Where the past
/// does not determine the factors (two features that always go together), the barrier shares the effect between them evenly, in a repeatable way.
/// </remarks>
internal sealed class StayLikelihood
{
    /// <summary>
    /// The weights of the barrier beside the mean log-likelihood of an observation. The maximum is missed by no more than the last one times the number of
    /// unknowns.
    /// </summary>
    private const double FirstBarrier = 0.1;

    /// <summary>Newton's method needs five or so; more only where rounding leaves nothing to gain.</summary>
    private const int MostSteps = 60;

    /// <summary>Entry c: the unknowns whose sum is η of kind c.</summary>
    private readonly int[][] _unknowns;
    private readonly double[] _stayed;
    private readonly double[] _dropped;
    private readonly int _count;

    private StayLikelihood(List<(int[] Unknowns, PastKind Kind)> kinds, int count)
    {
        double all = kinds.Sum(k => (double)k.Kind.Stayed + k.Kind.Dropped);
        _unknowns = [.. kinds.Select(k => k.Unknowns)];
        _stayed = [.. kinds.Select(k => k.Kind.Stayed / all)];
        _dropped = [.. kinds.Select(k => k.Kind.Dropped / all)];
        _count = count;
    }

    /// <summary>The most likely factors, not yet normalised.</summary>
    /// <param name="kinds">The kinds of past members, at least one.</param>
    /// <param name="levels">How many values each feature has; factors of those that nobody had are 1.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static (double Base, double[][] Factors) Maximise(IReadOnlyList<PastKind> kinds, int[] levels, CancellationToken cancellationToken)
    {
        double[][] factors = [.. levels.Select(n => Enumerable.Repeat(1.0, n).ToArray())];
        if (!kinds.Any(k => k.Stayed > 0))
        {
            return (0, factors);
        }

        // Of a value nobody stayed with the factor is 0; members who have it say nothing about the other values then.
        for (int f = 0; f < levels.Length; f++)
        {
            foreach (IGrouping<int, PastKind> level in kinds.GroupBy(k => k.Levels[f]))
            {
                factors[f][level.Key] = level.Any(k => k.Stayed > 0) ? 1 : 0;
            }
        }

        PastKind[] telling = [.. kinds.Where(k => k.Levels.Select((v, f) => factors[f][v]).All(b => b > 0))];
        if (!Array.Exists(telling, k => k.Dropped > 0))
        {
            return (1, factors);
        }

        // Unknown 0 is β₀. Nobody who has a value dropped out: the likelihood only grows with its factor, which is 1.
        int count = 1;
        int[][] unknownOf = [.. levels.Select(n => new int[n])];
        for (int f = 0; f < levels.Length; f++)
        {
            foreach (int v in Enumerable.Range(0, levels[f]).Where(v => telling.Any(k => k.Levels[f] == v && k.Dropped > 0)))
            {
                unknownOf[f][v] = count++;
            }
        }

        double[] theta = new StayLikelihood([.. telling.Select(k => (UnknownsOf(k), k))], count).Run(Start(telling, levels.Length), cancellationToken);
        for (int f = 0; f < levels.Length; f++)
        {
            foreach (int v in Enumerable.Range(0, levels[f]).Where(v => unknownOf[f][v] > 0))
            {
                factors[f][v] = Math.Exp(theta[unknownOf[f][v]]);
            }
        }

        return (Math.Exp(theta[0]), factors);

        int[] UnknownsOf(PastKind kind) => [0, .. kind.Levels.Select((v, f) => unknownOf[f][v]).Where(j => j > 0)];
    }

    /// <summary>log(1 − e^η) for η below 0, exact near 0 as well.</summary>
    public static double LogOfDropOut(double eta) => (eta / 2) + Math.Log(2 * Math.Sinh(-eta / 2));

    /// <summary>The share who stayed, shared out evenly.</summary>
    private static double Start(PastKind[] kinds, int features)
    {
        double stayed = kinds.Sum(k => (double)k.Stayed);
        return Math.Log(stayed / (stayed + kinds.Sum(k => (double)k.Dropped))) / (1 + features);
    }

    private double[] Run(double start, CancellationToken cancellationToken)
    {
        double[] theta = [.. Enumerable.Repeat(start, _count)];
        for (double barrier = FirstBarrier; barrier > Tolerances.LastBarrier / 2; barrier /= 10)
        {
            for (int step = 0; step < MostSteps; step++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (Step(theta, barrier, cancellationToken) <= barrier * 1e-3)
                {
                    break;
                }
            }
        }

        return theta;
    }

    /// <summary>One step of Newton's method. Returns by how much it could have improved twice what is minimised, at least nearly.</summary>
    private double Step(double[] theta, double barrier, CancellationToken cancellationToken)
    {
        (double[] gradient, double[][] hessian) = Derivatives(theta, barrier);
        double[] step = CholeskyFactor.Solve(hessian, gradient, cancellationToken);
        double decrement = 0;
        double length = 1;
        for (int j = 0; j < _count; j++)
        {
            decrement += gradient[j] * step[j];

            // The step is subtracted; θ stays below 0.
            length = step[j] < 0 ? Math.Min(length, 0.99 * theta[j] / step[j]) : length;
        }

        double before = Value(theta, barrier);
        double[] next = new double[_count];
        do
        {
            for (int j = 0; j < _count; j++)
            {
                next[j] = theta[j] - (length * step[j]);
            }

            if (Value(next, barrier) <= before - (1e-4 * length * decrement) + (1e-15 * Math.Abs(before)))
            {
                next.CopyTo(theta, 0);
                return decrement;
            }

            length /= 2;
        }
        while (length > 1e-12);

        return 0;
    }

    private double Value(double[] theta, double barrier)
    {
        double value = 0;
        for (int c = 0; c < _unknowns.Length; c++)
        {
            double eta = Sum(theta, _unknowns[c]);
            value -= (_stayed[c] * eta) + (_dropped[c] > 0 ? _dropped[c] * LogOfDropOut(eta) : 0);
        }

        foreach (double t in theta)
        {
            value -= barrier * Math.Log(-t);
        }

        return value;
    }

    /// <summary>Of the symmetric second derivatives, row i has the entries 0..i.</summary>
    private (double[] Gradient, double[][] Hessian) Derivatives(double[] theta, double barrier)
    {
        double[] gradient = new double[_count];
        double[][] hessian = [.. theta.Select((_, i) => new double[i + 1])];
        for (int c = 0; c < _unknowns.Length; c++)
        {
            // With half = −η/2: the derivative of log(1 − e^η) is −1/(e^−η − 1) = −e^−half/(2 sinh half), the second one −1/(4 sinh² half).
            double half = -Sum(theta, _unknowns[c]) / 2;
            double sinh = Math.Sinh(half);
            double slope = _stayed[c] - (_dropped[c] * Math.Exp(-half) / (2 * sinh));
            double curvature = _dropped[c] / (4 * sinh * sinh);
            foreach (int i in _unknowns[c])
            {
                gradient[i] -= slope;
                foreach (int j in _unknowns[c].Where(j => j <= i))
                {
                    hessian[i][j] += curvature;
                }
            }
        }

        for (int j = 0; j < _count; j++)
        {
            gradient[j] -= barrier / theta[j];
            hessian[j][j] += barrier / (theta[j] * theta[j]);
        }

        return (gradient, hessian);
    }

    private static double Sum(double[] theta, int[] unknowns)
    {
        double sum = 0;
        foreach (int j in unknowns)
        {
            sum += theta[j];
        }

        return sum;
    }
}
