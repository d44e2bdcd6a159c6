namespace Sortition.Core.Engine.Polytope;

/// <summary>The household rows that a program has taken up. They seldom bind, so each waits until it is broken for the first time.</summary>
/// <param name="polytope">The panels.</param>
/// <param name="add">Adds a row to the program.</param>
/// <typeparam name="T">What a row is in the program.</typeparam>
internal sealed class HouseholdCuts<T>(QuotaPolytope polytope, Func<PolytopeRow, T> add)
{
    private readonly Dictionary<int, T> _taken = [];

    /// <summary>Takes up the rows that expected seats break; whether there were any.</summary>
    public bool AddBroken(double[] seats)
    {
        bool added = false;
        for (int h = 0; h < polytope.HouseholdRows.Count; h++)
        {
            PolytopeRow row = polytope.HouseholdRows[h];
            if (!_taken.ContainsKey(h) && row.Types.Sum(t => seats[t]) > row.Max + Tolerances.ExceededLimit)
            {
                _taken.Add(h, add(row));
                added = true;
            }
        }

        return added;
    }

    /// <summary>The price of each household row; 0 for those not taken up.</summary>
    public double[] Prices(Func<T, double> priceOf) =>
        [.. Enumerable.Range(0, polytope.HouseholdRows.Count).Select(h => _taken.TryGetValue(h, out T? row) ? priceOf(row) : 0)];
}
