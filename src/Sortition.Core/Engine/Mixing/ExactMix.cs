using System.Numerics;
using Sortition.Core.Engine.OrTools;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;

namespace Sortition.Core.Engine.Mixing;

/// <summary>Brings the expected seats of a mix of panels to given fractions: whole numbers over 2⁶² that miss them by no more than their rounding.</summary>
/// <remarks>
/// Iterative refinement (Gleixner, Steffy, Wolter, Iterative refinement for linear programming, 2016): what the whole numbers so far miss is computed exactly,
/// and a system in floating-point numbers, in which that is of size 1, says how to make it good. Each round adds as many digits as that was solved to.
/// </remarks>
internal sealed class ExactMix
{
    private const int Bits = 62;

    // Beyond that, a probability may fall as far as it likes: no correction is so large.
    private const double AmpleRoom = 1e4;
    private const double Accuracy = 1e-9;

    // A linear program over more panels takes minutes.
    private const int MostByProgram = 2_000;

    private readonly IReadOnlyList<TypeSeats[]> _panels;
    private readonly int[] _people;
    private readonly int[] _types;
    private readonly int[] _rowOf;
    private readonly BigInteger[] _target;
    private readonly double[] _size;
    private readonly long[] _weights;

    private ExactMix(IReadOnlyList<TypeSeats[]> panels, long[] weights, int[] people, IReadOnlyList<Fraction?> target)
    {
        _panels = panels;
        _weights = weights;
        _people = people;
        _types = [.. Enumerable.Range(0, target.Count).Where(t => target[t] is { Top.IsZero: false })];
        _rowOf = new int[target.Count];
        Array.Fill(_rowOf, -1);
        for (int i = 0; i < _types.Length; i++)
        {
            _rowOf[_types[i]] = i;
        }

        _target = [.. _types.Select(t => target[t]!.Value.RoundTo(Bits)), PanelLottery.WeightTotal];
        _size = [.. _types.Select(t => target[t]!.Value.ToDouble()), 1];
    }

    /// <summary>Finds a mix of known panels, some of which may get no probability.</summary>
    /// <param name="panels">The panels.</param>
    /// <param name="people">How many people there are of each type.</param>
    /// <param name="target">The expected seats of each type, 0 or more; null where they do not matter. Types of 0 must be on none of the panels.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>
    /// The mix, in which the chance of everybody misses what is wanted by as many units of 2⁻⁶² as there are panels in it at most; null if the panels have no
    /// such mix, as far as was found.
    /// </returns>
    public static IReadOnlyList<PanelComposition>? Solve(
        IReadOnlyList<TypeSeats[]> panels, int[] people, IReadOnlyList<Fraction?> target, CancellationToken cancellationToken)
    {
        ExactMix mix = new(panels, new long[panels.Count], people, target);
        return mix.Run(mix.ByProgram, cancellationToken);
    }

    /// <summary>Brings a lottery that is near the target to it.</summary>
    /// <param name="lottery">The lottery. Panels of next to no probability are splinters of rounding, and left out.</param>
    /// <param name="people">How many people there are of each type.</param>
    /// <param name="target">As for <see cref="Solve"/>.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The lottery, near in the same way; null if it does not come so near.</returns>
    public static IReadOnlyList<PanelComposition>? Refine(
        IReadOnlyList<PanelComposition> lottery, int[] people, IReadOnlyList<Fraction?> target, CancellationToken cancellationToken) =>
        RefineInProportion(lottery, people, target, cancellationToken)

            // Where a panel of the mix should have no probability at all, changes in proportion to what each has do not get there.
            ?? (lottery.Count > MostByProgram ? null : Solve([.. lottery.Select(p => p.Seats.ToArray())], people, target, cancellationToken));

    /// <summary>The same, by changing the probability of each panel in proportion to what it is: so all panels stay, but for splinters.</summary>
    public static IReadOnlyList<PanelComposition>? RefineInProportion(
        IReadOnlyList<PanelComposition> lottery, int[] people, IReadOnlyList<Fraction?> target, CancellationToken cancellationToken)
    {
        PanelComposition[] kept = [.. lottery.Where(p => p.Probability > Tolerances.Splinter)];
        TypeSeats[][] panels = [.. kept.Select(p => p.Seats.ToArray())];
        ExactMix mix = new(panels, [.. kept.Select(p => p.Weight)], people, target);
        TypeSeats[][] rows = [.. panels.Select(panel => (TypeSeats[])[.. mix.Rows(panel)])];
        Realisation newton = new(rows, [.. kept.Select(p => p.Probability)], mix._size);
        return mix.Run((missing, _, token) => newton.Correction(missing, Accuracy, token), cancellationToken);
    }

    private IReadOnlyList<PanelComposition>? Run(
        Func<double[], double, CancellationToken, double[]?> correct, CancellationToken cancellationToken)
    {
        double last = double.PositiveInfinity;
        while (true)
        {
            BigInteger[] missing = Missing();
            if (IsMet(missing))
            {
                _weights[Array.IndexOf(_weights, _weights.Max())] += (long)missing[^1];
                return LotteryWeights.Of(_panels, _weights);
            }

            double unit = missing.Select((m, i) => Math.Abs((double)m) / _size[i]).Max();
            if (unit > last * Tolerances.UnmixedSeats || correct(Array.ConvertAll(missing, m => (double)m / unit), unit, cancellationToken) is not { } change)
            {
                return null;
            }

            last = unit;
            for (int p = 0; p < _weights.Length; p++)
            {
                _weights[p] = Math.Max(0, _weights[p] + (long)Math.Round(change[p] * unit));
            }
        }
    }

    /// <summary>What the mix so far misses of each type's seats, and at last of certainty, over 2⁶².</summary>
    private BigInteger[] Missing()
    {
        Int128[] sums = new Int128[_target.Length];
        for (int p = 0; p < _weights.Length; p++)
        {
            foreach ((int row, int number) in Rows(_panels[p]))
            {
                sums[row] += (Int128)_weights[p] * number;
            }
        }

        return [.. _target.Select((t, i) => t - (BigInteger)sums[i])];
    }

    /// <summary>Whether nothing is missing but what rounding the probabilities to whole numbers takes: half a unit for each, and in all another half.</summary>
    private bool IsMet(BigInteger[] missing)
    {
        int support = _weights.Count(w => w > 0);
        return 2 * BigInteger.Abs(missing[^1]) <= support
            && Enumerable.Range(0, _types.Length).All(i => 2 * BigInteger.Abs(missing[i]) <= support * (BigInteger)_people[_types[i]]);
    }

    /// <summary>A panel's seats by the rows of the system; the last row counts the panel itself.</summary>
    private IEnumerable<TypeSeats> Rows(TypeSeats[] panel)
    {
        foreach ((int type, int seats) in panel)
        {
            if (_rowOf[type] >= 0)
            {
                yield return new TypeSeats(_rowOf[type], seats);
            }
        }

        yield return new TypeSeats(_types.Length, 1);
    }

    /// <summary>The change of probabilities that leaves least of what is missing, none of them falling below 0.</summary>
    private double[]? ByProgram(double[] missing, double unit, CancellationToken cancellationToken)
    {
        using LinearProgram program = new();
        int[] rows = new int[_target.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = program.AddRow(missing[i] / _size[i], missing[i] / _size[i]);
            if (i < _types.Length)
            {
                program.SetEntry(rows[i], program.AddVariable(0, double.PositiveInfinity, -1), 1);
                program.SetEntry(rows[i], program.AddVariable(0, double.PositiveInfinity, -1), -1);
            }
        }

        int[] changes = new int[_panels.Count];
        for (int p = 0; p < changes.Length; p++)
        {
            double room = _weights[p] / unit;
            changes[p] = program.AddVariable(room < AmpleRoom ? -room : double.NegativeInfinity, double.PositiveInfinity, 0);
            foreach ((int row, int seats) in Rows(_panels[p]))
            {
                program.SetEntry(rows[row], changes[p], seats / _size[row]);
            }
        }

        return program.TryMaximise(cancellationToken) ? Array.ConvertAll(changes, c => program.Values[c]) : null;
    }
}
