using System.Numerics;
using Sortition.Core.Engine;

namespace Sortition.Core.Sampling;

/// <summary>A table of seats with weights: the totals by which it is walked, in doubles, and in whole numbers where doubles leave a decision open.</summary>
/// <remarks>
/// In doubles every person's weight is divided by one power of two, the same for all, so that numbers stay in range: all panels have equally many people, so
/// that changes no chance. Immutable but for a cache; safe to use from any thread.
/// </remarks>
internal sealed class TableWeights
{
    private const double UnitRoundoff = 1.0 / (1L << 53);

    // Below that, products could lose digits to the end of the range.
    private const double SmallestTotal = 1e-280;

    private readonly Lock _exactLock = new();
    private readonly Lazy<ushort[]> _thresholds;
    private readonly BigInteger[][]?[] _exactFirsts;
    private BigInteger[]? _exactTotals;
    private int _exactLayer = -1;

    /// <param name="table">The table.</param>
    /// <param name="tilt">The weights.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    public TableWeights(SeatTable table, Tilt tilt, CancellationToken cancellationToken)
    {
        Table = table;
        Tilt = tilt;
        Tracked = table.Tracked;
        ScaleBits = ScaleFor(Tracked, tilt);
        KindWeights = [.. tilt.OfKinds.Select(w => Math.ScaleB((double)w, -ScaleBits))];
        int steps = Tracked.Steps.Length;
        Firsts = new double[steps][][];
        OptionWeights = new double[steps][];
        _exactFirsts = new BigInteger[steps][][];
        Totals = new double[table.StateCount];
        Errors = new double[steps + 1];
        StepErrors = new double[steps];
        if (table.SizeOf(steps) > 0)
        {
            Totals[^1] = 1;
        }

        for (int i = steps - 1; i >= 0; i--)
        {
            cancellationToken.ThrowIfCancellationRequested();
            SeatStep step = Tracked.Steps[i];
            Firsts[i] = step is CellStep cell ? cell.Firsts<double>(KindWeights) : [];
            OptionWeights[i] = step is CellStep ? [.. Firsts[i].Select(f => f[^1])] : step.OptionWeights<double>(KindWeights);
            table.Total(i, OptionWeights[i], Layer(i + 1), Layer(i));
            double roundings = step.Roundings + (double)tilt.OfRows.Length * step.Slots.Length;
            StepErrors[i] = (2 * roundings + 16) * UnitRoundoff;
            Errors[i] = Errors[i + 1] + (2 * roundings + 2 * step.Options.Length + 16) * UnitRoundoff;
        }

        IsSound = Errors[0] < Tolerances.TableError && HasRange();
        _thresholds = new(ShortThresholds);
    }

    public SeatTable Table { get; }

    public Tilt Tilt { get; }

    public TrackedRows Tracked { get; }

    /// <summary>A person's weight is divided by two to this power in doubles.</summary>
    public int ScaleBits { get; }

    /// <summary>The weight of a person of each kind in doubles.</summary>
    public double[] KindWeights { get; }

    /// <summary>Entry i: for a cell, what <see cref="CellStep.Firsts"/> says.</summary>
    public double[][][] Firsts { get; }

    /// <summary>Entry i, o: the weight of option o of step i.</summary>
    public double[][] OptionWeights { get; }

    /// <summary>The weight of all that can still come after each state.</summary>
    public double[] Totals { get; }

    /// <summary>
    /// For each way, 16 binary digits of the chance of this way or one before it, so that most choices need not look at totals. The chance lies from there to
    /// two more in the last place, for certain.
    /// </summary>
    public ushort[] Thresholds => _thresholds.Value;

    /// <summary>Entry i: by which share the totals after i steps may be wrong, with room for the comparison itself.</summary>
    public double[] Errors { get; }

    /// <summary>Entry i: by which share the weights within step i may be wrong, with room for the comparison itself.</summary>
    public double[] StepErrors { get; }

    /// <summary>Whether the doubles are good enough to decide nearly everything; otherwise the table is of no use.</summary>
    public bool IsSound { get; }

    /// <summary>Whether there is no way through the table.</summary>
    public bool IsEmpty => Table.SizeOf(Tracked.Steps.Length) == 0 || Totals[0] == 0;

    /// <summary>log10 of the weight of everything.</summary>
    public double Log10Total => Math.Log10(Totals[0]) + Tracked.Space.Seats * (ScaleBits * Math.Log10(2));

    /// <summary>The weight of everything, as a whole number.</summary>
    public BigInteger ExactTotal(CancellationToken cancellationToken) => ExactTotals(0, cancellationToken) is { Length: > 0 } totals ? totals[0] : 0;

    /// <summary>The totals after so many steps in whole numbers.</summary>
    public BigInteger[] ExactTotals(int layer, CancellationToken cancellationToken)
    {
        lock (_exactLock)
        {
            if (_exactLayer == layer)
            {
                return _exactTotals!;
            }

            int steps = Tracked.Steps.Length;
            BigInteger[] totals = new BigInteger[Table.SizeOf(steps)];
            Array.Fill(totals, BigInteger.One);
            for (int i = steps - 1; i >= layer; i--)
            {
                cancellationToken.ThrowIfCancellationRequested();
                BigInteger[] before = new BigInteger[Table.SizeOf(i)];
                Table.Total<BigInteger>(i, Tracked.Steps[i].OptionWeights<BigInteger>(Tilt.OfKinds), totals, before);
                totals = before;
            }

            _exactLayer = layer;
            _exactTotals = totals;
            return totals;
        }
    }

    /// <summary>For a cell, what <see cref="CellStep.Firsts"/> says in whole numbers.</summary>
    public BigInteger[][] ExactFirsts(int step)
    {
        lock (_exactLock)
        {
            return _exactFirsts[step] ??= ((CellStep)Tracked.Steps[step]).Firsts<BigInteger>(Tilt.OfKinds);
        }
    }

    private static int ScaleFor(TrackedRows tracked, Tilt tilt)
    {
        double all = tracked.Kinds.Select((k, j) => k.Members.Length * (double)tilt.OfKinds[j]).Sum();
        return all > 0 ? (int)Math.Round(Math.Log2(Math.E * all / Math.Max(1, tracked.Space.Seats))) : 0;
    }

    private ushort[] ShortThresholds()
    {
        const double Scale = ushort.MaxValue + 1.0;
        ushort[] thresholds = new ushort[Table.WayCount];
        for (int i = 0; i < Tracked.Steps.Length; i++)
        {
            double slack = 2 * Errors[i];
            for (int state = Table.Layers[i]; state < Table.Layers[i + 1]; state++)
            {
                (int from, int to) = Table.WaysOf(state);
                double sum = 0;
                for (int way = from; way < to; way++)
                {
                    sum += OptionWeights[i][Table.OptionOf(way)] * Totals[Table.NextOf(way)];
                    thresholds[way] = (ushort)Math.Clamp(Math.Floor((sum / Totals[state] - slack) * Scale), 0, ushort.MaxValue);
                }
            }
        }

        return thresholds;
    }

    private Span<double> Layer(int layer) => Totals.AsSpan(Table.Layers[layer], Table.SizeOf(layer));

    /// <summary>Whether every state from which there is a way to the end has a total well within the range of doubles.</summary>
    private bool HasRange()
    {
        bool[] hasEnd = new bool[Totals.Length];
        for (int s = Totals.Length - 1; s >= 0; s--)
        {
            (int from, int to) = Table.WaysOf(s);
            hasEnd[s] = s >= Table.Layers[Tracked.Steps.Length];
            for (int way = from; way < to && !hasEnd[s]; way++)
            {
                hasEnd[s] = hasEnd[Table.NextOf(way)];
            }

            if (hasEnd[s] && !(Totals[s] >= SmallestTotal && double.IsFinite(Totals[s])))
            {
                return false;
            }
        }

        return true;
    }
}
