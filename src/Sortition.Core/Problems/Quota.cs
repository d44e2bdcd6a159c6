using Sortition.Core.Problems;

namespace Sortition.Core;

/// <summary>How many members of the panel may match a condition: at least <see cref="Min"/>, at most <see cref="Max"/>.</summary>
/// <remarks>
/// The condition is one feature value, or several that must hold at once (an intersectional quota): nothing below the builder tells the two apart.
/// A quota promises nothing about the pool; whether enough people match is a question of feasibility. Immutable and safe to read from any thread.
/// </remarks>
public sealed class Quota : IEquatable<Quota>
{
    private readonly int _hash;

    internal Quota(IReadOnlyList<FeatureValue> condition, int min, int max, int? minFlex, int? maxFlex)
    {
        Condition = condition;
        Min = min;
        Max = max;
        MinFlex = minFlex;
        MaxFlex = maxFlex;
        HashCode hash = default;
        foreach (FeatureValue term in condition)
        {
            hash.Add(term);
        }

        _hash = HashCode.Combine(hash.ToHashCode(), min, max, minFlex, maxFlex);
    }

    /// <summary>The feature values a member must have, all of them, to count. At least one; no feature twice.</summary>
    public IReadOnlyList<FeatureValue> Condition { get; }

    /// <summary>The fewest matching members a panel may have, in seats, 0 or more.</summary>
    public int Min { get; }

    /// <summary>The most matching members a panel may have, in seats, at least <see cref="Min"/>.</summary>
    public int Max { get; }

    /// <summary>
    /// How far <see cref="Min"/> may be lowered if the quotas cannot be met, 0..<see cref="Min"/>; null where nothing was said, which means 0.
    /// </summary>
    public int? MinFlex { get; }

    /// <summary>
    /// How far <see cref="Max"/> may be raised if the quotas cannot be met, <see cref="Max"/> or more; null where nothing was said, which means no limit.
    /// </summary>
    public int? MaxFlex { get; }

    /// <summary>The features of the condition, joined by <c> &amp; </c>: the first column of a quota file.</summary>
    public string FeatureLabel => string.Join(" & ", Condition.Select(c => c.Feature));

    /// <summary>The values of the condition, joined by <c> &amp; </c>: the second column of a quota file.</summary>
    public string ValueLabel => string.Join(" & ", Condition.Select(c => c.Value));

    /// <summary>Whether another quota has the same condition, in the same order, and the same bounds.</summary>
    /// <param name="other">The other; may be null.</param>
    public bool Equals(Quota? other) =>
        ReferenceEquals(this, other)
        || (other is not null && _hash == other._hash && Min == other.Min && Max == other.Max && MinFlex == other.MinFlex && MaxFlex == other.MaxFlex
            && Condition.SequenceEqual(other.Condition));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Quota);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;

    /// <summary>The condition and its bounds, for people to read.</summary>
    public override string ToString() => FormattableString.Invariant($"{FeatureLabel}: {ValueLabel} {Min}-{Max}");
}
