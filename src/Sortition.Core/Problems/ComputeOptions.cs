namespace Sortition.Core.Problems;

/// <summary>How to do work whose result depends on none of this. The defaults suit everything.</summary>
public sealed class ComputeOptions
{
    /// <summary>The most threads that compute at the same time, 1 or more; by default 2.</summary>
    public int MaxThreads { get; init; } = 2;

    /// <summary>Told how much of the work is done, 0..1, now and then, from a computing thread; null for nobody.</summary>
    public IProgress<double>? Progress { get; init; }

    /// <summary>The options, if they are sound.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than one thread.</exception>
    internal static ComputeOptions Checked(ComputeOptions? options)
    {
        options ??= new ComputeOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxThreads, 1, nameof(options));
        return options;
    }
}
