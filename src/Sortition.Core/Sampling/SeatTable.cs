using System.Numerics;
using System.Runtime.InteropServices;

namespace Sortition.Core.Sampling;

/// <summary>
/// All ways to seat people step by step that keep the tracked rows, as a graph of states: after a step, a state is what the counters that are still open say.
/// </summary>
/// <remarks>
/// States from which the rows can no longer be kept are left out as far as plain sums show it; the others of that sort have the total 0. The graph knows no
/// weights: totals for any weights are computed on it, in doubles or in whole numbers. Immutable once built; safe to use from any thread.
/// </remarks>
internal sealed class SeatTable
{
    private const int Dead = -1;
    private const int BitsOfKey = 128;
    private const long MostWaysPerState = 8;

    private readonly List<int> _layers = [];
    private int[] _first = [];
    private int[] _next = [];
    private ushort[] _option = [];
    private readonly int[] _shift;
    private readonly UInt128[] _mask;

    private SeatTable(TrackedRows tracked)
    {
        Tracked = tracked;
        _shift = new int[tracked.Max.Length];
        _mask = new UInt128[_shift.Length];
        int bits = 0;
        for (int s = 0; s < _shift.Length; s++)
        {
            _shift[s] = bits;
            int width = BitsOf(tracked.Max[s]);
            _mask[s] = (UInt128.One << width) - 1;
            bits += width;
        }
    }

    public TrackedRows Tracked { get; }

    public int WayCount => _next.Length;

    public int StateCount => _first.Length - 1;

    /// <summary>The first state after so many steps; entry 0 is the beginning, the last but one the only end.</summary>
    public IReadOnlyList<int> Layers => _layers;

    /// <summary>Whether the counters fit into a key.</summary>
    public static bool Fits(TrackedRows tracked) => tracked.Max.Sum(BitsOf) <= BitsOfKey && tracked.Steps.All(s => s.Options.Length <= ushort.MaxValue);

    /// <summary>Builds the graph.</summary>
    /// <param name="tracked">What to keep count of.</param>
    /// <param name="maxStates">Give up beyond that.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The graph; null if it is larger.</returns>
    public static SeatTable? Build(TrackedRows tracked, long maxStates, CancellationToken cancellationToken)
    {
        SeatTable table = new(tracked);
        return table.Extend(maxStates, cancellationToken) ? table : null;
    }

    /// <summary>The ways on from a state, as indices for <see cref="OptionOf"/> and <see cref="NextOf"/>.</summary>
    public (int From, int To) WaysOf(int state) => (_first[state], _first[state + 1]);

    public int OptionOf(int way) => _option[way];

    public int NextOf(int way) => _next[way];

    /// <summary>
    /// The totals of all states of one layer: the weight of everything that can still come, from those of the layer after it.
    /// </summary>
    /// <param name="layer">The number of steps made.</param>
    /// <param name="weights">The weight of each option of the next step.</param>
    /// <param name="after">The totals of the next layer.</param>
    /// <param name="totals">Receives the totals of this one.</param>
    public void Total<T>(int layer, ReadOnlySpan<T> weights, ReadOnlySpan<T> after, Span<T> totals)
        where T : INumber<T>
    {
        int[] first = _first;
        int[] next = _next;
        ushort[] option = _option;
        int start = _layers[layer];
        int startAfter = _layers[layer + 1];
        for (int s = 0; s < totals.Length; s++)
        {
            T total = T.Zero;
            for (int way = first[start + s]; way < first[start + s + 1]; way++)
            {
                total += weights[option[way]] * after[next[way] - startAfter];
            }

            totals[s] = total;
        }
    }

    /// <summary>The number of states of a layer.</summary>
    public int SizeOf(int layer) => _layers[layer + 1] - _layers[layer];

    private static int BitsOf(int max) => BitOperations.Log2((uint)max) + 1;

    private bool Extend(long maxStates, CancellationToken cancellationToken)
    {
        List<int> first = [];
        List<int> next = [];
        List<ushort> option = [];
        List<UInt128> keys = [0];
        _layers.Add(0);
        for (int i = 0; i < Tracked.Steps.Length; i++)
        {
            Growth growth = new(_layers[i] + keys.Count, next, option);
            _layers.Add(growth.Start);
            foreach (UInt128 key in keys)
            {
                first.Add(next.Count);
                ExtendState(i, key, growth);
                if (growth.Start + growth.Keys.Count > maxStates || next.Count > MostWaysPerState * maxStates)
                {
                    return false;
                }
            }

            cancellationToken.ThrowIfCancellationRequested();
            keys = growth.Keys;
        }

        first.AddRange(Enumerable.Repeat(next.Count, keys.Count + 1));
        _layers.Add(_layers[^1] + keys.Count);
        _first = [.. first];
        _next = [.. next];
        _option = [.. option];
        return true;
    }

    private void ExtendState(int i, UInt128 key, Growth growth)
    {
        SeatStep step = Tracked.Steps[i];
        for (int o = 0; o < step.Options.Length; o++)
        {
            if (Raise(key, step.Slots, step.Options[o]) is not UInt128 raised || Close(raised, Tracked.Closing[i]) is not UInt128 closed)
            {
                continue;
            }

            ref int state = ref CollectionsMarshal.GetValueRefOrAddDefault(growth.Found, closed, out bool isKnown);
            if (!isKnown)
            {
                state = CanBeCompleted(closed, i + 1) ? growth.Start + growth.Keys.Count : Dead;
                if (state != Dead)
                {
                    growth.Keys.Add(closed);
                }
            }

            if (state != Dead)
            {
                growth.Option.Add((ushort)o);
                growth.Next.Add(state);
            }
        }
    }

    /// <summary>Whether sums alone leave a chance that the rows can still be kept from layer <paramref name="i"/> on.</summary>
    private bool CanBeCompleted(UInt128 key, int i)
    {
        int[] supply = Tracked.Supply[i];
        int left = Tracked.Max[0] - Read(key, 0);
        if (left > supply[0])
        {
            return false;
        }

        for (int g = 0; g < Tracked.SlotGroups.Length; g++)
        {
            int need = 0;
            int room = Tracked.SupplyOfOthers[i][g];
            foreach (int s in Tracked.SlotGroups[g])
            {
                if (supply[s] == 0)
                {
                    continue;
                }

                int count = Read(key, s);
                int missing = Math.Max(0, Tracked.Min[s] - count);
                if (missing > supply[s])
                {
                    return false;
                }

                need += missing;
                room += Math.Min(supply[s], Tracked.Max[s] - count);
            }

            if (need > left || left > room)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The key without the counters that are final now; null if one of them is below its minimum.</summary>
    private UInt128? Close(UInt128 key, int[] slots)
    {
        foreach (int s in slots)
        {
            if (Read(key, s) < Tracked.Min[s])
            {
                return null;
            }

            key &= ~(_mask[s] << _shift[s]);
        }

        return key;
    }

    private UInt128? Raise(UInt128 key, int[] slots, int[] by)
    {
        for (int a = 0; a < slots.Length; a++)
        {
            int s = slots[a];
            if (by[a] > 0)
            {
                if (Read(key, s) + by[a] > Tracked.Max[s])
                {
                    return null;
                }

                key += (UInt128)(uint)by[a] << _shift[s];
            }
        }

        return key;
    }

    private int Read(UInt128 key, int slot) => (int)((key >> _shift[slot]) & _mask[slot]);

    /// <summary>A layer in the making, and the ways to it.</summary>
    private sealed class Growth(int start, List<int> next, List<ushort> option)
    {
        public int Start => start;

        public List<int> Next => next;

        public List<ushort> Option => option;

        public List<UInt128> Keys { get; } = [];

        public Dictionary<UInt128, int> Found { get; } = [];
    }
}
