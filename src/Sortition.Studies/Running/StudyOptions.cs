using Sortition.Studies.Algorithms;
using Sortition.Studies.Instances;
using Sortition.Studies.Metrics;

namespace Sortition.Studies;

/// <summary>What is compared, and how.</summary>
public sealed class StudyOptions
{
    /// <summary>The instances; at least one, and no two of one name.</summary>
    public required IReadOnlyList<StudyInstance> Instances { get; init; }

    /// <summary>The algorithms; no two of one name. Lotteries that instances bring with them come on top.</summary>
    public required IReadOnlyList<StudyAlgorithm> Algorithms { get; init; }

    /// <summary>
    /// Decides whatever is random: each cell has the generator of the seed, the name of the instance and that of the algorithm, with line feeds between them.
    /// </summary>
    public required string Seed { get; init; }

    /// <summary>The groups of metrics, of <see cref="StudyMetrics.Groups"/>; the usual ones by default.</summary>
    public IReadOnlyList<string> Metrics { get; init; } = StudyMetrics.UsualGroups;

    /// <summary>How many panels to draw where chances are estimated, 20 or more; 1000 by default.</summary>
    public int Draws { get; init; } = 1000;

    /// <summary>When to stop an algorithm on an instance; null (the default) for never. What a limit cuts off depends on the machine.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>The most cells that are computed at the same time, 1 or more; by default one for each processor. Results do not depend on it.</summary>
    public int MaxThreads { get; init; } = Environment.ProcessorCount;

    /// <summary>
    /// The memory of the process, in bytes, beyond which no further cell is begun while others are being computed; null (the default) for three quarters of
    /// what the system has. Results do not depend on it.
    /// </summary>
    public long? MemoryBudget { get; init; }

    /// <summary>Which part of the cells to compute; null (the default) for all. The parts of a study are put together by <see cref="Study.Merge"/>.</summary>
    public StudyShard? Shard { get; init; }

    /// <summary>The command by which the study is repeated, for <c>environment.json</c>; null for none.</summary>
    public string? Command { get; init; }

    /// <summary>Told after each cell, from a computing thread, never from two at once.</summary>
    public IProgress<StudyProgress>? Progress { get; init; }
}

/// <summary>One of the parts that a study is split into.</summary>
public sealed class StudyShard
{
    /// <summary>Names a part.</summary>
    /// <param name="number">See <see cref="Number"/>.</param>
    /// <param name="count">See <see cref="Count"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such part.</exception>
    public StudyShard(int number, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, count);
        (Number, Count) = (number, count);
    }

    /// <summary>Which part, from 1. Part i has every n-th cell, beginning with the i-th.</summary>
    public int Number { get; }

    /// <summary>How many parts there are, n.</summary>
    public int Count { get; }
}

/// <summary>How far a study is.</summary>
public sealed class StudyProgress
{
    internal StudyProgress(int done, int total, string instance, string algorithm) => (Done, Total, Instance, Algorithm) = (done, total, instance, algorithm);

    /// <summary>How many cells are done, those of earlier runs with them.</summary>
    public int Done { get; }

    /// <summary>How many there are.</summary>
    public int Total { get; }

    /// <summary>The instance of the cell that was done last.</summary>
    public string Instance { get; }

    /// <summary>Its algorithm.</summary>
    public string Algorithm { get; }
}
