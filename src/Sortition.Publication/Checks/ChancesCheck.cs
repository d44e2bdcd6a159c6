using System.Globalization;
using Sortition.Core;
using Sortition.Core.Ballots;
using Sortition.Publication.Format;

namespace Sortition.Publication.Checks;

/// <summary>Counts everybody's ballots and compares with what is stated.</summary>
internal static class ChancesCheck
{
    // Logarithms and sums may differ in the last digits between platforms.
    private const double Tolerance = 1e-12;

    /// <summary>
    /// Whoever's type is not told can still be counted. Those of them who can be on no panel are on no ballot; and whoever is who, the others are as far from
    /// their ideal as they are when the one with most ballots is given the highest ideal, and so on.
    /// </summary>
    public static VerificationCheck Run(FolderReader folder, PublishedLottery lottery)
    {
        bool isPublic = lottery.Level == PublicationLevel.Public;
        List<string> faults = [];
        FormCheck.Compare(folder, lottery, PartNames.People, faults);
        PanelLottery ideal = lottery.Lottery;
        bool[] isCovered = LotteryMetrics.CoveredBy(ideal);
        if (isPublic)
        {
            CheckPeople(lottery, faults);
        }

        List<Counted> people = [];
        List<int> times = [];
        for (int i = 0; i < lottery.People.Count; i++)
        {
            if (lottery.People[i].Type is not int t)
            {
                times.Add(lottery.BallotsOf(i));
            }
            else if (isCovered[ideal.Types[t].Members[0]])
            {
                people.Add(new Counted(FormattableString.Invariant($"Person {i + 1}"), lottery.BallotsOf(i), t));
            }
            else if (lottery.BallotsOf(i) > 0)
            {
                faults.Add(FormattableString.Invariant($"Person {i + 1} is on a ballot, though people of type {t + 1} can be on no panel."));
            }
        }

        int[] types = [.. Enumerable.Range(0, ideal.Types.Count)
            .Where(t => ideal.Types[t].Members.Count < lottery.SmallestGroup && isCovered[ideal.Types[t].Members[0]])
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
                isPublic
                    ? "Of the people whose type is not told, fewer are on no ballot than can be on no panel."
                    : "Somebody who must be out is on a ballot.");
        }
        else
        {
            people.AddRange(times.Skip(never).Zip(types, (n, t) => new Counted("Somebody whose type is not told", n, t)));
            RoundingError found = RoundingError.Compute(ideal, lottery.Ballots.Count, [.. people.Select(p => p.Times)], [.. people.Select(p => p.Type)]);
            Compare(lottery.Chances, PublishedChances.Of(found), faults, isExact: !isPublic || lottery.People.All(p => p.Type is not null));
        }

        return Result(lottery, people, faults);
    }

    private static void CheckPeople(PublishedLottery lottery, List<string> faults)
    {
        IReadOnlyList<PublishedPerson> people = lottery.People;
        for (int i = 1; i < people.Count; i++)
        {
            if (string.CompareOrdinal(people[i - 1].Name, people[i].Name) >= 0)
            {
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"{PartNames.People}, line {i + 2}: a tag is there twice or out of order."));
            }
        }

        int[] told = new int[lottery.Lottery.Types.Count];
        foreach (PublishedPerson person in people)
        {
            if (person.Type is int t)
            {
                told[t]++;
            }
        }

        for (int t = 0; t < told.Length; t++)
        {
            int members = lottery.Lottery.Types[t].Members.Count;
            int should = members < lottery.SmallestGroup ? 0 : members;
            if (told[t] != should)
            {
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"{told[t]} people are said to be of type {t + 1}, not {should}."));
            }
        }
    }

    private static void Compare(PublishedChances stated, PublishedChances found, List<string> faults, bool isExact)
    {
        Equal("lowestIdeal", stated.LowestIdeal, found.LowestIdeal);
        Equal("lowestBallots", stated.Lowest, found.Lowest);
        Equal("lowestBallotsAtMost", stated.MinBallotsUpperBound, found.MinBallotsUpperBound);
        Equal("highestBallots", stated.Highest, found.Highest);
        Equal("withoutBallot", stated.WithoutBallot, found.WithoutBallot);
        NoLess("largestDistance", stated.MaxDeviation, found.MaxDeviation);
        Equal("unavoidableDistance", stated.UnavoidableDistance, found.UnavoidableDistance);
        NoLess("typicalDistance", stated.RootMeanSquareDeviation, found.RootMeanSquareDeviation);
        Equal("knownBoundBySeats", stated.KnownBoundBySeats, found.KnownBoundBySeats);
        Equal("knownBoundByTypes", stated.KnownBoundByTypes ?? -1, found.KnownBoundByTypes ?? -1);

        void Equal(string name, double one, double other)
        {
            if (Math.Abs(one - other) > Tolerance)
            {
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"{PartNames.Manifest} states {name} {one}; it is {other}."));
            }
        }

        void NoLess(string name, double one, double other)
        {
            if (isExact)
            {
                Equal(name, one, other);
            }
            else if (one < other - Tolerance)
            {
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"{PartNames.Manifest} states {name} {one}; it is {other} or more."));
            }
        }
    }

    private static VerificationCheck Result(PublishedLottery lottery, List<Counted> people, List<string> faults)
    {
        int ballots = lottery.Ballots.Count;
        PublishedChances chances = lottery.Chances;
        string counted = FormattableString.Invariant($"Counted: everybody is on as many ballots as said, {chances.Lowest} to {chances.Highest} of {ballots}");
        (Counted Person, double Distance)[] off = [.. people
            .Where(p => !RoundingError.IsWithinOne(lottery.Lottery, ballots, p.Times, p.Type))
            .Select(p => (p, Math.Abs(p.Times - (lottery.Lottery.ProbabilityOfType(p.Type) * ballots))))
            .OrderByDescending(p => p.Item2)];
        bool isPublic = lottery.Level == PublicationLevel.Public;
        if (faults.Count == 0 && off.Length > 0)
        {
            string matched = isPublic ? ", if those whose type is not told are matched as well as can be" : "";
            return Check.NotConfirmed(
                VerificationStep.Chances,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{counted}; but {off.Length} people are one ballot or more from the ideal, by {off[^1].Distance:0.000} to "
                    + $"{off[0].Distance:0.000}{matched}. ")
                + $"With some numbers of ballots that cannot be avoided, but a favour would look the same.",
                [.. off.Select(p => FormattableString.Invariant($"{p.Person.Who}: {p.Person.Times} ballots, {p.Distance:0.000} from the ideal."))]);
        }

        string reservation = isPublic
            ? " How far people are from the ideal whose type is not told is checked only as far as it can be without knowing who they are."
            : "";
        return Check.Of(
            VerificationStep.Chances,
            FormattableString.Invariant($"{counted}, at most {chances.MaxDeviation * ballots:0.###} ballots from the ideal.{reservation}"),
            "The chances are not as stated.",
            faults);
    }

    /// <summary>Somebody who can be on a panel.</summary>
    private sealed record Counted(string Who, int Times, int Type);
}
