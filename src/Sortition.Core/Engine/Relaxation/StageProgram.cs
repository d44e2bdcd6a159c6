using Sortition.Core.Engine.OrTools;
using Sortition.Core.Engine.Polytope;

namespace Sortition.Core.Engine.Relaxation;

/// <summary>
/// One stage of leximin over the linear relaxation of the panels: max z with y_t ≥ z·share_t for open types, y_t ≥ floor_t for settled ones, y_t ≤ cap_t, y in
/// the polytope.
/// </summary>
/// <remarks>
/// Every lottery's expected seats y lie in the relaxation, so that its optimum bounds the stage from above. Substituting y_t = s_t + z·share_t with s_t ≥ 0
/// leaves the few quota rows; y_t ≤ cap_t for open types and the rows of households are added only where they matter.
/// </remarks>
internal sealed class StageProgram : IDisposable
{
    private readonly QuotaPolytope _polytope;
    private readonly double[] _shares;
    private readonly double[] _caps;
    private readonly double[] _floor;
    private readonly bool[] _isOpen;
    private readonly int[] _slack;
    private readonly LinearProgram _program = new();
    private readonly int _z;
    private readonly List<(int[] Types, double Min, double Max)> _rows = [];
    private readonly int[] _capRow;
    private readonly HouseholdCuts<int> _households;
    private readonly double _unit;
    private double _reached;

    /// <param name="polytope">The panels.</param>
    /// <param name="covered">The types that count; the others have no seats.</param>
    /// <param name="shares">Seats of a type per unit of z: its members, times what each is entitled to.</param>
    /// <param name="caps">The most expected seats of each type.</param>
    public StageProgram(QuotaPolytope polytope, bool[] covered, double[] shares, double[] caps)
    {
        _polytope = polytope;
        _shares = shares;
        _caps = caps;
        _households = new(polytope, row => AddRow(row.Types, double.NegativeInfinity, row.Max));
        int types = polytope.TypeCount;
        _floor = new double[types];
        _isOpen = new bool[types];
        _slack = new int[types];
        _capRow = new int[types];
        Array.Fill(_capRow, -1);
        double total = 0;
        for (int t = 0; t < types; t++)
        {
            _isOpen[t] = covered[t] && polytope.Lower[t] == 0;
            _floor[t] = covered[t] && !_isOpen[t] ? polytope.Upper[t] : 0;
            total += covered[t] ? shares[t] : 0;
        }

        // z is computed in units of its mean, so that tolerances are relative to it at any pool size.
        _unit = polytope.Rows[0].Max / total;
        _z = _program.AddVariable(0, 1, 1);
        for (int t = 0; t < types; t++)
        {
            _slack[t] = _isOpen[t] ? _program.AddVariable(0, caps[t], 0) : -1;
        }

        foreach (PolytopeRow row in polytope.Rows)
        {
            AddRow(row.Types, row.Min, row.Max);
        }
    }

    /// <summary>Entry t: whether type t is not settled yet.</summary>
    public IReadOnlyList<bool> IsOpen => _isOpen;

    /// <summary>The value at which the first open type reaches its cap.</summary>
    public double Highest { get; private set; }

    /// <summary>Gives a type a floor instead of a share in z, from the next stage on.</summary>
    public void Settle(int type, double seats)
    {
        _isOpen[type] = false;
        _floor[type] = seats * (1 - Tolerances.GivenFloor);
        _program.SetVariableBounds(_slack[type], 0, Math.Max(0, _caps[type] - _floor[type]));
    }

    /// <summary>Solves the stage.</summary>
    public Stage Solve(CancellationToken cancellationToken)
    {
        while (true)
        {
            Bound(_reached);
            Stage loose = SolveOnce(cancellationToken) ?? throw new InvalidOperationException("The relaxation has no solution although there are panels.");
            if (!AddBroken(loose.Seats))
            {
                _reached = loose.Value * (1 - Tolerances.StageSetback);
                return loose;
            }

            // No z is above that of the loose program, so s_t ≤ cap_t − z·share_t with that z is at least as strict as the caps left out. Where it costs
            // nothing, nor do they: the duals of the loose program prove the value, and the seats of the strict one reach it.
            Bound(loose.Value);
            Stage? strict = SolveOnce(cancellationToken);
            if (strict?.Value >= loose.Value * (1 - Tolerances.SameStage) && !AddBroken(strict.Seats))
            {
                _reached = loose.Value * (1 - Tolerances.StageSetback);
                return loose with { Seats = strict.Seats };
            }
        }
    }

    public void Dispose() => _program.Dispose();

    private int AddRow(int[] types, double min, double max)
    {
        int row = _program.AddRow(min, max);
        foreach (int t in types)
        {
            if (_slack[t] >= 0)
            {
                _program.SetEntry(row, _slack[t], 1);
            }
        }

        _rows.Add((types, min, max));
        return row;
    }

    /// <summary>Brings bounds up to date: z is at least as high as in the last stage, so s_t ≤ cap_t − z·share_t with that z.</summary>
    private void Bound(double z)
    {
        Highest = double.PositiveInfinity;
        for (int t = 0; t < _isOpen.Length; t++)
        {
            if (_isOpen[t])
            {
                Highest = Math.Min(Highest, _caps[t] / _shares[t]);
                _program.SetVariableBounds(_slack[t], 0, Math.Max(0, _caps[t] - (z * _shares[t])));
            }
        }

        _program.SetVariableBounds(_z, 0, Highest / _unit);
        for (int r = 0; r < _rows.Count; r++)
        {
            double fixedSeats = 0;
            double share = 0;
            foreach (int t in _rows[r].Types)
            {
                fixedSeats += _floor[t];
                share += _isOpen[t] ? _shares[t] : 0;
            }

            _program.SetRowBounds(r, _rows[r].Min - fixedSeats, _rows[r].Max - fixedSeats);
            _program.SetEntry(r, _z, share * _unit);
        }
    }

    private Stage? SolveOnce(CancellationToken cancellationToken)
    {
        if (!_program.TryMaximise(cancellationToken))
        {
            return null;
        }

        double value = _program.Values[_z] * _unit;
        double[] seats = new double[_isOpen.Length];
        for (int t = 0; t < seats.Length; t++)
        {
            seats[t] = _floor[t] + (_isOpen[t] ? value * _shares[t] : 0) + (_slack[t] >= 0 ? _program.Values[_slack[t]] : 0);
        }

        return new Stage(value, seats, _program.Duals[.._polytope.Rows.Count], _households.Prices(row => _program.Duals[row]));
    }

    /// <summary>Takes up the rows that are broken, and tells whether there are any new ones.</summary>
    private bool AddBroken(double[] seats)
    {
        bool added = false;
        for (int t = 0; t < seats.Length; t++)
        {
            if (_isOpen[t] && _capRow[t] < 0 && seats[t] > _caps[t] + Tolerances.ExceededLimit)
            {
                _capRow[t] = AddRow([t], double.NegativeInfinity, _caps[t]);
                added = true;
            }
        }

        return _households.AddBroken(seats) || added;
    }

    /// <summary>An optimum.</summary>
    /// <param name="Value">The optimum z.</param>
    /// <param name="Seats">Expected seats by type at the optimum.</param>
    /// <param name="RowDuals">The dual of each row of the polytope: above 0 where its maximum binds, below 0 where its minimum does.</param>
    /// <param name="HouseholdDuals">The dual of each household row, 0 or more.</param>
    internal sealed record Stage(double Value, double[] Seats, double[] RowDuals, double[] HouseholdDuals);
}
