using System.Globalization;
using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Publication.Format;

namespace Sortition.Publication.Checks;

/// <summary>Checks that every ballot is a panel.</summary>
internal static class BallotsCheck
{
    public static VerificationCheck Run(PublishedLottery lottery, CancellationToken cancellationToken)
    {
        List<string> faults = [];
        if (lottery.Data.Tickets is { } tickets)
        {
            CheckTickets(tickets, faults);
        }

        if (lottery.Ballots is not { } ballots)
        {
            string finding = FormattableString.Invariant(
                $"All {lottery.BallotCount} ballots have {lottery.Problem.PanelSize} tickets, no two of them the same. ")
                + "Who is on them is for each person and for auditors to check.";
            return faults.Count > 0
                ? Check.Of(VerificationStep.Ballots, "", "A ticket is there twice.", faults)
                : Check.NotChecked(VerificationStep.Ballots, finding);
        }

        bool[][] matches =
        [
            .. lottery.Problem.Quotas.Select(q => lottery.Lottery.Types.Select(t => lottery.Problem.Matches(lottery.Problem.People[t.Members[0]], q)).ToArray())
        ];
        for (int b = 0; b < ballots.Count; b++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            IReadOnlyList<int> ballot = ballots[b];
            if (ballot.Zip(ballot.Skip(1)).Any(pair => pair.First >= pair.Second))
            {
                faults.Add($"Ballot {lottery.NumberOf(b)}: members are not in ascending order, or one is there twice.");
            }

            if (lottery.HasPrivatePart)
            {
                AddBreaches(lottery, b, faults);
            }
            else if (PartialBreach(lottery, ballot, matches) is string breach)
            {
                faults.Add($"Ballot {lottery.NumberOf(b)}: {breach}");
            }
        }

        string rest = lottery.HasPrivatePart ? "who meet every quota and the household rule."
            : lottery.People.Any(p => p.Type is null)
                ? "of whom those whose features are told leave every quota within reach; the rest, and households, can be checked by auditors only."
                : "who meet every quota. Households can be checked by auditors only.";
        return Check.Of(
            VerificationStep.Ballots,
            string.Create(CultureInfo.InvariantCulture, $"All {ballots.Count} ballots have {lottery.Problem.PanelSize} different people, {rest}"),
            "A ballot is no panel.",
            faults);
    }

    private static void CheckTickets(IReadOnlyList<IReadOnlyList<string>> tickets, List<string> faults)
    {
        HashSet<string> all = new(StringComparer.Ordinal);
        if (tickets.Any(ballot => ballot.Any(ticket => !all.Add(ticket))))
        {
            faults.Add($"{PartNames.Ballots}: a ticket is there twice.");
        }

        if (tickets.Any(ballot => ballot.Zip(ballot.Skip(1)).Any(pair => string.CompareOrdinal(pair.First, pair.Second) > 0)))
        {
            faults.Add($"{PartNames.Ballots}: tickets are out of order.");
        }
    }

    private static void AddBreaches(PublishedLottery lottery, int ballot, List<string> faults)
    {
        FaultList found = new();
        found.Try(() => Panel.Create(lottery.Problem, lottery.Ballots![ballot].Select(i => lottery.People[i].Id ?? "")));
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
