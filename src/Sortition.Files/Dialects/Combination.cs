using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files.Storage;

namespace Sortition.Files.Dialects;

/// <summary>A condition as tables write it: a feature and its value, or several of both joined by &amp;.</summary>
internal static class Combination
{
    /// <summary>The names of the features; one where the text as a whole is the name of a feature.</summary>
    public static string[] Names(string features, Predicate<string> isFeature) => isFeature(features) ? [features] : features.Split('&');

    /// <summary>Each feature with its value; null where there are not as many values.</summary>
    public static FeatureValue[]? Pair(string[] names, string values)
    {
        string[] parts = names.Length == 1 ? [values] : values.Split('&');
        return parts.Length == names.Length ? [.. names.Zip(parts, (name, part) => new FeatureValue(name.Trim(), part.Trim()))] : null;
    }

    /// <summary>Not as many values as features.</summary>
    public static Fault Uneven(FaultLocation location, string features, string[] names, string values) =>
        new(FileFaults.ValuesUnlikeFeatures, location, features.Trim(), values.Trim(), names.Length);
}
