namespace Sortition.Core.Problems;

/// <summary>A quota as given, before it is checked, and where it was given.</summary>
public sealed class QuotaInput
{
    /// <summary>The feature values that must hold at once, at least one. Matched trimmed and without regard to case.</summary>
    public required IReadOnlyList<FeatureValue> Condition { get; init; }

    /// <summary>The fewest matching members, in seats.</summary>
    public required int Min { get; init; }

    /// <summary>The most matching members, in seats.</summary>
    public required int Max { get; init; }

    /// <summary>See <see cref="Quota.MinFlex"/>.</summary>
    public int? MinFlex { get; init; }

    /// <summary>See <see cref="Quota.MaxFlex"/>.</summary>
    public int? MaxFlex { get; init; }

    /// <summary>Where the quota stands: file and line. Its column is ignored.</summary>
    public FaultLocation? Location { get; init; }

    /// <summary>The headings by which faults name the columns.</summary>
    public QuotaColumns Columns { get; init; } = QuotaColumns.Default;
}

/// <summary>The headings of a quota table, by which faults name its columns.</summary>
public sealed class QuotaColumns
{
    /// <summary>Names the columns.</summary>
    /// <param name="feature">See <see cref="Feature"/>.</param>
    /// <param name="value">See <see cref="Value"/>.</param>
    /// <param name="min">See <see cref="Min"/>.</param>
    /// <param name="max">See <see cref="Max"/>.</param>
    /// <param name="minFlex">See <see cref="MinFlex"/>.</param>
    /// <param name="maxFlex">See <see cref="MaxFlex"/>.</param>
    public QuotaColumns(string feature, string value, string min, string max, string minFlex, string maxFlex)
    {
        Feature = feature;
        Value = value;
        Min = min;
        Max = max;
        MinFlex = minFlex;
        MaxFlex = maxFlex;
    }

    /// <summary>Heading of the feature (or features).</summary>
    public string Feature { get; }

    /// <summary>Heading of the value (or values).</summary>
    public string Value { get; }

    /// <summary>Heading of the minimum.</summary>
    public string Min { get; }

    /// <summary>Heading of the maximum.</summary>
    public string Max { get; }

    /// <summary>Heading of the flexible minimum.</summary>
    public string MinFlex { get; }

    /// <summary>Heading of the flexible maximum.</summary>
    public string MaxFlex { get; }

    /// <summary><c>feature, value, min, max, min_flex, max_flex</c>.</summary>
    public static QuotaColumns Default { get; } = new("feature", "value", "min", "max", "min_flex", "max_flex");
}
