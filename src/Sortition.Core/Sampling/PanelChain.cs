using System.Numerics;

namespace Sortition.Core.Sampling;

/// <summary>A random walk over panels by exchanges, under which every panel is equally likely in the long run. Used by one thread at a time.</summary>
/// <remarks>
/// <para>A step takes one to four members off, in random order, and puts as many others on: all but the last at random, and the last one of those F who make
/// it a panel. It is accepted with probability min(1, F/F′), where F′ is the number of those who would have made a panel with the members who left in the
/// places of those who came. The way back has the same probability, so the uniform distribution stays as it is (Metropolis and Hastings).</para>
/// <para>Nothing says how long the long run is, nor that every panel can be reached.</para>
/// </remarks>
internal sealed class PanelChain
{
    private const int MostExchanged = 4;
    private const int WordBits = 64;

    private readonly PanelSpace _space;
    private readonly RandomSource _random;
    private readonly int[] _people;
    private readonly int[] _order;
    private readonly int[][] _rowsOf;
    private readonly int[] _counts;
    private readonly int[] _seatedOfHousehold;
    private readonly int[] _householdOf;
    private readonly int[] _min;
    private readonly int[] _max;
    private readonly ulong[][] _bitsOfRow;
    private readonly ulong[][] _bitsOfHousehold;
    private readonly ulong[] _outside;
    private readonly ulong[] _allowed;
    private readonly ulong[] _candidates;
    private readonly int _mostExchanged;
    private ulong _word;
    private bool _hasHalf;

    /// <param name="space">The panels.</param>
    /// <param name="members">The panel to start from, with those who must be in.</param>
    /// <param name="random">The source of chance.</param>
    public PanelChain(PanelSpace space, IEnumerable<int> members, RandomSource random)
    {
        _space = space;
        _random = random;
        _people = [.. space.Kinds.SelectMany(k => k.Members).Order()];
        HashSet<int> seated = [.. members];
        int[] all = [.. Enumerable.Range(0, _people.Length)];
        _order = [.. all.Where(p => seated.Contains(_people[p])), .. all.Where(p => !seated.Contains(_people[p]))];
        _rowsOf = [.. _people.Select(i => space.RowsOfPerson[i])];
        _counts = new int[space.Rows.Length];
        _min = [.. space.Rows.Select(r => r.Min)];
        _max = [.. space.Rows.Select(r => r.Max)];
        _bitsOfRow = [.. Enumerable.Range(0, _counts.Length).Select(r => Bits(all.Where(p => Array.IndexOf(_rowsOf[p], r) >= 0)))];
        _seatedOfHousehold = new int[space.Households.Length];
        _householdOf = [.. _people.Select(i => Array.FindIndex(space.Households, h => Array.BinarySearch(h.Members, i) >= 0))];
        _bitsOfHousehold = [.. Enumerable.Range(0, space.Households.Length).Select(h => Bits(all.Where(p => _householdOf[p] == h)))];
        _outside = Bits(_order.Skip(space.Seats));
        _allowed = new ulong[_outside.Length];
        _candidates = new ulong[_outside.Length];
        foreach (int p in _order.AsSpan(0, space.Seats))
        {
            Count(p, 1);
        }

        _mostExchanged = Math.Min(MostExchanged, Math.Min(space.Seats, _people.Length - space.Seats + 1));
    }

    /// <summary>Makes a step.</summary>
    public void Step()
    {
        int seats = _space.Seats;
        if (seats == 0)
        {
            return;
        }

        // Those who leave are moved to the end of the members, the last of them first; those who come, but one, to the beginning of the others.
        int exchanged = 1 + Below(_mostExchanged);
        int last = seats - exchanged;
        for (int e = 0; e < exchanged; e++)
        {
            Swap(seats - 1 - e, Below(seats - e));
            Count(_order[seats - 1 - e], -1);
        }

        for (int e = 0; e < exchanged - 1; e++)
        {
            Swap(seats + e, seats + e + Below(_order.Length - seats - e));
        }

        _outside.CopyTo(_allowed, 0);
        Flip(_allowed, _order[last]);
        for (int e = 0; e < exchanged - 1; e++)
        {
            Flip(_allowed, _order[seats + e]);
        }

        // The way back first, so that what is found for the way there stays.
        int back = exchanged == 1 ? 0 : Found(last + 1, exchanged - 1);
        int there = Found(seats, exchanged - 1);
        if (there == 0 || (exchanged > 1 && there < back && Below(back) >= there))
        {
            for (int e = 0; e < exchanged; e++)
            {
                Count(_order[seats - 1 - e], 1);
            }

            return;
        }

        int chosen = Select(_candidates, Below(there));
        for (int e = 0; e < exchanged - 1; e++)
        {
            Exchange(seats - 1 - e, seats + e);
        }

        int place = Array.IndexOf(_order, chosen, seats);
        if (place >= 0)
        {
            Exchange(last, place);
        }
        else
        {
            // The one who left last comes back.
            Count(chosen, 1);
        }
    }

    /// <summary>The panel now, ascending, with those who must be in.</summary>
    public int[] Members()
    {
        int[] members = [.. _space.Seated, .. _order.AsSpan(0, _space.Seats).ToArray().Select(p => _people[p])];
        Array.Sort(members);
        return members;
    }

    /// <summary>Who of those allowed completes a panel if some others are seated; into <see cref="_candidates"/>.</summary>
    /// <param name="from">The first place of the others in the order.</param>
    /// <param name="count">How many they are.</param>
    /// <returns>How many can.</returns>
    private int Found(int from, int count)
    {
        for (int e = 0; e < count; e++)
        {
            Count(_order[from + e], 1);
        }

        bool canBe = TryComplete();
        for (int e = 0; e < count; e++)
        {
            Count(_order[from + e], -1);
        }

        int found = 0;
        for (int w = 0; w < _candidates.Length && canBe; w++)
        {
            found += BitOperations.PopCount(_candidates[w]);
        }

        return found;
    }

    private bool TryComplete()
    {
        _allowed.CopyTo(_candidates, 0);
        for (int r = 0; r < _counts.Length; r++)
        {
            int count = _counts[r];
            if (count > _max[r] || count < _min[r] - 1)
            {
                return false;
            }

            if (count == _max[r])
            {
                Remove(_bitsOfRow[r]);
            }

            if (count < _min[r])
            {
                Keep(_bitsOfRow[r]);
            }
        }

        for (int h = 0; h < _seatedOfHousehold.Length; h++)
        {
            int room = _space.Households[h].Limit - _seatedOfHousehold[h];
            if (room < 0)
            {
                return false;
            }

            if (room == 0)
            {
                Remove(_bitsOfHousehold[h]);
            }
        }

        return true;
    }

    private void Remove(ulong[] bits)
    {
        for (int w = 0; w < bits.Length; w++)
        {
            _candidates[w] &= ~bits[w];
        }
    }

    private void Keep(ulong[] bits)
    {
        for (int w = 0; w < bits.Length; w++)
        {
            _candidates[w] &= bits[w];
        }
    }

    /// <summary>Lets a member who left and somebody who comes change places, and counts the latter.</summary>
    private void Exchange(int member, int other)
    {
        Flip(_outside, _order[member]);
        Flip(_outside, _order[other]);
        Swap(member, other);
        Count(_order[member], 1);
    }

    private void Swap(int a, int b) => (_order[a], _order[b]) = (_order[b], _order[a]);

    private void Count(int person, int by)
    {
        foreach (int r in _rowsOf[person])
        {
            _counts[r] += by;
        }

        if (_householdOf[person] is >= 0 and int household)
        {
            _seatedOfHousehold[household] += by;
        }
    }

    private ulong[] Bits(IEnumerable<int> people)
    {
        ulong[] bits = new ulong[(_people.Length + WordBits - 1) / WordBits];
        foreach (int p in people)
        {
            Flip(bits, p);
        }

        return bits;
    }

    private static void Flip(ulong[] bits, int person) => bits[person / WordBits] ^= 1UL << (person % WordBits);

    /// <summary>The place of the bit that has so many set bits before it.</summary>
    private static int Select(ulong[] bits, int number)
    {
        int w = 0;
        for (int count; number >= (count = BitOperations.PopCount(bits[w])); w++)
        {
            number -= count;
        }

        ulong word = bits[w];
        for (; number > 0; number--)
        {
            word &= word - 1;
        }

        return w * WordBits + BitOperations.TrailingZeroCount(word);
    }

    /// <summary>A number below a bound from half a word, each equally likely: products whose lower half falls short are thrown away.</summary>
    private int Below(int bound)
    {
        while (true)
        {
            if (!_hasHalf)
            {
                _word = _random.NextUInt64();
            }

            uint half = (uint)(_hasHalf ? _word : _word >> WordBits / 2);
            _hasHalf = !_hasHalf;
            ulong product = (ulong)half * (uint)bound;
            if ((uint)product >= (uint)bound || (uint)product >= (uint)(0x1_0000_0000UL % (uint)bound))
            {
                return (int)(product >> (WordBits / 2));
            }
        }
    }
}
