namespace Sortition.Core.Kernel;

/// <summary>How long and how exactly to compute. The defaults suit linear programs.</summary>
public sealed class ColumnGenerationOptions
{
    /// <summary>After this time the best lottery found so far is returned. Above 0; null (the default) for no limit.</summary>
    /// <remarks>Only runs that end by themselves are repeatable: what a limit cuts off depends on the machine.</remarks>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>
    /// By how much a panel's weight must exceed the threshold to count as heavier, relative to the larger of the threshold and the largest weight of a type;
    /// 1e-12 to 1, by default 1e-9. Below what the master's solver computes exactly, panels are sought for rounding.
    /// </summary>
    public double Tolerance { get; init; } = 1e-9;

    /// <summary>Told after every answer of the master how many panels there are and what its lottery reaches. Called from the calling thread.</summary>
    public IProgress<SolveProgress>? Progress { get; init; }
}
