using Sortition.Core;
using Sortition.Core.Certificates;

namespace Sortition.Publication.Checks;

/// <summary>Redoes the certificate.</summary>
internal static class OptimalityCheck
{
    private const string ByPrices = "limit-by-prices";
    private const string BySearch = "limit-by-search";

    public static VerificationCheck Run(PanelLottery lottery, CancellationToken cancellationToken)
    {
        CertificateReport report = CertificateVerifier.Verify(lottery, cancellationToken);
        int byPrices = report.Points.Count(p => string.Equals(p.Code, ByPrices, StringComparison.Ordinal));
        int bySearch = report.Points.Count(p => string.Equals(p.Code, BySearch, StringComparison.Ordinal));
        Sentence how = Sentences.Of(
            bySearch == 0 ? "finding/by-prices" : byPrices == 0 ? "finding/by-search" : "finding/by-both", ("prices", byPrices), ("search", bySearch));
        string objective = lottery.Certificate.Objective.Name;
        if (report.Verdict == CertificateVerdict.NotChecked)
        {
            return Check.NotChecked(
                VerificationStep.Certificate,
                Sentences.Of(
                    byPrices + bySearch > 0 ? "finding/objective-unknown-but" : "finding/objective-unknown", ("objective", objective), ("how", how)));
        }

        return report.Verdict == CertificateVerdict.NotProven
            ? Check.NotChecked(
                VerificationStep.Certificate,
                Sentences.Of(
                    "finding/not-claimed", ("objective", objective), ("gap", Sentences.Number(lottery.Certificate.Gap, "0.###%"))))
            : Check.Of(
                VerificationStep.Certificate,
                lottery.Certificate.Epsilon is double epsilon
                    ? Sentences.Of(
                        "finding/within-epsilon", ("epsilon", Sentences.Number(epsilon, "G2")), ("objective", objective), ("how", how))
                    : Sentences.Of("finding/optimal", ("objective", objective), ("how", how)),
                Sentences.Of("finding/not-optimal", ("objective", objective)),
                [.. report.Points.SelectMany(p => p.Faults).Select(f => (Sentence)(texts => texts.Describe(f, lottery.Problem)))]);
    }
}
