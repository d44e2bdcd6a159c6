namespace Sortition.Core.Ballots;

/// <summary>How often people with two values of two features sit together, and how many members have both.</summary>
internal static class GroupsTogether
{
    /// <summary>Compares all pairs of values with chance.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="times">On how many ballots each person is.</param>
    /// <param name="ballots">The members of each.</param>
    /// <returns>
    /// The most that two groups sit together, as a multiple of chance, or null; and the mean square of the distances of cells from what is expected of them.
    /// </returns>
    public static (double? Ratio, double CellError) Compare(SelectionProblem problem, int[] times, IReadOnlyList<IReadOnlyList<int>> ballots)
    {
        int[][] valuesOf = ValuesOf(problem, out int[] featureOf);
        int values = featureOf.Length;
        double count = ballots.Count;
        double[] seats = new double[values];
        double[,] both = new double[values, values];
        double[,] squaresOfBoth = new double[values, values];
        for (int i = 0; i < times.Length; i++)
        {
            foreach (int v in valuesOf[i])
            {
                seats[v] += times[i];
                foreach (int w in valuesOf[i])
                {
                    both[v, w] += times[i];
                    squaresOfBoth[v, w] += (double)times[i] * times[i];
                }
            }
        }

        (double[,] together, double error) = Count(valuesOf, featureOf, both, ballots);
        double cells = 0;
        double ratio = 0;
        for (int v = 0; v < values; v++)
        {
            for (int w = 0; w < v; w++)
            {
                if (featureOf[v] == featureOf[w])
                {
                    continue;
                }

                // Two different people, one with each value.
                double expected = ((seats[v] * seats[w]) - squaresOfBoth[v, w]) / count;
                ratio = expected > 0 ? Math.Max(ratio, together[v, w] / expected) : ratio;
                cells++;
            }
        }

        return (ratio > 0 ? ratio : null, cells > 0 ? error / cells / count : 0);
    }

    /// <summary>For each two values, how often two different people with them are together; and the squares of what cells miss, added up.</summary>
    private static (double[,] Together, double Error) Count(int[][] valuesOf, int[] featureOf, double[,] both, IReadOnlyList<IReadOnlyList<int>> ballots)
    {
        int values = featureOf.Length;
        double[,] together = new double[values, values];
        double error = 0;
        foreach (IReadOnlyList<int> ballot in ballots)
        {
            int[] members = new int[values];
            int[,] cell = new int[values, values];
            foreach (int i in ballot)
            {
                int[] of = valuesOf[i];
                foreach (int v in of)
                {
                    members[v]++;
                    foreach (int w in of)
                    {
                        cell[v, w]++;
                    }
                }
            }

            for (int v = 0; v < values; v++)
            {
                for (int w = 0; w < v; w++)
                {
                    if (featureOf[v] != featureOf[w])
                    {
                        together[v, w] += ((double)members[v] * members[w]) - cell[v, w];
                        double missed = cell[v, w] - (both[v, w] / ballots.Count);
                        error += missed * missed;
                    }
                }
            }
        }

        return (together, error);
    }

    /// <summary>The values that somebody has, numbered through all features; for each person those that they have.</summary>
    private static int[][] ValuesOf(SelectionProblem problem, out int[] featureOf)
    {
        Dictionary<(int Feature, string Value), int> numbers = [];
        int[][] valuesOf = new int[problem.People.Count][];
        for (int i = 0; i < valuesOf.Length; i++)
        {
            IReadOnlyList<string> values = problem.People[i].Values;
            valuesOf[i] = new int[values.Count];
            for (int f = 0; f < values.Count; f++)
            {
                if (!numbers.TryGetValue((f, values[f]), out int number))
                {
                    number = numbers.Count;
                    numbers.Add((f, values[f]), number);
                }

                valuesOf[i][f] = number;
            }
        }

        featureOf = [.. numbers.OrderBy(n => n.Value).Select(n => n.Key.Feature)];
        return valuesOf;
    }
}
