using Sortition.Core;

namespace Sortition.Shared.Speech;

/// <summary>What a certificate proves, in a sentence.</summary>
internal static class ProofText
{
    /// <param name="language">The language.</param>
    /// <param name="lottery">The lottery.</param>
    /// <param name="isCutOff">Whether a time limit cut the work off.</param>
    public static string Of(Language language, PanelLottery lottery, bool isCutOff)
    {
        Certificate certificate = lottery.Certificate;
        ObjectiveText text = new(language, certificate.Objective.Name);
        string who = language.Text(lottery.Uncovered.Count == 0 ? "proof/everyone" : "proof/everyone-selectable");
        string gap = language.Number(certificate.Gap, "0.############");
        if (certificate.Status == CertificateStatus.ProvenOptimal)
        {
            return language.Text("proof/proven", ("best", Capital(text.Best(certificate, who))), ("by", By(language, certificate)), ("gap", gap));
        }

        if (certificate.Status == CertificateStatus.EpsilonLeximin)
        {
            return language.Text(
                "proof/but-for-epsilon", ("epsilon", certificate.Epsilon?.ToString("G2", language.Texts.Numbers)), ("by", By(language, certificate)));
        }

        string known = certificate.Objective.IsInformative(certificate.Value, certificate.Bound)
            ? language.Text("proof/known", ("bound", text.Bound(certificate, who)), ("gap", gap))
            : language.Text("proof/nothing-known");
        return language.Text(
            "proof/open",
            ("why", language.Text(isCutOff ? "proof/cut-off" : "proof/not-proven")),
            ("reached", text.Reached(certificate, who)),
            ("known", known));
    }

    /// <summary>A sentence with its first letter a capital.</summary>
    public static string Capital(string sentence) => $"{char.ToUpperInvariant(sentence[0])}{sentence[1..]}";

    /// <summary>Whether a lottery is proven the best, or so near to it that nobody could tell. What a time limit cuts off may be.</summary>
    public static bool IsProven(PanelLottery lottery) => lottery.Certificate.Status != CertificateStatus.NotProven;

    private static string By(Language language, Certificate certificate) =>
        string.Join(
            language.Text("join.and"),
            certificate.Claims.Select(c => c.ConfirmedBy).Distinct(StringComparer.Ordinal).Select(by => Known(language, by)));

    /// <summary>What confirmed a claim stands in files as it is; what is known here is translated.</summary>
    private static string Known(Language language, string by) => language.Texts.Has("confirmed-by/" + by) ? language.Text("confirmed-by/" + by) : by;
}
