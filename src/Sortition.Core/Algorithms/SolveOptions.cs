namespace Sortition.Core.Algorithms;

/// <summary>How long and how to compute. The defaults suit everything.</summary>
public sealed record SolveOptions
{
    /// <summary>Options with all defaults.</summary>
    public static SolveOptions Default { get; } = new();

    /// <summary>After this time the best lottery found so far is returned, with its gap. Above 0; null (the default) for no limit.</summary>
    /// <remarks>Only runs that end by themselves are repeatable: what a limit cuts off depends on the machine.</remarks>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>The most threads that compute at the same time, 1 or more; by default 2. The result does not depend on it.</summary>
    /// <remarks>The work falls into two parts that can go side by side, so that more than two threads are of no use.</remarks>
    public int MaxThreads { get; init; } = 2;

    /// <summary>Told what is being done. Called from a computing thread, never from two at once.</summary>
    public IProgress<SolveProgress>? Progress { get; init; }
}

/// <summary>How far a computation is.</summary>
/// <param name="Phase">What is being done.</param>
/// <param name="Panels">How many panels have been found so far.</param>
/// <param name="LowerBound">The objective's best value lies at or above this, as far as is known.</param>
/// <param name="UpperBound">The objective's best value lies at or below this, as far as is known.</param>
/// <param name="Fraction">How much of the phase is done, 0..1; null where that is not known.</param>
public sealed record SolveProgress(SolvePhase Phase, int Panels, double LowerBound, double UpperBound, double? Fraction = null);

/// <summary>The parts of a computation, in their order.</summary>
public enum SolvePhase
{
    /// <summary>Is there a panel, and who can be on one?</summary>
    Feasibility,

    /// <summary>What could a lottery reach at most?</summary>
    Relaxation,

    /// <summary>Finding panels whose mix reaches it.</summary>
    Panels,

    /// <summary>Confirming what proves the lottery optimal.</summary>
    Certificate,
}
