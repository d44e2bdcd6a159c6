using Sortition.Core;
using Sortition.Core.Ballots;
using Sortition.Publication.Format;

namespace Sortition.Publication.Checks;

/// <summary>Counts everybody's ballots and compares with their ideal.</summary>
internal static class ChancesCheck
{
    /// <summary>
    /// Whoever's type is not told can still be counted. Those of them who can be on no panel are on no ballot; and whoever is who, the others are as far from
    /// their ideal as they are when the one with most ballots is given the highest ideal, and so on.
    /// </summary>
    public static VerificationCheck Run(PublishedLottery lottery)
    {
        if (lottery.Ballots is null)
        {
            return Check.NotChecked(VerificationStep.Chances, Sentences.Of("finding/count-own"));
        }

        List<Sentence> faults = [];
        PanelLottery ideal = lottery.Lottery;
        bool[] isCovered = LotteryMetrics.CoveredBy(ideal);
        int smallest = lottery.HasPrivatePart ? 0 : lottery.Data.SmallestGroup;
        CheckTypes(lottery, smallest, faults);
        List<Counted> people = [];
        List<int> times = [];
        for (int i = 0; i < lottery.People.Count; i++)
        {
            int n = lottery.BallotsOf(i)!.Value;
            if (lottery.People[i].Type is not int t)
            {
                times.Add(n);
            }
            else if (isCovered[ideal.Types[t].Members[0]])
            {
                people.Add(new Counted(Sentences.Of("finding/person", ("number", i + 1)), n, t));
            }
            else if (n > 0)
            {
                faults.Add(Sentences.Of("finding/uncovered-on-ballot", ("number", i + 1), ("type", t + 1)));
            }
        }

        int[] types = [.. Enumerable.Range(0, ideal.Types.Count)
            .Where(t => ideal.Types[t].Members.Count < smallest && isCovered[ideal.Types[t].Members[0]])
            .OrderBy(ideal.ProbabilityOfType)
            .SelectMany(t => Enumerable.Repeat(t, ideal.Types[t].Members.Count))];
        times.Sort();
        int never = times.Count - types.Length;
        if (people.Count + types.Length == 0)
        {
            faults.Add(Sentences.Of("finding/nobody-has-a-chance"));
        }
        else if (never < 0 || times.Take(never).Any(n => n > 0))
        {
            faults.Add(Sentences.Of(lottery.HasPrivatePart ? "finding/must-be-out" : "finding/too-few-on-no-ballot"));
        }
        else
        {
            people.AddRange(times.Skip(never).Zip(types, (n, t) => new Counted(Sentences.Of("finding/somebody"), n, t)));
        }

        return Result(lottery, people, faults);
    }

    /// <summary>That a type is told of just those people of whom it should be.</summary>
    private static void CheckTypes(PublishedLottery lottery, int smallest, List<Sentence> faults)
    {
        int[] told = new int[lottery.Lottery.Types.Count];
        foreach (int t in lottery.People.Select(p => p.Type).OfType<int>())
        {
            told[t]++;
        }

        for (int t = 0; t < told.Length; t++)
        {
            int members = lottery.Lottery.Types[t].Members.Count;
            int should = members < smallest ? 0 : members;
            if (told[t] != should)
            {
                faults.Add(Sentences.Of("finding/wrong-type-count", ("count", told[t]), ("type", t + 1), ("should", should)));
            }
        }
    }

    private static VerificationCheck Result(PublishedLottery lottery, List<Counted> people, List<Sentence> faults)
    {
        if (faults.Count > 0)
        {
            return Check.Of(VerificationStep.Chances, Sentences.None, Sentences.Of("finding/unlike-people"), faults);
        }

        int ballots = lottery.BallotCount;
        (Counted Person, double Distance, bool IsOff)[] distances = [.. people.Select(p => (
            p,
            Math.Abs(p.Times - (lottery.Lottery.ProbabilityOfType(p.Type) * ballots)),
            !RoundingError.IsWithinOne(lottery.Lottery, ballots, p.Times, p.Type)))];
        (Counted Person, double Distance, bool IsOff)[] off = [.. distances.Where(d => d.IsOff).OrderByDescending(d => d.Distance)];
        Sentence matched = lottery.People.All(p => p.Type is not null) || lottery.HasPrivatePart ? Sentences.None : Sentences.Of("finding/matched");
        Sentence counted = Sentences.Of(
            "finding/counted", ("least", people.Min(p => p.Times)), ("most", people.Max(p => p.Times)), ("ballots", ballots));
        return off.Length == 0
            ? Check.Of(
                VerificationStep.Chances,
                Sentences.Of(
                    "finding/chances",
                    ("counted", counted),
                    ("most", Sentences.Number(distances.Max(d => d.Distance), "0.###")),
                    ("matched", matched)),
                Sentences.None,
                [])
            : Check.NotConfirmed(
                VerificationStep.Chances,
                Sentences.Of(
                    "finding/chances-off",
                    ("counted", counted),
                    ("people", off.Length),
                    ("least", Sentences.Number(off[^1].Distance, "0.000")),
                    ("most", Sentences.Number(off[0].Distance, "0.000")),
                    ("matched", matched)),
                [.. off.Select(p => Sentences.Of(
                    "finding/person-off", ("who", p.Person.Who), ("ballots", p.Person.Times), ("distance", Sentences.Number(p.Distance, "0.000"))))]);
    }

    /// <summary>Somebody who can be on a panel.</summary>
    private sealed record Counted(Sentence Who, int Times, int Type);
}
