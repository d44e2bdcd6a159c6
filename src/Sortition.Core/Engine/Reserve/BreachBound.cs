using Sortition.Core.Engine.OrTools;

namespace Sortition.Core.Engine.Reserve;

/// <summary>Bounds from below the expected breach of every set of alternates within given limits, by Benders' decomposition.</summary>
/// <remarks>
/// <para>The least breach of one gap is, with people cut into parts, a convex function of how many alternates there are of each kind. The duals of a
/// substitution give a plane below it everywhere: a cut. The master program minimises the sum of the gaps' highest planes. Where there are very many gaps, the
/// planes of some are added up, so that the master stays small.</para>
/// <para>Cuts hold everywhere, so they are kept from one pair of limits to the next. The bound is not the master's word: its duals weigh the cuts, and the
/// least of the weighted planes within the limits is counted out.</para>
/// </remarks>
internal sealed class BreachBound : IDisposable
{
    // More groups of gaps make fewer rounds, but a larger master.
    private const int MostGroups = 1000;

    // What a round takes whatever the size of the program, and for each gap, in entries of the master.
    private const long EffortPerRound = 10_000;
    private const long EffortPerGap = 100;

    private readonly ReserveModel _model;
    private readonly SubstitutionProgram _substitution;
    private readonly LinearProgram _master = new(growsByRows: true);
    private readonly int[] _heights;
    private readonly double[] _shares;
    private readonly List<Cut> _cuts = [];

    public BreachBound(ReserveModel model)
    {
        _model = model;
        _substitution = new SubstitutionProgram(model);
        int total = _master.AddRow(model.Count, model.Count);
        for (int c = 0; c < model.KindCount; c++)
        {
            _master.SetEntry(total, _master.AddVariable(0, Math.Min(model.Possible[c], model.Count), 0), 1);
        }

        _shares = new double[Math.Min(model.Gaps.Length, MostGroups)];
        for (int j = 0; j < model.Gaps.Length; j++)
        {
            _shares[j % _shares.Length] += model.Gaps[j].Share;
        }

        _heights = [.. _shares.Select(share => _master.AddVariable(0, double.PositiveInfinity, -share))];
    }

    /// <summary>Where the cuts are lowest, after <see cref="Tighten"/>: entry c is how many of kind c, not always whole.</summary>
    public double[] Point { get; private set; } = [];

    /// <summary>Adds cuts until the bound is as high as they can make it, or high enough.</summary>
    /// <param name="least">Entry c: the fewest of kind c.</param>
    /// <param name="most">Entry c: the most of kind c; together they let in the number of alternates.</param>
    /// <param name="start">Where the first cuts are made if there are none yet.</param>
    /// <param name="enough">The bound that suffices.</param>
    /// <param name="near">How far below what it could become the bound may stay.</param>
    /// <param name="effort">What may be spent, in entries of the master program solved; what is spent is taken off.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The bound, 0 or more.</returns>
    public double Tighten(int[] least, int[] most, double[] start, double enough, double near, ref long effort, CancellationToken cancellationToken)
    {
        for (int c = 0; c < least.Length; c++)
        {
            _master.SetVariableBounds(c, least[c], most[c]);
        }

        (double bound, double lowest) = (0, double.PositiveInfinity);
        if (_cuts.Count == 0)
        {
            double[] none = [.. _heights.Select(_ => double.NegativeInfinity)];
            lowest = AddCuts(start, start, none, cancellationToken);
        }

        double[]? core = null;
        for (bool fromCore = false; ;)
        {
            if (!_master.TryMaximise(cancellationToken))
            {
                // What was proven so far stays proven; without the master no more can be.
                effort = 0;
                return bound;
            }

            effort -= EffortPerRound + (EffortPerGap * _model.Gaps.Length) + ((long)_cuts.Count * _model.KindCount);
            Point = [.. least.Select((_, c) => Math.Clamp(_master.Values[c], least[c], most[c]))];
            double[] heights = [.. _heights.Select(h => _master.Values[h])];
            double next = Math.Max(bound, Weighted(least, most));

            // Halfway to the best point so far cuts are deepest, but they may leave the lowest point of the master where it is.
            fromCore = core is not null && (!fromCore || next > bound + Tolerances.BrokenCut);
            bound = next;
            if (bound >= Math.Min(enough, lowest - near) || effort <= 0)
            {
                return bound;
            }

            double[] at = fromCore ? [.. core!.Zip(Point, (a, b) => (a + b) / 2)] : Point;
            int cuts = _cuts.Count;
            double value = AddCuts(at, Point, heights, cancellationToken);
            if (!fromCore && _cuts.Count == cuts)
            {
                return bound;
            }

            if (value < lowest)
            {
                (lowest, core) = (value, at);
            }
        }
    }

    public void Dispose() => _master.Dispose();

    /// <summary>Adds the cuts made at one point that lift the heights at another; returns the relaxed expected breach where they are made.</summary>
    private double AddCuts(double[] at, double[] point, double[] heights, CancellationToken cancellationToken)
    {
        _substitution.SetAlternates(at);
        double sum = 0;
        Cut[] cuts = [.. _heights.Select((_, group) => new Cut(group, _model.KindCount))];
        for (int j = 0; j < _model.Gaps.Length; j++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            SeatGap gap = _model.Gaps[j];
            sum += gap.Share * _substitution.Relax(gap, cancellationToken);
            Cut cut = cuts[j % cuts.Length];
            AddPlane(cut, gap, gap.Share / _shares[cut.Group]);
        }

        foreach (Cut cut in cuts.Where(cut => cut.At(point) > heights[cut.Group] + Tolerances.BrokenCut))
        {
            Add(cut);
        }

        return sum;
    }

    /// <summary>
    /// Adds to a cut the plane that the duals of the last substitution give. It lies below the least breach whatever the duals are, as long as none exceeds its
    /// weight.
    /// </summary>
    private void AddPlane(Cut cut, SeatGap gap, double share)
    {
        double constant = _substitution.SeatDual * _model.SeatsToFill(gap);
        double[] duals = new double[_model.QuotaCount];
        for (int q = 0; q < duals.Length; q++)
        {
            duals[q] = _substitution.Dual(q);
            constant += duals[q] * (duals[q] > 0 ? gap.Low[q] : gap.High[q]);
        }

        for (int c = 0; c < cut.Slopes.Length; c++)
        {
            double gain = _substitution.SeatDual;
            foreach (int q in _model.QuotasOfKind[c])
            {
                gain += duals[q];
            }

            // What is next to nothing only troubles the solvers. The plane without it is lowered by as much as it can be.
            cut.Slopes[c] += gain > Tolerances.NegligibleSlope ? share * gain : 0;
            constant -= gain > Tolerances.NegligibleSlope ? 0 : Math.Max(0, gain) * Math.Min(_model.Possible[c], _model.Count);
        }

        cut.Constant += share * constant;
    }

    private void Add(Cut cut)
    {
        cut.Row = _master.AddRow(cut.Constant, double.PositiveInfinity);
        _master.SetEntry(cut.Row, _heights[cut.Group], 1);
        for (int c = 0; c < cut.Slopes.Length; c++)
        {
            if (cut.Slopes[c] != 0)
            {
                _master.SetEntry(cut.Row, c, cut.Slopes[c]);
            }
        }

        _cuts.Add(cut);
    }

    /// <summary>
    /// The least, within the limits, of the planes weighed with the master's duals: a bound whatever the duals are, as long as the weights of a group's planes
    /// do not exceed its share.
    /// </summary>
    private double Weighted(int[] least, int[] most)
    {
        double[] weights = [.. _cuts.Select(cut => Math.Max(0, -_master.Duals[cut.Row]))];
        double[] sums = new double[_heights.Length];
        for (int i = 0; i < weights.Length; i++)
        {
            sums[_cuts[i].Group] += weights[i];
        }

        double bound = 0;
        double[] slopes = new double[_model.KindCount];
        for (int i = 0; i < weights.Length; i++)
        {
            Cut cut = _cuts[i];
            double weight = weights[i] * Math.Min(1, _shares[cut.Group] / sums[cut.Group]);
            if (weights[i] > 0)
            {
                bound += weight * cut.Constant;
                for (int c = 0; c < slopes.Length; c++)
                {
                    slopes[c] += weight * cut.Slopes[c];
                }
            }
        }

        int left = _model.Count;
        for (int c = 0; c < slopes.Length; c++)
        {
            left -= least[c];
            bound -= slopes[c] * least[c];
        }

        foreach (int c in Enumerable.Range(0, slopes.Length).OrderByDescending(c => slopes[c]))
        {
            int taken = Math.Min(left, most[c] - least[c]);
            bound -= slopes[c] * taken;
            left -= taken;
        }

        return bound;
    }

    /// <summary>A plane below the mean of the least breaches of a group of gaps: constant − Σ slope·alternates.</summary>
    private sealed class Cut(int group, int kinds)
    {
        public int Group { get; } = group;

        public double Constant { get; set; }

        public double[] Slopes { get; } = new double[kinds];

        public int Row { get; set; }

        public double At(double[] alternates)
        {
            double height = Constant;
            for (int c = 0; c < Slopes.Length; c++)
            {
                height -= Slopes[c] * alternates[c];
            }

            return height;
        }
    }
}
