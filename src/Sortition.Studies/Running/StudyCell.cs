using Sortition.Core;
using Sortition.Studies.Algorithms;
using Sortition.Studies.Metrics;

namespace Sortition.Studies.Running;

/// <summary>What an algorithm came to on an instance: figures, chances, and what it took.</summary>
internal sealed class StudyCell
{
    public required string Instance { get; init; }

    public required string Algorithm { get; init; }

    public required StudyStatus Status { get; init; }

    /// <summary>Where it failed: the names of the faults, or of the exception, without anything from data.</summary>
    public IReadOnlyList<CellFault> Faults { get; init; } = [];

    public IReadOnlyList<MetricValue> Metrics { get; init; } = [];

    /// <summary>The ids of the pool; none where there is no lottery.</summary>
    public IReadOnlyList<string> People { get; init; } = [];

    /// <summary>Everybody's chance, and how far it may be off.</summary>
    public IReadOnlyList<(double Chance, double? Error)> Chances { get; init; } = [];

    /// <summary>What it took, in seconds.</summary>
    public double Seconds { get; init; }

    /// <summary>The most memory that the process had in use up to its end, in MiB.</summary>
    public double PeakMemory { get; init; }

    /// <summary>The value of a metric; null where it has none.</summary>
    public double? ValueOf(string metric) => Metrics.FirstOrDefault(m => string.Equals(m.Name, metric, StringComparison.Ordinal))?.Value;
}

/// <summary>What went wrong: its name, and where. Nothing from data.</summary>
/// <param name="Code">The name of a fault or of an exception.</param>
/// <param name="Place">File, line and column; empty where there is none.</param>
internal sealed record CellFault(string Code, string Place)
{
    public static CellFault Of(Fault fault) => new(fault.Code.Name, fault.Location.ToString());
}
