using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Publication.Format;

namespace Sortition.Publication.Checks;

/// <summary>Checks that every ballot is a panel.</summary>
internal static class BallotsCheck
{
    public static VerificationCheck Run(PublishedLottery lottery, CancellationToken cancellationToken)
    {
        List<Sentence> faults = [];
        if (lottery.Data.Tickets is { } tickets)
        {
            CheckTickets(tickets, faults);
        }

        if (lottery.Ballots is not { } ballots)
        {
            Sentence finding = Sentences.Of("finding/tickets", ("ballots", lottery.BallotCount), ("size", lottery.Problem.PanelSize));
            return faults.Count > 0
                ? Check.Of(VerificationStep.Ballots, Sentences.None, Sentences.Of("finding/ticket-twice"), faults)
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
                faults.Add(Sentences.Of("finding/ballot", ("ballot", lottery.NumberOf(b)), ("what", Sentences.Of("finding/members-unsorted"))));
            }

            if (lottery.HasPrivatePart)
            {
                AddBreaches(lottery, b, faults);
            }
            else if (PartialBreach(lottery, ballot, matches) is Sentence breach)
            {
                faults.Add(Sentences.Of("finding/ballot", ("ballot", lottery.NumberOf(b)), ("what", breach)));
            }
        }

        string key = lottery.HasPrivatePart ? "finding/ballots"
            : lottery.People.Any(p => p.Type is null) ? "finding/ballots-in-reach"
            : "finding/ballots-without-households";
        return Check.Of(
            VerificationStep.Ballots,
            Sentences.Of(key, ("ballots", ballots.Count), ("size", lottery.Problem.PanelSize)),
            Sentences.Of("finding/no-panel"),
            faults);
    }

    private static void CheckTickets(IReadOnlyList<IReadOnlyList<string>> tickets, List<Sentence> faults)
    {
        HashSet<string> all = new(StringComparer.Ordinal);
        if (tickets.Any(ballot => ballot.Any(ticket => !all.Add(ticket))))
        {
            faults.Add(Sentences.Of("finding/part-ticket-twice", ("part", PartNames.Ballots)));
        }

        if (tickets.Any(ballot => ballot.Zip(ballot.Skip(1)).Any(pair => string.CompareOrdinal(pair.First, pair.Second) > 0)))
        {
            faults.Add(Sentences.Of("finding/part-tickets-unsorted", ("part", PartNames.Ballots)));
        }
    }

    private static void AddBreaches(PublishedLottery lottery, int ballot, List<Sentence> faults)
    {
        FaultList found = new();
        found.Try(() => Panel.Create(lottery.Problem, lottery.Ballots![ballot].Select(i => lottery.People[i].Id ?? "")));
        string number = lottery.NumberOf(ballot);
        faults.AddRange(found.Faults.Select(
            f => (Sentence)(texts => texts.Describe(f.At(new FaultLocation(texts.Render("finding/ballot-number", ("ballot", number))))) + ".")));
    }

    /// <summary>A quota that cannot be met whatever the people are whose features are not told.</summary>
    private static Sentence? PartialBreach(PublishedLottery lottery, IReadOnlyList<int> ballot, bool[][] matches)
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
                return Sentences.Of("finding/members-match", ("least", certain), ("most", possible), ("quota", quota.ToString()));
            }
        }

        return null;
    }
}
