using System.Globalization;
using Sortition.Core;

namespace Sortition.Cli.Texts;

/// <summary>What a certificate proves, in a sentence.</summary>
internal static class ProofText
{
    /// <param name="lottery">The lottery.</param>
    /// <param name="isCutOff">Whether a time limit cut the work off.</param>
    public static string Of(PanelLottery lottery, bool isCutOff)
    {
        Certificate certificate = lottery.Certificate;
        ObjectiveText text = ObjectiveText.For(certificate.Objective.Name);
        string who = lottery.Uncovered.Count == 0 ? "everyone" : "everyone who can be chosen";
        string gap = certificate.Gap.ToString("0.############", CultureInfo.InvariantCulture);
        if (certificate.Status == CertificateStatus.ProvenOptimal && !isCutOff)
        {
            return $"{Capital(text.Best(certificate, who))}: proven, and confirmed independently by {By(certificate)} (gap {gap}).";
        }

        if (certificate.Status == CertificateStatus.EpsilonLeximin && !isCutOff)
        {
            return FormattableString.Invariant(
                $"Proven, but for ε = {certificate.Epsilon:G2}: no lottery is better than chances from which nobody's here is further than ε; ")
                + $"confirmed independently by {By(certificate)}.";
        }

        string why = isCutOff ? "Not proven, since the time limit cut the work off" : "Not proven to be the best";
        string known = certificate.Objective.IsInformative(certificate.Value, certificate.Bound)
            ? $"all that is known is that {text.Bound(certificate, who)} (gap {gap})"
            : "how much better another could be is not known";
        return $"{why}: {text.Reached(certificate, who)}; {known}.";
    }

    /// <summary>A sentence with its first letter a capital.</summary>
    public static string Capital(string sentence) => $"{char.ToUpperInvariant(sentence[0])}{sentence[1..]}";

    /// <summary>Whether a lottery is proven the best, or so near to it that nobody could tell.</summary>
    public static bool IsProven(SolveResult result, PanelLottery lottery) =>
        result is SolveResult.Solved && lottery.Certificate.Status != CertificateStatus.NotProven;

    private static string By(Certificate certificate) => string.Join(" and ", certificate.Claims.Select(c => c.ConfirmedBy).Distinct(StringComparer.Ordinal));
}
