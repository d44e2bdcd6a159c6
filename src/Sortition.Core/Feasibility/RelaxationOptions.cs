namespace Sortition.Core.Feasibility;

/// <summary>What may give, and what it costs. The defaults suit everything.</summary>
public sealed class RelaxationOptions
{
    /// <summary>The most alternatives to find, 1 or more; by default 3.</summary>
    public int MaxAlternatives { get; init; } = 3;

    /// <summary>How much a seat by which a quota gives counts, above 0: 2 for a quota that matters twice as much. By default 1 for all.</summary>
    public Func<Quota, decimal> Priority { get; init; } = _ => 1;

    /// <summary>Whether a quota must not move at all. By default all may.</summary>
    public Func<Quota, bool> IsKept { get; init; } = _ => false;
}
