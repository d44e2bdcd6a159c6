using Sortition.Core.Engine.Numerics;
using Sortition.Core.Engine.Polytope;
using Sortition.Core.Problems;

namespace Sortition.Core.Engine.Relaxation;

/// <summary>The highest Σ n_t·ln(y_t/n_t) over the linear relaxation of the panels.</summary>
/// <remarks>
/// A primal-dual interior-point method (Wright, Primal-Dual Interior-Point Methods, 1997, chapter 11). The objective's Hessian is diagonal, so that a step
/// costs one small system with a row for each constraint. At the optimum n_t/y_t is the sum of the prices of the constraints that count type t, unless y_t =
/// n_t.
/// </remarks>
internal sealed class RelaxedNash
{
    private const int MaxSteps = 200;
    private const double ToTheBoundary = 0.99;
    private const int PolishingSteps = 5;

    private readonly QuotaPolytope _polytope;
    private readonly ImplicitEquations _implicitEquations;
    private readonly bool[] _isFree;
    private readonly int _people;
    private readonly List<Row> _rows = [];
    private readonly double[] _cap;

    private RelaxedNash(QuotaPolytope polytope, bool[] covered, ImplicitEquations implicitEquations)
    {
        _polytope = polytope;
        _implicitEquations = implicitEquations;
        _isFree = new bool[covered.Length];
        Seats = new double[covered.Length];
        _cap = new double[covered.Length];
        double fill = Math.Min(1, polytope.Rows[0].Max / (double)polytope.Upper.Sum());
        for (int t = 0; t < covered.Length; t++)
        {
            _isFree[t] = covered[t] && polytope.Lower[t] == 0 && !implicitEquations.IsFull(t);
            _people += _isFree[t] ? polytope.Upper[t] : 0;
            Seats[t] = !covered[t] ? 0 : _isFree[t] ? polytope.Upper[t] * 0.5 * fill : polytope.Upper[t];
            _cap[t] = _isFree[t] ? 1 : 0;
        }

        foreach (PolytopeRow row in polytope.Rows)
        {
            TakeUp(row);
        }
    }

    /// <summary>Expected seats by type.</summary>
    public double[] Seats { get; }

    /// <summary>The price of each row of the polytope: above 0 where its maximum binds, below 0 where its minimum does.</summary>
    public double[] RowPrices { get; private set; } = [];

    /// <summary>The price of each household row, 0 or more.</summary>
    public double[] HouseholdPrices { get; private set; } = [];

    /// <summary>Solves the program.</summary>
    /// <param name="polytope">The panels.</param>
    /// <param name="covered">The types that count; the others have no seats.</param>
    /// <param name="panels">Panels that between them seat all of these.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    public static RelaxedNash Solve(QuotaPolytope polytope, bool[] covered, IReadOnlyList<TypeSeats[]> panels, CancellationToken cancellationToken)
    {
        RelaxedNash relaxed = new(polytope, covered, ImplicitEquations.Of(polytope, covered, panels, cancellationToken));
        HouseholdCuts<Row> households = new(polytope, relaxed.TakeUp);
        bool more = relaxed._people > 0;
        while (more)
        {
            relaxed.Run(cancellationToken);
            relaxed.Sharpen();
            more = households.AddBroken(relaxed.Seats);
        }

        relaxed.RowPrices = [.. relaxed._rows.Take(polytope.Rows.Count).Select(r => r.Price)];
        relaxed.HouseholdPrices = households.Prices(row => row.Price);
        double[] ideal = [.. relaxed.Seats.Select((y, t) => covered[t] ? polytope.Upper[t] / y : 0)];
        relaxed._implicitEquations.Straighten(relaxed.RowPrices, relaxed.HouseholdPrices, ideal);
        relaxed.HouseholdPrices = Array.ConvertAll(relaxed.HouseholdPrices, p => Math.Max(0, p));
        return relaxed;
    }

    private void Run(CancellationToken cancellationToken)
    {
        double slack = _people;
        for (int t = 0; t < Seats.Length; t++)
        {
            if (_isFree[t])
            {
                // Between solves for more rows: back into the interior.
                Seats[t] = Math.Min(Seats[t], 0.99 * _polytope.Upper[t]);
                _cap[t] = Math.Max(_cap[t], 1e-2);
            }
        }

        _rows.ForEach(r => r.Restart(_people));
        double last = double.PositiveInfinity;
        for (int step = 0; step < MaxSteps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double complementarity = Complementarity(out int pairs);
            double infeasibility = _rows.Max(r => Math.Abs(r.Residual(Seats)));
            slack = complementarity / _people;
            if (slack < Tolerances.Converged && infeasibility < Tolerances.MetRows * _polytope.Rows[0].Max)
            {
                return;
            }

            // Nothing gained for a while at high accuracy: this is what the arithmetic gives.
            double reached = slack + (infeasibility / _polytope.Rows[0].Max);
            if (reached < Tolerances.GoodEnough && reached > last / 2)
            {
                return;
            }

            last = reached;
            if (!Step(0.1 * complementarity / pairs))
            {
                return;
            }
        }
    }

    /// <summary>
    /// Takes which bounds bind from the interior point, and solves for them as equations by Newton's method. Where a bound is reached though it costs nothing,
    /// the interior point is some 1e-7 from the optimum, and this is exact. What it gives is used only where it proves itself.
    /// </summary>
    private void Sharpen()
    {
        bool[] isInside = [.. _isFree.Select((free, t) => free && _polytope.Upper[t] - Seats[t] >= _cap[t])];
        double[] seats = [.. Seats.Select((y, t) => _isFree[t] && !isInside[t] ? _polytope.Upper[t] : y)];
        Row[] binding = [.. _rows.Where(r => r.Bound is not null)];
        double[] score = new double[seats.Length];
        double[] prices = [];
        for (int step = 0; step < PolishingSteps; step++)
        {
            // With the Hessian n/y², the new seats are y + y − (y²/n)·score.
            double[,] matrix = new double[binding.Length, binding.Length];
            double[] right = new double[binding.Length];
            double[] marked = new double[seats.Length];
            for (int i = 0; i < binding.Length; i++)
            {
                Array.Clear(marked);
                right[i] = -binding[i].Bound!.Value;
                foreach (int t in binding[i].Free)
                {
                    marked[t] = isInside[t] ? seats[t] * seats[t] / _polytope.Upper[t] : 0;
                    right[i] += isInside[t] ? 2 * seats[t] : seats[t];
                }

                for (int j = 0; j <= i; j++)
                {
                    double sum = 0;
                    foreach (int t in binding[j].Free)
                    {
                        sum += marked[t];
                    }

                    matrix[i, j] = matrix[j, i] = sum;
                }
            }

            if (binding.Length == 0 || NewtonSystem.Solve(matrix, right) is not { } solved)
            {
                return;
            }

            prices = solved;
            Array.Clear(score);
            for (int i = 0; i < binding.Length; i++)
            {
                foreach (int t in binding[i].Free)
                {
                    score[t] += prices[i];
                }
            }

            for (int t = 0; t < seats.Length; t++)
            {
                seats[t] *= isInside[t] ? 2 - (seats[t] / _polytope.Upper[t] * score[t]) : 1;
                if (isInside[t] && !(seats[t] > 0))
                {
                    return;
                }
            }
        }

        double costliest = prices.Max(Math.Abs);
        double most = _polytope.Rows[0].Max;
        for (int t = 0; t < seats.Length; t++)
        {
            double ideal = _isFree[t] ? _polytope.Upper[t] / seats[t] : 0;
            bool isRight = !_isFree[t] || (isInside[t]
                ? seats[t] <= _polytope.Upper[t] && Math.Abs(ideal - score[t]) <= Tolerances.Sharpened * ideal
                : score[t] <= ideal * (1 + Tolerances.Sharpened));
            if (!isRight)
            {
                return;
            }
        }

        bool allSigns = Enumerable.Range(0, prices.Length).All(i => binding[i].HasSign(prices[i], Tolerances.Sharpened * costliest));
        if (allSigns && _rows.TrueForAll(r => r.Allows(seats, Tolerances.Sharpened * most)))
        {
            seats.CopyTo(Seats, 0);
            foreach (Row row in _rows)
            {
                int i = Array.IndexOf(binding, row);
                row.Take(i < 0 ? 0 : prices[i]);
            }
        }
    }

    private double Complementarity(out int pairs)
    {
        double sum = 0;
        pairs = 0;
        for (int t = 0; t < Seats.Length; t++)
        {
            if (_isFree[t])
            {
                sum += _cap[t] * (_polytope.Upper[t] - Seats[t]);
                pairs++;
            }
        }

        foreach (Row row in _rows)
        {
            sum += row.Complementarity;
            pairs += row.IsEquation ? 0 : 2;
        }

        return sum;
    }

    /// <summary>One Newton step towards complementary products of tau; false if there is none.</summary>
    private bool Step(double tau)
    {
        int types = Seats.Length;
        double[] score = new double[types];
        _rows.ForEach(row => row.AddScores(score));
        double[] gradient = new double[types];
        double[] inverse = new double[types];
        for (int t = 0; t < types; t++)
        {
            if (_isFree[t])
            {
                double n = _polytope.Upper[t];
                double room = n - Seats[t];
                gradient[t] = (-n / Seats[t]) + score[t] + (tau / room);
                inverse[t] = 1 / ((n / (Seats[t] * Seats[t])) + (_cap[t] / room));
            }
        }

        int m = _rows.Count;
        double[,] matrix = new double[m, m];
        double[] right = new double[m];
        double[] marked = new double[types];
        for (int i = 0; i < m; i++)
        {
            Array.Clear(marked);
            double sum = _rows[i].Residual(Seats) + _rows[i].Shift(tau);
            foreach (int t in _rows[i].Free)
            {
                marked[t] = inverse[t];
                sum -= inverse[t] * gradient[t];
            }

            right[i] = sum;
            for (int j = 0; j <= i; j++)
            {
                double entry = i == j ? _rows[i].Softness : 0;
                foreach (int t in _rows[j].Free)
                {
                    entry += marked[t];
                }

                matrix[i, j] = matrix[j, i] = entry;
            }
        }

        if (NewtonSystem.Solve(matrix, right) is not { } prices)
        {
            return false;
        }

        double[] change = new double[types];
        for (int i = 0; i < m; i++)
        {
            foreach (int t in _rows[i].Free)
            {
                change[t] += prices[i];
            }
        }

        double step = 1;
        double[] capChange = new double[types];
        for (int t = 0; t < types; t++)
        {
            if (_isFree[t])
            {
                change[t] = -inverse[t] * (gradient[t] + change[t]);
                double room = _polytope.Upper[t] - Seats[t];
                capChange[t] = ((tau + (_cap[t] * change[t])) / room) - _cap[t];
                step = Math.Min(step, Length(Seats[t], change[t]));
                step = Math.Min(step, Length(room, -change[t]));
                step = Math.Min(step, Length(_cap[t], capChange[t]));
            }
        }

        for (int i = 0; i < m; i++)
        {
            step = Math.Min(step, _rows[i].Prepare(prices[i], tau));
        }

        for (int t = 0; t < types; t++)
        {
            if (_isFree[t])
            {
                Seats[t] += step * change[t];
                _cap[t] += step * capChange[t];
            }
        }

        _rows.ForEach(r => r.Apply(step));
        return true;
    }

    private Row TakeUp(PolytopeRow row)
    {
        _rows.Add(new Row(row, _isFree, Seats, _implicitEquations.SumOf(row)));
        return _rows[^1];
    }

    private static double Length(double value, double change) => change < 0 ? ToTheBoundary * value / -change : double.PositiveInfinity;

    /// <summary>A row a = Σ y_t within [min, max], with the prices of its two ends.</summary>
    private sealed class Row
    {
        private readonly double _min;
        private readonly double _max;
        private double _sum;
        private double _low;
        private double _high;
        private double _equationPrice;
        private double _sumChange;
        private double _lowChange;
        private double _highChange;
        private double _priceChange;

        public Row(PolytopeRow row, bool[] isFree, double[] seats, int? always)
        {
            Free = [.. row.Types.Where(t => isFree[t])];
            double fixedSeats = row.Types.Where(t => !isFree[t]).Sum(t => seats[t]);
            _min = (always ?? row.Min) - fixedSeats;
            _max = Free.Length == 0 ? 0 : (always ?? row.Max) - fixedSeats;
            IsEquation = Free.Length == 0 || _min >= _max;
        }

        public int[] Free { get; }

        public bool IsEquation { get; }

        public double Price => IsEquation ? _equationPrice : _high - _low;

        public double Complementarity => IsEquation ? 0 : (_low * (_sum - _min)) + (_high * (_max - _sum));

        /// <summary>What the row's sum may give way for a unit of its price.</summary>
        public double Softness => IsEquation ? 0 : 1 / Stiffness;

        private double Stiffness => (_high / (_max - _sum)) + (_low / (_sum - _min));

        /// <summary>What the free types add up to, if the row binds.</summary>
        public double? Bound => Free.Length == 0 ? null : IsEquation ? _max : _high > _max - _sum ? _max : _low > _sum - _min ? _min : null;

        /// <summary>Whether seats obey the row.</summary>
        public bool Allows(double[] seats, double tolerance)
        {
            double sum = 0;
            foreach (int t in Free)
            {
                sum += seats[t];
            }

            return Free.Length == 0 || (sum >= _min - tolerance && sum <= _max + tolerance);
        }

        /// <summary>Whether a price has the sign of the bound that binds.</summary>
        public bool HasSign(double price, double tolerance) => IsEquation || (Bound == _max ? price >= -tolerance : price <= tolerance);

        /// <summary>Takes a price over.</summary>
        public void Take(double price)
        {
            double signed = IsEquation ? price : Bound is null ? 0 : Bound == _max ? Math.Max(0, price) : Math.Min(0, price);
            (_equationPrice, _high, _low) = (signed, Math.Max(0, signed), Math.Max(0, -signed));
        }

        public void Restart(double people)
        {
            if (!IsEquation)
            {
                _sum = (_min + _max) / 2;
                _low = _high = people / (_max - _min) * 0.1;
            }
        }

        public double Residual(double[] seats)
        {
            double sum = 0;
            foreach (int t in Free)
            {
                sum += seats[t];
            }

            return sum - (IsEquation ? _max : _sum);
        }

        public void AddScores(double[] scores)
        {
            foreach (int t in Free)
            {
                scores[t] += Price;
            }
        }

        public double Shift(double tau) => IsEquation ? 0 : PriceError(tau) / Stiffness;

        /// <summary>Computes the changes that go with a change of price, and how far they can be followed.</summary>
        public double Prepare(double priceChange, double tau)
        {
            _priceChange = priceChange;
            if (IsEquation)
            {
                return 1;
            }

            double above = _sum - _min;
            double below = _max - _sum;
            _sumChange = (priceChange - PriceError(tau)) / Stiffness;
            _highChange = ((tau + (_high * _sumChange)) / below) - _high;
            _lowChange = ((tau - (_low * _sumChange)) / above) - _low;
            return Math.Min(
                Math.Min(Length(above, _sumChange), Length(below, -_sumChange)),
                Math.Min(Length(_low, _lowChange), Length(_high, _highChange)));
        }

        public void Apply(double step)
        {
            _equationPrice += step * _priceChange;
            _sum += step * _sumChange;
            _low += step * _lowChange;
            _high += step * _highChange;
        }

        private double PriceError(double tau) => (tau / (_max - _sum)) - (tau / (_sum - _min)) - Price;
    }
}
