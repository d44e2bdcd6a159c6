using System.Numerics;
using Sortition.Core.Problems;

namespace Sortition.Core.Targets;

/// <summary>A division of the population into groups by one feature, or by several at once: everybody is in exactly one group.</summary>
/// <remarks>Immutable and safe to read from any thread.</remarks>
public sealed class Breakdown
{
    internal Breakdown(IReadOnlyList<string> features, IReadOnlyList<PopulationGroup> groups, decimal? percentageSum)
    {
        Features = features;
        Groups = groups;
        PercentageSum = percentageSum;
        Total = groups.Aggregate(BigInteger.Zero, (sum, group) => sum + group.Weight);
    }

    /// <summary>The features that tell the groups apart.</summary>
    public IReadOnlyList<string> Features { get; }

    /// <summary>
    /// The groups, values in the order of the rows that they were given in. Combinations that were not given are not listed; nobody has them.
    /// </summary>
    public IReadOnlyList<PopulationGroup> Groups { get; }

    /// <summary>The weights of all groups together, more than 0.</summary>
    public BigInteger Total { get; }

    /// <summary>What the percentages add up to, as given, if that is neither 100 nor 1; shares are then parts of this sum. Otherwise null.</summary>
    public decimal? PercentageSum { get; }

    /// <summary>Sums up over the features that are not named.</summary>
    internal Breakdown By(string[] features)
    {
        int[] columns = [.. features.Select(f => Features.ToList().FindIndex(g => NameComparer.Instance.Equals(f, g)))];
        Dictionary<string, int>[] order = [.. columns.Select(c => ValueOrder.Of(Groups, c))];
        Dictionary<string, (PopulationGroup Group, int[] Place)> sums = new(StringComparer.Ordinal);
        foreach (PopulationGroup group in Groups)
        {
            FeatureValue[] condition = [.. columns.Select(c => group.Condition[c])];
            int[] place = [.. condition.Select((term, c) => order[c][term.Value])];
            string key = string.Join(',', place);
            BigInteger before = sums.TryGetValue(key, out (PopulationGroup Group, int[] Place) sum) ? sum.Group.Weight : 0;
            sums[key] = (new PopulationGroup(condition, before + group.Weight), place);
        }

        IEnumerable<(PopulationGroup Group, int[] Place)> sorted = sums.Values.OrderBy(s => s.Place[0]);
        for (int c = 1; c < columns.Length; c++)
        {
            int column = c;
            sorted = ((IOrderedEnumerable<(PopulationGroup Group, int[] Place)>)sorted).ThenBy(s => s.Place[column]);
        }

        return new Breakdown([.. columns.Select(c => Features[c])], [.. sorted.Select(s => s.Group)], percentageSum: null);
    }
}

/// <summary>A group of the population.</summary>
public sealed class PopulationGroup
{
    internal PopulationGroup(IReadOnlyList<FeatureValue> condition, BigInteger weight, string? source = null, string? comment = null)
    {
        Condition = condition;
        Weight = weight;
        Source = source;
        Comment = comment;
    }

    /// <summary>The feature values that everybody in the group has.</summary>
    public IReadOnlyList<FeatureValue> Condition { get; }

    /// <summary>
    /// Its number or percentage in whole units, the same ones for all groups of a population: its share is this by <see cref="Breakdown.Total"/>, exactly.
    /// </summary>
    public BigInteger Weight { get; }

    /// <summary>Where its number comes from; null where nobody said, and for groups that are summed up from others.</summary>
    public string? Source { get; }

    /// <summary>What is remarked on its number; null for nothing, and for groups that are summed up from others.</summary>
    public string? Comment { get; }
}
