namespace Sortition.Core.Targets;

/// <summary>The order of a feature's values in a cross table.</summary>
/// <remarks>
/// A cross table that leaves out combinations nobody has may first name "before 1980" long after "1980-1999", since nobody under 25 moved in before 1980. Its
/// rows tell the order all the same: where two neighbours differ in this feature and in none to the left of it, the upper value comes before the lower one.
/// Where rows contradict each other, as in a table that is not sorted, values stand as they are first named.
/// </remarks>
internal static class ValueOrder
{
    /// <summary>More values than any feature of a panel has; they are not worth the sorting.</summary>
    private const int MostSorted = 1000;

    /// <summary>Where each value stands, from 0.</summary>
    public static Dictionary<string, int> Of(IReadOnlyList<PopulationGroup> groups, int column)
    {
        List<string> values = [.. groups.Select(g => g.Condition[column].Value).Distinct(StringComparer.Ordinal)];
        return Places(values.Count <= MostSorted ? Sorted(values, groups, column) ?? values : values);
    }

    private static List<string>? Sorted(List<string> values, IReadOnlyList<PopulationGroup> groups, int column)
    {
        Dictionary<string, HashSet<string>> above = values.ToDictionary(v => v, _ => new HashSet<string>(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach ((PopulationGroup upper, PopulationGroup lower) in groups.Zip(groups.Skip(1)))
        {
            if (upper.Condition.Zip(lower.Condition).TakeWhile(pair => pair.First.Equals(pair.Second)).Count() == column)
            {
                above[lower.Condition[column].Value].Add(upper.Condition[column].Value);
            }
        }

        List<string> sorted = [];
        List<string> left = [.. values];
        while (left.Count > 0)
        {
            string? next = left.FirstOrDefault(v => !above[v].Overlaps(left));
            if (next is null)
            {
                return null;
            }

            sorted.Add(next);
            left.Remove(next);
        }

        return sorted;
    }

    private static Dictionary<string, int> Places(List<string> values) =>
        values.Select((value, place) => (value, place)).ToDictionary(v => v.value, v => v.place, StringComparer.Ordinal);
}
