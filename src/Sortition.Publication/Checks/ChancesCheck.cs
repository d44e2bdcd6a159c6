using System.Globalization;
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
            return Check.NotChecked(VerificationStep.Chances, "Each person can count their own tickets (--id, --key); auditors can count everybody's.");
        }

        List<string> faults = [];
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
                people.Add(new Counted(FormattableString.Invariant($"Person {i + 1}"), n, t));
            }
            else if (n > 0)
            {
                faults.Add(FormattableString.Invariant($"Person {i + 1} is on a ballot, though people of type {t + 1} can be on no panel."));
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
            faults.Add("Nobody is said to have a chance at all.");
        }
        else if (never < 0 || times.Take(never).Any(n => n > 0))
        {
            faults.Add(
                lottery.HasPrivatePart
                    ? "Somebody who must be out is on a ballot."
                    : "Of the people whose type is not told, fewer are on no ballot than can be on no panel.");
        }
        else
        {
            people.AddRange(times.Skip(never).Zip(types, (n, t) => new Counted("Somebody whose type is not told", n, t)));
        }

        return Result(lottery, people, faults);
    }

    /// <summary>That a type is told of just those people of whom it should be.</summary>
    private static void CheckTypes(PublishedLottery lottery, int smallest, List<string> faults)
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
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"{told[t]} people are said to be of type {t + 1}, not {should}."));
            }
        }
    }

    private static VerificationCheck Result(PublishedLottery lottery, List<Counted> people, List<string> faults)
    {
        if (faults.Count > 0)
        {
            return Check.Of(VerificationStep.Chances, "", "The ballots do not fit the people.", faults);
        }

        int ballots = lottery.BallotCount;
        (Counted Person, double Distance, bool IsOff)[] distances = [.. people.Select(p => (
            p,
            Math.Abs(p.Times - (lottery.Lottery.ProbabilityOfType(p.Type) * ballots)),
            !RoundingError.IsWithinOne(lottery.Lottery, ballots, p.Times, p.Type)))];
        (Counted Person, double Distance, bool IsOff)[] off = [.. distances.Where(d => d.IsOff).OrderByDescending(d => d.Distance)];
        string matched = lottery.People.All(p => p.Type is not null) || lottery.HasPrivatePart
            ? "" : ", if those whose type is not told are matched as well as can be";
        string counted = FormattableString.Invariant(
            $"Counted: everybody is on {people.Min(p => p.Times)} to {people.Max(p => p.Times)} of {ballots} ballots");
        return off.Length == 0
            ? Check.Of(
                VerificationStep.Chances,
                FormattableString.Invariant($"{counted}, at most {distances.Max(d => d.Distance):0.###} ballots from the ideal{matched}."),
                "",
                [])
            : Check.NotConfirmed(
                VerificationStep.Chances,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{counted}; but {off.Length} people are one ballot or more from the ideal, by {off[^1].Distance:0.000} to "
                    + $"{off[0].Distance:0.000}{matched}. ")
                + "With some numbers of ballots that cannot be avoided, but a favour would look the same.",
                [.. off.Select(p => FormattableString.Invariant($"{p.Person.Who}: {p.Person.Times} ballots, {p.Distance:0.000} from the ideal."))]);
    }

    /// <summary>Somebody who can be on a panel.</summary>
    private sealed record Counted(string Who, int Times, int Type);
}
