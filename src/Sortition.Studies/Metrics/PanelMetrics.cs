using Sortition.Core;
using Sortition.Core.Algorithms;
using Sortition.Studies.Lotteries;

namespace Sortition.Studies.Metrics;

/// <summary>How many panels there are and how much they leave to chance, and what is proven.</summary>
internal static class PanelMetrics
{
    private static readonly string[] s_boundLowest = [new Maximin().Objective.Name, new Leximin().Objective.Name];
    private static readonly string s_boundsHighest = new Minimax().Objective.Name;

    /// <summary>The number of panels and the entropy.</summary>
    public static IEnumerable<MetricValue> Of(StudyLottery lottery)
    {
        Dictionary<string, double> different = new(StringComparer.Ordinal);
        foreach (StudyPanel panel in lottery.Panels)
        {
            string key = string.Join(' ', panel.Seats.Select(s => FormattableString.Invariant($"{s.Type}:{s.Seats}")));
            different[key] = different.GetValueOrDefault(key) + panel.Probability;
        }

        yield return new MetricValue("type_panels", different.Count);
        if (lottery.Draws is int draws)
        {
            yield return new MetricValue("draws", draws);
            yield break;
        }

        double entropy = StudyLottery.EntropyOf(different.OrderBy(d => d.Key, StringComparer.Ordinal).Select(d => d.Value));
        yield return new MetricValue("type_entropy", entropy);
        yield return new MetricValue("effective_type_panels", Math.Exp(entropy));
        if (lottery.Entropy is double whole)
        {
            yield return new MetricValue("entropy", whole);
            yield return new MetricValue("effective_panels", Math.Exp(whole));
        }

        if (lottery.Computed is null)
        {
            yield return new MetricValue("broken_share", lottery.BrokenShare);
        }
    }

    /// <summary>What the certificate says: value, bound, gap, and whether it is proven; and bounds that hold for every lottery on the instance.</summary>
    public static IEnumerable<MetricValue> ProofOf(StudyLottery lottery)
    {
        if (lottery.Computed?.Certificate is not Certificate certificate)
        {
            yield break;
        }

        bool isProven = certificate.Status == CertificateStatus.ProvenOptimal;
        yield return new MetricValue("value", certificate.Value);
        yield return new MetricValue("bound", certificate.Bound);
        yield return new MetricValue("gap", certificate.Gap);
        yield return new MetricValue("proven", isProven ? 1 : 0);
        if (isProven && s_boundLowest.Contains(certificate.Objective.Name, StringComparer.Ordinal))
        {
            yield return new MetricValue(StudyMetrics.MinBound, certificate.Bound);
        }

        if (isProven && string.Equals(certificate.Objective.Name, s_boundsHighest, StringComparison.Ordinal))
        {
            yield return new MetricValue(StudyMetrics.MaxBound, certificate.Bound);
        }
    }
}
