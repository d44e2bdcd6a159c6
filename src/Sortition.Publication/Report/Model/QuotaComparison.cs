using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Publication.Format;

namespace Sortition.Publication.Report.Model;

/// <summary>Sets the quotas of a lottery against those wished for at first.</summary>
internal static class QuotaComparison
{
    /// <param name="problem">The problem of the lottery.</param>
    /// <param name="round">The replacement round that it is; null for a whole panel.</param>
    /// <param name="wished">The quotas wished for at first.</param>
    /// <exception cref="ArgumentException">One of them is on a feature or a value that the problem does not have.</exception>
    public static ReportQuotaChanges Of(SelectionProblem problem, PublishedRound? round, IReadOnlyList<Quota> wished)
    {
        Dictionary<string, Quota> before = new(StringComparer.Ordinal);
        foreach (Quota quota in wished)
        {
            FeatureValue[] condition = [.. quota.Condition.Select(t =>
                problem.FindValue(t.Feature, t.Value)
                    ?? throw new ArgumentException($"The lottery knows nothing of \"{t}\", on which there was a quota.", nameof(wished)))];
            if (!before.TryAdd(Key(condition), quota))
            {
                throw new ArgumentException($"There are two quotas on \"{quota.FeatureLabel}\" \"{quota.ValueLabel}\".", nameof(wished));
            }
        }

        List<ReportQuotaChange> changes = [];
        int unchanged = 0;

        // Of a round, quotas beyond those of the whole panel are about the households of those who stay, which nobody wished for.
        for (int q = 0; q < (round?.Quotas.Count ?? problem.Quotas.Count); q++)
        {
            Quota quota = problem.Quotas[q];
            ReportBounds now = round is null ? Bounds(quota) : new ReportBounds(round.Quotas[q].Min, round.Quotas[q].Max);
            ReportBounds? then = before.Remove(Key(quota.Condition), out Quota? found) ? Bounds(found) : null;
            if (now == then)
            {
                unchanged++;
            }
            else
            {
                changes.Add(new ReportQuotaChange(quota.FeatureLabel, quota.ValueLabel, then, now));
            }
        }

        changes.AddRange(wished.Where(before.ContainsValue).Select(q => new ReportQuotaChange(q.FeatureLabel, q.ValueLabel, Bounds(q), null)));
        return new ReportQuotaChanges { Unchanged = unchanged, Changes = changes };
    }

    private static ReportBounds Bounds(Quota quota) => new(quota.Min, quota.Max);

    /// <summary>A text that is the same for conditions that say the same. Lengths keep names apart that run together in one way.</summary>
    private static string Key(IEnumerable<FeatureValue> condition) => string.Concat(
        condition.OrderBy(t => t.Feature, StringComparer.Ordinal)
            .Select(t => FormattableString.Invariant($"{t.Feature.Length}:{t.Feature}{t.Value.Length}:{t.Value}")));
}
