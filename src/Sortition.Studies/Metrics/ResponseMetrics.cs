using Sortition.Core;
using Sortition.Studies.Instances;
using Sortition.Studies.Lotteries;

namespace Sortition.Studies.Metrics;

/// <summary>How even chances are from end to end: to volunteer and to be drawn, for a resident of each type that the pool has.</summary>
internal static class ResponseMetrics
{
    private static readonly string[] s_names = ["end_to_end_min", "end_to_end_max", "end_to_end_gini"];

    public static IEnumerable<MetricValue> Of(StudyLottery lottery, ResponseRates? rates)
    {
        if (rates is null)
        {
            yield break;
        }

        yield return new MetricValue("response_converged", rates.IsConverged ? 1 : 0);
        if (!rates.IsConverged)
        {
            yield break;
        }

        SelectionProblem problem = rates.Problem;
        int[] types = [.. Enumerable.Range(0, problem.Types.Count).Where(t => rates.ShareOfType(t) > 0)];
        yield return new MetricValue("response_min", types.Min(rates.RelativeRate));
        yield return new MetricValue("response_max", types.Max(rates.RelativeRate));
        (double Value, double? Error)[] figures = Batches.Estimate(lottery, l => Figures(l, rates, types));
        for (int f = 0; f < s_names.Length; f++)
        {
            yield return new MetricValue(s_names[f], figures[f].Value, lottery.HasExactChances ? null : figures[f].Error);
        }
    }

    /// <summary>
    /// A resident of type t has, as a multiple of k over the population, q_t·π_t / mean: people of the type in the pool times their mean chance over k times
    /// the type's share of the population. Over all residents the mean is 1.
    /// </summary>
    private static double[] Figures(StudyLottery lottery, ResponseRates rates, int[] types)
    {
        // People are the same at the same places, whatever entitlements have made of the types.
        SelectionProblem problem = rates.Problem;
        (double Chance, double Share)[] residents =
        [
            .. types.Select(t => (
                Chance: problem.Types[t].Members.Sum(i => lottery.Chances[i]) / problem.PanelSize / rates.ShareOfType(t), Share: rates.ShareOfType(t)))
                .OrderBy(r => r.Chance),
        ];

        // Half the mean difference of two residents over their mean, the residents in order.
        (double below, double gini, double mean) = (0, 0, 0);
        foreach ((double chance, double share) in residents)
        {
            gini += share * chance * ((2 * below) + share - 1);
            below += share;
            mean += share * chance;
        }

        return [residents[0].Chance, residents[^1].Chance, mean > 0 ? Math.Max(0, gini / mean) : 0];
    }
}
