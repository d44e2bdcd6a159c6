namespace Sortition.Core;

/// <summary>How long and how to compute. The defaults suit everything.</summary>
public sealed class SolveOptions
{
    /// <summary>After this time the best lottery found so far is returned, with its gap. Above 0; null (the default) for no limit.</summary>
    /// <remarks>Only runs that end by themselves are repeatable: what a limit cuts off depends on the machine.</remarks>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Once this is cancelled, the best lottery found so far is returned, as at <see cref="TimeLimit"/>. By default it never is.</summary>
    /// <remarks>For a button that says "stop, and take what there is". The token given to the method itself throws everything away.</remarks>
    public CancellationToken StopToken { get; init; }

    /// <summary>The most threads that compute at the same time, 1 or more; by default 2. The result does not depend on it.</summary>
    /// <remarks>The work falls into two parts that can go side by side, so that more than two threads are of no use.</remarks>
    public int MaxThreads { get; init; } = 2;

    /// <summary>Told what is being done. Called from a computing thread, never from two at once.</summary>
    /// <remarks>
    /// <see cref="Progress{T}"/> hands reports on to other threads, where they may come late and in another order: use it where there is a synchronization
    /// context, such as a window's, and a class of your own elsewhere.
    /// </remarks>
    public IProgress<SolveProgress>? Progress { get; init; }
}

/// <summary>How far a computation is.</summary>
public sealed class SolveProgress
{
    /// <summary>Makes a report of progress.</summary>
    /// <param name="phase">See <see cref="Phase"/>.</param>
    /// <param name="panels">See <see cref="Panels"/>.</param>
    /// <param name="lowerBound">See <see cref="LowerBound"/>.</param>
    /// <param name="upperBound">See <see cref="UpperBound"/>.</param>
    /// <param name="fraction">See <see cref="Fraction"/>.</param>
    public SolveProgress(SolvePhase phase, int panels, double lowerBound, double upperBound, double? fraction = null)
    {
        Phase = phase;
        Panels = panels;
        LowerBound = lowerBound;
        UpperBound = upperBound;
        Fraction = fraction;
    }

    /// <summary>What is being done.</summary>
    public SolvePhase Phase { get; }

    /// <summary>How many panels have been found so far.</summary>
    public int Panels { get; }

    /// <summary>The objective's best value lies at or above this, as far as is known; it may be infinite too.</summary>
    public double LowerBound { get; }

    /// <summary>The objective's best value lies at or below this, as far as is known; infinite where nothing is known, which JSON has no number for.</summary>
    public double UpperBound { get; }

    /// <summary>How much of the phase is done, 0..1; null where that is not known.</summary>
    public double? Fraction { get; }
}

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
