using System.Globalization;
using Sortition.Core.Problems;

namespace Sortition.Shared;

/// <summary>Writes tables of quotas in the form in which they are read.</summary>
internal static class QuotaRows
{
    /// <summary>Writes the headings and a row for each quota.</summary>
    /// <param name="table">Where to.</param>
    /// <param name="headings">The headings of further columns.</param>
    /// <param name="quotas">The quotas, each with its cells of the further columns.</param>
    public static void Write(
        TableWriter table, IEnumerable<string> headings, IEnumerable<(IReadOnlyList<FeatureValue> Condition, int Min, int Max, string[] Further)> quotas)
    {
        table.Row(["category", "feature", "min", "max", .. headings]);
        foreach ((IReadOnlyList<FeatureValue> condition, int min, int max, string[] further) in quotas)
        {
            string features = string.Join(" & ", condition.Select(t => t.Feature));
            string values = string.Join(" & ", condition.Select(t => t.Value));
            table.Row([features, values, Text(min), Text(max), .. further]);
        }
    }

    /// <summary>A number of seats; empty where there is none.</summary>
    public static string Text(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
