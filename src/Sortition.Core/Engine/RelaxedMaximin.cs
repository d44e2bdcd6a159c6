namespace Sortition.Core.Engine;

/// <summary>What the relaxation tells: the bound on the lowest chance, its proof, where optimal panels lie, and which expected seats to aim at.</summary>
internal sealed class RelaxedMaximin
{
    private const int Stages = 4;
    private const double AmpleRoom = 1.3;
    private const double DualTolerance = 1e-9;

    private readonly QuotaPolytope _polytope;
    private readonly MaximinRelaxation.Solution _first;

    private RelaxedMaximin(QuotaPolytope polytope, MaximinRelaxation.Solution first, double[] target)
    {
        _polytope = polytope;
        _first = first;
        Target = target;
    }

    /// <summary>No lottery's lowest chance exceeds this.</summary>
    public double Value => _first.Value;

    /// <summary>The dual weights that prove it, one for each type, up to a common factor.</summary>
    public double[] Weights => _first.Weights;

    /// <summary>Expected seats by type with that lowest chance, and more than that wherever it comes free.</summary>
    public double[] Target { get; }

    /// <summary>How many panels an even mix takes to come close to the target: half as many again as there are types at the lowest chance.</summary>
    public int PanelsWanted => (int)(1.5 * Math.Min(_polytope.TypeCount, Weights.Count(w => w > 0) + 40));

    public static RelaxedMaximin Solve(QuotaPolytope polytope, bool[] covered, CancellationToken cancellationToken)
    {
        MaximinRelaxation.Solution first = MaximinRelaxation.Solve(polytope, covered, null, cancellationToken);

        // Types with a dual weight have the lowest chance in every optimum; the others are raised stage by stage until they have room to spare. They are then not what an
        // optimal lottery hinges on, and fewer panels will do.
        double[] settled = new double[polytope.TypeCount];
        Array.Fill(settled, double.NaN);
        MaximinRelaxation.Solution stage = first;
        for (int s = 1; s < Stages && (s < 3 || stage.Value < AmpleRoom * first.Value); s++)
        {
            bool isOver = true;
            for (int t = 0; t < settled.Length; t++)
            {
                bool isOpen = covered[t] && polytope.Lower[t] == 0 && double.IsNaN(settled[t]);
                if (isOpen && stage.Weights[t] > DualTolerance * stage.Weights.Max())
                {
                    // A hair less, so that rounding cannot make the next stage infeasible.
                    settled[t] = stage.Value * polytope.Upper[t] * (1 - DualTolerance);
                }
                else
                {
                    isOver &= !isOpen;
                }
            }

            if (isOver || !Array.Exists(stage.Weights, w => w > 0))
            {
                break;
            }

            stage = MaximinRelaxation.Solve(polytope, covered, settled, cancellationToken);
        }

        return new RelaxedMaximin(polytope, first, stage.Seats);
    }

    /// <summary>A search among the panels that have the bound's weight: those at which every row with a dual is tight.</summary>
    public PanelSearch FaceSearch()
    {
        PanelSearch search = new(_polytope);
        double largest = _first.RowDuals.Max(Math.Abs);
        for (int r = 0; r < _polytope.Rows.Count; r++)
        {
            if (Math.Abs(_first.RowDuals[r]) > DualTolerance * largest)
            {
                int sum = (int)Math.Round(_polytope.Rows[r].Types.Sum(t => _first.Seats[t]));
                search.RestrictRow(r, sum, sum);
            }
        }

        for (int t = 0; t < _polytope.TypeCount; t++)
        {
            if (_first.IsFull[t])
            {
                search.RestrictType(t, _polytope.Upper[t], _polytope.Upper[t]);
            }
        }

        return search;
    }
}
