using Sortition.Core.Engine.Search;

namespace Sortition.Core.Engine.Reserve;

/// <summary>Finds the best way to fill a gap from given alternates: which of them step in, so that the quotas are breached least.</summary>
/// <remarks>
/// A small linear program that differs from gap to gap in its bounds alone, so that the simplex goes on from its last basis; where its optimum is not in whole
/// people, branch and bound. The over-full side of a quota is counted downwards from <c>_most</c>, because the simplex knows only entries 0 and 1.
/// </remarks>
internal sealed class SubstitutionProgram
{
    private readonly ReserveModel _model;
    private readonly BoundedSimplex _simplex;
    private readonly double _most;
    private readonly double[] _lower;
    private readonly double[] _upper;
    private readonly int[] _bestSeats;
    private double _best;

    public SubstitutionProgram(ReserveModel model)
    {
        _model = model;
        _most = model.Count;
        (int kinds, int quotas) = (model.KindCount, model.QuotaCount);
        int[][] rowsOf = [.. model.QuotasOfKind.Select(q => (int[])[.. q, quotas]), .. Enumerable.Range(0, 2 * quotas).Select(i => (int[])[i % quotas])];
        _simplex = new BoundedSimplex(rowsOf, quotas + 1);
        _simplex.SetCosts([.. new double[kinds], .. model.Weights.Select(w => -w), .. model.Weights]);
        (_lower, _upper, _bestSeats) = (new double[kinds], new double[kinds], new int[kinds]);
    }

    /// <summary>Entry q: the dual of quota q at the last relaxed optimum: above 0 where another person is needed, below 0 where one is too many.</summary>
    public double Dual(int quota) => Math.Clamp(-_simplex.ReducedCost(Row(quota)), -_model.Weights[quota], _model.Weights[quota]);

    /// <summary>The dual of the number of seats at the last relaxed optimum.</summary>
    public double SeatDual => -_simplex.ReducedCost(Row(_model.QuotaCount));

    /// <summary>How many of each kind step in, after a <see cref="Fill"/> that succeeded.</summary>
    public ReadOnlySpan<int> Seats => _bestSeats;

    /// <summary>Says who the alternates are: how many of each kind, which need not be whole people.</summary>
    public void SetAlternates(ReadOnlySpan<double> alternates)
    {
        alternates.CopyTo(_upper);
        for (int c = 0; c < alternates.Length; c++)
        {
            _simplex.SetBounds(c, 0, alternates[c]);
        }
    }

    /// <summary>The least breach of a gap where people could be cut into parts: a lower bound.</summary>
    public double Relax(SeatGap gap, CancellationToken cancellationToken)
    {
        SetGap(gap);
        return Solve(cancellationToken) ?? throw new InvalidOperationException("The program of a substitution, which always has a solution, has none.");
    }

    /// <summary>
    /// The least breach of a gap if it is below a number, and in <see cref="Seats"/> who steps in then; else the number. For whole alternates.
    /// </summary>
    public double Fill(SeatGap gap, double below, CancellationToken cancellationToken)
    {
        SetGap(gap);
        _best = below;
        Branch(gap, cancellationToken);
        return _best;
    }

    /// <summary>The expected breach of given alternates: entry c is how many of kind c.</summary>
    public double Expect(IReadOnlyList<int> alternates, CancellationToken cancellationToken)
    {
        SetAlternates([.. alternates.Select(m => (double)m)]);
        double sum = 0;
        foreach (SeatGap gap in _model.Gaps)
        {
            cancellationToken.ThrowIfCancellationRequested();
            sum += gap.Share * Fill(gap, double.PositiveInfinity, cancellationToken);
        }

        return sum;
    }

    private void Branch(SeatGap gap, CancellationToken cancellationToken)
    {
        if (Solve(cancellationToken) is not double bound || bound >= _best - Tolerances.BetterSubstitution)
        {
            return;
        }

        int split = MostFractional(out double value);
        if (split < 0)
        {
            Keep(gap);
            return;
        }

        (double low, double high) = (_lower[split], _upper[split]);
        double floor = Math.Floor(value);
        bool upFirst = value - floor > 0.5;
        Side(upFirst);
        Side(!upFirst);
        SetBounds(low, high);

        void Side(bool up)
        {
            SetBounds(up ? floor + 1 : low, up ? high : floor);
            Branch(gap, cancellationToken);
        }

        void SetBounds(double lower, double upper)
        {
            (_lower[split], _upper[split]) = (lower, upper);
            _simplex.SetBounds(split, lower, upper);
        }
    }

    private int MostFractional(out double value)
    {
        (int split, double distance) = (-1, Tolerances.WholeSeats);
        value = 0;
        for (int c = 0; c < _upper.Length; c++)
        {
            if (_lower[c] == _upper[c])
            {
                continue;
            }

            double x = _simplex.Value(c);
            double d = Math.Abs(x - Math.Round(x));
            if (d > distance)
            {
                (split, distance, value) = (c, d, x);
            }
        }

        return split;
    }

    /// <summary>Keeps a whole solution if it is the best. Its breach is counted, not taken from the simplex.</summary>
    private void Keep(SeatGap gap)
    {
        Span<int> filled = stackalloc int[_model.QuotaCount];
        filled.Clear();
        int[] seats = new int[_upper.Length];
        for (int c = 0; c < seats.Length; c++)
        {
            seats[c] = _upper[c] == 0 ? 0 : (int)Math.Round(_simplex.Value(c));
            if (seats[c] > 0)
            {
                foreach (int q in _model.QuotasOfKind[c])
                {
                    filled[q] += seats[c];
                }
            }
        }

        double breach = _model.Breach(gap, filled);
        if (breach < _best)
        {
            _best = breach;
            seats.CopyTo(_bestSeats, 0);
        }
    }

    private void SetGap(SeatGap gap)
    {
        (int kinds, int quotas) = (_model.KindCount, _model.QuotaCount);
        int seats = _model.SeatsToFill(gap);
        for (int q = 0; q < quotas; q++)
        {
            _simplex.SetBounds(Row(q), gap.Low[q] + _most, gap.High[q] + _most);

            // One more than can be needed: a bound that is reached would take part of the dual, which then could exceed the weight.
            _simplex.SetBounds(kinds + q, 0, Math.Max(0, gap.Low[q] + 1));
            _simplex.SetBounds(kinds + quotas + q, _most - Math.Max(0, seats - gap.High[q] + 1), _most);
        }

        _simplex.SetBounds(Row(quotas), seats, seats);
    }

    private double? Solve(CancellationToken cancellationToken)
    {
        BoundedSimplex.Status status = _simplex.Solve(double.NegativeInfinity, cancellationToken);
        if (status == BoundedSimplex.Status.Abnormal)
        {
            _simplex.Reset();
            status = _simplex.Solve(double.NegativeInfinity, cancellationToken);
        }

        return status switch
        {
            BoundedSimplex.Status.Optimal => Math.Max(0, (_most * _model.Weights.Sum()) - _simplex.Objective),
            BoundedSimplex.Status.Infeasible => null,
            _ => throw new InvalidOperationException("The arithmetic of a substitution got stuck."),
        };
    }

    private int Row(int row) => _model.KindCount + (2 * _model.QuotaCount) + row;
}
