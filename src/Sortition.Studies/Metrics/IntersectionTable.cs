using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Studies.Lotteries;

namespace Sortition.Studies.Metrics;

/// <summary>All cells of so many features: one value of each. Which types are in which, and what shares of the panel they ought to have.</summary>
internal sealed class IntersectionTable
{
    private readonly Combination[] _combinations;
    private readonly int _panelSize;
    private readonly int _cells;
    private readonly int _cellsWithPeople;
    private readonly int _cellsWithQuotas;

    /// <param name="problem">The problem.</param>
    /// <param name="size">Of how many features, 2 or 3.</param>
    public IntersectionTable(SelectionProblem problem, int size)
    {
        _panelSize = problem.PanelSize;
        double[]?[] quotas = [.. problem.Features.Select(feature => QuotaShares(problem, feature))];
        _combinations = [.. Sets(problem.Features.Count, size, 0).Select(features => new Combination(problem, features, quotas))];
        _cells = _combinations.Sum(c => c.PoolShares.Length);
        _cellsWithPeople = _combinations.Sum(c => c.PoolShares.Count(share => share > 0));
        _cellsWithQuotas = _combinations.Sum(c => c.QuotaShares?.Length ?? 0);
    }

    /// <summary>
    /// The mean over all cells of (members in the cell / k − share that it ought to have)², expected over the lottery: with shares of the pool, and with
    /// products of the middles of quotas, over the features that have quotas for all their values. And the expected share of cells with people in the pool but
    /// none on the panel. Not a number where there are no such cells.
    /// </summary>
    public (double Pool, double Quotas, double Empty) Evaluate(StudyLottery lottery, CancellationToken cancellationToken)
    {
        (double pool, double quotas, double filled) = (0, 0, 0);
        foreach (Combination combination in _combinations)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int[] members = new int[combination.PoolShares.Length];
            List<int> touched = [];
            (double ofPool, double ofQuotas) = (Squares(combination.PoolShares), Squares(combination.QuotaShares ?? []));
            foreach (StudyPanel panel in lottery.Panels)
            {
                foreach (TypeSeats seats in panel.Seats)
                {
                    int cell = combination.CellOfType[seats.Type];
                    if (members[cell] == 0)
                    {
                        touched.Add(cell);
                    }

                    members[cell] += seats.Seats;
                }

                (double poolError, double quotaError) = (ofPool, ofQuotas);
                foreach (int cell in touched)
                {
                    double share = members[cell] / (double)_panelSize;
                    poolError += share * (share - (2 * combination.PoolShares[cell]));
                    quotaError += combination.QuotaShares is { } shares ? share * (share - (2 * shares[cell])) : 0;
                    members[cell] = 0;
                }

                pool += panel.Probability * poolError;
                quotas += combination.QuotaShares is null ? 0 : panel.Probability * quotaError;
                filled += panel.Probability * touched.Count;
                touched.Clear();
            }
        }

        return (pool / _cells, quotas / _cellsWithQuotas, 1 - (filled / _cellsWithPeople));
    }

    /// <summary>For each value of a feature the middle of its quota over the sum of all; null unless every value has one, or where all are 0.</summary>
    internal static double[]? QuotaShares(SelectionProblem problem, Feature feature)
    {
        double?[] middles =
        [
            .. feature.Values.Select(value => problem.Quotas
                .FirstOrDefault(q => q.Condition.Count == 1 && q.Condition[0].Equals(new FeatureValue(feature.Name, value))) is { } quota
                    ? (quota.Min + (double)quota.Max) / 2
                    : (double?)null),
        ];
        double sum = middles.Sum() ?? 0;
        return middles.All(m => m is not null) && sum > 0 ? [.. middles.Select(m => m!.Value / sum)] : null;
    }

    private static double Squares(double[] shares) => shares.Sum(share => share * share);

    private static IEnumerable<int[]> Sets(int features, int size, int from)
    {
        if (size == 0)
        {
            yield return [];
            yield break;
        }

        for (int f = from; f < features; f++)
        {
            foreach (int[] rest in Sets(features, size - 1, f + 1))
            {
                yield return [f, .. rest];
            }
        }
    }

    /// <summary>The cells of some features.</summary>
    private sealed class Combination
    {
        public Combination(SelectionProblem problem, int[] features, double[]?[] quotaShares)
        {
            int[] counts = [.. features.Select(f => problem.Features[f].Values.Count)];
            int cells = counts.Aggregate(1, (product, count) => product * count);
            PoolShares = new double[cells];
            CellOfType =
            [
                .. problem.Types.Select(type => features.Aggregate(0, (cell, f) => (cell * problem.Features[f].Values.Count) + IndexOf(problem, f, type))),
            ];
            double people = problem.Types.Sum(type => type.Members.Count);
            for (int t = 0; t < CellOfType.Length; t++)
            {
                PoolShares[CellOfType[t]] += problem.Types[t].Members.Count / people;
            }

            if (Array.TrueForAll(features, f => quotaShares[f] is not null))
            {
                QuotaShares = new double[cells];
                for (int cell = 0; cell < cells; cell++)
                {
                    int rest = cell;
                    double share = 1;
                    for (int f = features.Length - 1; f >= 0; f--)
                    {
                        share *= quotaShares[features[f]]![rest % counts[f]];
                        rest /= counts[f];
                    }

                    QuotaShares[cell] = share;
                }
            }
        }

        public int[] CellOfType { get; }

        public double[] PoolShares { get; }

        public double[]? QuotaShares { get; }

        private static int IndexOf(SelectionProblem problem, int feature, PersonType type)
        {
            IReadOnlyList<string> values = problem.Features[feature].Values;
            int v = 0;
            while (!string.Equals(values[v], type.Values[feature], StringComparison.Ordinal))
            {
                v++;
            }

            return v;
        }
    }
}
