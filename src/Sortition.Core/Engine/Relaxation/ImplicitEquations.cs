using Sortition.Core.Engine.OrTools;
using Sortition.Core.Engine.Polytope;
using Sortition.Core.Problems;

namespace Sortition.Core.Engine.Relaxation;

/// <summary>The bounds that are reached by everything in the linear relaxation of the panels, though they are written as inequalities.</summary>
/// <remarks>
/// An interior-point method needs to know them: where there is no interior, there is no path through it. A bound that some panel does not reach is none of
/// them. Of the others the total slack is maximised, with no regard to bounds known not to be among them: near a point that has slack in those they do not
/// matter. Where the maximum is 0, all that are left are reached always.
/// </remarks>
internal sealed class ImplicitEquations
{
    private readonly QuotaPolytope _polytope;
    private readonly bool[] _isFree;
    private readonly List<PolytopeRow> _rows;
    private readonly bool[] _atMax;
    private readonly bool[] _atMin;
    private readonly bool[] _isFull;
    private double[] _combination = [];

    private ImplicitEquations(QuotaPolytope polytope, bool[] covered, IReadOnlyList<TypeSeats[]> panels)
    {
        _polytope = polytope;
        _isFree = [.. covered.Select((c, t) => c && polytope.Lower[t] == 0)];
        _rows = [.. polytope.Rows, .. polytope.HouseholdRows];
        _atMax = [.. _rows.Select(r => r.Min < r.Max)];
        _atMin = [.. _rows.Select(r => r.Min < r.Max)];
        _isFull = [.. _isFree];
        int[] x = new int[covered.Length];
        foreach (TypeSeats[] panel in panels)
        {
            Array.Clear(x);
            foreach ((int type, int seats) in panel)
            {
                x[type] = seats;
            }

            for (int r = 0; r < _rows.Count; r++)
            {
                if (_atMax[r] || _atMin[r])
                {
                    long sum = _rows[r].Sum(x);
                    _atMax[r] &= sum == _rows[r].Max;
                    _atMin[r] &= sum == _rows[r].Min;
                }
            }

            for (int t = 0; t < x.Length; t++)
            {
                _isFull[t] &= x[t] == polytope.Upper[t];
            }
        }

        for (int r = 0; r < _rows.Count; r++)
        {
            bool counts = Array.Exists(_rows[r].Types, t => _isFree[t]);
            _atMax[r] &= counts;
            _atMin[r] &= counts;
        }
    }

    /// <summary>Whether a type has a seat for each of its members always, without being one that must.</summary>
    public bool IsFull(int type) => _isFull[type];

    /// <summary>What a row always adds up to, although its bounds differ; null if there is no such number.</summary>
    public int? SumOf(PolytopeRow row)
    {
        int r = _rows.IndexOf(row);
        return _atMax[r] ? row.Max : _atMin[r] ? row.Min : null;
    }

    /// <summary>Finds them.</summary>
    /// <param name="polytope">The panels.</param>
    /// <param name="covered">The types that can have seats at all.</param>
    /// <param name="panels">Panels that between them seat all of these.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    public static ImplicitEquations Of(QuotaPolytope polytope, bool[] covered, IReadOnlyList<TypeSeats[]> panels, CancellationToken cancellationToken)
    {
        ImplicitEquations equations = new(polytope, covered, panels);
        while (equations.Any() && equations.RemoveOthers(cancellationToken))
        {
        }

        return equations;
    }

    /// <summary>Gives prices of such bounds the sign that they have for inequalities, at no change of what they prove.</summary>
    /// <param name="rows">A price for each row.</param>
    /// <param name="households">A price for each household row.</param>
    /// <param name="weights">What a seat of each type weighs.</param>
    public void Straighten(double[] rows, double[] households, double[] weights)
    {
        if (!Any())
        {
            return;
        }

        double multiple = 0;
        double[] prices = [.. rows, .. households];
        for (int r = 0; r < prices.Length; r++)
        {
            bool isWrong = (_atMax[r] && prices[r] < 0) || (_atMin[r] && prices[r] > 0);
            multiple = isWrong ? Math.Max(multiple, Math.Abs(prices[r] / _combination[r])) : multiple;
        }

        double[] scores = Scores(prices);
        double[] shifts = Scores(_combination);
        for (int t = 0; t < scores.Length; t++)
        {
            multiple = _isFull[t] && scores[t] > weights[t] ? Math.Max(multiple, (scores[t] - weights[t]) / -shifts[t]) : multiple;
        }

        for (int r = 0; r < rows.Length; r++)
        {
            rows[r] += multiple * _combination[r];
        }

        for (int h = 0; h < households.Length; h++)
        {
            households[h] += multiple * _combination[rows.Length + h];
        }
    }

    private bool Any() => Array.Exists(_atMax, r => r) || Array.Exists(_atMin, r => r) || Array.Exists(_isFull, f => f);

    /// <summary>Removes the bounds that have slack where the total slack is highest; false if there are none.</summary>
    private bool RemoveOthers(CancellationToken cancellationToken)
    {
        using LinearProgram program = new();
        int[] variable = new int[_isFree.Length];
        double[] scores = Scores([.. _rows.Select((_, r) => Direction(r))]);
        for (int t = 0; t < variable.Length; t++)
        {
            variable[t] = _isFree[t] ? program.AddVariable(0, _polytope.Upper[t], -scores[t] - (_isFull[t] ? 1 : 0)) : -1;
        }

        int[] index = new int[_rows.Count];
        for (int r = 0; r < _rows.Count; r++)
        {
            index[r] = -1;
            PolytopeRow row = _rows[r];
            if (row.Min >= row.Max || _atMax[r] || _atMin[r])
            {
                int sure = row.Types.Sum(t => _polytope.Lower[t]);
                index[r] = program.AddRow(_atMax[r] ? double.NegativeInfinity : row.Min - sure, _atMin[r] ? double.PositiveInfinity : row.Max - sure);
                foreach (int t in row.Types.Where(t => _isFree[t]))
                {
                    program.SetEntry(index[r], variable[t], 1);
                }
            }
        }

        program.Maximise(cancellationToken);
        bool removed = false;
        for (int t = 0; t < variable.Length; t++)
        {
            bool isSlack = _isFull[t] && program.Values[variable[t]] < _polytope.Upper[t] - Tolerances.NoSlack;
            _isFull[t] &= !isSlack;
            removed |= isSlack;
        }

        for (int r = 0; r < _rows.Count; r++)
        {
            if (_atMax[r] || _atMin[r])
            {
                double sum = _rows[r].Types.Sum(t => _isFree[t] ? program.Values[variable[t]] : _polytope.Lower[t]);
                bool isSlack = _atMax[r] ? sum < _rows[r].Max - Tolerances.NoSlack : sum > _rows[r].Min + Tolerances.NoSlack;
                _atMax[r] &= !isSlack;
                _atMin[r] &= !isSlack;
                removed |= isSlack;
            }
        }

        // The duals combine the bounds to 0 = 0, each with a coefficient of its own sign that is not 0.
        _combination = [.. index.Select((i, r) => Whole((i < 0 ? 0 : program.Duals[i]) + Direction(r)))];
        return removed;
    }

    private int Direction(int row) => _atMax[row] ? 1 : _atMin[row] ? -1 : 0;

    private static double Whole(double value) => Math.Abs(value - Math.Round(value)) < Tolerances.NoSlack ? Math.Round(value) : value;

    private double[] Scores(double[] prices)
    {
        double[] scores = new double[_isFree.Length];
        for (int r = 0; r < prices.Length; r++)
        {
            if (prices[r] != 0)
            {
                foreach (int t in _rows[r].Types)
                {
                    scores[t] += prices[r];
                }
            }
        }

        return scores;
    }
}
