using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Publication.Format;

namespace Sortition.Publication.Checks;

/// <summary>Checks of a replacement round that what the lottery has to fill is the quotas of the whole panel less those who stay.</summary>
internal static class RoundCheck
{
    public static VerificationCheck Run(SelectionProblem problem, PublishedRound round)
    {
        List<Sentence> faults = [];
        if (round.PanelSize - (long)round.Staying != problem.PanelSize)
        {
            faults.Add(Sentences.Of(
                "finding/other-seats",
                ("staying", round.Staying),
                ("size", round.PanelSize),
                ("open", round.PanelSize - (long)round.Staying),
                ("seats", problem.PanelSize)));
        }

        if (round.Quotas.Count > problem.Quotas.Count)
        {
            faults.Add(Sentences.Of("finding/more-quotas", ("count", round.Quotas.Count), ("open", problem.Quotas.Count)));
        }
        else
        {
            Compare(problem, round, faults);
            Count(problem, round, faults);
            CheckHouseholds(problem, round, faults);
        }

        return Check.Of(
            VerificationStep.Round,
            Sentences.Of(
                "finding/round",
                ("seats", problem.PanelSize),
                ("size", round.PanelSize),
                ("staying", round.Staying),
                ("quotas", round.Quotas.Count)),
            Sentences.Of("finding/round-wrong"),
            faults);
    }

    private static void Compare(SelectionProblem problem, PublishedRound round, List<Sentence> faults)
    {
        foreach ((PublishedRoundQuota whole, Quota open) in round.Quotas.Zip(problem.Quotas))
        {
            if (whole.Min > whole.Max)
            {
                faults.Add(Sentences.Of("finding/min-above-max", ("quota", Name(open)), ("min", whole.Min), ("max", whole.Max)));
            }
            else if (whole.OpenMin != open.Min || whole.OpenMax != open.Max)
            {
                faults.Add(Sentences.Of(
                    "finding/other-quota",
                    ("quota", Name(open)),
                    ("min", whole.Min),
                    ("max", whole.Max),
                    ("staying", whole.Staying),
                    ("openMin", whole.OpenMin),
                    ("openMax", whole.OpenMax),
                    ("foundMin", open.Min),
                    ("foundMax", open.Max)));
            }
        }
    }

    /// <summary>Everybody who stays has one value of each feature, so the counts have to fit each other.</summary>
    private static void Count(SelectionProblem problem, PublishedRound round, List<Sentence> faults)
    {
        Dictionary<FeatureValue, int> ofValue = [];
        Dictionary<string, (int Values, long Staying)> ofFeature = new(StringComparer.Ordinal);
        foreach ((PublishedRoundQuota whole, Quota open) in round.Quotas.Zip(problem.Quotas).Where(q => q.Second.Condition.Count == 1))
        {
            FeatureValue value = open.Condition[0];
            ofValue[value] = whole.Staying;
            (int values, long sum) = ofFeature.GetValueOrDefault(value.Feature);
            ofFeature[value.Feature] = (values + 1, sum + whole.Staying);
        }

        foreach ((PublishedRoundQuota whole, Quota open) in round.Quotas.Zip(problem.Quotas))
        {
            if (whole.Staying > round.Staying)
            {
                faults.Add(Sentences.Of("finding/too-many-stay", ("quota", Name(open)), ("staying", whole.Staying), ("all", round.Staying)));
            }

            foreach (FeatureValue term in open.Condition.Where(t => ofValue.TryGetValue(t, out int most) && whole.Staying > most))
            {
                faults.Add(Sentences.Of(
                    "finding/more-than-value",
                    ("quota", Name(open)),
                    ("staying", whole.Staying),
                    ("feature", term.Feature),
                    ("text", term.Value),
                    ("most", ofValue[term])));
            }
        }

        foreach (Feature feature in problem.Features)
        {
            (int values, long sum) = ofFeature.GetValueOrDefault(feature.Name);
            if (sum > round.Staying || (values == feature.Values.Count && sum != round.Staying))
            {
                faults.Add(Sentences.Of("finding/staying-sum", ("feature", feature.Name), ("sum", sum), ("staying", round.Staying)));
            }
        }
    }

    /// <summary>Quotas that the whole panel does not have can only say how many seats are left to households of those who stay.</summary>
    private static void CheckHouseholds(SelectionProblem problem, PublishedRound round, List<Sentence> faults)
    {
        HashSet<string> features = [.. problem.Quotas.Take(round.Quotas.Count).SelectMany(q => q.Condition).Select(term => term.Feature)];
        foreach (Quota quota in problem.Quotas.Skip(round.Quotas.Count))
        {
            bool isOfHousehold = quota.Condition.Count == 1 && !features.Contains(quota.Condition[0].Feature)
                && string.Equals(quota.Condition[0].Feature, problem.Features[^1].Name, StringComparison.Ordinal);
            if (!isOfHousehold || quota.Min != 0 || quota.Max < 1 || quota.Max >= (problem.HouseholdLimit ?? 0))
            {
                faults.Add(Sentences.Of("finding/foreign-quota", ("quota", Name(quota))));
            }
        }
    }

    private static string Name(Quota quota) => $"{quota.FeatureLabel}: {quota.ValueLabel}";
}
