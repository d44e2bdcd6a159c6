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
    /// Every row of lottery.csv is a panel, the selected people are one of them, and probabilities.csv and lottery.csv tell the same; gives the lowest chance.
    /// </summary>
    public static double CheckLottery(string folder, string peopleFile, string quotaFile, int size)
    {
        string[][] people = Csv.Read(peopleFile);
        string[][] quotas = Csv.Read(quotaFile);
        string[][] lottery = Csv.Read(Path.Combine(folder, "lottery.csv"));
        Assert.Equal(["panel", "probability", .. Enumerable.Range(1, size).Select(i => FormattableString.Invariant($"member {i}"))], lottery[0]);
        Dictionary<string, double> chances = Csv.Column(people, "id").ToDictionary(id => id, _ => 0.0);
        double total = 0;
        foreach (string[] row in lottery.Skip(1))
        {
            MeetsQuotas(people, quotas, row[2..]);
            total += Csv.Number(row[1]);
            foreach (string id in row[2..])
            {
                chances[id] += Csv.Number(row[1]);
            }
        }

        Assert.Equal(1, total, 1e-9);
        string[] selected = [.. Csv.Column(Csv.Read(Path.Combine(folder, "selected.csv")), "id").Order(StringComparer.Ordinal)];
        Assert.Contains(lottery.Skip(1), row => row[2..].Order(StringComparer.Ordinal).SequenceEqual(selected));

        string[][] probabilities = Csv.Read(Path.Combine(folder, "probabilities.csv"));
        Assert.Equal(["id", "probability"], probabilities[0]);
        Assert.Equal(chances.Keys.Order(StringComparer.Ordinal), Csv.Column(probabilities, "id").Order(StringComparer.Ordinal));
        Assert.All(probabilities.Skip(1), row => Assert.Equal(chances[row[0]], Csv.Number(row[1]), 1e-9));
        return chances.Values.Min();
    }
}
