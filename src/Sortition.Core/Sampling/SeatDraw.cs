using System.Numerics;

namespace Sortition.Core.Sampling;

/// <summary>Proposes panels by walking a table, and accepts them so that every panel is equally likely, exactly. Used by one thread at a time.</summary>
/// <remarks>
/// A proposal is drawn in proportion to the product of its people's weights. It is thrown away if it breaks a row or household that the table does not track,
/// and otherwise kept with the probability (least product any panel can have) / (its product). What is kept is uniform, whatever the weights.
/// </remarks>
internal sealed class SeatDraw
{
    // More than a multiplication or division can be wrong by.
    private const double RoundingOfFactor = 1e-15;

    private readonly TableWeights _weights;
    private readonly SeatTable _table;
    private readonly TrackedRows _tracked;
    private readonly PanelSpace _space;
    private LazyUniform _uniform = new(RandomSource.Seeded(""));
    private readonly int[][] _untrackedRowsOf;
    private readonly int[] _min;
    private readonly int[] _max;
    private readonly int[] _spareAtFirst;

    // For each group that is not tracked, how many of the open seats are left beyond what its minima still ask for.
    private readonly int[] _spare;
    private readonly int[] _untrackedRows;
    private readonly int[] _counts;
    private readonly List<(int Kind, int People)> _picked = [];
    private readonly (long Weight, int Power)[] _factors;
    private readonly double _acceptError;
    private readonly double _leastError;
    private readonly ushort[] _thresholds;
    private readonly Dictionary<int, int> _seatedOfHousehold = [];
    private readonly int[] _householdOf;
    private readonly CancellationToken _cancellationToken;

    /// <param name="weights">The table.</param>
    /// <param name="cancellationToken">Stops what takes long.</param>
    /// <param name="leastError">How wrong doubles are taken to be at least. Larger: more is decided in whole numbers; the chances stay the same.</param>
    public SeatDraw(TableWeights weights, CancellationToken cancellationToken, double leastError = 0)
    {
        _leastError = leastError;
        _thresholds = weights.Thresholds;
        _weights = weights;
        _table = weights.Table;
        _tracked = weights.Tracked;
        _space = _tracked.Space;
        _cancellationToken = cancellationToken;
        _untrackedRows = [.. _tracked.Untracked.SelectMany(g => _space.Groups[g])];
        _untrackedRowsOf = [.. _tracked.Kinds.Select(RowInEachGroup)];
        _min = [.. _space.Rows.Select(r => r.Min)];
        _max = [.. _space.Rows.Select(r => r.Max)];
        _spareAtFirst = [.. _tracked.Untracked.Select(g => _space.Seats - _space.Groups[g].Sum(r => _min[r]))];
        _spare = new int[_spareAtFirst.Length];
        _counts = new int[_space.Rows.Length];
        _factors = new (long, int)[_untrackedRows.Length + _tracked.Untracked.Length];
        int factors = _untrackedRows.Sum(r => _space.Rows[r].Max - _space.Rows[r].Min + 2) + _tracked.Untracked.Length * (_space.Seats + 2);
        _acceptError = leastError + RoundingOfFactor * (4 + factors);
        _householdOf = new int[_space.Problem.People.Count];
        Array.Fill(_householdOf, -1);
        for (int h = 0; h < _space.Households.Length && !_tracked.WithHouseholds; h++)
        {
            foreach (int i in _space.Households[h].Members)
            {
                _householdOf[i] = h;
            }
        }

        int[] RowInEachGroup(SeatKind kind) => [.. _tracked.Untracked.Select(g => kind.Rows.Intersect(_space.Groups[g]).DefaultIfEmpty(-1).Single())];
    }

    /// <summary>Takes chance from another source from now on.</summary>
    public void Use(RandomSource random) => _uniform = new LazyUniform(random);

    /// <summary>Makes one proposal.</summary>
    /// <param name="share">
    /// What the proposal counts for: (least product of weights) / (its product), above 0 and at most 1; 0 for a proposal that is no panel.
    /// </param>
    /// <returns>Whether it is accepted, so that its panel is a uniform draw.</returns>
    public bool Propose(out double share)
    {
        share = 0;
        if (!Walk() || !ObeysHouseholds())
        {
            return false;
        }

        share = Share();
        _uniform.Next();
        if (share > 0 && _uniform.IsBelow(share, 1, _acceptError) is bool isAccepted)
        {
            return isAccepted;
        }

        (BigInteger least, BigInteger own) = ExactShare();
        share = share > 0 ? share : Math.Exp(BigInteger.Log(least) - BigInteger.Log(own));
        _uniform.BecomeExact();
        return _uniform.IsBelow(least, own);
    }

    /// <summary>The people of the last proposal, ascending, with those who must be in.</summary>
    public int[] People { get; private set; } = [];

    private bool Walk()
    {
        Array.Clear(_counts);
        _spareAtFirst.CopyTo(_spare, 0);
        _picked.Clear();
        int state = 0;
        for (int i = 0; i < _tracked.Steps.Length; i++)
        {
            int way = ChooseWay(i, state);
            int option = _table.OptionOf(way);
            state = _table.NextOf(way);
            if (option > 0 && !Seat(i, option))
            {
                return false;
            }
        }

        return true;
    }

    private int ChooseWay(int step, int state)
    {
        (int from, int to) = _table.WaysOf(state);
        if (to - from == 1)
        {
            return from;
        }

        _uniform.Next();
        for (int way = from; way < to - 1 && _leastError == 0; way++)
        {
            switch (_uniform.IsBelow(_thresholds[way]))
            {
                case true:
                    return way;
                case null:
                    return ChooseWayClosely(step, state, from, to);
            }
        }

        return _leastError == 0 ? to - 1 : ChooseWayClosely(step, state, from, to);
    }

    /// <summary>As <see cref="ChooseWay"/>, with all digits that doubles have; the number is the one drawn.</summary>
    private int ChooseWayClosely(int step, int state, int from, int to)
    {
        double[] options = _weights.OptionWeights[step];
        double total = _weights.Totals[state];
        double error = _weights.Errors[step] + _leastError;
        double sum = 0;
        for (int way = from; way < to - 1; way++)
        {
            sum += options[_table.OptionOf(way)] * _weights.Totals[_table.NextOf(way)];
            switch (_uniform.IsBelow(sum, total, error))
            {
                case true:
                    return way;
                case null:
                    return ChooseWayExactly(step, from, to);
            }
        }

        return to - 1;
    }

    private int ChooseWayExactly(int step, int from, int to)
    {
        BigInteger[] options = _tracked.Steps[step].OptionWeights<BigInteger>(_weights.Tilt.OfKinds);
        BigInteger[] after = _weights.ExactTotals(step + 1, _cancellationToken);
        int first = _table.Layers[step + 1];
        BigInteger[] terms = [.. Enumerable.Range(from, to - from).Select(way => options[_table.OptionOf(way)] * after[_table.NextOf(way) - first])];
        return from + ChooseExactly(terms);
    }

    private int ChooseExactly(BigInteger[] terms)
    {
        BigInteger total = terms.Aggregate(BigInteger.Zero, (a, b) => a + b);
        BigInteger sum = 0;
        _uniform.BecomeExact();
        for (int i = 0; i < terms.Length - 1; i++)
        {
            sum += terms[i];
            if (_uniform.IsBelow(sum, total))
            {
                return i;
            }
        }

        return terms.Length - 1;
    }

    /// <summary>Chooses how many of each kind take the seats of an option; whether no maximum is passed.</summary>
    private bool Seat(int step, int option)
    {
        SeatStep @base = _tracked.Steps[step];
        if (@base is HouseholdStep household)
        {
            for (int j = 0; j < household.Kinds.Length; j++)
            {
                if (household.Choices[option][j] > 0 && !Pick(household.Kinds[j], household.Choices[option][j]))
                {
                    return false;
                }
            }

            return true;
        }

        CellStep cell = (CellStep)@base;
        int kinds = cell.Kinds.Length;
        int seats = option;
        while (seats > 0)
        {
            (int j, int people) = kinds == 1 ? (0, seats) : ChooseLast(step, cell, kinds, seats);
            if (!Pick(cell.Kinds[j], people))
            {
                return false;
            }

            seats -= people;
            kinds = j;
        }

        return true;
    }

    /// <summary>The last of the first so many kinds that has any of the seats, and how many it has.</summary>
    private (int Kind, int People) ChooseLast(int step, CellStep cell, int kinds, int seats)
    {
        double[] firsts = _weights.Firsts[step][seats];
        double total = firsts[kinds];
        double error = _weights.StepErrors[step] + _leastError;
        _uniform.Next();
        double low = _uniform.Low * total;
        int j = 0;
        int above = kinds;
        while (above - j > 1)
        {
            int middle = (j + above) / 2;
            (j, above) = firsts[middle] <= low ? (middle, above) : (j, middle);
        }

        // More digits may move the number up, over the next threshold.
        bool? isBelow = null;
        while (j < kinds - 1 && (isBelow = _uniform.IsBelow(firsts[j + 1], total, error)) == false)
        {
            j++;
        }

        if ((j < kinds - 1 && isBelow is null) || (firsts[j] > 0 && _uniform.IsBelow(firsts[j], total, error) is not false))
        {
            return ChooseLastExactly(step, cell, kinds, seats);
        }

        int most = Math.Min(cell.People[j], seats);
        double sum = firsts[j];
        double term = 1;
        double weight = _weights.KindWeights[cell.Kinds[j]];
        for (int d = 1; d < most; d++)
        {
            term *= weight * (cell.People[j] - d + 1) / d;
            sum += term * _weights.Firsts[step][seats - d][j];
            switch (_uniform.IsBelow(sum, total, error))
            {
                case true:
                    return (j, d);
                case null:
                    return ChooseLastExactly(step, cell, kinds, seats);
            }
        }

        return (j, most);
    }

    private (int Kind, int People) ChooseLastExactly(int step, CellStep cell, int kinds, int seats)
    {
        BigInteger[][] firsts = _weights.ExactFirsts(step);
        List<(int Kind, int People)> choices = [];
        List<BigInteger> terms = [];
        for (int j = 0; j < kinds; j++)
        {
            BigInteger[] binomials = SeatStep.Binomials(cell.People[j], seats, _weights.Tilt.OfKinds[cell.Kinds[j]]);
            for (int d = 1; d < binomials.Length; d++)
            {
                choices.Add((j, d));
                terms.Add(binomials[d] * firsts[seats - d][j]);
            }
        }

        return choices[ChooseExactly([.. terms])];
    }

    /// <summary>Seats people of a kind; whether the rows that are not tracked can still be kept with the seats that are left.</summary>
    private bool Pick(int kind, int people)
    {
        _picked.Add((kind, people));
        int[] rows = _untrackedRowsOf[kind];
        for (int g = 0; g < rows.Length; g++)
        {
            int r = rows[g];
            int wasted = people;
            if (r >= 0)
            {
                int count = _counts[r] + people;
                _counts[r] = count;
                if (count > _max[r])
                {
                    return false;
                }

                wasted = Math.Min(people, count - _min[r]);
            }

            // Seats beyond the minima of a group can only be so many.
            if (wasted > 0 && (_spare[g] -= wasted) < 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Chooses the people, uniformly within each kind; whether no household that is not tracked has too many.</summary>
    private bool ObeysHouseholds()
    {
        int[] members = new int[_space.Problem.PanelSize];
        _space.Seated.CopyTo(members, 0);
        int filled = _space.Seated.Length;
        _seatedOfHousehold.Clear();
        foreach ((int kind, int people) in _picked)
        {
            int[] candidates = [.. _tracked.Kinds[kind].Members];
            _uniform.Source.Shuffle(candidates.AsSpan(), people);
            foreach (int i in candidates.AsSpan(0, people))
            {
                members[filled++] = i;
                int household = _householdOf[i];
                if (household < 0)
                {
                    continue;
                }

                int seated = _seatedOfHousehold.GetValueOrDefault(household) + 1;
                _seatedOfHousehold[household] = seated;
                if (seated > _space.Households[household].Limit)
                {
                    return false;
                }
            }
        }

        Array.Sort(members);
        People = members;
        return true;
    }

    /// <summary>The share in doubles; 0 where it leaves their range.</summary>
    private double Share()
    {
        int terms = 0;
        foreach (int g in _tracked.Untracked)
        {
            int others = _space.Seats;
            foreach (int r in _space.Groups[g])
            {
                _factors[terms++] = (_weights.Tilt.OfRows[r], _weights.Tilt.LeastOfRows[r] - _counts[r]);
                others -= _counts[r];
            }

            _factors[terms++] = (_weights.Tilt.OfOthers[g], _weights.Tilt.LeastOfOthers[g] - others);
        }

        // Multiplications and divisions only, which are the same on every machine; taking turns, so that the product stays near 1.
        double share = 1;
        int up = 0;
        int down = 0;
        while (true)
        {
            while (up < terms && _factors[up].Power <= 0)
            {
                up++;
            }

            while (down < terms && _factors[down].Power >= 0)
            {
                down++;
            }

            if (down < terms && (share >= 1 || up == terms))
            {
                share /= _factors[down].Weight;
                _factors[down].Power++;
            }
            else if (up < terms)
            {
                share *= _factors[up].Weight;
                _factors[up].Power--;
            }
            else
            {
                return share is > 1e-290 and < 1e290 ? Math.Min(1, share) : 0;
            }
        }
    }

    private (BigInteger Least, BigInteger Own) ExactShare()
    {
        BigInteger least = 1;
        BigInteger own = 1;
        foreach (int g in _tracked.Untracked)
        {
            int others = _space.Seats;
            foreach (int r in _space.Groups[g])
            {
                least *= BigInteger.Pow(_weights.Tilt.OfRows[r], _weights.Tilt.LeastOfRows[r]);
                own *= BigInteger.Pow(_weights.Tilt.OfRows[r], _counts[r]);
                others -= _counts[r];
            }

            least *= BigInteger.Pow(_weights.Tilt.OfOthers[g], _weights.Tilt.LeastOfOthers[g]);
            own *= BigInteger.Pow(_weights.Tilt.OfOthers[g], others);
        }

        return (least, own);
    }
}
