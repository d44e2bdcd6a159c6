using System.Numerics;
using Sortition.Core.Engine.Polytope;

namespace Sortition.Core.Engine.Search;

/// <summary>
/// Many panels from few: copies of panels, whose members are exchanged for others until all panels together seat every type about as often as wanted.
/// </summary>
/// <remarks>
/// <para>A mix that gives thousands of types their seats has thousands of panels, and a search finds one in the time of thousands of exchanges. One member is
/// exchanged for one, or two for two, whom the rows without room on the face count alike. Only exchanges after which a panel is still on the face are
/// made.</para>
/// <para>What they make small is Σ (c_t − M·y_t)²/v_t, with c_t the seats of type t on M panels, y_t those wanted on one, and v_t = y_t·(1 − y_t/n_t).</para>
/// </remarks>
internal sealed class PanelExchange
{
    private const int BitsInWord = 64;
    private const int SweepsAtOnce = 4;
    private const int MostSweeps = 200;
    private const double LeastProgress = 0.95;
    private const int ClassesBetweenChecks = 1 << 14;
    private const int Stride = 7_919;
    private const int MostTypes = 4_000;

    private readonly Face _face;
    private readonly QuotaPolytope _polytope;
    private readonly double[] _target;
    private readonly double[] _spread;
    private readonly int _words;
    private readonly ulong[] _has;
    private readonly ulong[] _hasRoom;
    private readonly int _parts;

    // For each type, which of its words have a bit set at all: few do where types have few seats.
    private readonly ulong[] _isUsed;
    private readonly ushort[]?[] _seats;
    private readonly List<int[]> _sums = [];
    private readonly long[] _counts;
    private readonly (int[] Types, int Min, int Max)[][] _householdsOf;
    private readonly TypeGroup[][] _classes;
    private readonly List<int> _open = [];
    private readonly (double Surplus, int Number)[] _order;

    /// <param name="face">The panels wanted.</param>
    /// <param name="capacity">The most panels that will be added, copies counted.</param>
    public PanelExchange(Face face, int capacity)
    {
        _face = face;
        _polytope = face.Polytope;
        _target = face.Expected;
        _spread = [.. _target.Select((y, t) => y * (1 - (y / _polytope.Upper[t])))];
        _words = WordsOf(capacity);
        int types = _polytope.TypeCount;
        _has = new ulong[types * _words];
        _hasRoom = new ulong[types * _words];
        _parts = WordsOf(_words);
        _isUsed = new ulong[types * _parts];
        _seats = [.. _polytope.Upper.Select(upper => upper > 1 ? new ushort[capacity] : null)];
        _counts = new long[types];
        ulong[] keys = new ulong[types];
        for (int r = 0; r < _polytope.Rows.Count; r++)
        {
            Count(r, _polytope.Rows[r].Types, face.BoundsOf(r));
        }

        List<(int[] Types, int Min, int Max)>[] households = [.. Enumerable.Range(0, types).Select(_ => new List<(int[], int, int)>())];
        for (int h = 0; h < _polytope.HouseholdRows.Count; h++)
        {
            (int min, int max) = face.BoundsOfHousehold(h);
            int[] counted = _polytope.HouseholdRows[h].Types;
            Count(_polytope.Rows.Count + h, counted, (min, max));
            Array.ForEach(counted, t => households[t].Add((counted, min, max)));
        }

        _householdsOf = Array.ConvertAll(households, h => h.ToArray());
        int[] free = [.. Enumerable.Range(0, types).Where(face.TypeHasRoom)];
        _classes = [.. Classes(free, keys, 1), .. Classes(free, keys, 2)];
        _order = new (double Surplus, int Number)[_classes.Select(c => c.Length).DefaultIfEmpty().Max()];

        void Count(int number, int[] counted, (int Min, int Max) bounds)
        {
            foreach (int t in counted)
            {
                keys[t] += bounds.Min == bounds.Max ? AlikeGroups.KeyOf(number) : 0;
            }
        }
    }

    /// <summary>Entry t: the standard deviation of the seats of type t, about; a little where they are always the same.</summary>
    public double[] Spread => Array.ConvertAll(_spread, v => Math.Sqrt(Math.Max(Tolerances.AtBound, v)));

    /// <summary>How many panels there are, copies counted.</summary>
    public int Count => _sums.Count;

    /// <summary>Entry t: how many seats type t has on all panels together.</summary>
    public IReadOnlyList<long> Counts => _counts;

    /// <summary>How far the type that is farthest off is from the seats wanted, in standard deviations of as many panels drawn at random.</summary>
    public double Distance =>
        Enumerable.Range(0, _target.Length).Where(_face.TypeHasRoom).Select(t => Math.Abs(Excess(t)) / Math.Sqrt(_spread[t] * Count)).DefaultIfEmpty().Max();

    /// <summary>Whether there are not too many types for it.</summary>
    public static bool Suits(Face face) => face.Polytope.TypeCount <= MostTypes;

    /// <summary>Adds copies of a panel of the face.</summary>
    public void Add(int[] panel, int copies)
    {
        int[] sums = [.. _polytope.Rows.Select(row => (int)row.Sum(panel))];
        for (int c = 0; c < copies; c++)
        {
            int index = Count;
            _sums.Add([.. sums]);
            for (int t = 0; t < panel.Length; t++)
            {
                _counts[t] += panel[t];
                Set(index, t, panel[t]);
            }
        }
    }

    /// <summary>Makes copies different: groups change places between two panels, which leaves the seats on all of them as they are.</summary>
    /// <param name="exchanges">How many to make, if there are so many.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public void Mix(int exchanges, CancellationToken cancellationToken)
    {
        for (int i = 0; i < _classes.Length && exchanges > 0; i++)
        {
            if (i % ClassesBetweenChecks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            int index = (int)((long)i * Stride % _classes.Length);
            TypeGroup[] groups = _classes[index];
            TypeGroup one = groups[i % groups.Length];
            TypeGroup other = groups[(i + 1) % groups.Length];
            if (!one.Overlaps(other) && Exchange(one, other, i))
            {
                // At worst it is the same panel that goes back.
                Exchange(other, one, i / 2);
                exchanges--;
            }
        }
    }

    /// <summary>Exchanges members as long as that brings the panels clearly nearer to the seats wanted.</summary>
    public void Run(CancellationToken cancellationToken)
    {
        double before = double.PositiveInfinity;
        for (int sweep = 0; sweep < MostSweeps; sweep++)
        {
            if (sweep % SweepsAtOnce == 0)
            {
                double now = Enumerable.Range(0, _target.Length).Where(_face.TypeHasRoom).Sum(t => Excess(t) * Excess(t) / _spread[t]);
                if (now > before * LeastProgress)
                {
                    return;
                }

                before = now;
            }

            Sweep(sweep, cancellationToken);
        }
    }

    /// <summary>The panels, seats by type; some may be equal.</summary>
    public int[][] ToPanels()
    {
        int[][] panels = [.. Enumerable.Range(0, Count).Select(_ => new int[_polytope.TypeCount])];
        for (int t = 0; t < _polytope.TypeCount; t++)
        {
            for (int w = 0; w < WordsOf(Count); w++)
            {
                for (ulong left = _has[(t * _words) + w]; left != 0; left &= left - 1)
                {
                    int panel = (w * BitsInWord) + BitOperations.TrailingZeroCount(left);
                    panels[panel][t] = SeatsOf(panel, t);
                }
            }
        }

        return panels;
    }

    /// <summary>In every class, groups that are seated too often change places with those that are not often enough, the first with the last.</summary>
    private void Sweep(int sweep, CancellationToken cancellationToken)
    {
        for (int index = 0; index < _classes.Length; index++)
        {
            if (index % ClassesBetweenChecks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            TypeGroup[] groups = _classes[index];
            int size = groups.Length;
            Span<(double Surplus, int Number)> order = _order.AsSpan(0, size);
            for (int g = 0; g < size; g++)
            {
                order[g] = (Surplus(groups[g]), g);
            }

            // With another partner each time: what is too often together may be on no panel, and then there is nothing to exchange.
            order.Sort();
            int few = size - (size / 2);
            for (int i = 0; i < size / 2; i++)
            {
                TypeGroup leaving = groups[order[size - 1 - i].Number];
                TypeGroup coming = groups[order[(i + sweep) % few].Number];
                if (Surplus(leaving) - Surplus(coming) > Step(leaving) + Step(coming) && !leaving.Overlaps(coming))
                {
                    Exchange(leaving, coming, index + sweep);
                }
            }
        }
    }

    /// <summary>How much what is made small falls, to first order, if a group leaves a panel.</summary>
    private double Surplus(TypeGroup group) => Surplus(group.First) + (group.IsPair ? Surplus(group.Second) : 0);

    private double Surplus(int type) => 2 * Excess(type) / _spread[type];

    /// <summary>How much it rises to second order.</summary>
    private double Step(TypeGroup group) => (1 / _spread[group.First]) + (group.IsPair ? 1 / _spread[group.Second] : 0);

    private double Excess(int type) => _counts[type] - (Count * _target[type]);

    /// <summary>Lets a group leave a panel for another.</summary>
    /// <param name="leaving">The group that leaves.</param>
    /// <param name="coming">The group that comes.</param>
    /// <param name="number">Which of the panels that have the one, and room for the other, to try first: so not only the first of many copies changes.</param>
    /// <returns>Whether there was such a panel.</returns>
    private bool Exchange(TypeGroup leaving, TypeGroup coming, int number)
    {
        _open.Clear();
        for (int part = 0; part < WordsOf(WordsOf(Count)); part++)
        {
            ulong words = _isUsed[(leaving.First * _parts) + part] & (leaving.IsPair ? _isUsed[(leaving.Second * _parts) + part] : ulong.MaxValue);
            for (; words != 0; words &= words - 1)
            {
                int word = (part * BitsInWord) + BitOperations.TrailingZeroCount(words);
                ulong open = _has[(leaving.First * _words) + word] & _hasRoom[(coming.First * _words) + word];
                if (leaving.IsPair)
                {
                    open &= _has[(leaving.Second * _words) + word] & _hasRoom[(coming.Second * _words) + word];
                }

                for (; open != 0; open &= open - 1)
                {
                    _open.Add((word * BitsInWord) + BitOperations.TrailingZeroCount(open));
                }
            }
        }

        for (int i = 0; i < _open.Count; i++)
        {
            int panel = _open[(number + i) % _open.Count];
            Move(panel, leaving, -1);
            Move(panel, coming, 1);
            if (IsOnFace(panel, leaving) && IsOnFace(panel, coming))
            {
                return true;
            }

            Move(panel, coming, -1);
            Move(panel, leaving, 1);
        }

        return false;
    }

    private void Move(int panel, TypeGroup group, int seats)
    {
        Move(panel, group.First, seats);
        if (group.IsPair)
        {
            Move(panel, group.Second, seats);
        }
    }

    private void Move(int panel, int type, int seats)
    {
        _counts[type] += seats;
        Set(panel, type, SeatsOf(panel, type) + seats);
        int[] sums = _sums[panel];
        foreach (int r in _polytope.RowsOf[type])
        {
            sums[r] += seats;
        }
    }

    private int SeatsOf(int panel, int type) =>
        _seats[type] is { } seats ? seats[panel] : (int)(_has[(type * _words) + (panel / BitsInWord)] >> (panel % BitsInWord)) & 1;

    private void Set(int panel, int type, int seats)
    {
        int word = (type * _words) + (panel / BitsInWord);
        ulong bit = 1UL << (panel % BitsInWord);
        _has[word] = seats > 0 ? _has[word] | bit : _has[word] & ~bit;
        int part = (type * _parts) + (panel / BitsInWord / BitsInWord);
        ulong use = 1UL << (panel / BitsInWord % BitsInWord);
        _isUsed[part] = _has[word] != 0 ? _isUsed[part] | use : _isUsed[part] & ~use;
        _hasRoom[word] = seats < _polytope.Upper[type] ? _hasRoom[word] | bit : _hasRoom[word] & ~bit;
        if (_seats[type] is { } several)
        {
            several[panel] = (ushort)seats;
        }
    }

    private bool IsOnFace(int panel, TypeGroup group) => IsOnFace(panel, group.First) && (!group.IsPair || IsOnFace(panel, group.Second));

    private bool IsOnFace(int panel, int type)
    {
        int[] sums = _sums[panel];
        foreach (int r in _polytope.RowsOf[type])
        {
            (int min, int max) = _face.BoundsOf(r);
            if (sums[r] < min || sums[r] > max)
            {
                return false;
            }
        }

        foreach ((int[] types, int min, int max) in _householdsOf[type])
        {
            int sum = types.Sum(t => SeatsOf(panel, t));
            if (sum < min || sum > max)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The classes of groups of a size that the rows without room count alike; a type is in a group once.</summary>
    private static IEnumerable<TypeGroup[]> Classes(int[] types, ulong[] keys, int size)
    {
        AlikeGroups alike = new(size, [.. types.Select(_ => 1)], [.. types.Select(t => keys[t])]);
        return Enumerable.Range(0, alike.Starts.Length - 1).Select(
            c => (TypeGroup[])[.. Enumerable.Range(alike.Starts[c], alike.Starts[c + 1] - alike.Starts[c]).Select(GroupOf)]);

        TypeGroup GroupOf(int group) => new(types[alike.Members(group)[0]], size == 2 ? types[alike.Members(group)[1]] : -1);
    }

    private static int WordsOf(int panels) => (panels + BitsInWord - 1) / BitsInWord;
}

/// <summary>One type, or two.</summary>
/// <param name="First">A type.</param>
/// <param name="Second">The other one; -1 if there is none.</param>
internal readonly record struct TypeGroup(int First, int Second)
{
    public bool IsPair => Second >= 0;

    public bool Overlaps(TypeGroup other) => First == other.First || First == other.Second || (IsPair && (Second == other.First || Second == other.Second));
}
