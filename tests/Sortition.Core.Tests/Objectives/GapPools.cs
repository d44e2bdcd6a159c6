using Sortition.Core.Problems;

namespace Sortition.Core.Tests.Objectives;

/// <summary>Tiny pools with many two-valued features and exact quotas: in some of them no lottery reaches the bound of the relaxation.</summary>
internal static class GapPools
{
    public static SelectionProblem Problem(int seed) => SideBySide([seed]);

    /// <summary>Several pools as one: everybody belongs to one of them and counts for none of the others' quotas.</summary>
    public static SelectionProblem SideBySide(IReadOnlyList<int> seeds)
    {
        Pool[] pools = [.. seeds.Select(Pool.Of)];
        SelectionProblemBuilder builder = new(pools.Sum(p => p.Seats));
        for (int b = 0; b < pools.Length; b++)
        {
            builder.Quota("pool", Block(b), pools[b].Seats, pools[b].Seats);
            for (int f = 0; f < pools[b].Features; f++)
            {
                // The first people of a pool are a panel of it.
                int ones = pools[b].People.Take(pools[b].Seats).Count(p => Has(p, f));
                builder.Quota(Name(b, f), "1", ones, ones).Feature(Name(b, f), "0");
            }
        }

        return builder.People(pools.SelectMany((pool, b) => pool.People.Select((p, i) => (b, i, p))), new PersonReader<(int Block, int Index, int Person)>
        {
            Id = row => FormattableString.Invariant($"{Block(row.Block)}{row.Index:D2}"),
            Value = (row, feature) => feature == "pool" ? Block(row.Block)
                : feature[0] == Block(row.Block)[0] && Has(row.Person, feature[1] - '0') ? "1" : "0",
        }).Build();
    }

    private static bool Has(int person, int feature) => (person >> feature & 1) == 1;

    private static string Block(int block) => ((char)('a' + block)).ToString();

    private static string Name(int block, int feature) => FormattableString.Invariant($"{Block(block)}{feature}");

    /// <summary>People as sets of features they have.</summary>
    private sealed record Pool(int Seats, int Features, int[] People)
    {
        public static Pool Of(int seed)
        {
            RandomSource random = RandomSource.Seeded(FormattableString.Invariant($"gap pool {seed}"));
            int n = 6 + (int)random.NextBelow(5);
            int seats = 3 + (int)random.NextBelow(3);
            int features = 3 + (int)random.NextBelow(4);
            return new Pool(seats, features, [.. Enumerable.Range(0, n).Select(_ => (int)random.NextBelow(1 << features))]);
        }
    }
}
