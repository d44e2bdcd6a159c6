using Sortition.Core;
using Sortition.Core.Replacements;

namespace Sortition.Publication.Report.Model;

/// <summary>Counts what a look ahead found, without saying about whom.</summary>
internal static class DropOutCounts
{
    private const int Listed = 5;

    public static ReportDropOuts Of(ReplaceabilityAnalysis ahead)
    {
        Dictionary<Constraint, (int Members, int Pairs)> obstacles = [];
        foreach (Constraint constraint in ahead.Members.SelectMany(m => m.Obstacles))
        {
            (int members, int pairs) = obstacles.GetValueOrDefault(constraint);
            obstacles[constraint] = (members + 1, pairs);
        }

        foreach (Constraint constraint in ahead.Pairs.SelectMany(p => p.Obstacles))
        {
            (int members, int pairs) = obstacles.GetValueOrDefault(constraint);
            obstacles[constraint] = (members, pairs + 1);
        }

        // Ties keep the order of the problem's quotas, so that one panel has one report.
        Quota[] order = [.. ahead.Panel.Problem.Quotas];
        return new ReportDropOuts
        {
            Members = ahead.Members.Count,
            ReplaceableMembers = ahead.Members.Count(m => m.IsReplaceable),
            Pairs = ahead.Pairs.Count,
            ReplaceablePairs = ahead.Pairs.Count(p => p.IsReplaceable),
            Obstacles =
            [
                .. obstacles
                    .OrderByDescending(o => o.Value.Members + o.Value.Pairs)
                    .ThenByDescending(o => o.Value.Members)
                    .ThenBy(o => o.Key.Quota is null ? order.Length : Array.IndexOf(order, o.Key.Quota))
                    .ThenBy(o => o.Key.Kind)
                    .Take(Listed)
                    .Select(o => Obstacle(ahead.Panel.Problem, o.Key, o.Value.Members, o.Value.Pairs)),
            ],
        };
    }

    private static ReportObstacle Obstacle(SelectionProblem problem, Constraint constraint, int members, int pairs) => new(
        constraint.Kind,
        constraint.Quota?.FeatureLabel,
        constraint.Quota?.ValueLabel,
        constraint.Kind switch
        {
            ConstraintKind.QuotaMinimum => constraint.Quota!.Min,
            ConstraintKind.QuotaMaximum => constraint.Quota!.Max,
            ConstraintKind.HouseholdLimit => problem.HouseholdLimit!.Value,
            _ => problem.PanelSize,
        },
        members,
        pairs);
}
