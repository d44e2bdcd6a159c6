namespace Sortition.Core.Algorithms;

/// <summary>Greedy draws from one pool, with counts in place of lists of people. Used by one thread at a time.</summary>
internal sealed class GreedyDraw
{
    private readonly GreedyPool _pool;
    private readonly int[] _remaining;
    private readonly int[] _seated;
    private readonly int[] _quotaRemaining;
    private readonly int[] _quotaSeated;
    private readonly Dictionary<int, int> _householdSeated = [];
    private int _totalRemaining;
    private int _totalSeated;

    public GreedyDraw(GreedyPool pool)
    {
        _pool = pool;
        _remaining = new int[pool.Members.Length];
        _seated = new int[pool.Members.Length];
        _quotaRemaining = new int[pool.Min.Length];
        _quotaSeated = new int[pool.Min.Length];
    }

    /// <summary>Draws a panel.</summary>
    /// <param name="random">The source of chance.</param>
    /// <param name="members">Receives the members, ascending.</param>
    /// <param name="maxAttempts">How many attempts to make.</param>
    /// <param name="cancellationToken">Stops the draw.</param>
    /// <returns>The number of attempts made, or 0 if all failed.</returns>
    public int Run(RandomSource random, Span<int> members, int maxAttempts, CancellationToken cancellationToken)
    {
        for (int attempt = 1; attempt <= maxAttempts; attempt++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TryAttempt(random))
            {
                ChoosePeople(random, members);
                return attempt;
            }
        }

        return 0;
    }

    private bool TryAttempt(RandomSource random)
    {
        if (!Begin())
        {
            return false;
        }

        while (_totalSeated < _pool.PanelSize)
        {
            if (_totalRemaining == 0 || !MinimaCanBeMet())
            {
                return false;
            }

            Seat(DrawFrom(MostUrgentQuota(), random));
        }

        return _totalSeated == _pool.PanelSize && MinimaAreMet();
    }

    /// <summary>Empties the panel and seats those who must be in.</summary>
    /// <returns>Whether there was room for all of them.</returns>
    private bool Begin()
    {
        Array.Clear(_seated);
        Array.Clear(_quotaSeated);
        _householdSeated.Clear();
        _totalSeated = 0;
        _pool.Remaining.CopyTo(_remaining, 0);
        _pool.QuotaRemaining.CopyTo(_quotaRemaining, 0);
        _totalRemaining = _pool.TotalRemaining;
        foreach (int c in _pool.MustBeIn)
        {
            for (int person = 0; person < _pool.Members[c].Length; person++)
            {
                if (_remaining[c] == 0)
                {
                    return false;
                }

                Seat(c);
            }
        }

        return true;
    }

    /// <summary>The quota with the largest (minimum − seated) / remaining, the first of equals; -1 if nobody remaining matches any.</summary>
    private int MostUrgentQuota()
    {
        int best = -1;
        long bestShort = 0;
        long bestRemaining = 1;
        for (int q = 0; q < _quotaRemaining.Length; q++)
        {
            long remaining = _quotaRemaining[q];
            if (remaining == 0)
            {
                continue;
            }

            long missing = _pool.Min[q] - _quotaSeated[q];
            if (best < 0 || missing * bestRemaining > bestShort * remaining)
            {
                best = q;
                bestShort = missing;
                bestRemaining = remaining;
            }
        }

        return best;
    }

    /// <summary>The cell of a person drawn uniformly from those remaining who match a quota, or from all if there is none.</summary>
    private int DrawFrom(int quota, RandomSource random)
    {
        if (quota < 0)
        {
            long number = random.NextBelow(_totalRemaining);
            int cell = 0;
            while (number >= _remaining[cell])
            {
                number -= _remaining[cell++];
            }

            return cell;
        }

        int[] cells = _pool.CellsOfQuota[quota];
        long left = random.NextBelow(_quotaRemaining[quota]);
        int c = 0;
        while (left >= _remaining[cells[c]])
        {
            left -= _remaining[cells[c++]];
        }

        return cells[c];
    }

    private void Seat(int cell)
    {
        _seated[cell]++;
        _totalSeated++;
        Remove(cell, 1);
        int household = _pool.HouseholdOf[cell];
        if (household >= 0)
        {
            int seated = _householdSeated.GetValueOrDefault(household) + 1;
            _householdSeated[household] = seated;
            if (seated >= _pool.HouseholdLimit)
            {
                RemoveAll(_pool.CellsOfHousehold[household]);
            }
        }

        foreach (int q in _pool.QuotasOfCell[cell])
        {
            if (++_quotaSeated[q] == _pool.Max[q])
            {
                RemoveAll(_pool.CellsOfQuota[q]);
            }
        }
    }

    private void RemoveAll(int[] cells)
    {
        foreach (int c in cells)
        {
            if (_remaining[c] > 0)
            {
                Remove(c, _remaining[c]);
            }
        }
    }

    private void Remove(int cell, int people)
    {
        _remaining[cell] -= people;
        _totalRemaining -= people;
        foreach (int q in _pool.QuotasOfCell[cell])
        {
            _quotaRemaining[q] -= people;
        }
    }

    private bool MinimaCanBeMet()
    {
        for (int q = 0; q < _quotaSeated.Length; q++)
        {
            if (_quotaSeated[q] + _quotaRemaining[q] < _pool.Min[q])
            {
                return false;
            }
        }

        return true;
    }

    private bool MinimaAreMet()
    {
        for (int q = 0; q < _quotaSeated.Length; q++)
        {
            if (_quotaSeated[q] < _pool.Min[q])
            {
                return false;
            }
        }

        return true;
    }

    private void ChoosePeople(RandomSource random, Span<int> members)
    {
        int filled = 0;
        for (int c = 0; c < _seated.Length; c++)
        {
            if (_seated[c] == 0)
            {
                continue;
            }

            int[] people = _pool.Members[c];
            if (_seated[c] < people.Length)
            {
                people = [.. people];
                random.Shuffle(people, _seated[c]);
            }

            people.AsSpan(0, _seated[c]).CopyTo(members[filled..]);
            filled += _seated[c];
        }

        members.Sort();
    }
}
