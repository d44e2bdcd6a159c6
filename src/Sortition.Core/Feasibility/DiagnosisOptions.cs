namespace Sortition.Core.Feasibility;

/// <summary>How much a diagnosis tells. The defaults suit everything.</summary>
public sealed class DiagnosisOptions
{
    /// <summary>The most conflicts to list, 1 or more; by default 10.</summary>
    public int MaxConflicts { get; init; } = 10;
}
