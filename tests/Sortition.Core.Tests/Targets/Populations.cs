using Sortition.Core.Problems;
using Sortition.Core.Targets;

namespace Sortition.Core.Tests.Targets;

/// <summary>Populations for the tests.</summary>
internal static class Populations
{
    /// <summary>One feature, whose values are called by letters.</summary>
    public static Population Of(params int[] counts) => Of([.. counts.Select((count, c) => (((char)('a' + c)).ToString(), (decimal)count))]);

    /// <summary>One feature.</summary>
    public static Population Of(params (string Value, decimal Number)[] groups)
    {
        PopulationBuilder builder = new(PopulationMeasure.Count);
        foreach ((string value, decimal number) in groups)
        {
            builder.Group("feature", value, number);
        }

        return builder.Build();
    }

    /// <summary>A cross table with a feature for each number of values: row after row, the last feature fastest.</summary>
    public static PopulationInput[] CrossTable(int[] values, Func<int> count)
    {
        IEnumerable<FeatureValue[]> combinations = [[]];
        for (int f = 0; f < values.Length; f++)
        {
            string feature = $"f{f}";
            int many = values[f];
            combinations = combinations.SelectMany(c => Enumerable.Range(0, many).Select(v => (FeatureValue[])[.. c, new FeatureValue(feature, $"v{v}")]));
        }

        return [.. combinations.Select(c => new PopulationInput { Condition = c, Number = count() })];
    }

    public static Population Of(IEnumerable<PopulationInput> groups)
    {
        PopulationBuilder builder = new(PopulationMeasure.Count);
        foreach (PopulationInput group in groups)
        {
            builder.Group(group);
        }

        return builder.Build();
    }
}

/// <summary>Random counts of a few groups, of very different sizes and with zeros and ties, and a panel size.</summary>
internal sealed class RandomCase
{
    public RandomCase(int seed)
    {
        Random = RandomSource.Seeded($"targets {seed}");
        int[] counts = new int[1 + Below(8)];
        for (int c = 0; c < counts.Length; c++)
        {
            counts[c] = Count();
        }

        counts[^1]++;
        Counts = counts;
        Size = 1 + Below(60);
    }

    public RandomSource Random { get; }

    public int[] Counts { get; }

    public int Size { get; }

    public int Below(int bound) => (int)Random.NextBelow(bound);

    public int Count() => Below(Below(2) == 0 ? 10 : 100_000);

    public T[] Shuffled<T>(IEnumerable<T> items) => [.. items.Select(item => (item, Key: Below(1 << 30))).OrderBy(x => x.Key).Select(x => x.item)];
}
