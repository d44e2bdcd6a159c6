namespace Sortition.Core.Problems;

/// <summary>One value of one feature, for example <c>age = 16-24</c>: the smallest condition a quota can be about.</summary>
/// <remarks>Two are equal if both names are, letter by letter. Immutable and safe to read from any thread.</remarks>
public sealed class FeatureValue : IEquatable<FeatureValue>
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

    /// <inheritdoc/>
    public bool Equals(FeatureValue? other) =>
        other is not null && string.Equals(Feature, other.Feature, StringComparison.Ordinal) && string.Equals(Value, other.Value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FeatureValue);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Feature, Value);

    /// <summary>The two names with an equals sign between them.</summary>
    public override string ToString() => $"{Feature} = {Value}";
}
