using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Studies.Lotteries;

namespace Sortition.Studies.Metrics;

/// <summary>How often two different people, one of each of two groups, sit on one panel, against how often they would if everybody were drawn alone.</summary>
/// <remarks>
/// Groups are the values of features; two groups are of different features. Expected over the lottery: seats of one times seats of the other, less the members
/// who are of both; against Σ π_i·π_j over different people i of one and j of the other.
/// </remarks>
internal sealed class GroupMeetings
{
    private readonly int[][] _groupsOfType;
    private readonly int[] _featureOf;
    private readonly SelectionProblem _problem;

    public GroupMeetings(SelectionProblem problem)
    {
        _problem = problem;
        Dictionary<(int Feature, string Value), int> numbers = [];
        foreach ((Feature feature, int f) in problem.Features.Select((feature, f) => (feature, f)))
        {
            foreach (string value in feature.Values)
            {
                numbers.Add((f, value), numbers.Count);
            }
        }

        _featureOf = [.. numbers.Keys.Select(key => key.Feature)];
        _groupsOfType = [.. problem.Types.Select(type => type.Values.Select((value, f) => numbers[(f, value)]).ToArray())];
    }

    /// <summary>The largest and the smallest ratio of all pairs of groups that meet by chance; not a number where there is none.</summary>
    public (double Max, double Min) Extremes(StudyLottery lottery)
    {
        int groups = _featureOf.Length;
        double[,] together = Together(lottery);
        double[] seats = new double[groups];
        double[,] squares = new double[groups, groups];
        for (int i = 0; i < lottery.Chances.Count; i++)
        {
            int type = _problem.TypeOf(i);
            if (type < 0)
            {
                continue;
            }

            double chance = lottery.Chances[i];
            foreach (int g in _groupsOfType[type])
            {
                seats[g] += chance;
                foreach (int h in _groupsOfType[type])
                {
                    squares[g, h] += chance * chance;
                }
            }
        }

        (double max, double min) = (double.NaN, double.NaN);
        for (int g = 0; g < groups; g++)
        {
            for (int h = 0; h < g; h++)
            {
                double expected = (seats[g] * seats[h]) - squares[g, h];
                if (_featureOf[g] != _featureOf[h] && expected > 1e-12)
                {
                    double ratio = together[g, h] / expected;
                    (max, min) = (double.IsNaN(max) ? ratio : Math.Max(max, ratio), double.IsNaN(min) ? ratio : Math.Min(min, ratio));
                }
            }
        }

        return (max, min);
    }

    private double[,] Together(StudyLottery lottery)
    {
        int groups = _featureOf.Length;
        double[,] together = new double[groups, groups];
        int[] members = new int[groups];
        foreach (StudyPanel panel in lottery.Panels)
        {
            Array.Clear(members);
            foreach (TypeSeats seats in panel.Seats)
            {
                foreach (int g in _groupsOfType[seats.Type])
                {
                    members[g] += seats.Seats;
                    foreach (int h in _groupsOfType[seats.Type])
                    {
                        together[g, h] -= panel.Probability * seats.Seats;
                    }
                }
            }

            for (int g = 0; g < groups; g++)
            {
                for (int h = 0; h < g; h++)
                {
                    together[g, h] += panel.Probability * members[g] * members[h];
                }
            }
        }

        return together;
    }
}
