namespace Sortition.Core.Fairness;

/// <summary>The constraints that every panel of a lottery meets with no seat to spare.</summary>
internal static class TightConstraints
{
    public static IEnumerable<Constraint> Of(PanelLottery lottery)
    {
        SelectionProblem problem = lottery.Problem;
        foreach (Quota quota in problem.Quotas)
        {
            bool[] counts = [.. lottery.Types.Select(t => problem.Matches(problem.People[t.Members[0]], quota))];
            int[] sums = [.. lottery.Panels.Select(p => p.Seats.Sum(s => counts[s.Type] ? s.Seats : 0))];
            if (quota.Min > 0 && Array.TrueForAll(sums, s => s == quota.Min))
            {
                yield return new Constraint(ConstraintKind.QuotaMinimum, quota);
            }

            if (Array.TrueForAll(sums, s => s == quota.Max))
            {
                yield return new Constraint(ConstraintKind.QuotaMaximum, quota);
            }
        }

        if (Array.Exists(problem.TypeTable.Classes, c => lottery.Panels.All(p => p.Seats.Sum(s => c.Types.Contains(s.Type) ? s.Seats : 0) == c.TotalLimit)))
        {
            yield return new Constraint(ConstraintKind.HouseholdLimit);
        }
    }
}
