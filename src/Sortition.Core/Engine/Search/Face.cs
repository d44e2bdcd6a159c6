using Sortition.Core.Engine.Numerics;
using Sortition.Core.Engine.Polytope;

namespace Sortition.Core.Engine.Search;

/// <summary>The part of the polytope on which every panel of a lottery with given expected seats lies: what is at a bound on average is at it always.</summary>
internal sealed class Face
{
    private readonly QuotaPolytope _polytope;
    private readonly int?[] _typeSeats;
    private readonly int?[] _rowSums;
    private readonly bool[] _isHouseholdFull;

    /// <param name="polytope">The panels.</param>
    /// <param name="expected">Expected seats by type, but for rounding.</param>
    public Face(QuotaPolytope polytope, double[] expected)
    {
        _polytope = polytope;
        _typeSeats = [.. expected.Select((y, t) => AtBound(y, 0, polytope.Upper[t]))];
        _rowSums = [.. polytope.Rows.Select(row => AtBound(row.Types.Sum(t => expected[t]), row.Min, row.Max))];
        _isHouseholdFull = [.. polytope.HouseholdRows.Select(row => row.Types.Sum(t => expected[t]) >= row.Max - Tolerances.AtBound)];

        // Rows that are sums of others leave a residue the first time.
        Expected = Sharpened(Sharpened(expected));
    }

    /// <summary>The polytope of which this is a part.</summary>
    public QuotaPolytope Polytope => _polytope;

    /// <summary>The expected seats, with what is at a bound brought to it exactly. No mix of panels could have others.</summary>
    public double[] Expected { get; }

    /// <summary>Whether a type's seats differ from panel to panel.</summary>
    public bool TypeHasRoom(int type) => _typeSeats[type] is null;

    /// <summary>The bounds of a row's sum on the face: equal where all panels have the same.</summary>
    public (int Min, int Max) BoundsOf(int row) => _rowSums[row] is int sum ? (sum, sum) : (_polytope.Rows[row].Min, _polytope.Rows[row].Max);

    /// <summary>The bounds of a household row's sum on the face.</summary>
    public (int Min, int Max) BoundsOfHousehold(int row) =>
        (_isHouseholdFull[row] ? _polytope.HouseholdRows[row].Max : _polytope.HouseholdRows[row].Min, _polytope.HouseholdRows[row].Max);

    /// <summary>A new search among the panels of the face.</summary>
    public PanelSearch Search()
    {
        PanelSearch search = new(_polytope);
        for (int r = 0; r < _rowSums.Length; r++)
        {
            if (_rowSums[r] is int sum)
            {
                search.RestrictRow(r, sum, sum);
            }
        }

        for (int t = 0; t < _typeSeats.Length; t++)
        {
            if (_typeSeats[t] is int seats)
            {
                search.RestrictType(t, seats, seats);
            }
        }

        for (int h = 0; h < _isHouseholdFull.Length; h++)
        {
            if (_isHouseholdFull[h])
            {
                PolytopeRow row = _polytope.HouseholdRows[h];
                search.RestrictHousehold(row, row.Max, row.Max);
            }
        }

        return search;
    }

    /// <summary>A search among the panels that reach a bound: those at which every constraint with a price is at its limit.</summary>
    public static PanelSearch OfPrices(QuotaPolytope polytope, PriceList prices)
    {
        PanelSearch search = new(polytope);
        for (int r = 0; r < polytope.Rows.Count; r++)
        {
            if (prices.Rows[r] != 0)
            {
                int limit = prices.Rows[r] > 0 ? polytope.Rows[r].Max : polytope.Rows[r].Min;
                search.RestrictRow(r, limit, limit);
            }
        }

        return search;
    }

    private static int? AtBound(double value, int min, int max) => value >= max - Tolerances.AtBound ? max : value <= min + Tolerances.AtBound ? min : null;

    /// <summary>
    /// The nearest point at which all sums at a bound are exact; near in proportion to the seats: y + D·Aᵀ·(A·D·Aᵀ)⁻¹·(b − A·y) with D = diag(y).
    /// </summary>
    private double[] Sharpened(double[] expected)
    {
        double[] sharp = [.. expected.Select((y, t) => _typeSeats[t] ?? y)];
        (int[] Types, double Sum)[] rows =
        [
            .. _polytope.Rows.Zip(_rowSums).Where(r => r.Second is not null).Select(r => (Free(r.First), r.Second!.Value - Fixed(r.First))),
            .. _polytope.HouseholdRows.Where((_, h) => _isHouseholdFull[h]).Select(row => (Free(row), row.Max - Fixed(row))),
        ];
        rows = [.. rows.Where(r => r.Types.Length > 0)];
        if (rows.Length == 0)
        {
            return sharp;
        }

        double[,] matrix = new double[rows.Length, rows.Length];
        double[] missing = new double[rows.Length];
        double[] marked = new double[sharp.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            missing[i] = rows[i].Sum;
            foreach (int t in rows[i].Types)
            {
                marked[t] = sharp[t];
                missing[i] -= sharp[t];
            }

            for (int j = 0; j <= i; j++)
            {
                matrix[i, j] = matrix[j, i] = rows[j].Types.Sum(t => marked[t]);
            }

            foreach (int t in rows[i].Types)
            {
                marked[t] = 0;
            }
        }

        if (NewtonSystem.Solve(matrix, missing) is not { } change)
        {
            return sharp;
        }

        double[] factor = new double[sharp.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            foreach (int t in rows[i].Types)
            {
                factor[t] += change[i];
            }
        }

        return [.. sharp.Select((y, t) => _typeSeats[t] ?? y * (1 + factor[t]))];

        int[] Free(PolytopeRow row) => [.. row.Types.Where(t => _typeSeats[t] is null)];

        double Fixed(PolytopeRow row) => row.Types.Sum(t => _typeSeats[t] ?? 0.0);
    }
}
