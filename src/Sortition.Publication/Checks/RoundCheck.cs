using System.Globalization;
using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Publication.Format;

namespace Sortition.Publication.Checks;

/// <summary>Checks of a replacement round that what the lottery has to fill is the quotas of the whole panel less those who stay.</summary>
internal static class RoundCheck
{
    public static VerificationCheck Run(SelectionProblem problem, PublishedRound round)
    {
        List<string> faults = [];
        if (round.PanelSize - (long)round.Staying != problem.PanelSize)
        {
            faults.Add(
                FormattableString.Invariant(
                    $"If {round.Staying} of {round.PanelSize} members stay, {round.PanelSize - (long)round.Staying} seats are open, not {problem.PanelSize}."));
        }

        if (round.Quotas.Count > problem.Quotas.Count)
        {
            faults.Add(
                FormattableString.Invariant($"There are {round.Quotas.Count} quotas of the whole panel, but only {problem.Quotas.Count} of the open seats."));
        }
        else
        {
            Compare(problem, round, faults);
            Count(problem, round, faults);
            CheckHouseholds(problem, round, faults);
        }

        return Check.Of(
            VerificationStep.Round,
            string.Create(
                CultureInfo.InvariantCulture,
                $"This lottery fills {problem.PanelSize} of {round.PanelSize} seats; {round.Staying} members stay. Its quotas are the {round.Quotas.Count} "
                + $"of the whole panel less those who stay. Who they are, and how many match which quota, is for those to check who know them."),
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
                faults.Add(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{Name(open)}: {whole.Min}-{whole.Max} of the whole panel less {whole.Staying} who stay is {whole.OpenMin}-{whole.OpenMax}, not "
                        + $"{open.Min}-{open.Max}."));
            }
        }
    }

    /// <summary>Everybody who stays has one value of each feature, so the counts have to fit each other.</summary>
    private static void Count(SelectionProblem problem, PublishedRound round, List<string> faults)
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
                faults.Add(FormattableString.Invariant($"{Name(open)}: {whole.Staying} are said to stay, of {round.Staying} in all."));
            }

            foreach (FeatureValue term in open.Condition.Where(t => ofValue.TryGetValue(t, out int most) && whole.Staying > most))
            {
                faults.Add(
                    FormattableString.Invariant($"{Name(open)}: {whole.Staying} are said to stay, but of {term.Feature}: {term.Value} only {ofValue[term]}."));
            }
        }

        foreach (Feature feature in problem.Features)
        {
            (int values, long sum) = ofFeature.GetValueOrDefault(feature.Name);
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
                faults.Add(
                    FormattableString.Invariant($"{Name(quota)}: the whole panel has no such quota, and it is none on a household of somebody who stays."));
            }
        }
    }

    private static string Name(Quota quota) => $"{quota.FeatureLabel}: {quota.ValueLabel}";
}
