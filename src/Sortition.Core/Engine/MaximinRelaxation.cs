namespace Sortition.Core.Engine;

/// <summary>The maximin program over the linear relaxation of the panels: max z with y_t ≥ z·n_t, y in the polytope.</summary>
/// <remarks>
/// Every lottery's expected seats y lie in the relaxation, so its optimum bounds maximin from above. Substituting y_t = s_t + z·n_t with s_t ≥ 0 leaves the few quota rows;
/// the rows y_t ≤ n_t and those of households are added only where they matter.
/// </remarks>
internal sealed class MaximinRelaxation
{
    private const double Tolerance = 1e-9;
    private const double SameValue = 1e-12;

    private readonly QuotaPolytope _polytope;
    private readonly bool[] _covered;
    private readonly double _unit;
    private readonly bool[] _shares;
    private readonly double[] _constant;
    private readonly bool[] _capped;
    private readonly HashSet<int> _households = [];

    private MaximinRelaxation(QuotaPolytope polytope, bool[] covered, double[]? atLeast)
    {
        _polytope = polytope;
        _covered = covered;
        int types = polytope.TypeCount;
        _capped = new bool[types];
        _shares = new bool[types];
        _constant = new double[types];
        long people = 0;
        for (int t = 0; t < types; t++)
        {
            if (covered[t])
            {
                people += polytope.Upper[t];
                bool isFree = polytope.Lower[t] == 0;
                _shares[t] = isFree && (atLeast is null || double.IsNaN(atLeast[t]));
                _constant[t] = !isFree ? polytope.Upper[t] : _shares[t] ? 0 : atLeast![t];
            }
        }

        // z is computed in units of the mean chance, so that tolerances are relative to it at any pool size.
        _unit = Math.Min(1, polytope.Rows[0].Max / (double)people);
    }

    /// <summary>Solves the program.</summary>
    /// <param name="polytope">The polytope.</param>
    /// <param name="covered">The types that count; the others have no seats.</param>
    /// <param name="atLeast">Types with a given number of expected seats instead of a share in z; NaN for all others.</param>
    /// <param name="cancellationToken">Stops the solve.</param>
    public static Solution Solve(QuotaPolytope polytope, bool[] covered, double[]? atLeast, CancellationToken cancellationToken)
    {
        MaximinRelaxation program = new(polytope, covered, atLeast);
        while (true)
        {
            Solution loose = program.SolveOnce(null, cancellationToken) ?? throw new InvalidOperationException("The relaxation has no solution although there are panels.");
            if (!program.AddBroken(loose.Seats))
            {
                return loose;
            }

            // No z is above that of the loose program, so s_t ≤ (1 − z)·n_t with that z is at least as strict as the caps left out. Where it costs nothing, nor do they: the duals
            // of the loose program prove the value, and the seats of the strict one reach it.
            Solution? strict = program.SolveOnce(1 - loose.Value, cancellationToken);
            if (strict?.Value >= loose.Value * (1 - SameValue) && !program.AddBroken(strict.Seats))
            {
                return loose with { Seats = strict.Seats };
            }
        }
    }

    private Solution? SolveOnce(double? room, CancellationToken cancellationToken)
    {
        int types = _polytope.TypeCount;
        LinearProgram program = new();
        int z = program.AddVariable(0, 1 / _unit, 1);
        int[] slack = new int[types];
        for (int t = 0; t < types; t++)
        {
            bool isFixed = !_covered[t] || _polytope.Lower[t] > 0;
            double most = !_shares[t] ? _polytope.Upper[t] - _constant[t] : room is null || _capped[t] ? double.PositiveInfinity : room.Value * _polytope.Upper[t];
            slack[t] = isFixed ? -1 : program.AddVariable(0, most, 0);
        }

        foreach (PolytopeRow row in _polytope.Rows)
        {
            AddRow(row.Types, row.Min, row.Max);
        }

        int[] capRow = new int[types];
        for (int t = 0; t < types; t++)
        {
            if (_capped[t])
            {
                capRow[t] = AddRow([t], double.NegativeInfinity, _polytope.Upper[t]);
            }
        }

        foreach (int h in _households)
        {
            AddRow(_polytope.HouseholdRows[h].Types, double.NegativeInfinity, _polytope.HouseholdRows[h].Max);
        }

        if (!program.TryMaximise(cancellationToken))
        {
            return null;
        }

        double value = program.Values[z] * _unit;
        double[] seats = new double[types];
        double[] weights = new double[types];
        bool[] isFull = new bool[types];
        for (int t = 0; t < types; t++)
        {
            seats[t] = _constant[t] + (_shares[t] ? value * _polytope.Upper[t] : 0) + (slack[t] >= 0 ? program.Values[slack[t]] : 0);
            if (_shares[t])
            {
                weights[t] = Math.Max(0, -program.ReducedCosts[slack[t]]);
                isFull[t] = _capped[t] && program.Duals[capRow[t]] > Tolerance;
            }
        }

        return new Solution(value, seats, weights, program.Duals[.._polytope.Rows.Count], isFull);

        int AddRow(int[] members, double min, double max)
        {
            double fixedSeats = 0;
            double shareOfZ = 0;
            List<int> slacks = [];
            foreach (int t in members)
            {
                fixedSeats += _constant[t];
                shareOfZ += _shares[t] ? _polytope.Upper[t] : 0;
                if (slack[t] >= 0)
                {
                    slacks.Add(slack[t]);
                }
            }

            int index = program.AddRow(min - fixedSeats, max - fixedSeats);
            foreach (int s in slacks)
            {
                program.AddEntry(index, s, 1);
            }

            if (shareOfZ > 0)
            {
                program.AddEntry(index, z, shareOfZ * _unit);
            }

            return index;
        }
    }

    /// <summary>Takes up the rows that are broken, and tells whether there are any new ones.</summary>
    private bool AddBroken(double[] seats)
    {
        bool added = false;
        for (int t = 0; t < seats.Length; t++)
        {
            if (_shares[t] && seats[t] > _polytope.Upper[t] + Tolerance && !_capped[t])
            {
                added = _capped[t] = true;
            }
        }

        for (int h = 0; h < _polytope.HouseholdRows.Count; h++)
        {
            if (_polytope.HouseholdRows[h].Types.Sum(t => seats[t]) > _polytope.HouseholdRows[h].Max + Tolerance)
            {
                added |= _households.Add(h);
            }
        }

        return added;
    }

    /// <summary>An optimum.</summary>
    /// <param name="Value">The optimum z.</param>
    /// <param name="Seats">Expected seats by type at the optimum.</param>
    /// <param name="Weights">What a seat of each type is worth: the dual of y_t ≥ z·n_t, 0 or more, up to a common factor.</param>
    /// <param name="RowDuals">The dual of each row of the polytope; where it is not 0 the row is at a bound in every optimum.</param>
    /// <param name="IsFull">Types that are wholly seated in every optimum.</param>
    internal sealed record Solution(double Value, double[] Seats, double[] Weights, double[] RowDuals, bool[] IsFull);
}
