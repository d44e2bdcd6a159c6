namespace Sortition.Web.Pages;

/// <summary>A quota as it stands in the table of targets.</summary>
public sealed record TargetRow
{
    /// <summary>Its place in the file, from 0.</summary>
    public required int Index { get; init; }

    public required string Feature { get; init; }

    public required string Value { get; init; }

    /// <summary>How many people of the pool it is about.</summary>
    public required int Pool { get; init; }

    /// <summary>The share of the population, 0..1; null where that is not known.</summary>
    public double? Share { get; init; }

    public string? Source { get; init; }

    public string? Comment { get; init; }

    /// <summary>As it was typed.</summary>
    public required string Min { get; init; }

    /// <summary>As it was typed.</summary>
    public required string Max { get; init; }

    public bool IsMinWrong { get; init; }

    public bool IsMaxWrong { get; init; }
}

/// <summary>Whether it all can be met.</summary>
public sealed record Verdict
{
    /// <summary>Null where the numbers are not whole yet.</summary>
    public bool? IsFeasible { get; init; }

    /// <summary>Why not.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>Who can never be chosen, and why.</summary>
    public IReadOnlyList<string> NeverChosen { get; init; } = [];

    /// <summary>How many they are.</summary>
    public int NeverChosenCount { get; init; }

    /// <summary>The rows that clash.</summary>
    public IReadOnlySet<int> Clashes { get; init; } = new HashSet<int>();
}
