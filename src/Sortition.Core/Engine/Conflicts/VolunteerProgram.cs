using Google.OrTools.Sat;
using Sortition.Core.Engine.OrTools;
using Sortition.Core.Engine.Polytope;
using Sortition.Core.Problems;

namespace Sortition.Core.Engine.Conflicts;

/// <summary>The fewest further volunteers with whom constraints could be met together. Exact.</summary>
/// <remarks>
/// A new volunteer may have any values, lives with nobody else in the pool, and need not be on the panel. All that matters is which of the constraints count
/// the person.
/// </remarks>
internal sealed class VolunteerProgram(SelectionProblem problem, QuotaPolytope polytope, IReadOnlySet<Constraint> only)
{
    /// <summary>More combinations of values than this are not gone through.</summary>
    private const int MaxKinds = 5_000;

    private readonly PolytopeRow[] _rows = [.. polytope.Rows.Where(r => only.Contains(r.MinReason) || only.Contains(r.MaxReason))];

    /// <summary>How many of which kind. A kind is a value, or null for any value not named by the constraints, for each feature that they name.</summary>
    /// <returns>The kinds and their numbers; empty if no volunteers would help; null if there are too many combinations to tell.</returns>
    public IReadOnlyList<(IReadOnlyList<FeatureValue> Has, IReadOnlyList<FeatureValue> HasNot, int Count)>? Solve(CancellationToken cancellationToken)
    {
        Quota[] quotas = [.. _rows.Select(r => r.MinReason.Quota).OfType<Quota>()];
        (Feature Feature, string?[] Values)[] features = [.. problem.Features.Select(f => (f, Named(f, quotas))).Where(f => f.Item2.Length > 0)];
        if (features.Aggregate(1.0, (product, f) => product * f.Values.Length) > MaxKinds)
        {
            return null;
        }

        (string?[] Values, bool[] Counts)[] kinds =
        [
            .. Combinations(features)
                .Select(values => (values, CountedBy(features, values)))
                .DistinctBy(kind => string.Concat(kind.Item2.Select(c => c ? '1' : '0')), StringComparer.Ordinal),
        ];
        CpModel model = new();
        bool withMustBeIn = only.Contains(new Constraint(ConstraintKind.MustBeIn));
        int most = Most();
        IntVar[] seats = [.. Enumerable.Range(0, polytope.TypeCount).Select(t => model.NewIntVar(withMustBeIn ? polytope.Lower[t] : 0, polytope.Upper[t], ""))];
        IntVar[] added = [.. kinds.Select(_ => model.NewIntVar(0, most, ""))];
        for (int r = 0; r < _rows.Length; r++)
        {
            PolytopeRow row = _rows[r];
            int index = r;
            model.AddLinearConstraint(
                LinearExpr.Sum(row.Types.Select(t => seats[t]).Concat(added.Where((_, j) => kinds[j].Counts[index]))),
                only.Contains(row.MinReason) ? row.Min : 0,
                only.Contains(row.MaxReason) ? row.Max : int.MaxValue);
        }

        if (only.Contains(new Constraint(ConstraintKind.HouseholdLimit)))
        {
            foreach (PolytopeRow row in polytope.HouseholdRows)
            {
                model.AddLinearConstraint(LinearExpr.Sum(row.Types.Select(t => seats[t])), 0, row.Max);
            }
        }

        model.Minimize(LinearExpr.Sum(added));
        return WholeNumberSolver.Solve(model, added, cancellationToken) is not long[] counts
            ? []
            : [.. kinds.Zip(counts).Where(k => k.Second > 0).Select(k => (Has(features, k.First.Values), HasNot(features, k.First.Values), (int)k.Second))];
    }

    /// <summary>More new volunteers than this are never needed: those who serve no minimum can be left out.</summary>
    private int Most() => (int)Math.Min(int.MaxValue / 2, _rows.Where(r => only.Contains(r.MinReason)).Sum(r => (long)r.Min));

    /// <summary>The values of a feature that quotas name, and null for any other if there is another; empty if they name none.</summary>
    private static string?[] Named(Feature feature, Quota[] quotas)
    {
        string?[] named = [.. feature.Values.Where(v => quotas.Any(q => q.Condition.Contains(new FeatureValue(feature.Name, v))))];
        return named.Length == 0 || named.Length == feature.Values.Count ? named : [.. named, null];
    }

    private static IEnumerable<string?[]> Combinations((Feature Feature, string?[] Values)[] features)
    {
        IEnumerable<string?[]> all = [[]];
        foreach ((_, string?[] values) in features)
        {
            all = all.SelectMany(start => values.Select(v => (string?[])[.. start, v]));
        }

        return all;
    }

    private bool[] CountedBy((Feature Feature, string?[] Values)[] features, string?[] values)
    {
        HashSet<FeatureValue> has = [.. Has(features, values)];
        return [.. _rows.Select(r => r.MinReason.Quota is not Quota quota || quota.Condition.All(has.Contains))];
    }

    private static FeatureValue[] Has((Feature Feature, string?[] Values)[] features, string?[] values) =>
        [.. features.Zip(values).Where(f => f.Second is not null).Select(f => new FeatureValue(f.First.Feature.Name, f.Second!))];

    private static FeatureValue[] HasNot((Feature Feature, string?[] Values)[] features, string?[] values) =>
    [
        .. features.Zip(values)
            .Where(f => f.Second is null)
            .SelectMany(f => f.First.Values.OfType<string>().Select(v => new FeatureValue(f.First.Feature.Name, v))),
    ];
}
