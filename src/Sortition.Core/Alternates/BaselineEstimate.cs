namespace Sortition.Core.Alternates;

/// <summary>What drop-outs do to the quotas under a practice that draws its alternates by lot: the mean over several such draws.</summary>
/// <param name="Draws">How many draws, 2 or more.</param>
/// <param name="Mean">The mean of the expected breaches.</param>
/// <param name="StandardError">
/// How far that mean is typically off, as a standard deviation: because of the draws, and, if the sample is not complete, because of the scenarios.
/// </param>
/// <param name="Lowest">The expected breach of the luckiest of the draws.</param>
/// <param name="Highest">The expected breach of the unluckiest of them.</param>
/// <param name="KeptShare">The mean share of scenarios in which every quota is met, 0..1.</param>
public sealed record BaselineEstimate(int Draws, double Mean, double StandardError, double Lowest, double Highest, double KeptShare)
{
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
