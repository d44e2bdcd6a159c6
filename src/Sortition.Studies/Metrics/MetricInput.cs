using Sortition.Studies.Algorithms;
using Sortition.Studies.Instances;
using Sortition.Studies.Lotteries;

namespace Sortition.Studies.Metrics;

/// <summary>A lottery, and what some groups of metrics need beside it.</summary>
public sealed class MetricInput
{
    /// <summary>The lottery.</summary>
    public required StudyLottery Lottery { get; init; }

    /// <summary>The algorithm it comes from, for groups that run it on other pools; null where there is none, so that these groups say nothing.</summary>
    public StudyAlgorithm? Algorithm { get; init; }

    /// <summary>How it is run, and the seed of whatever a metric draws.</summary>
    public required StudyRun Run { get; init; }

    /// <summary>How readily people of each type volunteer; null where that is not known, so that nothing is said of chances from end to end.</summary>
    public ResponseRates? Rates { get; init; }

    /// <summary>What shares of the population have two values at once; empty where nobody says.</summary>
    internal IReadOnlyList<PopulationShare> Shares { get; init; } = [];
}
