using Sortition.Core.Problems;

namespace Sortition.Publication.Checks;

/// <summary>Checks of a replacement round that what the lottery has to fill is the quotas of the whole panel less those who stay.</summary>
internal static class RoundCheck
{
    public static VerificationCheck Run(SelectionProblem problem, PublishedRound round)
    {
        List<string> faults = [];
        if (round.PanelSize - (long)round.Staying != problem.PanelSize)
        {
            faults.Add(FormattableString.Invariant($"If {round.Staying} of {round.PanelSize} members stay, {round.PanelSize - (long)round.Staying} seats are open, not {problem.PanelSize}."));
        }

        if (round.Quotas.Count > problem.Quotas.Count)
        {
            faults.Add(FormattableString.Invariant($"There are {round.Quotas.Count} quotas of the whole panel, but only {problem.Quotas.Count} of the open seats."));
        }
        else
        {
            Compare(problem, round, faults);
            Count(problem, round, faults);
            CheckHouseholds(problem, round, faults);
        }

        return Check.Of(
            VerificationStep.Round,
            FormattableString.Invariant($"This lottery fills {problem.PanelSize} of {round.PanelSize} seats; {round.Staying} members stay. Its quotas are the {round.Quotas.Count} of the whole panel less those who stay. Who they are, and how many match which quota, is for those to check who know them."),
            "The quotas of the open seats are not those of the whole panel less those who stay.",
            faults);
    }

    private static void Compare(SelectionProblem problem, PublishedRound round, List<string> faults)
    {
        foreach ((PublishedRoundQuota whole, Quota open) in round.Quotas.Zip(problem.Quotas))
        {
            if (whole.Min > whole.Max)
            {
                faults.Add(FormattableString.Invariant($"{Name(open)}: the whole panel's minimum {whole.Min} is above its maximum {whole.Max}."));
            }
            else if (whole.OpenMin != open.Min || whole.OpenMax != open.Max)
            {
                faults.Add(FormattableString.Invariant($"{Name(open)}: {whole.Min}-{whole.Max} of the whole panel less {whole.Staying} who stay is {whole.OpenMin}-{whole.OpenMax}, not {open.Min}-{open.Max}."));
            }
        }
    }

    /// <summary>Everybody who stays has one value of each feature, so the counts have to fit each other.</summary>
    private static void Count(SelectionProblem problem, PublishedRound round, List<string> faults)
    {
        Dictionary<string, (int Values, long Staying)> singles = new(StringComparer.Ordinal);
        for (int q = 0; q < round.Quotas.Count; q++)
        {
            IReadOnlyList<FeatureValue> condition = problem.Quotas[q].Condition;
            int staying = round.Quotas[q].Staying;
            if (staying > round.Staying)
            {
                faults.Add(FormattableString.Invariant($"{Name(problem.Quotas[q])}: {staying} are said to stay, of {round.Staying} in all."));
            }

            if (condition.Count == 1)
            {
                (int values, long sum) = singles.GetValueOrDefault(condition[0].Feature);
                singles[condition[0].Feature] = (values + 1, sum + staying);
            }
            else if (Enumerable.Range(0, round.Quotas.Count).FirstOrDefault(w => round.Quotas[w].Staying < staying && IsPart(problem.Quotas[w].Condition, condition), -1) is >= 0 and int wider)
            {
                faults.Add(FormattableString.Invariant($"{Name(problem.Quotas[q])}: {staying} are said to stay, but of {Name(problem.Quotas[wider])} only {round.Quotas[wider].Staying}."));
            }
        }

        foreach (Feature feature in problem.Features)
        {
            (int values, long sum) = singles.GetValueOrDefault(feature.Name);
            if (sum > round.Staying || (values == feature.Values.Count && sum != round.Staying))
            {
                faults.Add(FormattableString.Invariant($"{feature.Name}: those who stay add up to {sum}, not to {round.Staying}."));
            }
        }
    }

    /// <summary>Quotas that the whole panel does not have can only say how many seats are left to households of those who stay.</summary>
    private static void CheckHouseholds(SelectionProblem problem, PublishedRound round, List<string> faults)
    {
        HashSet<string> features = [.. problem.Quotas.Take(round.Quotas.Count).SelectMany(q => q.Condition).Select(term => term.Feature)];
        foreach (Quota quota in problem.Quotas.Skip(round.Quotas.Count))
        {
            bool isOfHousehold = quota.Condition.Count == 1 && !features.Contains(quota.Condition[0].Feature)
                && string.Equals(quota.Condition[0].Feature, problem.Features[^1].Name, StringComparison.Ordinal);
            if (!isOfHousehold || quota.Min != 0 || quota.Max < 1 || quota.Max >= (problem.HouseholdLimit ?? 0))
            {
                faults.Add(FormattableString.Invariant($"{Name(quota)}: the whole panel has no such quota, and it is none on a household of somebody who stays."));
            }
        }
    }

    private static bool IsPart(IReadOnlyList<FeatureValue> wider, IReadOnlyList<FeatureValue> condition) => wider.Count < condition.Count && wider.All(condition.Contains);

    private static string Name(Quota quota) => $"{quota.FeatureLabel}: {quota.ValueLabel}";
}
