using Sortition.Core.Lotteries;
using Sortition.Core.Problems;

namespace Sortition.Core.Fairness;

/// <summary>How one group fares: people of one feature value, or who match an intersectional quota.</summary>
/// <param name="Condition">What the people of the group share.</param>
/// <param name="Quota">The quota on the group; null where there is none.</param>
/// <param name="Pool">How many people of the pool are in the group.</param>
/// <param name="Panel">How many members of the panel are in the group.</param>
/// <param name="LowestChance">The lowest selection probability of a covered person of the group, 0..1; null without a lottery, or if nobody of the group is covered.</param>
/// <param name="HighestChance">The highest such probability.</param>
/// <param name="MeanChance">The mean of such probabilities.</param>
public sealed record GroupSummary(
    IReadOnlyList<FeatureValue> Condition, Quota? Quota, int Pool, int Panel, double? LowestChance, double? HighestChance, double? MeanChance)
{
    /// <summary>Summarises all groups: every value of every feature in the problem's order, then the intersectional quotas.</summary>
    /// <param name="panel">The panel, which also tells the problem.</param>
    /// <param name="lottery">The lottery it was drawn from; null where there is none.</param>
    /// <returns>The groups.</returns>
    /// <exception cref="ArgumentException">Panel and lottery belong to different problems.</exception>
    public static IReadOnlyList<GroupSummary> Of(Panel panel, PanelLottery? lottery)
    {
        ArgumentNullException.ThrowIfNull(panel);
        throw new NotSupportedException();
    }
}
