using Sortition.Core.Problems;

namespace Sortition.Core.Lotteries;

/// <summary>What makes people a panel, checked person by person and independently of types and solvers.</summary>
internal static class PanelRules
{
    /// <summary>Reports every rule that the people break; none if they are a panel.</summary>
    public static void Check(SelectionProblem problem, IReadOnlyList<int> members, FaultLocation location, FaultList faults)
    {
        if (members.Count != problem.PanelSize)
        {
            faults.Add(CoreFaults.WrongPanelSize, location, members.Count, problem.PanelSize);
        }

        HashSet<int> seen = [];
        Dictionary<int, int> households = [];
        foreach (int i in members)
        {
            Person person = problem.People[i];
            if (!seen.Add(i))
            {
                faults.Add(CoreFaults.NamedTwice, location, person.Id);
            }

            if (person.Status == PersonStatus.MustBeOut)
            {
                faults.Add(CoreFaults.MustBeOut, location, person.Id);
            }

            if (problem.HouseholdLimit is int limit && person.Household is int household)
            {
                households[household] = households.GetValueOrDefault(household) + 1;
                if (households[household] > limit)
                {
                    faults.Add(CoreFaults.HouseholdOverLimit, location, person.Id, limit);
                }
            }
        }

        for (int i = 0; i < problem.People.Count; i++)
        {
            if (problem.People[i].Status == PersonStatus.MustBeIn && !seen.Contains(i))
            {
                faults.Add(CoreFaults.MustBeIn, location, problem.People[i].Id);
            }
        }

        foreach (Quota quota in problem.Quotas)
        {
            int count = members.Count(i => problem.Matches(problem.People[i], quota));
            if (count < quota.Min || count > quota.Max)
            {
                faults.Add(CoreFaults.QuotaNotMet, location, quota.ToString(), count);
            }
        }
    }
}
