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

    /// <summary>
    /// The heading by which faults call a column, given what it is called by default: <c>feature</c>, <c>value</c>, <c>min</c>, <c>max</c>, <c>min_flex</c> or
    /// <c>max_flex</c>.
    /// </summary>
    public Func<string, string>? Column { get; init; }

    /// <summary>Where the numbers come from, such as the address of a page; written beside the quota, and no part of it. Null by default.</summary>
    public string? Source { get; init; }

    /// <summary>What is remarked on the numbers; written beside the quota, and no part of it. Null by default.</summary>
    public string? Comment { get; init; }

    internal string ColumnOf(string name) => Column?.Invoke(name) ?? name;
}
