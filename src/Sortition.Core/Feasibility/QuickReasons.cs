using Sortition.Core.Problems;

namespace Sortition.Core.Feasibility;

/// <summary>The reasons for infeasibility that counting shows.</summary>
internal static class QuickReasons
{
    public static IReadOnlyList<InfeasibilityReason> Of(SelectionProblem problem)
    {
        List<InfeasibilityReason> reasons = [];
        int k = problem.PanelSize;
        Constraint size = new(ConstraintKind.PanelSize);
        Constraint mustBeIn = new(ConstraintKind.MustBeIn);
        PersonType[] drawable = problem.TypeTable.Types;
        PersonType[] fixedIn = [.. drawable.Where(t => t.Status == PersonStatus.MustBeIn)];
        int drawablePeople = drawable.Sum(t => t.Members.Count);
        int fixedPeople = fixedIn.Sum(t => t.Members.Count);
        AddIf(drawablePeople < k, InfeasibilityCode.PoolTooSmall, [size], drawablePeople, k);
        AddIf(fixedPeople > k, InfeasibilityCode.MustBeInExceedPanelSize, [mustBeIn, size], fixedPeople, k);
        foreach (Quota quota in problem.Quotas)
        {
            int have = CountOf(drawable, quota);
            AddIf(have < quota.Min, InfeasibilityCode.TooFewPeople, [new Constraint(ConstraintKind.QuotaMinimum, quota)], have, quota.Min);
            int fixedMatching = CountOf(fixedIn, quota);
            AddIf(
                fixedMatching > quota.Max,
                InfeasibilityCode.MustBeInExceedMaximum,
                [new Constraint(ConstraintKind.QuotaMaximum, quota), mustBeIn],
                fixedMatching,
                quota.Max);
        }

        if (problem.HouseholdLimit is int limit)
        {
            int largest = fixedIn
                .SelectMany(t => t.Members)
                .Select(i => problem.People[i])
                .Where(p => p.Household is not null)
                .GroupBy(p => p.Household)
                .Select(g => g.Count())
                .DefaultIfEmpty()
                .Max();
            AddIf(largest > limit, InfeasibilityCode.MustBeInExceedHousehold, [new Constraint(ConstraintKind.HouseholdLimit), mustBeIn], largest, limit);
        }

        FeatureTotal[] totals = [.. problem.Features.Select((f, i) => Total(problem, drawable, i)).Where(t => t.Quotas.Count > 0)];
        foreach (FeatureTotal total in totals)
        {
            AddIf(total.Min > k, InfeasibilityCode.MinimaExceedPanelSize, [.. total.Minima(), size], total.Min, k);
            AddIf(total.Max < k && drawablePeople >= k, InfeasibilityCode.MaximaBelowPanelSize, [.. total.Maxima(), size], total.Max, k);
            foreach (FeatureTotal other in totals.Where(other => total.Min > other.Max))
            {
                AddIf(!ReferenceEquals(total, other), InfeasibilityCode.FeatureTotalsDisagree, [.. total.Minima(), .. other.Maxima()], total.Min, other.Max);
            }
        }

        return reasons;

        // People of a type have the same values.
        int CountOf(PersonType[] types, Quota quota) => types.Sum(t => problem.Matches(problem.People[t.Members[0]], quota) ? t.Members.Count : 0);

        void AddIf(bool applies, InfeasibilityCode code, IReadOnlyList<Constraint> constraints, long have, long need)
        {
            if (applies)
            {
                reasons.Add(new InfeasibilityReason(code, constraints, have, need));
            }
        }
    }

    /// <summary>The bounds of one feature, added up over its values; a value without a quota takes 0 up to everybody who has it.</summary>
    private static FeatureTotal Total(SelectionProblem problem, PersonType[] drawable, int feature)
    {
        string name = problem.Features[feature].Name;
        Dictionary<string, int> people = drawable
            .GroupBy(t => problem.People[t.Members[0]].Values[feature], StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Sum(t => t.Members.Count), StringComparer.Ordinal);
        Dictionary<string, Quota> quotas = problem.Quotas
            .Where(q => q.Condition.Count == 1 && string.Equals(q.Condition[0].Feature, name, StringComparison.Ordinal))
            .ToDictionary(q => q.Condition[0].Value, StringComparer.Ordinal);
        long max = problem.Features[feature].Values.Sum(
            v => (long)Math.Min(people.GetValueOrDefault(v), quotas.TryGetValue(v, out Quota? q) ? q.Max : int.MaxValue));
        return new FeatureTotal([.. quotas.Values], quotas.Values.Sum(q => (long)q.Min), max);
    }

    private sealed record FeatureTotal(IReadOnlyList<Quota> Quotas, long Min, long Max)
    {
        public IEnumerable<Constraint> Minima() => Quotas.Where(q => q.Min > 0).Select(q => new Constraint(ConstraintKind.QuotaMinimum, q));

        public IEnumerable<Constraint> Maxima() => Quotas.Select(q => new Constraint(ConstraintKind.QuotaMaximum, q));
    }
}
