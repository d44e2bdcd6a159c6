namespace Sortition.Core.Sampling;

/// <summary>How to draw uniform panels and count panels. The defaults suit everything.</summary>
/// <remarks>None of the limits is a time, so that results are the same on every machine and for any number of threads.</remarks>
public sealed class UniformOptions
{
    /// <summary>The most threads that compute at the same time, 1 or more; by default 2. The result does not depend on it.</summary>
    public int MaxThreads { get; init; } = 2;

    /// <summary>Told how much of the drawing is done, 0..1, now and then, from a computing thread; null for nobody.</summary>
    public IProgress<double>? Progress { get; init; }

    /// <summary>About how many random proposals or steps of chains to make at most, 1 or more; by default 120 million, which takes some minutes.</summary>
    public long MaxProposals { get; init; } = 120_000_000;

    /// <summary>About how much memory a table of seats may take, in bytes, 1 MiB or more; by default 96 MiB. More memory may mean fewer proposals.</summary>
    /// <remarks>While tables are built and compared, about three times as much may be in use.</remarks>
    public long MaxTableBytes { get; init; } = 96L << 20;

    /// <summary>
    /// For counts: proposals go on until the standard error of the decimal logarithm is no larger, above 0; by default 0.01, that is 2.3 % of the number.
    /// </summary>
    public double TargetLog10Error { get; init; } = 0.01;

    /// <summary>The options, if they are sound.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is out of its range.</exception>
    internal static UniformOptions Checked(UniformOptions? options)
    {
        options ??= new UniformOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxThreads, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxProposals, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxTableBytes, 1L << 20, nameof(options));
        if (!(options.TargetLog10Error > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.TargetLog10Error, "The target must be above 0.");
        }

        return options;
    }
}
