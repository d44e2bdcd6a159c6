namespace Sortition.Core.Engine;

/// <summary>The part of the polytope on which every panel of a lottery with given expected seats lies.</summary>
internal static class Face
{
    private const double Tolerance = 1e-7;

    /// <summary>A search among the panels that a lottery with these expected seats can have: what is at a bound on average is at it always.</summary>
    public static PanelSearch Of(QuotaPolytope polytope, double[] expected)
    {
        PanelSearch search = new(polytope);
        for (int r = 0; r < polytope.Rows.Count; r++)
        {
            PolytopeRow row = polytope.Rows[r];
            double sum = row.Types.Sum(t => expected[t]);
            if (sum >= row.Max - Tolerance)
            {
                search.RestrictRow(r, row.Max, row.Max);
            }
            else if (sum <= row.Min + Tolerance)
            {
                search.RestrictRow(r, row.Min, row.Min);
            }
        }

        for (int t = 0; t < expected.Length; t++)
        {
            if (expected[t] <= Tolerance || expected[t] >= polytope.Upper[t] - Tolerance)
            {
                int seats = (int)Math.Round(expected[t]);
                search.RestrictType(t, seats, seats);
            }
        }

        foreach (PolytopeRow household in polytope.HouseholdRows)
        {
            if (household.Types.Sum(t => expected[t]) >= household.Max - Tolerance)
            {
                search.RestrictHousehold(household, household.Max, household.Max);
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
}
