namespace Sortition.Core.Problems;

/// <summary>One value of one feature, for example <c>age = 16-24</c>: the smallest condition a quota can be about.</summary>
/// <param name="Feature">The feature's name.</param>
/// <param name="Value">The value's name.</param>
public sealed record FeatureValue(string Feature, string Value)
{
    /// <summary>The two names with an equals sign between them.</summary>
    public override string ToString() => $"{Feature} = {Value}";
}
