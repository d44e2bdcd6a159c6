using System.Globalization;
using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Publication.Format;

namespace Sortition.Publication.Checks;

/// <summary>Checks that every ballot is a panel.</summary>
internal static class BallotsCheck
{
    public static VerificationCheck Run(FolderReader folder, PublishedLottery lottery, CancellationToken cancellationToken)
    {
        List<string> faults = [];
        FormCheck.Compare(folder, lottery, PartNames.Ballots, faults);
        bool isAuditor = lottery.Level == PublicationLevel.Auditor;
        bool[][] matches =
        [
            .. lottery.Problem.Quotas.Select(q => lottery.Lottery.Types.Select(t => lottery.Problem.Matches(lottery.Problem.People[t.Members[0]], q)).ToArray())
        ];
        for (int b = 0; b < lottery.Ballots.Count; b++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            IReadOnlyList<int> ballot = lottery.Ballots[b];
            for (int m = 1; m < ballot.Count; m++)
            {
                if (ballot[m - 1] >= ballot[m])
                {
                    faults.Add($"Ballot {lottery.NumberOf(b)}: members are not in ascending order, or one is there twice.");
                    break;
                }
            }

            if (isAuditor)
            {
                AddBreaches(lottery, b, faults);
            }
            else if (PartialBreach(lottery, ballot, matches) is string breach)
            {
                faults.Add($"Ballot {lottery.NumberOf(b)}: {breach}");
            }
        }

        string finding = isAuditor
            ? FormattableString.Invariant(
                $"All {lottery.Ballots.Count} ballots are panels: {lottery.Problem.PanelSize} different people who meet every quota and the household rule.")
            : lottery.People.Any(p => p.Type is null)
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"All {lottery.Ballots.Count} ballots have {lottery.Problem.PanelSize} different people. Those whose features are told leave every "
                    + $"quota within reach; the rest, and households, can be checked by auditors only.")
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"All {lottery.Ballots.Count} ballots have {lottery.Problem.PanelSize} different people who meet every quota. Households can be checked "
                    + $"by auditors only.");
        return Check.Of(VerificationStep.Ballots, finding, "A ballot is no panel.", faults);
    }

    private static void AddBreaches(PublishedLottery lottery, int ballot, List<string> faults)
    {
        FaultList found = new();
        found.Try(() => Panel.Create(lottery.Problem, lottery.Ballots[ballot].Select(i => lottery.People[i].Name)));
        FaultLocation place = new("Ballot " + lottery.NumberOf(ballot));
        faults.AddRange(found.Faults.Select(f => PublicationTexts.English.Describe(f.At(place)) + "."));
    }

    /// <summary>A quota that cannot be met whatever the people are whose features are not told.</summary>
    private static string? PartialBreach(PublishedLottery lottery, IReadOnlyList<int> ballot, bool[][] matches)
    {
        for (int q = 0; q < matches.Length; q++)
        {
            int certain = 0;
            int possible = 0;
            foreach (int i in ballot)
            {
                bool? isMatch = lottery.People[i].Type is int t ? matches[q][t] : null;
                certain += isMatch == true ? 1 : 0;
                possible += isMatch == false ? 0 : 1;
            }

            Quota quota = lottery.Problem.Quotas[q];
            if (certain > quota.Max || possible < quota.Min)
            {
                return FormattableString.Invariant($"between {certain} and {possible} members match the quota {quota}.");
            }
        }

        return null;
    }
}
