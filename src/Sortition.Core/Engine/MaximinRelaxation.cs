namespace Sortition.Core.Engine;

/// <summary>The maximin program over the linear relaxation of the panels: max z with y_t ≥ z·n_t, y in the polytope.</summary>
/// <remarks>
/// Every lottery's expected seats y lie in the relaxation, so its optimum bounds maximin from above. Substituting y_t = s_t + z·n_t with s_t ≥ 0 leaves the few quota rows;
/// the rows y_t ≤ n_t and those of households are added when broken.
/// </remarks>
internal sealed class MaximinRelaxation
{
    private const double Tolerance = 1e-9;

    private readonly QuotaPolytope _polytope;
    private readonly bool[] _covered;
    private readonly double _unit;

    public MaximinRelaxation(QuotaPolytope polytope, bool[] covered)
    {
        _polytope = polytope;
        _covered = covered;
        long people = Enumerable.Range(0, covered.Length).Sum(t => covered[t] ? (long)polytope.Upper[t] : 0);
        _unit = Math.Min(1, polytope.Rows[0].Max / (double)people);
    }

    /// <summary>The optimum z.</summary>
    public double Value { get; private set; }

    /// <summary>Expected seats by type at the optimum.</summary>
    public double[] Seats { get; private set; } = [];

    /// <summary>What a seat of each type is worth: the dual of y_t ≥ z·n_t, 0 or more, up to a common factor.</summary>
    public double[] Weights { get; private set; } = [];

    /// <summary>The dual of each row of the polytope; where it is not 0 the row is at a bound in every optimum.</summary>
    public double[] RowDuals { get; private set; } = [];

    /// <summary>Types that are wholly seated in every optimum.</summary>
    public bool[] IsFull { get; private set; } = [];

    /// <summary>Solves the program.</summary>
    /// <param name="atLeast">Types with a given number of expected seats instead of a share in z; NaN for all others.</param>
    /// <param name="cancellationToken">Stops the solve.</param>
    public void Solve(double[]? atLeast, CancellationToken cancellationToken)
    {
        int types = _polytope.TypeCount;
        bool[] capped = new bool[types];
        HashSet<int> households = [];
        while (true)
        {
            // z is computed in units of the mean chance, so that tolerances are relative to it at any pool size.
            LinearProgram program = new();
            int z = program.AddVariable(0, 1 / _unit, 1);
            int[] slack = new int[types];
            double[] constant = new double[types];
            bool[] shares = new bool[types];
            for (int t = 0; t < types; t++)
            {
                slack[t] = -1;
                if (!_covered[t])
                {
                    continue;
                }

                bool isFree = _polytope.Lower[t] == 0;
                shares[t] = isFree && (atLeast is null || double.IsNaN(atLeast[t]));
                constant[t] = !isFree ? _polytope.Upper[t] : shares[t] ? 0 : atLeast![t];
                if (isFree)
                {
                    slack[t] = program.AddVariable(0, _polytope.Upper[t] - constant[t], 0);
                }
            }

            foreach (PolytopeRow row in _polytope.Rows)
            {
                AddRow(row.Types, row.Min, row.Max);
            }

            int[] capRow = new int[types];
            for (int t = 0; t < types; t++)
            {
                if (capped[t])
                {
                    capRow[t] = AddRow([t], double.NegativeInfinity, _polytope.Upper[t]);
                }
            }

            foreach (int h in households)
            {
                AddRow(_polytope.HouseholdRows[h].Types, double.NegativeInfinity, _polytope.HouseholdRows[h].Max);
            }

            program.Maximise(cancellationToken);
            Value = program.Values[z] * _unit;
            Seats = new double[types];
            Weights = new double[types];
            IsFull = new bool[types];
            bool broken = false;
            for (int t = 0; t < types; t++)
            {
                Seats[t] = constant[t] + (shares[t] ? Value * _polytope.Upper[t] : 0) + (slack[t] >= 0 ? program.Values[slack[t]] : 0);
                if (shares[t])
                {
                    Weights[t] = Math.Max(0, -program.ReducedCosts[slack[t]]);
                    IsFull[t] = capped[t] && program.Duals[capRow[t]] > Tolerance;
                }

                if (Seats[t] > _polytope.Upper[t] + Tolerance && !capped[t])
                {
                    capped[t] = true;
                    broken = true;
                }
            }

            for (int h = 0; h < _polytope.HouseholdRows.Count; h++)
            {
                if (_polytope.HouseholdRows[h].Types.Sum(t => Seats[t]) > _polytope.HouseholdRows[h].Max + Tolerance)
                {
                    broken |= households.Add(h);
                }
            }

            if (!broken)
            {
                RowDuals = program.Duals[.._polytope.Rows.Count];
                return;
            }

            int AddRow(int[] members, double min, double max)
            {
                double fixedSeats = 0;
                double shareOfZ = 0;
                List<int> slacks = [];
                foreach (int t in members)
                {
                    fixedSeats += constant[t];
                    shareOfZ += shares[t] ? _polytope.Upper[t] : 0;
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
    }
}
