namespace Sortition.Core.Problems;

/// <summary>One value of one feature, for example <c>age = 16-24</c>: the smallest condition a quota can be about.</summary>
public sealed record FeatureValue
{
    /// <summary>Names a value of a feature.</summary>
    /// <param name="feature">See <see cref="Feature"/>.</param>
    /// <param name="value">See <see cref="Value"/>.</param>
    public FeatureValue(string feature, string value)
    {
        Feature = feature;
        Value = value;
    }

    /// <summary>The feature's name.</summary>
    public string Feature { get; }

    /// <summary>The value's name.</summary>
    public string Value { get; }

    /// <summary>The two names with an equals sign between them.</summary>
    public override string ToString() => $"{Feature} = {Value}";
}
