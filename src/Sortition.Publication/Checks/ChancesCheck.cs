using System.Globalization;
using Sortition.Core.Ballots;
using Sortition.Core.Lotteries;
using Sortition.Publication.Format;

namespace Sortition.Publication.Checks;

/// <summary>Counts everybody's ballots and compares with what is stated.</summary>
internal static class ChancesCheck
{
    // Logarithms and sums may differ in the last digits between platforms.
    private const double Tolerance = 1e-12;

    public static VerificationCheck ForAuditors(FolderReader folder, PublishedLottery lottery)
    {
        List<string> faults = [];
        FormCheck.Compare(folder, lottery, PartNames.People, faults);
        if (!LotteryMetrics.CoveredBy(lottery.Lottery).Contains(true))
        {
            faults.Add("Nobody is said to have a chance at all.");
        }
        else if (BallotTable(lottery) is PanelTable table)
        {
            Compare(lottery.Chances, PublishedChances.Of(BallotQuality.Of(lottery.Lottery, table)), faults, isExact: true);
        }

        return Result(lottery, faults, "");
    }

    /// <summary>
    /// Whoever's type is not told can still be counted. Those of them who can be on no panel are on no ballot; and whoever is who, the others are as far from their ideal as they are
    /// when the one with most ballots is given the highest ideal, and so on.
    /// </summary>
    public static VerificationCheck ForEverybody(FolderReader folder, PublishedLottery lottery)
    {
        List<string> faults = [];
        FormCheck.Compare(folder, lottery, PartNames.People, faults);
        PanelLottery ideal = lottery.Lottery;
        bool[] isCovered = LotteryMetrics.CoveredBy(ideal);
        CheckPeople(lottery, faults);

        List<(int Times, double Ideal)> known = [];
        List<int> times = [];
        for (int i = 0; i < lottery.People.Count; i++)
        {
            if (lottery.People[i].Type is not int t)
            {
                times.Add(lottery.BallotsOf(i));
            }
            else if (isCovered[ideal.Types[t].Members[0]])
            {
                known.Add((lottery.BallotsOf(i), ideal.ProbabilityOfType(t)));
            }
            else if (lottery.BallotsOf(i) > 0)
            {
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"Person {i + 1} is on a ballot, though people of type {t + 1} can be on no panel."));
            }
        }

        List<double> ideals = [];
        for (int t = 0; t < ideal.Types.Count; t++)
        {
            if (ideal.Types[t].Members.Count < lottery.SmallestGroup && isCovered[ideal.Types[t].Members[0]])
            {
                ideals.AddRange(ideal.Types[t].Members.Select(_ => ideal.ProbabilityOfType(t)));
            }
        }

        times.Sort();
        ideals.Sort();
        int never = times.Count - ideals.Count;
        if (never < 0 || times.Take(never).Any(n => n > 0) || known.Count + ideals.Count == 0)
        {
            faults.Add("Of the people whose type is not told, fewer are on no ballot than can be on no panel.");
        }
        else
        {
            known.AddRange(times.Skip(never).Zip(ideals));
            BallotQuality least = BallotQuality.Of(ideal, lottery.Ballots.Count, [.. known.Select(p => p.Times)], [.. known.Select(p => p.Ideal)]);
            Compare(lottery.Chances, PublishedChances.Of(least), faults, isExact: lottery.People.All(p => p.Type is not null));
        }

        return Result(lottery, faults, " How far people are from the ideal whose type is not told is checked only as far as it can be without knowing who they are.");
    }

    /// <summary>The ballots as panels of the problem; null where they are none, which is told elsewhere.</summary>
    private static PanelTable? BallotTable(PublishedLottery lottery)
    {
        try
        {
            return lottery.ToTable();
        }
        catch (ArgumentException)
        {
            return null;
        }
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
        Equal("lowestBallotsAtMost", stated.LowestAtMost, found.LowestAtMost);
        Equal("highestBallots", stated.Highest, found.Highest);
        Equal("withoutBallot", stated.WithoutBallot, found.WithoutBallot);
        NoLess("largestDistance", stated.LargestDistance, found.LargestDistance);
        Equal("unavoidableDistance", stated.UnavoidableDistance, found.UnavoidableDistance);
        NoLess("typicalDistance", stated.TypicalDistance, found.TypicalDistance);
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

    private static VerificationCheck Result(PublishedLottery lottery, List<string> faults, string reservation) => Check.Of(
        VerificationStep.Chances,
        string.Create(
            CultureInfo.InvariantCulture,
            $"Counted: everybody is on as many ballots as said, {lottery.Chances.Lowest} to {lottery.Chances.Highest} of {lottery.Ballots.Count}, at most {lottery.Chances.LargestDistance * lottery.Ballots.Count:0.###} ballots from the ideal.{reservation}"),
        "The chances are not as stated.",
        faults);
}
