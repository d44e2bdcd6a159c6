namespace Sortition.Core.Alternates;

/// <summary>What drop-outs do to the quotas under a practice that draws its alternates by lot: the mean over several such draws.</summary>
public sealed class BaselineEstimate
{
    internal BaselineEstimate(int draws, double mean, double standardError, double min, double max, double keptShare)
    {
        Draws = draws;
        Mean = mean;
        StandardError = standardError;
        Min = min;
        Max = max;
        KeptShare = keptShare;
    }

    /// <summary>How many draws, 2 or more.</summary>
    public int Draws { get; }

    /// <summary>The mean of the expected breaches.</summary>
    public double Mean { get; }

    /// <summary>
    /// How far that mean is typically off, as a standard deviation: because of the draws, and, if the sample is not complete, because of the scenarios.
    /// </summary>
    public double StandardError { get; }

    /// <summary>The expected breach of the luckiest of the draws.</summary>
    public double Min { get; }

    /// <summary>The expected breach of the unluckiest of them.</summary>
    public double Max { get; }

    /// <summary>The mean share of scenarios in which every quota is met, 0..1.</summary>
    public double KeptShare { get; }

    internal static BaselineEstimate Of(IReadOnlyList<BreachEstimate> draws)
    {
        int count = draws.Count;
        double mean = draws.Average(d => d.Mean);
        double variance = draws.Sum(d => (d.Mean - mean) * (d.Mean - mean)) / (count - 1);

        // All draws meet the same scenarios, so what these are off does not shrink with their number.
        double ofScenarios = draws.Average(d => d.StandardError * d.StandardError);
        return new BaselineEstimate(
            count,
            mean,
            Math.Sqrt((variance / count) + ofScenarios),
            draws.Min(d => d.Mean),
            draws.Max(d => d.Mean),
            Math.Min(1, draws.Average(d => d.KeptShare)));
    }
}
