using Sortition.Core.Problems;

namespace Sortition.Core.Tests.Lotteries;

/// <summary>Random lotteries over the panels of tiny problems.</summary>
internal static class TinyLotteries
{
    public static Certificate NoCertificate { get; } = new(LotteryAlgorithms.FindObjective("maximin", null), CertificateStatus.NotProven, 0, 1, []);

    /// <summary>A lottery over some of a problem's panels by type, with weights of all sizes; null if the problem has no panel.</summary>
    public static PanelLottery? Of(SelectionProblem problem, int seed)
    {
        RandomSource random = RandomSource.Seeded(FormattableString.Invariant($"tiny lottery {seed}"));
        TypeSeats[][] panels = [.. TinyPools.AllPanels(problem).Select(p => SeatsOf(problem, p)).DistinctBy(p => string.Join(' ', p))];
        if (panels.Length == 0)
        {
            return null;
        }

        int[] order = [.. Enumerable.Range(0, panels.Length)];
        random.Shuffle(order, order.Length);
        int count = 1 + (int)random.NextBelow(Math.Min(panels.Length, 6));
        SortedSet<long> cuts = [0, PanelLottery.WeightTotal];
        while (cuts.Count <= count)
        {
            cuts.Add(random.NextBelow(4) switch
            {
                0 => 1 + random.NextBelow(5),
                1 => (1 + random.NextBelow(11)) * (PanelLottery.WeightTotal / 12),
                _ => 1 + random.NextBelow(PanelLottery.WeightTotal - 1),
            });
        }

        IEnumerable<long> weights = cuts.Zip(cuts.Skip(1), (a, b) => b - a);
        return PanelLottery.Create(problem, order.Take(count).Zip(weights, (o, weight) => ((IReadOnlyList<TypeSeats>)panels[o], weight)), [], NoCertificate);
    }

    public static TypeSeats[] SeatsOf(SelectionProblem problem, IReadOnlyList<int> members) =>
        [.. members.GroupBy(i => problem.TypeTable.TypeOf[i]).OrderBy(g => g.Key).Select(g => new TypeSeats(g.Key, g.Count()))];

    /// <summary>
    /// A pool in which two to four households have the same kinds of members and the limit, 1 or 2, binds; with other households, people living alone, people who must be in or out,
    /// and a loose quota.
    /// </summary>
    public static SelectionProblem HouseholdProblem(int seed)
    {
        RandomSource random = RandomSource.Seeded(FormattableString.Invariant($"household pool {seed}"));
        int limit = Between(1, 2);
        int houses = Between(2, 4);
        int size = Between(limit + 1, 3);
        string[] kinds = [.. Enumerable.Range(0, size).Select(_ => Colour())];
        List<TinyRow> rows = [];
        for (int h = 0; h < houses; h++)
        {
            rows.AddRange(kinds.Select(kind => Row($"house {h}", kind)));
        }

        if (random.NextBelow(2) == 0)
        {
            int others = Between(2, 3);
            rows.AddRange(Enumerable.Range(0, others).Select(_ => Row("other house", Colour())));
            rows.AddRange(Enumerable.Range(0, others).Select(i => Row("third house", rows[^others].Values["colour"])));
        }

        rows.AddRange(Enumerable.Range(0, Between(0, 3)).Select(_ => Row(null, Colour())));
        TinyPool pool = new()
        {
            PanelSize = Between(1, Math.Min(houses + 2, rows.Count)),
            Rows = rows,
            Quotas = [new() { Condition = [new("colour", "red")], Min = 0, Max = Between(1, 4) }],
            Declared = [("colour", ["blue"])],
            HouseholdLimit = limit,
            MustBeIn = random.NextBelow(5) == 0 ? [rows[^1].Id] : [],
            MustBeOut = random.NextBelow(5) == 0 ? [rows[0].Id] : [],
        };
        return pool.Build();

        int Between(int low, int high) => low + (int)random.NextBelow(high - low + 1);

        string Colour() => random.NextBelow(3) == 0 ? "red" : "blue";

        TinyRow Row(string? household, string colour) =>
            new(FormattableString.Invariant($"p{rows.Count:00}-{random.NextBelow(1_000_000)}"), household, new Dictionary<string, string> { ["colour"] = colour });
    }
}
