using Sortition.Core.Engine;

namespace Sortition.Core.Alternates;

/// <summary>What drop-outs do to the quotas of a panel with its alternates.</summary>
public sealed class BreachEstimate
{
    internal BreachEstimate(double mean, double standardError, double keptShare)
    {
        Mean = mean;
        StandardError = standardError;
        KeptShare = keptShare;
    }

    /// <summary>
    /// The expected breach. In a scenario it is Σ seats off / max(u, 1) over the quotas after the best substitution, 0 where all are met ([A25] Assos, Baharav,
    /// Flanigan, Procaccia, Alternates, Assemble!).
    /// </summary>
    public double Mean { get; }

    /// <summary>
    /// How far the mean over a sample is typically off, as a standard deviation; 0 if the sample is complete, and not a number if it has one scenario.
    /// </summary>
    public double StandardError { get; }

    /// <summary>The share of scenarios in which every quota is met, 0..1.</summary>
    public double KeptShare { get; }

    internal static BreachEstimate Of(DropOutSample sample, double[] breaches)
    {
        (double mean, double square, double kept) = (0, 0, 0);
        for (int j = 0; j < breaches.Length; j++)
        {
            double share = sample.Scenarios[j].Share;
            mean += share * breaches[j];
            kept += breaches[j] < Tolerances.NoBreach ? share : 0;
        }

        for (int j = 0; j < breaches.Length; j++)
        {
            square += sample.Scenarios[j].Share * (breaches[j] - mean) * (breaches[j] - mean);
        }

        return new BreachEstimate(mean, sample.IsComplete ? 0 : Math.Sqrt(square / (breaches.Length - 1)), Math.Min(1, kept));
    }
}
