namespace Sortition.Cli.Tests;

/// <summary>Judges a folder of results by the input files alone.</summary>
internal static class Judge
{
    /// <summary>Whether people meet quotas given as <c>category,feature,min,max</c>.</summary>
    public static void MeetsQuotas(string[][] people, string[][] quotas, IReadOnlyCollection<string> ids)
    {
        HashSet<string> members = [.. ids];
        Assert.Equal(ids.Count, members.Count);
        string[] all = Csv.Column(people, "id");
        foreach (string[] quota in quotas.Skip(1))
        {
            string[] values = Csv.Column(people, quota[0]);
            int count = Enumerable.Range(0, all.Length).Count(i => values[i] == quota[1] && members.Contains(all[i]));
            Assert.InRange(count, Csv.Number(quota[2]), Csv.Number(quota[3]));
        }
    }

    /// <summary>
    /// Every panel of lottery.csv meets the quotas whoever of a type sits on it, the selected people are one of them, and probabilities.csv and lottery.csv tell the same; gives the lowest chance.
    /// </summary>
    public static double CheckLottery(string folder, string peopleFile, string quotaFile, int size)
    {
        string[][] people = Csv.Read(peopleFile);
        string[][] quotas = Csv.Read(quotaFile);
        string[][] lottery = Csv.Read(Path.Combine(folder, "lottery.csv"));
        Assert.Equal(["panel", "probability", "type", "seats"], lottery[0]);
        Dictionary<string, string[]> types = Csv.Read(Path.Combine(folder, "types.csv")).Skip(1).GroupBy(row => row[1], row => row[0]).ToDictionary(g => g.Key, g => g.ToArray());
        string[] selected = Csv.Column(Csv.Read(Path.Combine(folder, "selected.csv")), "id");
        Dictionary<string, double> chances = Csv.Column(people, "id").ToDictionary(id => id, _ => 0.0);
        double total = 0;
        bool isDrawn = false;
        foreach (IGrouping<string, string[]> panel in lottery.Skip(1).GroupBy(row => row[0]))
        {
            string[][] rows = [.. panel];
            Assert.Equal(size, rows.Sum(row => int.Parse(row[3], System.Globalization.CultureInfo.InvariantCulture)));
            MeetsQuotas(people, quotas, [.. rows.SelectMany(row => types[row[2]].Take(int.Parse(row[3], System.Globalization.CultureInfo.InvariantCulture)))]);
            total += Csv.Number(rows[0][1]);
            foreach (string[] row in rows)
            {
                Assert.Equal(rows[0][1], row[1]);
                foreach (string id in types[row[2]])
                {
                    chances[id] += Csv.Number(row[1]) * Csv.Number(row[3]) / types[row[2]].Length;
                }
            }

            isDrawn |= rows.All(row => types[row[2]].Intersect(selected).Count() == (int)Csv.Number(row[3]));
        }

        Assert.Equal(1, total, 1e-9);
        Assert.Equal(size, selected.Distinct().Count());
        Assert.True(isDrawn);

        string[][] probabilities = Csv.Read(Path.Combine(folder, "probabilities.csv"));
        Assert.Equal(["id", "probability"], probabilities[0]);
        Assert.Equal(chances.Keys.Order(StringComparer.Ordinal), Csv.Column(probabilities, "id").Order(StringComparer.Ordinal));
        Assert.All(probabilities.Skip(1), row => Assert.Equal(chances[row[0]], Csv.Number(row[1]), 1e-9));
        return chances.Values.Min();
    }
}
