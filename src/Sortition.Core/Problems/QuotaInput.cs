namespace Sortition.Core.Problems;

/// <summary>A quota as given, before it is checked, and where it was given.</summary>
public sealed record QuotaInput
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
/// <param name="Feature">Heading of the feature (or features).</param>
/// <param name="Value">Heading of the value (or values).</param>
/// <param name="Min">Heading of the minimum.</param>
/// <param name="Max">Heading of the maximum.</param>
/// <param name="MinFlex">Heading of the flexible minimum.</param>
/// <param name="MaxFlex">Heading of the flexible maximum.</param>
public sealed record QuotaColumns(string Feature, string Value, string Min, string Max, string MinFlex, string MaxFlex)
{
    /// <summary><c>feature, value, min, max, min_flex, max_flex</c>.</summary>
    public static QuotaColumns Default { get; } = new("feature", "value", "min", "max", "min_flex", "max_flex");
}
