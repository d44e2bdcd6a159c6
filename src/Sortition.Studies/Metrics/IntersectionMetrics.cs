using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Studies.Lotteries;

namespace Sortition.Studies.Metrics;

/// <summary>How people with several values at once come out, and who sits together.</summary>
internal static class IntersectionMetrics
{
    private static readonly string[] s_names =
    [
        "pairs_mse_pool", "pairs_mse_quotas", "pairs_empty", "triples_mse_pool", "triples_mse_quotas", "triples_empty", "pairs_mse_population", "together_max",
        "together_min",
    ];

    public static IEnumerable<MetricValue> Of(StudyLottery lottery, IReadOnlyList<PopulationShare> shares, CancellationToken cancellationToken)
    {
        SelectionProblem problem = lottery.Problem;
        (IntersectionTable pairs, IntersectionTable triples) = (new(problem, 2), new(problem, 3));
        GroupMeetings meetings = new(problem);
        (double Value, double? Error)[] figures = Batches.Estimate(lottery, Figures);
        return s_names.Select((name, f) => new MetricValue(name, figures[f].Value, figures[f].Error));

        double[] Figures(StudyLottery l)
        {
            (double pairPool, double pairQuotas, double pairEmpty) = pairs.Evaluate(l, cancellationToken);
            (double triplePool, double tripleQuotas, double tripleEmpty) = triples.Evaluate(l, cancellationToken);
            (double max, double min) = meetings.Extremes(l);
            return [pairPool, pairQuotas, pairEmpty, triplePool, tripleQuotas, tripleEmpty, PopulationError(l, shares), max, min];
        }
    }

    /// <summary>The mean over the cells that are listed of (members in the cell / k − share in the population)², expected over the lottery.</summary>
    private static double PopulationError(StudyLottery lottery, IReadOnlyList<PopulationShare> shares)
    {
        SelectionProblem problem = lottery.Problem;
        double sum = 0;
        foreach (PopulationShare share in shares)
        {
            bool[] isIn = [.. problem.Types.Select(type => Has(type, share.First) && Has(type, share.Second))];
            sum += lottery.Panels.Sum(panel =>
            {
                double miss = (panel.Seats.Where(s => isIn[s.Type]).Sum(s => s.Seats) / (double)problem.PanelSize) - share.Share;
                return panel.Probability * miss * miss;
            });
        }

        return sum / shares.Count;

        bool Has(PersonType type, FeatureValue value)
        {
            int feature = 0;
            while (!string.Equals(problem.Features[feature].Name, value.Feature, StringComparison.Ordinal))
            {
                feature++;
            }

            return string.Equals(type.Values[feature], value.Value, StringComparison.Ordinal);
        }
    }
}
