using Sortition.Core.Problems;

namespace Sortition.Core.Lotteries;

/// <summary>What makes seats by type a panel.</summary>
internal static class TypePanelRules
{
    /// <summary>The first rule that the seats break, in English; null if they are a panel.</summary>
    public static string? Breach(SelectionProblem problem, IReadOnlyList<TypeSeats> seats)
    {
        PersonType[] types = problem.Types.Types;
        int[] taken = new int[types.Length];
        int total = 0;
        foreach ((int type, int count) in seats)
        {
            if (type < 0 || type >= types.Length || count < 1 || count > types[type].Members.Count)
            {
                return FormattableString.Invariant($"A panel has {count} seats for type {type}, which is unknown or smaller.");
            }

            if (taken[type] > 0)
            {
                return FormattableString.Invariant($"A panel names type {type} twice.");
            }

            taken[type] = count;
            total += count;
        }

        if (total != problem.PanelSize)
        {
            return FormattableString.Invariant($"A panel has {total} members, not {problem.PanelSize}.");
        }

        for (int t = 0; t < types.Length; t++)
        {
            if (types[t].Status == PersonStatus.MustBeIn && taken[t] != types[t].Members.Count)
            {
                return $"{problem.People[types[t].Members[0]].Id} or somebody like them must be in.";
            }
        }

        foreach (HouseholdClass @class in problem.Types.Classes)
        {
            if (@class.Types.Sum(t => taken[t]) > @class.TotalLimit)
            {
                return FormattableString.Invariant($"A panel has more than {@class.Limit} member(s) of a household.");
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
                return FormattableString.Invariant($"A panel has {count} members who match the quota {quota}.");
            }
        }

        return null;
    }
}
