using System.Numerics;
using Sortition.Core.Engine.Numerics;
using Sortition.Core.Engine.OrTools;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;

namespace Sortition.Core.Engine.Mixing;

/// <summary>Writes exact expected seats as a mix of known panels: whole numbers over 2⁶² that miss them by no more than their rounding.</summary>
/// <remarks>
/// Iterative refinement (Gleixner, Steffy, Wolter, Iterative refinement for linear programming, 2016): what the whole numbers so far miss is computed exactly,
/// and a linear program in floating-point numbers, in which that is of size 1, says how to make it good. Each round adds as many digits as the solver has. A
/// mix that misses by a hair never stays, and whether a panel with next to no probability is needed is found out too.
/// </remarks>
internal sealed class ExactMix
{
    private const int Bits = 62;

    // Beyond that, a probability may fall as far as it likes: no correction is so large.
    private const double AmpleRoom = 1e4;

    private readonly IReadOnlyList<TypeSeats[]> _panels;
    private readonly int[] _people;
    private readonly BigInteger[] _target;
    private readonly double[] _size;
    private readonly long[] _weights;

    private ExactMix(IReadOnlyList<TypeSeats[]> panels, int[] people, IReadOnlyList<Fraction> target)
    {
        _panels = panels;
        _people = people;
        _target = [.. target.Select(seats => seats.RoundTo(Bits))];
        _size = [.. target.Select(seats => seats.ToDouble())];
        _weights = new long[panels.Count];
    }

    /// <summary>Looks for the mix.</summary>
    /// <param name="panels">The panels.</param>
    /// <param name="people">How many people there are of each type.</param>
    /// <param name="target">The expected seats of each type, 0 or more, which add up to the seats of a panel.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>
    /// The mix, in which the chance of everybody misses what is wanted by as many units of 2⁻⁶² as there are panels in it at most; null if the panels have no
    /// such mix, as far as was found.
    /// </returns>
    public static IReadOnlyList<PanelComposition>? Solve(
        IReadOnlyList<TypeSeats[]> panels, int[] people, IReadOnlyList<Fraction> target, CancellationToken cancellationToken) =>
        new ExactMix(panels, people, target).Run(cancellationToken);

    private IReadOnlyList<PanelComposition>? Run(CancellationToken cancellationToken)
    {
        double last = double.PositiveInfinity;
        while (true)
        {
            BigInteger[] missing = Missing(out BigInteger total);
            if (IsMet(missing, total))
            {
                _weights[Array.IndexOf(_weights, _weights.Max())] += (long)total;
                return LotteryWeights.Of(_panels, _weights);
            }

            double unit = missing.Select((m, t) => _size[t] > 0 ? Math.Abs((double)m) / _size[t] : 0).Append(Math.Abs((double)total)).Max();
            if (unit > last * Tolerances.UnmixedSeats || !Correct(missing, total, unit, cancellationToken))
            {
                return null;
            }

            last = unit;
        }
    }

    /// <summary>What the mix so far misses of each type's seats and of certainty, over 2⁶².</summary>
    private BigInteger[] Missing(out BigInteger total)
    {
        Int128[] seats = new Int128[_target.Length];
        Int128 sum = 0;
        for (int p = 0; p < _weights.Length; p++)
        {
            sum += _weights[p];
            foreach ((int type, int number) in _panels[p])
            {
                seats[type] += (Int128)_weights[p] * number;
            }
        }

        total = PanelLottery.WeightTotal - sum;
        return [.. _target.Select((t, i) => t - (BigInteger)seats[i])];
    }

    /// <summary>Whether nothing is missing but what rounding the probabilities to whole numbers takes: half a unit for each, and in all another half.</summary>
    private bool IsMet(BigInteger[] missing, BigInteger total)
    {
        int support = _weights.Count(w => w > 0);
        return 2 * BigInteger.Abs(total) <= support && Enumerable.Range(0, missing.Length).All(t => 2 * BigInteger.Abs(missing[t]) <= support * (BigInteger)_people[t]);
    }

    /// <summary>Makes good what is missing, as far as floating-point numbers can.</summary>
    private bool Correct(BigInteger[] missing, BigInteger total, double unit, CancellationToken cancellationToken)
    {
        using LinearProgram program = new();
        int certainty = program.AddRow((double)total / unit, (double)total / unit);
        int[] rows = new int[_target.Length];
        for (int t = 0; t < rows.Length; t++)
        {
            if (_size[t] > 0)
            {
                double wanted = (double)missing[t] / (unit * _size[t]);
                rows[t] = program.AddRow(wanted, wanted);
                program.SetEntry(rows[t], program.AddVariable(0, double.PositiveInfinity, -1), 1);
                program.SetEntry(rows[t], program.AddVariable(0, double.PositiveInfinity, -1), -1);
            }
        }

        int[] changes = new int[_panels.Count];
        for (int p = 0; p < changes.Length; p++)
        {
            double room = _weights[p] / unit;
            changes[p] = program.AddVariable(room < AmpleRoom ? -room : double.NegativeInfinity, double.PositiveInfinity, 0);
            program.SetEntry(certainty, changes[p], 1);
            foreach ((int type, int seats) in _panels[p])
            {
                program.SetEntry(rows[type], changes[p], seats / _size[type]);
            }
        }

        if (!program.TryMaximise(cancellationToken))
        {
            return false;
        }

        for (int p = 0; p < changes.Length; p++)
        {
            _weights[p] = Math.Max(0, _weights[p] + (long)Math.Round(program.Values[changes[p]] * unit));
        }

        return true;
    }
}
