namespace Sortition.Core.Replacements;

/// <summary>Which seats the household rule leaves.</summary>
internal static class Households
{
    /// <summary>How many seats are left to the households of those who are seated; empty without a rule.</summary>
    public static Dictionary<int, int> SeatsLeft(SelectionProblem problem, IEnumerable<int> seated)
    {
        Dictionary<int, int> left = [];
        if (problem.HouseholdLimit is int limit)
        {
            IEnumerable<int> inHouseholds = seated.Where(i => problem.People[i].Household is not null);
            foreach (IGrouping<int, int> household in inHouseholds.GroupBy(i => problem.People[i].Household!.Value))
            {
                left.Add(household.Key, limit - household.Count());
            }
        }

        return left;
    }

    /// <summary>Takes a seat for somebody if the household has one left.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="left">What <see cref="SeatsLeft"/> gave, less what was taken since.</param>
    /// <param name="person">The person.</param>
    /// <returns>Whether there was a seat.</returns>
    public static bool TakeSeat(SelectionProblem problem, Dictionary<int, int> left, Person person)
    {
        if (problem.HouseholdLimit is not int limit || person.Household is not int household)
        {
            return true;
        }

        int seats = left.GetValueOrDefault(household, limit);
        left[household] = seats - 1;
        return seats > 0;
    }
}
