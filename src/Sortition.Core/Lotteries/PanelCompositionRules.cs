using Sortition.Core.Problems;

namespace Sortition.Core.Lotteries;

/// <summary>What makes seats by type a panel.</summary>
internal static class PanelCompositionRules
{
    /// <summary>Reports every rule that the seats break; none if they are a panel.</summary>
    public static void Check(SelectionProblem problem, IReadOnlyList<TypeSeats> seats, FaultLocation location, FaultList faults)
    {
        PersonType[] types = problem.TypeTable.Types;
        int[] taken = new int[types.Length];
        long total = 0;
        foreach ((int type, int count) in seats)
        {
            if (type < 0 || type >= types.Length || count < 1 || count > types[type].Members.Count)
            {
                faults.Add(CoreFaults.UnknownType, location, count, type);
                continue;
            }

            if (taken[type] > 0)
            {
                faults.Add(CoreFaults.TypeTwice, location, type);
            }

            taken[type] = count;
            total += count;
        }

        if (total != problem.PanelSize)
        {
            faults.Add(CoreFaults.WrongPanelSize, location, total, problem.PanelSize);
        }

        for (int t = 0; t < types.Length; t++)
        {
            if (types[t].Status == PersonStatus.MustBeIn && taken[t] != types[t].Members.Count)
            {
                faults.Add(CoreFaults.TypeMustBeIn, location, problem.People[types[t].Members[0]].Id);
            }
        }

        foreach (HouseholdClass @class in problem.TypeTable.Classes)
        {
            if (@class.Types.Sum(t => taken[t]) > @class.TotalLimit)
            {
                faults.Add(CoreFaults.HouseholdOverLimit, location, null, @class.Limit);
            }
        }

        foreach (Quota quota in problem.Quotas)
        {
            int count = 0;
            for (int t = 0; t < types.Length; t++)
            {
                count += taken[t] > 0 && problem.Matches(problem.People[types[t].Members[0]], quota) ? taken[t] : 0;
            }

            if (count < quota.Min || count > quota.Max)
            {
                faults.Add(CoreFaults.QuotaNotMet, location, quota.ToString(), count);
            }
        }
    }
}
