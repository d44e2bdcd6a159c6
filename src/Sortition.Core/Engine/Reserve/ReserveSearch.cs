namespace Sortition.Core.Engine.Reserve;

/// <summary>Looks for good alternates: exchanges one for somebody of another kind as long as that helps, from several starts.</summary>
/// <remarks>
/// With the alternates it keeps, for every gap, which of them step in, and follows them through exchanges one at a time: the new alternate may take the place
/// of the one that goes or of one that stepped in, or one that stood by takes it. That costs little and never underestimates a breach; where no exchange helps
/// any more, all substitutions are solved, and it goes on from there.
/// </remarks>
internal sealed class ReserveSearch
{
    // What it takes to solve a substitution, in exchanges looked at for one gap.
    private const long EffortPerSubstitution = 6000;

    private readonly ReserveModel _model;
    private readonly SubstitutionProgram _substitution;
    private readonly int[] _kindAt;
    private readonly int[] _used;
    private readonly Filling[] _fillings;
    private readonly double[] _costs;
    private readonly double[] _gains;

    /// <param name="model">The model.</param>
    /// <param name="substitution">Solves substitutions.</param>
    /// <param name="alternates">Entry c: how many of kind c to start from.</param>
    public ReserveSearch(ReserveModel model, SubstitutionProgram substitution, IReadOnlyList<int> alternates)
    {
        (_model, _substitution) = (model, substitution);
        _used = [.. alternates];
        _kindAt = [.. Enumerable.Range(0, alternates.Count).SelectMany(c => Enumerable.Repeat(c, alternates[c]))];
        _fillings = [.. model.Gaps.Select(gap => new Filling(model, gap, _kindAt))];
        _costs = new double[model.KindCount];
        _gains = new double[model.QuotaCount];
        Count();
    }

    private ReserveSearch(ReserveSearch other)
    {
        (_model, _substitution, _costs, _gains, Value) = (other._model, other._substitution, other._costs, other._gains, other.Value);
        _used = [.. other._used];
        _kindAt = [.. other._kindAt];
        _fillings = [.. other._fillings.Select(f => f.Copy(_kindAt))];
        Effort = other.Effort;
    }

    /// <summary>The expected breach as far as it is followed: the true one or more, and the true one where <see cref="Improve"/> was not cut short.</summary>
    public double Value { get; private set; }

    /// <summary>Entry c: how many alternates of kind c.</summary>
    public IReadOnlyList<int> Alternates => _used;

    /// <summary>What the search has taken so far, here and in what this was copied from: exchanges looked at, times gaps.</summary>
    public long Effort { get; private set; }

    /// <summary>The same state, to go on from separately.</summary>
    public ReserveSearch Copy() => new(this);

    /// <summary>Makes the best exchange as long as there is one that helps.</summary>
    /// <param name="most">Ends the search when so much effort has been made.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public void Improve(long most, CancellationToken cancellationToken)
    {
        bool isSolved = false;
        while (Effort < most)
        {
            if (BestExchange(cancellationToken) is (int slot, int kind))
            {
                Exchange(slot, kind);
                isSolved = false;
            }
            else if (isSolved)
            {
                return;
            }
            else
            {
                SolveSubstitutions(cancellationToken);
                isSolved = true;
            }
        }
    }

    /// <summary>Exchanges an alternate for somebody of another kind, whatever comes of it.</summary>
    public void Exchange(int slot, int kind)
    {
        _used[_kindAt[slot]]--;
        _used[kind]++;
        _kindAt[slot] = kind;
        foreach (Filling filling in _fillings)
        {
            filling.Refresh();
        }

        Count();
    }

    private void SolveSubstitutions(CancellationToken cancellationToken)
    {
        _substitution.SetAlternates([.. _used.Select(m => (double)m)]);
        foreach (Filling filling in _fillings.Where(f => f.Breach > Tolerances.BetterExchange))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Effort += EffortPerSubstitution;
            if (_substitution.Fill(filling.Gap, filling.Breach - Tolerances.BetterExchange, cancellationToken) < filling.Breach - Tolerances.BetterExchange)
            {
                filling.Set(_substitution.Seats);
            }
        }

        Count();
    }

    private void Count() => Value = _fillings.Sum(f => f.Gap.Share * f.Breach);

    private (int Slot, int Kind)? BestExchange(CancellationToken cancellationToken)
    {
        (int kinds, int slots) = (_model.KindCount, _kindAt.Length);
        Effort += (long)kinds * slots * _fillings.Length;
        double[] totals = new double[slots * kinds];
        double[] joins = new double[kinds];
        foreach (Filling filling in _fillings)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Array.Fill(joins, filling.Breach);
            double share = filling.Gap.Share;
            for (int s = 0; s < slots; s++)
            {
                if (!filling.StepsIn(s))
                {
                    continue;
                }

                // Someone of each kind in the place of this one.
                filling.CostsInPlaceOf(s, _gains, _costs);
                double standBy = double.PositiveInfinity;
                for (int b = 0; b < slots; b++)
                {
                    standBy = filling.StepsIn(b) ? standBy : Math.Min(standBy, _costs[_kindAt[b]]);
                }

                Span<double> total = totals.AsSpan(s * kinds, kinds);
                for (int c = 0; c < kinds; c++)
                {
                    total[c] += share * Math.Min(_costs[c], standBy);
                    joins[c] = Math.Min(joins[c], _costs[c]);
                }
            }

            for (int s = 0; s < slots; s++)
            {
                if (!filling.StepsIn(s))
                {
                    Span<double> total = totals.AsSpan(s * kinds, kinds);
                    for (int c = 0; c < kinds; c++)
                    {
                        total[c] += share * joins[c];
                    }
                }
            }
        }

        double best = Value - Tolerances.BetterExchange;
        (int, int)? exchange = null;
        for (int s = 0; s < slots; s++)
        {
            for (int c = 0; c < kinds; c++)
            {
                if (totals[s * kinds + c] < best && c != _kindAt[s] && _used[c] < _model.Available[c])
                {
                    best = totals[s * kinds + c];
                    exchange = (s, c);
                }
            }
        }

        return exchange;
    }

    /// <summary>Who steps into one gap.</summary>
    private sealed class Filling
    {
        private readonly ReserveModel _model;
        private readonly int[] _kindAt;
        private readonly bool[] _in;
        private readonly int[] _counts;

        public Filling(ReserveModel model, SeatGap gap, int[] kindAt)
        {
            (_model, Gap, _kindAt) = (model, gap, kindAt);
            _in = new bool[kindAt.Length];
            _counts = new int[model.QuotaCount];
            double[] gains = new double[model.QuotaCount];
            Breach = model.Breach(gap, _counts);
            for (int i = model.SeatsToFill(gap); i > 0; i--)
            {
                Gains(gains);
                int best = -1;
                double least = double.PositiveInfinity;
                for (int s = 0; s < _in.Length; s++)
                {
                    if (!_in[s] && Cost(gains, kindAt[s]) < least)
                    {
                        (best, least) = (s, Cost(gains, kindAt[s]));
                    }
                }

                Enter(best, 1);
                Breach = least;
            }

            Settle();
        }

        private Filling(Filling other, int[] kindAt)
        {
            (_model, Gap, _kindAt, Breach) = (other._model, other.Gap, kindAt, other.Breach);
            _in = [.. other._in];
            _counts = [.. other._counts];
        }

        public SeatGap Gap { get; }

        public double Breach { get; private set; }

        public bool StepsIn(int slot) => _in[slot];

        /// <summary>The breach with somebody of each kind in the place of one who steps in.</summary>
        public void CostsInPlaceOf(int slot, double[] gains, double[] costs)
        {
            double breach = Breach;
            Enter(slot, -1);
            Breach = _model.Breach(Gap, _counts);
            Gains(gains);
            for (int c = 0; c < costs.Length; c++)
            {
                costs[c] = Cost(gains, c);
            }

            Enter(slot, 1);
            Breach = breach;
        }

        public Filling Copy(int[] kindAt) => new(this, kindAt);

        /// <summary>Takes note that places are held by others now.</summary>
        public void Refresh()
        {
            Recount();
            Settle();
        }

        /// <summary>Sets how many of each kind step in.</summary>
        public void Set(ReadOnlySpan<int> seats)
        {
            int[] left = seats.ToArray();
            for (int s = 0; s < _in.Length; s++)
            {
                _in[s] = left[_kindAt[s]]-- > 0;
            }

            Recount();
        }

        private void Recount()
        {
            Array.Clear(_counts);
            for (int s = 0; s < _in.Length; s++)
            {
                if (_in[s])
                {
                    Count(s, 1);
                }
            }

            Breach = _model.Breach(Gap, _counts);
        }

        /// <summary>Exchanges one who steps in for one who stands by, as long as that helps.</summary>
        private void Settle()
        {
            double[] gains = new double[_model.QuotaCount];
            for (bool helped = Breach > Tolerances.BetterExchange; helped;)
            {
                helped = false;
                (int goes, int comes, double least) = (-1, -1, Breach - Tolerances.BetterExchange);
                for (int s = 0; s < _in.Length; s++)
                {
                    if (!_in[s])
                    {
                        continue;
                    }

                    double breach = Breach;
                    Enter(s, -1);
                    Breach = _model.Breach(Gap, _counts);
                    Gains(gains);
                    for (int b = 0; b < _in.Length; b++)
                    {
                        if (b != s && !_in[b] && Cost(gains, _kindAt[b]) < least)
                        {
                            (goes, comes, least) = (s, b, Cost(gains, _kindAt[b]));
                        }
                    }

                    Enter(s, 1);
                    Breach = breach;
                }

                if (goes >= 0)
                {
                    Enter(goes, -1);
                    Enter(comes, 1);
                    Breach = least;
                    helped = Breach > Tolerances.BetterExchange;
                }
            }
        }

        /// <summary>Entry q: what one more person that quota q counts changes.</summary>
        private void Gains(double[] gains)
        {
            for (int q = 0; q < gains.Length; q++)
            {
                gains[q] = (_counts[q] < Gap.Low[q] ? -_model.Weights[q] : 0) + (_counts[q] >= Gap.High[q] ? _model.Weights[q] : 0);
            }
        }

        private double Cost(double[] gains, int kind)
        {
            double cost = Breach;
            foreach (int q in _model.QuotasOfKind[kind])
            {
                cost += gains[q];
            }

            return cost;
        }

        private void Enter(int slot, int change)
        {
            _in[slot] = change > 0;
            Count(slot, change);
        }

        private void Count(int slot, int change)
        {
            foreach (int q in _model.QuotasOfKind[_kindAt[slot]])
            {
                _counts[q] += change;
            }
        }
    }
}
