using Sortition.Core.Engine.Numerics;

namespace Sortition.Core.Engine.Search;

/// <summary>
/// Maximises c·x over {A·x = r, lower ≤ x ≤ upper, rowLower ≤ r ≤ rowUpper}, where A has entries 0 and 1 and few rows, by the bounded dual simplex method.
/// </summary>
/// <remarks>
/// <para>Every variable has two finite bounds, so every basis can be made dual feasible by moving nonbasic variables to their better bound: costs, bounds and
/// rows may change between solves and the last basis is always a start. That is what branch and bound and a long series of weight vectors need. The inverse of
/// the basis is kept dense; ratio tests pass over bounds (Maros, Computational Techniques of the Simplex Method, 2003, section 10.4); the leaving row is chosen
/// by dual steepest edge (Forrest and Goldfarb, Mathematical Programming 57, 1992).</para>
/// <para>Variables 0..n−1 are the columns, n..n+m−1 the row sums. Its answers are those of floating-point arithmetic; nothing is claimed proven on their
/// strength alone.</para>
/// </remarks>
internal sealed class BoundedSimplex
{
    private const int PivotsBetweenFactorisations = 100;

    private readonly int _n;
    private readonly ColumnSums _columns;
    private int _m;
    private double[] _cost;
    private double[] _reduced;
    private double[] _lower;
    private double[] _upper;
    private double[] _alpha;
    private bool[] _atUpper;

    // 1 for a nonbasic variable at its upper bound, -1 at its lower one, 0 for one that cannot move.
    private double[] _direction;
    private int[] _positionOf;
    private int[] _basis;
    private double[] _inverse;
    private double[] _primal;
    private double[] _edge;
    private double[] _work;
    private double[] _column;
    private readonly Breakpoints _breakpoints = new();
    private int[] _candidates;
    private double[] _ratios;

    // The columns that can move. Only their reduced costs and entries of tableau rows are kept up to date.
    private readonly int[] _free;
    private readonly bool[] _isFree;
    private int _freeCount;
    private int _pivots;
    private bool _isFactorised = true;

    public BoundedSimplex(int[][] rowsOf, int rowCount)
    {
        _n = rowsOf.Length;
        _m = rowCount;
        _columns = new ColumnSums(rowsOf, rowCount);
        _free = new int[_n];
        _isFree = new bool[_n];
        int total = _n + _m;
        _cost = new double[total];
        _reduced = new double[total];
        _lower = new double[total];
        _upper = new double[total];
        _alpha = new double[total];
        _candidates = new int[total];
        _ratios = new double[total];
        _atUpper = new bool[total];
        _direction = new double[total];
        _positionOf = new int[total];
        _basis = new int[_m];
        _inverse = new double[_m * _m];
        _primal = new double[_m];
        _edge = new double[_m];
        _work = new double[_m];
        _column = new double[_m];
        Array.Fill(_positionOf, -1);
        for (int i = 0; i < _m; i++)
        {
            _basis[i] = _n + i;
            _positionOf[_n + i] = i;
            _inverse[i * _m + i] = -1;
            _edge[i] = 1;
        }
    }

    public enum Status
    {
        /// <summary>The optimum was found.</summary>
        Optimal,

        /// <summary>There is no solution within the bounds.</summary>
        Infeasible,

        /// <summary>No solution exceeds the cutoff.</summary>
        CutOff,

        /// <summary>The arithmetic got stuck.</summary>
        Abnormal,
    }

    public int RowCount => _m;

    /// <summary>The objective of the last basis: the optimum, or an upper bound on it where the solve was cut off.</summary>
    public double Objective { get; private set; }

    public double Lower(int variable) => _lower[variable];

    public double Upper(int variable) => _upper[variable];

    public bool IsBasic(int variable) => _positionOf[variable] >= 0;

    /// <summary>The reduced cost of a nonbasic variable: what the objective gains when it grows by one; 0 for a basic one.</summary>
    public double ReducedCost(int variable) => _positionOf[variable] >= 0 ? 0 : _reduced[variable];

    public double Value(int variable) => _positionOf[variable] is >= 0 and int p ? _primal[p] : Bound(variable);

    /// <summary>After an infeasible solve: how much each variable's bounds count in the proof; the sign tells which bound.</summary>
    /// <remarks>
    /// The combination Σ f_j·x_j is 0 for all solutions of A·x = r, yet above 0 for all x within the bounds that it names: lower where f_j is above 0, upper
    /// below.
    /// </remarks>
    public double[] InfeasibilityProof { get; private set; } = [];

    public void SetBounds(int variable, double lower, double upper)
    {
        _lower[variable] = lower;
        _upper[variable] = upper;
    }

    /// <summary>Sets the costs of the columns; row sums cost nothing.</summary>
    public void SetCosts(ReadOnlySpan<double> costs)
    {
        costs.CopyTo(_cost);
        ComputeReducedCosts();
    }

    /// <summary>Adds a row over some columns; its sum is the new last variable.</summary>
    public void AddRow(ReadOnlySpan<int> columns, double lower, double upper)
    {
        int m = _m + 1;
        int variable = _n + _m;
        double[] inverse = new double[m * m];
        for (int i = 0; i < _m; i++)
        {
            Array.Copy(_inverse, i * _m, inverse, i * m, _m);
        }

        _columns.AddRow(columns);
        foreach (int j in columns)
        {
            if (_positionOf[j] is >= 0 and int p)
            {
                for (int i = 0; i < _m; i++)
                {
                    inverse[_m * m + i] += _inverse[p * _m + i];
                }
            }
        }

        inverse[_m * m + _m] = -1;
        _inverse = inverse;
        Array.Resize(ref _cost, variable + 1);
        Array.Resize(ref _reduced, variable + 1);
        Array.Resize(ref _lower, variable + 1);
        Array.Resize(ref _upper, variable + 1);
        Array.Resize(ref _alpha, variable + 1);
        Array.Resize(ref _candidates, variable + 1);
        Array.Resize(ref _ratios, variable + 1);
        Array.Resize(ref _atUpper, variable + 1);
        Array.Resize(ref _direction, variable + 1);
        Array.Resize(ref _positionOf, variable + 1);
        Array.Resize(ref _basis, m);
        Array.Resize(ref _primal, m);
        Array.Resize(ref _edge, m);
        Array.Resize(ref _work, m);
        Array.Resize(ref _column, m);
        _lower[variable] = lower;
        _upper[variable] = upper;
        _basis[_m] = variable;
        _positionOf[variable] = _m;
        _m = m;
        ResetEdges();
    }

    /// <summary>Solves from the last basis.</summary>
    /// <param name="cutoff">Stop as soon as it is clear that the optimum does not exceed this.</param>
    /// <param name="cancellationToken">Stops the solve.</param>
    public Status Solve(double cutoff, CancellationToken cancellationToken)
    {
        FindFree();
        MoveToBetterBounds();
        ComputePrimal();
        Objective = ComputeObjective();
        int limit = 200 + 20 * (_m + 50);
        for (int iteration = 0; iteration < limit; iteration++)
        {
            if ((iteration & 31) == 31)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            int row = ChooseLeaving();
            if (row < 0)
            {
                Objective = ComputeObjective();
                return Objective <= cutoff ? Status.CutOff : Status.Optimal;
            }

            if (Objective <= cutoff && (Objective = ComputeObjective()) <= cutoff)
            {
                return Status.CutOff;
            }

            bool below = _primal[row] < _lower[_basis[row]];
            ComputeRow(row);
            int entering = ChooseEntering(row, below);
            if (entering < 0)
            {
                if (_isFactorised)
                {
                    SetProof(row, below);
                    return Status.Infeasible;
                }

                Factorise();
                continue;
            }

            if (!Pivot(row, entering, below) && _isFactorised)
            {
                return Status.Abnormal;
            }

            if (_pivots >= PivotsBetweenFactorisations)
            {
                Factorise();
            }
        }

        return Status.Abnormal;
    }

    /// <summary>Starts afresh from the basis of all row sums.</summary>
    public void Reset()
    {
        Array.Fill(_positionOf, -1);
        Array.Clear(_inverse);
        for (int i = 0; i < _m; i++)
        {
            _basis[i] = _n + i;
            _positionOf[_n + i] = i;
            _inverse[i * _m + i] = -1;
        }

        ResetEdges();
        _pivots = 0;
        _isFactorised = true;
        ComputeReducedCosts();
    }

    private double Bound(int variable) => _atUpper[variable] ? _upper[variable] : _lower[variable];

    private void ResetEdges()
    {
        for (int i = 0; i < _m; i++)
        {
            double sum = 0;
            for (int r = 0; r < _m; r++)
            {
                double v = _inverse[i * _m + r];
                sum += v * v;
            }

            _edge[i] = sum;
        }
    }

    /// <summary>Which columns can move. Where some that could not before now can, all reduced costs are computed anew.</summary>
    private void FindFree()
    {
        bool isStale = false;
        _freeCount = 0;
        for (int j = 0; j < _n; j++)
        {
            bool isFree = _lower[j] < _upper[j];
            isStale |= isFree & !_isFree[j];
            _isFree[j] = isFree;
            _free[_freeCount] = j;
            _freeCount += isFree ? 1 : 0;
        }

        if (isStale)
        {
            ComputeReducedCosts();
        }
    }

    private void ComputeReducedCosts()
    {
        Array.Clear(_work, 0, _m);
        for (int i = 0; i < _m; i++)
        {
            double c = _cost[_basis[i]];
            if (c == 0)
            {
                continue;
            }

            Vectors.SubtractMultiple(_work.AsSpan(0, _m), _inverse.AsSpan(i * _m, _m), -c);
        }

        _columns.Sum(_work, _reduced);
        for (int j = 0; j < _n; j++)
        {
            _reduced[j] = _cost[j] - _reduced[j];
        }

        _work.AsSpan(0, _m).CopyTo(_reduced.AsSpan(_n));
        ClearBasicReducedCosts();
    }

    private void ClearBasicReducedCosts()
    {
        foreach (int variable in _basis)
        {
            _reduced[variable] = 0;
        }
    }

    private void MoveToBetterBounds()
    {
        foreach (int j in _free.AsSpan(0, _freeCount))
        {
            Move(j);
        }

        for (int j = _n; j < _n + _m; j++)
        {
            Move(j);
        }

        foreach (int variable in _basis)
        {
            _direction[variable] = 0;
        }

        void Move(int j)
        {
            if (_reduced[j] > Tolerances.ReducedCost)
            {
                _atUpper[j] = true;
            }
            else if (_reduced[j] < -Tolerances.ReducedCost)
            {
                _atUpper[j] = false;
            }

            SetDirection(j);
        }
    }

    private void SetDirection(int j) => _direction[j] = _lower[j] < _upper[j] ? (_atUpper[j] ? 1 : -1) : 0;

    private void ComputePrimal()
    {
        Array.Clear(_work, 0, _m);
        for (int j = 0; j < _n; j++)
        {
            if (Bound(j) is var x && x != 0 && _positionOf[j] < 0)
            {
                AddColumn(j, x, _work);
            }
        }

        for (int r = 0; r < _m; r++)
        {
            if (_positionOf[_n + r] < 0)
            {
                _work[r] -= Bound(_n + r);
            }
        }

        for (int i = 0; i < _m; i++)
        {
            _primal[i] = -Dot(_inverse.AsSpan(i * _m, _m), _work);
        }
    }

    /// <summary>What the basic solution costs, which is what the duals prove no solution exceeds.</summary>
    private double ComputeObjective()
    {
        double sum = 0;
        for (int j = 0; j < _n; j++)
        {
            if (Bound(j) is var x && x != 0 && _positionOf[j] < 0)
            {
                sum += _cost[j] * x;
            }
        }

        for (int i = 0; i < _m; i++)
        {
            sum += _cost[_basis[i]] * _primal[i];
        }

        return sum;
    }

    private int ChooseLeaving()
    {
        int best = -1;
        double bestScore = 0;
        for (int i = 0; i < _m; i++)
        {
            int variable = _basis[i];
            double breach = Math.Max(_lower[variable] - _primal[i], _primal[i] - _upper[variable]);
            if (breach > Tolerances.BrokenBound)
            {
                double score = breach * breach / Math.Max(_edge[i], 1e-4);
                if (score > bestScore)
                {
                    bestScore = score;
                    best = i;
                }
            }
        }

        return best;
    }

    /// <summary>
    /// Row of the tableau: _alpha[j] = (row of the inverse)·(column j), for variables that can move and, among them, those of the basis where it means nothing.
    /// </summary>
    private void ComputeRow(int row)
    {
        ReadOnlySpan<double> rho = _inverse.AsSpan(row * _m, _m);
        _columns.Sum(rho, _alpha, _free.AsSpan(0, _freeCount));
        for (int r = 0; r < _m; r++)
        {
            _alpha[_n + r] = -rho[r];
        }
    }

    /// <summary>The long-step ratio test. Variables passed over are moved to their other bound; returns -1 if the row cannot be mended.</summary>
    private int ChooseEntering(int row, bool below)
    {
        double slope = below ? _lower[_basis[row]] - _primal[row] : _primal[row] - _upper[_basis[row]];
        _breakpoints.Clear();

        // Without branches: half of the variables are candidates, and no processor guesses which.
        double sign = below ? 1 : -1;
        int count = 0;
        Span<int> candidates = _candidates.AsSpan(0, _n + _m);
        ReadOnlySpan<double> alpha = _alpha.AsSpan(0, candidates.Length);
        ReadOnlySpan<double> direction = _direction.AsSpan(0, candidates.Length);
        foreach (int j in _free.AsSpan(0, _freeCount))
        {
            candidates[count] = j;
            count += sign * direction[j] * alpha[j] > Tolerances.LeastPivot ? 1 : 0;
        }

        for (int j = _n; j < candidates.Length; j++)
        {
            candidates[count] = j;
            count += sign * direction[j] * alpha[j] > Tolerances.LeastPivot ? 1 : 0;
        }

        // A candidate that mends the row by itself ends the test: those beyond the first of these are never reached.
        double last = double.PositiveInfinity;
        Span<double> ratios = _ratios.AsSpan(0, count);
        for (int i = 0; i < ratios.Length; i++)
        {
            int j = candidates[i];
            double pivot = Math.Abs(alpha[j]);
            double ratio = Math.Abs(_reduced[j]) / pivot;
            ratios[i] = ratio;
            last = ratio < last && slope - (pivot * (_upper[j] - _lower[j])) <= Tolerances.BrokenBound ? ratio : last;
        }

        last = Math.Max(last, Tolerances.SameRatio) + Tolerances.SameRatio;
        for (int i = 0; i < ratios.Length; i++)
        {
            if (ratios[i] <= last)
            {
                _breakpoints.Add(candidates[i], ratios[i] > Tolerances.SameRatio ? ratios[i] : 0, Math.Abs(alpha[candidates[i]]));
            }
        }

        _breakpoints.Order();
        Array.Clear(_work, 0, _m);
        bool flipped = false;
        double passed = 0;
        while (_breakpoints.Count > 0)
        {
            (int variable, double ratio, _) = _breakpoints.TakeFirst();
            Objective -= slope * (ratio - passed);
            passed = ratio;
            double left = SlopeAfter(variable);
            if (left <= Tolerances.BrokenBound)
            {
                if (flipped)
                {
                    for (int i = 0; i < _m; i++)
                    {
                        _primal[i] -= Dot(_inverse.AsSpan(i * _m, _m), _work);
                    }
                }

                return LargestPivotNear(variable, ratio);
            }

            slope = left;
            flipped = true;
            double range = _upper[variable] - _lower[variable];
            AddColumn(variable, _atUpper[variable] ? -range : range, _work);
            _atUpper[variable] = !_atUpper[variable];
            SetDirection(variable);
        }

        return -1;

        double SlopeAfter(int variable) => slope - Math.Abs(_alpha[variable]) * (_upper[variable] - _lower[variable]);

        // Among breakpoints that coincide the largest pivot is the safest.
        int LargestPivotNear(int variable, double ratio)
        {
            while (_breakpoints.Count > 0 && _breakpoints.TakeFirst() is var (other, next, _) && next <= ratio + Tolerances.SameRatio)
            {
                if (Math.Abs(_alpha[other]) > Math.Abs(_alpha[variable]) && SlopeAfter(other) <= Tolerances.BrokenBound)
                {
                    variable = other;
                }
            }

            return variable;
        }
    }

    private bool Pivot(int row, int entering, bool below)
    {
        int leaving = _basis[row];
        Array.Clear(_work, 0, _m);
        AddColumn(entering, 1, _work);
        for (int i = 0; i < _m; i++)
        {
            _column[i] = Dot(_inverse.AsSpan(i * _m, _m), _work);
        }

        double pivot = _column[row];
        if (Math.Abs(pivot - _alpha[entering]) > Tolerances.PivotAgreement * (1 + Math.Abs(pivot)) || Math.Abs(pivot) < Tolerances.LeastPivot)
        {
            if (_isFactorised)
            {
                return false;
            }

            Factorise();
            return true;
        }

        double theta = _reduced[entering] / pivot;
        foreach (int j in _free.AsSpan(0, _freeCount))
        {
            _reduced[j] -= theta * _alpha[j];
        }

        Vectors.SubtractMultiple(_reduced.AsSpan(_n, _m), _alpha.AsSpan(_n, _m), theta);
        ClearBasicReducedCosts();
        _reduced[entering] = 0;
        _reduced[leaving] = -theta;
        double target = below ? _lower[leaving] : _upper[leaving];
        double step = (_primal[row] - target) / pivot;
        for (int i = 0; i < _m; i++)
        {
            _primal[i] -= _column[i] * step;
        }

        _primal[row] = Bound(entering) + step;
        UpdateEdges(row, pivot);
        UpdateInverse(row, pivot);
        _atUpper[leaving] = !below;
        SetDirection(leaving);
        _direction[entering] = 0;
        _basis[row] = entering;
        _positionOf[entering] = row;
        _positionOf[leaving] = -1;
        _pivots++;
        _isFactorised = false;
        return true;
    }

    private void UpdateEdges(int row, double pivot)
    {
        ReadOnlySpan<double> rho = _inverse.AsSpan(row * _m, _m);
        double weight = Math.Max(Dot(rho, rho), 1e-12);
        for (int i = 0; i < _m; i++)
        {
            if (i == row || _column[i] == 0)
            {
                continue;
            }

            double ratio = _column[i] / pivot;
            double tau = Dot(_inverse.AsSpan(i * _m, _m), rho);
            _edge[i] = Math.Max(_edge[i] - 2 * ratio * tau + ratio * ratio * weight, 1e-6);
        }

        _edge[row] = weight / (pivot * pivot);
    }

    private void UpdateInverse(int row, double pivot)
    {
        Span<double> rho = _inverse.AsSpan(row * _m, _m);
        for (int r = 0; r < rho.Length; r++)
        {
            rho[r] /= pivot;
        }

        for (int i = 0; i < _m; i++)
        {
            double factor = _column[i];
            if (i == row || factor == 0)
            {
                continue;
            }

            Vectors.SubtractMultiple(_inverse.AsSpan(i * _m, _m), rho, factor);
        }
    }

    /// <summary>
    /// Inverts the basis from scratch (Gauss–Jordan with row pivoting) and recomputes everything from it: rids the numbers of what rounding has added up.
    /// </summary>
    public void Factorise()
    {
        int m = _m;
        double[] matrix = new double[m * m];
        for (int i = 0; i < m; i++)
        {
            int variable = _basis[i];
            if (variable >= _n)
            {
                matrix[(variable - _n) * m + i] = -1;
            }
            else
            {
                foreach (int r in _columns.RowsOf(variable))
                {
                    matrix[r * m + i] = 1;
                }
            }
        }

        if (!DenseInverse.TryInvert(matrix, m, _inverse))
        {
            Reset();
        }
        else
        {
            _pivots = 0;
            _isFactorised = true;
            ComputeReducedCosts();
            ResetEdges();
        }

        MoveToBetterBounds();
        ComputePrimal();
    }

    private void AddColumn(int variable, double factor, double[] target)
    {
        if (variable >= _n)
        {
            target[variable - _n] -= factor;
            return;
        }

        foreach (int r in _columns.RowsOf(variable))
        {
            target[r] += factor;
        }
    }

    private void SetProof(int row, bool below)
    {
        // x_B(row) + Σ alpha_j·x_j = 0; if the basic variable is below its bound, even the best bounds of the others keep it there.
        double sign = below ? 1 : -1;
        _columns.Sum(_inverse.AsSpan(row * _m, _m), _alpha);
        double[] proof = new double[_n + _m];
        for (int j = 0; j < proof.Length; j++)
        {
            proof[j] = Math.Abs(_alpha[j]) > Tolerances.LeastPivot && _positionOf[j] < 0 ? sign * _alpha[j] : 0;
        }

        proof[_basis[row]] = sign;
        InfeasibilityProof = proof;
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b) => Vectors.Dot(a, b[..a.Length]);
}
