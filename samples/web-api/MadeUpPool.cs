/// <summary>Assemblies to try things out with. The people are ids and values drawn at random, more of some values than the population has.</summary>
internal static class MadeUpPool
{
    /// <summary>Of each value: the share of the population, and how readily its people come forward.</summary>
    private static readonly (string Feature, (string Value, double Share, double Eagerness)[] Values)[] s_features =
    [
        ("gender", [("female", 0.5, 1.2), ("male", 0.5, 0.8)]),
        ("age", [("16-29", 0.2, 0.4), ("30-44", 0.25, 0.8), ("45-59", 0.25, 1.2), ("60-74", 0.2, 1.6), ("75+", 0.1, 0.7)]),
        ("education", [("school", 0.3, 0.5), ("vocational", 0.4, 0.8), ("university", 0.3, 1.8)]),
        ("district", [("north", 0.25, 0.7), ("east", 0.25, 0.9), ("south", 0.3, 0.8), ("centre", 0.2, 1.8)]),
        ("transport", [("car", 0.5, 0.7), ("bus", 0.3, 0.9), ("bicycle", 0.2, 2.0)]),
    ];

    /// <summary>A town whose lottery takes a moment, a region whose lottery takes long enough to be cancelled, and a hamlet with too few people.</summary>
    public static void Seed(Database database)
    {
        Add(database, "town", people: 500, seats: 40);
        Add(database, "region", people: 20_000, seats: 400);
        Add(database, "hamlet", people: 30, seats: 25);
    }

    private static void Add(Database database, string assembly, int people, int seats)
    {
        if (database.Execute("INSERT OR IGNORE INTO assemblies VALUES ($1, $2, 1)", assembly, seats) == 0)
        {
            return;
        }

        Random random = new(people);
        database.ExecuteAll(
            "INSERT INTO quotas VALUES ($1, $2, $3, $4, $5)",
            s_features.SelectMany(feature => feature.Values.Select(v =>
                new object?[] { assembly, feature.Feature, v.Value, (int)Math.Floor(v.Share * seats), (int)Math.Floor(v.Share * seats) + 1 })));
        database.ExecuteAll(
            "INSERT INTO people VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            Enumerable.Range(1, people).Select(i => (object?[])
                [assembly, $"{assembly}-{i:00000}", $"house {random.Next(people)}", .. s_features.Select(feature => Draw(random, feature.Values))]));
    }

    private static string Draw(Random random, (string Value, double Share, double Eagerness)[] values)
    {
        double left = random.NextDouble() * values.Sum(v => v.Share * v.Eagerness);
        return values.First(v => (left -= v.Share * v.Eagerness) < 0 || v == values[^1]).Value;
    }
}
