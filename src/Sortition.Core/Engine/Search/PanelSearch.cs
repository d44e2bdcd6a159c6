using Sortition.Core.Engine.Polytope;

namespace Sortition.Core.Engine.Search;

/// <summary>Finds panels of high weight: depth-first branch and bound over types, on one warm <see cref="BoundedSimplex"/>.</summary>
/// <remarks>
/// Dives for the type that is nearest to one more seat; where all types are whole, so are the sums of rows. Rows of households are taken up when a panel breaks
/// them. An instance keeps its basis and the household rows between calls; it is used by one thread at a time. What it finds are panels for certain; that there
/// is none better is subject to floating-point arithmetic and confirmed elsewhere before it is called proven.
/// </remarks>
internal sealed class PanelSearch
{
    private const int CoreTypesPerRow = 6;
    private const int CoreNodes = 400;

    private readonly BoundedSimplex _simplex;
    private readonly bool _withHouseholds;
    private readonly List<PolytopeRow> _rows;
    private readonly HashSet<PolytopeRow> _households = [];
    private readonly List<(int Variable, double Lower, double Upper)> _trail = [];
    private readonly List<Branch> _branches = [];
    private readonly double[] _scaled;
    private readonly HashSet<Constraint> _conflict = [];

    // Whether only the core is searched, which has most panels of high weight and is much smaller.
    private bool _isCore;
    private bool _mayKeepCore;

    /// <param name="polytope">The panels.</param>
    /// <param name="only">The constraints that count; null for all.</param>
    public PanelSearch(QuotaPolytope polytope, IReadOnlySet<Constraint>? only = null)
    {
        Polytope = polytope;
        _withHouseholds = Counts(new Constraint(ConstraintKind.HouseholdLimit));
        bool withMustBeIn = Counts(new Constraint(ConstraintKind.MustBeIn));
        _rows = [.. polytope.Rows];
        _scaled = new double[polytope.TypeCount];
        _simplex = new BoundedSimplex(polytope.RowsOf, polytope.Rows.Count);
        for (int t = 0; t < polytope.TypeCount; t++)
        {
            _simplex.SetBounds(t, withMustBeIn ? polytope.Lower[t] : 0, polytope.Upper[t]);
        }

        for (int r = 0; r < _rows.Count; r++)
        {
            // Every variable of the simplex needs finite bounds; what the types allow is one.
            double min = Counts(_rows[r].MinReason) ? _rows[r].Min : 0;
            double most = _rows[r].Types.Sum(t => (double)polytope.Upper[t]);
            double max = Counts(_rows[r].MaxReason) ? Math.Min(_rows[r].Max, most) : most;
            _simplex.SetBounds(polytope.TypeCount + r, min, Math.Max(min, max));
        }

        bool Counts(Constraint constraint) => only is null || only.Contains(constraint);
    }

    /// <summary>The panels searched.</summary>
    public QuotaPolytope Polytope { get; }

    /// <summary>
    /// An upper bound on the weight of every panel, as found by the last search that ran to its end; the heaviest panel's own weight if there was one.
    /// </summary>
    public double Bound { get; private set; }

    /// <summary>The nodes of all searches so far.</summary>
    public long Nodes { get; private set; }

    /// <summary>Whether the last search gave up: the node limit was reached or the arithmetic got stuck.</summary>
    public bool GaveUp { get; private set; }

    /// <summary>
    /// After a search without a floor that found nothing: constraints that together leave no panel, as far as floating-point arithmetic can tell.
    /// </summary>
    public IReadOnlySet<Constraint> Conflict => _conflict;

    /// <summary>Weights for searches in which any panel will do. They differ from type to type, so that hardly any two panels weigh the same.</summary>
    public static double[] UnlikeWeights(int types) => [.. Enumerable.Range(0, types).Select(t => 1 + (t * 7919L % 1009) / 1009.0)];

    /// <summary>Narrows a type's seats for good.</summary>
    public void RestrictType(int type, int lower, int upper) => _simplex.SetBounds(type, lower, upper);

    /// <summary>The fewest and the most seats a type may have.</summary>
    public (int Lower, int Upper) BoundsOf(int type) => ((int)_simplex.Lower(type), (int)_simplex.Upper(type));

    /// <summary>Narrows a row's sum for good.</summary>
    public void RestrictRow(int row, int lower, int upper) => _simplex.SetBounds(Polytope.TypeCount + row, lower, upper);

    /// <summary>Takes up a household row with other bounds, for good.</summary>
    public void RestrictHousehold(PolytopeRow row, int lower, int upper)
    {
        if (_households.Add(row))
        {
            _simplex.AddRow(row.Types, lower, upper);
            _rows.Add(row);
        }
    }

    /// <summary>Searches the heaviest panel, or the first one found.</summary>
    /// <param name="weights">A weight for each type; the panel's weight is Σ weights[t]·x_t.</param>
    /// <param name="floor">Only panels heavier than this count.</param>
    /// <param name="firstOnly">Whether the first panel heavier than the floor will do.</param>
    /// <param name="nodeLimit">Give up after so many nodes.</param>
    /// <param name="found">Told of every panel that was the heaviest so far; may be null.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The panel as seats by type, or null if there is none above the floor or the search gave up.</returns>
    public int[]? Search(
        ReadOnlySpan<double> weights, double floor, bool firstOnly, long nodeLimit, Action<int[]>? found, CancellationToken cancellationToken)
    {
        // Costs near 1 keep the tolerances of the simplex method meaningful.
        double scale = 0;
        foreach (double w in weights)
        {
            scale = Math.Max(scale, Math.Abs(w));
        }

        scale = scale > 0 ? 1 / scale : 1;
        for (int t = 0; t < _scaled.Length; t++)
        {
            _scaled[t] = weights[t] * scale;
        }

        _simplex.SetCosts(_scaled);
        _conflict.Clear();
        GaveUp = false;
        double cutoff = double.IsNegativeInfinity(floor) ? floor : floor * scale + Tolerances.HeavierPanel;
        int[]? best = null;
        long first = Nodes;
        bool descend = true;
        _isCore = false;
        _mayKeepCore = firstOnly && !double.IsNegativeInfinity(floor);
        try
        {
            while (true)
            {
                if (descend)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    if (Nodes++ - first >= nodeLimit)
                    {
                        GaveUp = true;
                        break;
                    }

                    int variable = SolveNode(cutoff, cancellationToken, out int[]? panel);
                    if (panel is not null)
                    {
                        best = panel;
                        cutoff = ScaledWeight(panel) + Tolerances.HeavierPanel;
                        found?.Invoke(panel);
                        if (firstOnly)
                        {
                            break;
                        }
                    }

                    if (variable >= 0)
                    {
                        PushBranch(variable);
                        continue;
                    }
                }

                if ((_isCore && Nodes - first > CoreNodes) || !PopBranch())
                {
                    if (!_isCore)
                    {
                        break;
                    }

                    // Nothing in the core: once more, with all types.
                    _isCore = false;
                    Undo(0);
                    _branches.Clear();
                }

                descend = true;
            }
        }
        finally
        {
            Undo(0);
            _branches.Clear();
        }

        Bound = GaveUp || (best is not null && firstOnly) ? double.PositiveInfinity : best is not null ? ScaledWeight(best) / scale : floor;
        return best;
    }

    /// <summary>Solves the relaxation of a node. Returns the variable to branch on, or -1 where the node is closed.</summary>
    private int SolveNode(double cutoff, CancellationToken cancellationToken, out int[]? panel)
    {
        panel = null;
        bool isFresh = false;
        while (true)
        {
            BoundedSimplex.Status status = _simplex.Solve(cutoff, cancellationToken);
            if (status == BoundedSimplex.Status.Abnormal)
            {
                _simplex.Reset();
                status = _simplex.Solve(cutoff, cancellationToken);
            }

            switch (status)
            {
                case BoundedSimplex.Status.Infeasible:
                    Explain();
                    return -1;
                case BoundedSimplex.Status.CutOff:
                    return -1;
                case BoundedSimplex.Status.Abnormal:
                    GaveUp = true;
                    return -1;
            }

            int variable = ChooseBranch();
            if (variable >= 0)
            {
                FixByReducedCost(cutoff);
                if (_mayKeepCore && _branches.Count == 0)
                {
                    KeepCore();
                }

                return variable;
            }

            int[] x = new int[Polytope.TypeCount];
            for (int t = 0; t < x.Length; t++)
            {
                x[t] = (int)Math.Round(_simplex.Value(t));
            }

            if (_withHouseholds && AddBrokenHouseholds(x))
            {
                continue;
            }

            if (IsWithinBounds(x))
            {
                panel = x;
                return -1;
            }

            if (isFresh)
            {
                GaveUp = true;
                return -1;
            }

            isFresh = true;
            _simplex.Factorise();
        }
    }

    /// <summary>Checks by counting that rounded seats are within the bounds of this node: nothing that floating-point arithmetic says makes a panel.</summary>
    private bool IsWithinBounds(int[] x)
    {
        for (int t = 0; t < x.Length; t++)
        {
            if (x[t] < _simplex.Lower(t) || x[t] > _simplex.Upper(t))
            {
                return false;
            }
        }

        for (int r = 0; r < _rows.Count; r++)
        {
            long sum = _rows[r].Sum(x);
            if (sum < _simplex.Lower(x.Length + r) || sum > _simplex.Upper(x.Length + r))
            {
                return false;
            }
        }

        return true;
    }

    private double ScaledWeight(int[] x)
    {
        double sum = 0;
        for (int t = 0; t < x.Length; t++)
        {
            sum += x[t] * _scaled[t];
        }

        return sum;
    }

    /// <summary>The type whose seats are most nearly rounded up, which decides most at once; -1 if all are whole.</summary>
    private int ChooseBranch()
    {
        int best = -1;
        double bestFraction = Tolerances.WholeSeats;
        for (int t = 0; t < Polytope.TypeCount; t++)
        {
            if (_simplex.IsBasic(t))
            {
                double value = _simplex.Value(t);
                double fraction = value - Math.Floor(value);
                if (fraction > bestFraction && fraction < 1 - Tolerances.WholeSeats)
                {
                    best = t;
                    bestFraction = fraction;
                }
            }
        }

        return best;
    }

    private void FixByReducedCost(double cutoff)
    {
        if (double.IsNegativeInfinity(cutoff))
        {
            return;
        }

        double slack = _simplex.Objective - cutoff;
        for (int v = 0; v < Polytope.TypeCount + _simplex.RowCount; v++)
        {
            if (_simplex.IsBasic(v) || _simplex.Lower(v) == _simplex.Upper(v) || Math.Abs(_simplex.ReducedCost(v)) <= slack + Tolerances.FixedByCost)
            {
                continue;
            }

            double value = _simplex.Value(v);
            SetBounds(v, value, value);
        }
    }

    /// <summary>
    /// Leaves the types that are likeliest to have other seats than at the root's optimum, by their reduced costs: the core. The others stay as they are.
    /// </summary>
    private void KeepCore()
    {
        int wanted = CoreTypesPerRow * _simplex.RowCount;
        int[] free = [.. Enumerable.Range(0, Polytope.TypeCount).Where(t => !_simplex.IsBasic(t) && _simplex.Lower(t) < _simplex.Upper(t))];
        _mayKeepCore = false;
        if (free.Length <= wanted)
        {
            return;
        }

        _isCore = true;
        double[] costs = Array.ConvertAll(free, t => Math.Abs(_simplex.ReducedCost(t)));
        double[] sorted = [.. costs];
        Array.Sort(sorted);
        for (int i = 0; i < free.Length; i++)
        {
            if (costs[i] > sorted[wanted])
            {
                SetBounds(free[i], _simplex.Value(free[i]), _simplex.Value(free[i]));
            }
        }
    }

    private bool AddBrokenHouseholds(int[] x)
    {
        bool added = false;
        foreach (PolytopeRow row in Polytope.HouseholdRows)
        {
            if (!row.Holds(x) && _households.Add(row))
            {
                _simplex.AddRow(row.Types, row.Min, row.Max);
                _rows.Add(row);
                added = true;
            }
        }

        return added;
    }

    private void PushBranch(int variable)
    {
        double value = _simplex.Value(variable);
        double floor = Math.Floor(value);
        bool upFirst = value - floor >= 0.5;
        _branches.Add(new Branch(variable, floor, upFirst, _trail.Count));
        Apply(variable, floor, upFirst);
    }

    private bool PopBranch()
    {
        while (_branches.Count > 0)
        {
            Branch branch = _branches[^1];
            _branches.RemoveAt(_branches.Count - 1);
            Undo(branch.Trail);
            if (!branch.IsSecond)
            {
                _branches.Add(branch with { IsSecond = true });
                Apply(branch.Variable, branch.Floor, !branch.UpFirst);
                return true;
            }
        }

        return false;
    }

    private void Apply(int variable, double floor, bool up)
    {
        if (up)
        {
            SetBounds(variable, floor + 1, _simplex.Upper(variable));
        }
        else
        {
            SetBounds(variable, _simplex.Lower(variable), floor);
        }
    }

    private void SetBounds(int variable, double lower, double upper)
    {
        _trail.Add((variable, _simplex.Lower(variable), _simplex.Upper(variable)));
        _simplex.SetBounds(variable, lower, upper);
    }

    private void Undo(int to)
    {
        while (_trail.Count > to)
        {
            (int variable, double lower, double upper) = _trail[^1];
            _trail.RemoveAt(_trail.Count - 1);
            _simplex.SetBounds(variable, lower, upper);
        }
    }

    /// <summary>Notes the constraints that closed this node: the bounds that the infeasibility proof names, unless a branch had set them.</summary>
    private void Explain()
    {
        double[] proof = _simplex.InfeasibilityProof;
        int n = Polytope.TypeCount;
        for (int v = 0; v < proof.Length; v++)
        {
            if (proof[v] == 0)
            {
                continue;
            }

            bool usesLower = proof[v] > 0;
            if (v < n)
            {
                if (usesLower && Polytope.Lower[v] > 0)
                {
                    _conflict.Add(new Constraint(ConstraintKind.MustBeIn));
                }

                continue;
            }

            PolytopeRow row = _rows[v - n];
            if (usesLower && _simplex.Lower(v) == row.Min && row.Min > 0)
            {
                _conflict.Add(row.MinReason);
            }
            else if (!usesLower && _simplex.Upper(v) == row.Max)
            {
                _conflict.Add(row.MaxReason);
            }
        }
    }

    private readonly record struct Branch(int Variable, double Floor, bool UpFirst, int Trail, bool IsSecond = false);
}
