namespace Sortition.Core.Algorithms;

/// <summary>How long and how to compute. The defaults suit everything.</summary>
public sealed record SolveOptions
{
    /// <summary>Options with all defaults.</summary>
    public static SolveOptions Default { get; } = new();

    /// <summary>After this time the best lottery found so far is returned, with its gap. Above 0; null (the default) for no limit.</summary>
    /// <remarks>Only runs that end by themselves are repeatable: what a limit cuts off depends on the machine.</remarks>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Told what is being done. Called from the computing thread, at most some hundred times.</summary>
    public IProgress<SolveProgress>? Progress { get; init; }
}

/// <summary>How far a computation is.</summary>
/// <param name="Phase">What is being done.</param>
/// <param name="Panels">How many panels have been found so far.</param>
/// <param name="LowerBound">The objective's value that the best lottery so far reaches, 0..1; 0 as long as there is none.</param>
/// <param name="UpperBound">The value that no lottery exceeds, as far as is known, 0..1.</param>
public sealed record SolveProgress(SolvePhase Phase, int Panels, double LowerBound, double UpperBound);

/// <summary>The parts of a computation, in their order.</summary>
public enum SolvePhase
{
    /// <summary>Is there a panel, and who can be on one?</summary>
    Feasibility,

    /// <summary>What could a lottery reach at most?</summary>
    Relaxation,

    /// <summary>Finding panels whose mix reaches it.</summary>
    Panels,

    /// <summary>Confirming the bound with a second solver.</summary>
    Certificate,
}
