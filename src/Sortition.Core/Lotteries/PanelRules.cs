using Sortition.Core.Problems;

namespace Sortition.Core.Lotteries;

/// <summary>What makes people a panel, checked person by person and independently of types and solvers.</summary>
internal static class PanelRules
{
    /// <summary>The first rule that the people break, in English; null if they are a panel.</summary>
    public static string? Breach(SelectionProblem problem, ReadOnlySpan<int> members)
    {
        if (members.Length != problem.PanelSize)
        {
            return FormattableString.Invariant($"There are {members.Length} members, not {problem.PanelSize}.");
        }

        HashSet<int> seen = [];
        Dictionary<int, int> households = [];
        foreach (int i in members)
        {
            Person person = problem.People[i];
            if (!seen.Add(i))
            {
                return $"{person.Id} is a member twice.";
            }

            if (person.Status == PersonStatus.MustBeOut)
            {
                return $"{person.Id} must be out.";
            }

            if (problem.HouseholdLimit is int limit && person.Household is int household)
            {
                households[household] = households.GetValueOrDefault(household) + 1;
                if (households[household] > limit)
                {
                    return FormattableString.Invariant($"More than {limit} member(s) share a household with {person.Id}.");
                }
            }
        }

        for (int i = 0; i < problem.People.Count; i++)
        {
            if (problem.People[i].Status == PersonStatus.MustBeIn && !seen.Contains(i))
            {
                return $"{problem.People[i].Id} must be in.";
            }
        }

        foreach (Quota quota in problem.Quotas)
        {
            int count = 0;
            foreach (int i in members)
            {
                count += problem.Matches(problem.People[i], quota) ? 1 : 0;
            }

            if (count < quota.Min || count > quota.Max)
            {
                return FormattableString.Invariant($"{count} members match the quota {quota}.");
            }
        }

        return null;
    }
}
