using Sortition.Core;
using Sortition.Studies.Lotteries;

namespace Sortition.Studies.Metrics;

/// <summary>What is to be expected of the quotas when members drop out and nobody steps in.</summary>
internal static class DropOutMetrics
{
    /// <summary>Everybody drops out with this chance, independently: about what organisers report.</summary>
    public const double Chance = 0.1;

    /// <summary>
    /// The expected breach: Σ seats off / max(u, 1) over the quotas ([A25] Assos, Baharav, Flanigan, Procaccia, Alternates, Assemble!, EC 2025), where of x
    /// members who count Binomial(x, 0.9) stay.
    /// </summary>
    public static IEnumerable<MetricValue> Of(StudyLottery lottery)
    {
        SelectionProblem problem = lottery.Problem;
        int[][] quotasOfType =
        [
            .. problem.Types.Select(type => Enumerable.Range(0, problem.Quotas.Count)
                .Where(q => problem.Matches(problem.People[type.Members[0]], problem.Quotas[q])).ToArray()),
        ];
        Dictionary<(int Quota, int Members), double> known = [];
        (double Value, double? Error) breach = Batches.Estimate(lottery, l => [l.Panels.Sum(panel => panel.Probability * Breach(panel))])[0];
        yield return new MetricValue("dropout_breach", breach.Value, breach.Error);

        double Breach(StudyPanel panel)
        {
            int[] members = new int[problem.Quotas.Count];
            foreach (Core.Problems.TypeSeats seats in panel.Seats)
            {
                foreach (int quota in quotasOfType[seats.Type])
                {
                    members[quota] += seats.Seats;
                }
            }

            double sum = 0;
            for (int q = 0; q < members.Length; q++)
            {
                if (!known.TryGetValue((q, members[q]), out double expected))
                {
                    known.Add((q, members[q]), expected = Expected(problem.Quotas[q], members[q]));
                }

                sum += expected;
            }

            return sum;
        }
    }

    private static double Expected(Quota quota, int members)
    {
        double sum = 0;
        double ways = Math.Pow(Chance, members);
        for (int stay = 0; stay <= members; stay++)
        {
            sum += ways * Math.Max(0, Math.Max(quota.Min - stay, stay - quota.Max));
            ways *= (1 - Chance) / Chance * (members - stay) / (stay + 1);
        }

        return sum / Math.Max(1, quota.Max);
    }
}
