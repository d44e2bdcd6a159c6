using System.Globalization;
using Sortition.Core;
using Sortition.Core.Problems;

namespace Sortition.Cli.Commands;

/// <summary>People made up by lot for given quotas: every feature is drawn by itself, its values with shares near those the quotas ask for.</summary>
/// <remarks>
/// A value's share is in proportion to the midpoint of its quota, times exp(skew · u), where u is drawn once for each value, uniformly from −1 to 1. Real
/// volunteers select themselves: with skew 1, one group may volunteer up to e² ≈ 7.4 times as readily as another; with 0 all do alike. Shares are rounded to
/// whole numbers before people are drawn, so that equal seeds give equal people everywhere.
/// </remarks>
internal sealed class SyntheticPool
{
    private const double Resolution = 1 << 20;

    private readonly RandomSource _random;
    private readonly (Feature Feature, long[] UpTo)[] _features;

    public SyntheticPool(SelectionProblem quotas, double skew, RandomSource random)
    {
        _random = random;
        _features = [.. quotas.Features.Select(feature => (feature, Shares(quotas, feature, skew)))];
    }

    /// <summary>The headings of the people file.</summary>
    public IReadOnlyList<string> Header => ["id", .. _features.Select(f => f.Feature.Name)];

    /// <summary>People, one row each, as they are enumerated.</summary>
    public IEnumerable<string[]> People(int count)
    {
        int digits = count.ToString(CultureInfo.InvariantCulture).Length;
        for (int i = 1; i <= count; i++)
        {
            string[] row = new string[_features.Length + 1];
            row[0] = "P" + i.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
            for (int f = 0; f < _features.Length; f++)
            {
                row[f + 1] = Draw(_features[f].Feature, _features[f].UpTo);
            }

            yield return row;
        }
    }

    private string Draw(Feature feature, long[] upTo)
    {
        long number = _random.NextBelow(upTo[^1]);
        int value = 0;
        while (number >= upTo[value])
        {
            value++;
        }

        return feature.Values[value];
    }

    /// <summary>Running sums of the values' shares, as whole numbers.</summary>
    private long[] Shares(SelectionProblem quotas, Feature feature, double skew)
    {
        double[] seats = [.. feature.Values.Select(value => Midpoint(quotas, new FeatureValue(feature.Name, value)))];
        double total = seats.Sum();
        long[] upTo = new long[seats.Length];
        long sum = 0;
        for (int v = 0; v < upTo.Length; v++)
        {
            double noise = (2.0 * _random.NextBelow(1L << 32) / (1L << 32)) - 1;
            double share = total > 0 ? seats[v] / total : 1.0 / seats.Length;
            sum += (long)Math.Round(share * Math.Exp(skew * noise) * Resolution);
            upTo[v] = sum;
        }

        return upTo;
    }

    /// <summary>The middle of a value's quota; of a value that only intersectional quotas name, of all those together.</summary>
    private static double Midpoint(SelectionProblem quotas, FeatureValue value)
    {
        Quota? own = quotas.Quotas.FirstOrDefault(q => q.Condition.Count == 1 && q.Condition[0].Equals(value));
        return own is not null ? Middle(own) : quotas.Quotas.Where(q => q.Condition.Contains(value)).Sum(Middle);

        static double Middle(Quota quota) => (quota.Min + (double)quota.Max) / 2;
    }
}
