namespace Sortition.Core.Sampling;

/// <summary>A random walk over panels by exchanges, under which every panel is equally likely in the long run. Used by one thread at a time.</summary>
/// <remarks>
/// A step takes one to four members off and puts as many others on, all equally likely, and is undone if that is no panel. To go back is as likely as to go
/// there, so the uniform distribution stays as it is. Nothing says how long the long run is, nor that every panel can be reached.
/// </remarks>
internal sealed class PanelChain
{
    private const int MostExchanged = 4;

    private readonly PanelSpace _space;
    private readonly RandomSource _random;
    private readonly int[] _order;
    private readonly int[] _counts;
    private readonly int[] _seatedOfHousehold;
    private readonly int[] _householdOf;
    private readonly int[] _min;
    private readonly int[] _max;
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
        HashSet<int> seated = [.. members];
        int[] people = [.. space.Kinds.SelectMany(k => k.Members).Order()];
        _order = [.. people.Where(seated.Contains), .. people.Where(i => !seated.Contains(i))];
        _counts = new int[space.Rows.Length];
        _min = [.. space.Rows.Select(r => r.Min)];
        _max = [.. space.Rows.Select(r => r.Max)];
        _seatedOfHousehold = new int[space.Households.Length];
        _householdOf = new int[space.Problem.People.Count];
        Array.Fill(_householdOf, -1);
        for (int h = 0; h < space.Households.Length; h++)
        {
            foreach (int i in space.Households[h].Members)
            {
                _householdOf[i] = h;
            }
        }

        foreach (int i in _order.AsSpan(0, space.Seats))
        {
            Count(i, 1);
        }

        _mostExchanged = Math.Min(MostExchanged, Math.Min(space.Seats, _order.Length - space.Seats));
    }

    /// <summary>Whether nobody can be exchanged: there is one panel, and the chain stands on it.</summary>
    public bool IsAlone => _mostExchanged == 0;

    /// <summary>Makes a step.</summary>
    /// <returns>Whether the panel changed.</returns>
    public bool Step()
    {
        if (IsAlone)
        {
            return false;
        }

        int exchanged = 1 + Below(_mostExchanged);
        int seats = _space.Seats;
        for (int e = 0; e < exchanged; e++)
        {
            // Those who leave are moved to the end of the members, those who come to the beginning of the others.
            Swap(seats - 1 - e, Below(seats - e));
            Swap(seats + e, seats + e + Below(_order.Length - seats - e));
        }

        for (int e = 0; e < exchanged; e++)
        {
            Count(_order[seats - 1 - e], -1);
            Count(_order[seats + e], 1);
        }

        bool isPanel = true;
        for (int e = 0; e < exchanged && isPanel; e++)
        {
            isPanel = IsKept(_order[seats - 1 - e]) && IsKept(_order[seats + e]);
        }

        for (int e = 0; e < exchanged; e++)
        {
            if (isPanel)
            {
                Swap(seats - 1 - e, seats + e);
            }
            else
            {
                Count(_order[seats - 1 - e], 1);
                Count(_order[seats + e], -1);
            }
        }

        return isPanel;
    }

    /// <summary>The panel now, ascending, with those who must be in.</summary>
    public int[] Members()
    {
        int[] members = [.. _space.Seated, .. _order.AsSpan(0, _space.Seats)];
        Array.Sort(members);
        return members;
    }

    private void Swap(int a, int b) => (_order[a], _order[b]) = (_order[b], _order[a]);

    private void Count(int person, int by)
    {
        foreach (int r in _space.RowsOfPerson[person])
        {
            _counts[r] += by;
        }

        if (_householdOf[person] is >= 0 and int household)
        {
            _seatedOfHousehold[household] += by;
        }
    }

    private bool IsKept(int person)
    {
        foreach (int r in _space.RowsOfPerson[person])
        {
            if (_counts[r] < _min[r] || _counts[r] > _max[r])
            {
                return false;
            }
        }

        return _householdOf[person] is not (>= 0 and int household) || _seatedOfHousehold[household] <= _space.Households[household].Limit;
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

            uint half = (uint)(_hasHalf ? _word : _word >> 32);
            _hasHalf = !_hasHalf;
            ulong product = (ulong)half * (uint)bound;
            if ((uint)product >= (uint)bound || (uint)product >= (uint)(0x1_0000_0000UL % (uint)bound))
            {
                return (int)(product >> 32);
            }
        }
    }
}
