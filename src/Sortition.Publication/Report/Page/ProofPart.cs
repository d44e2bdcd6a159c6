using Sortition.Core.Lotteries;

namespace Sortition.Publication.Report.Page;

/// <summary>By which rule the lottery was computed, and what is proven about it.</summary>
internal static class ProofPart
{
    public static void Write(PageWriter page)
    {
        ReportLanguage language = page.Language;
        Certificate certificate = page.Report.Certificate;
        page.Heading("h3", "proof.heading");
        (string rule, string proven) = certificate.Objective switch
        {
            "leximin" => (language.Text("rule.leximin"), language.Text("proven.leximin")),
            "maximin" => (language.Text("rule.maximin"), language.Format("proven.maximin", ("bound", language.Chance(certificate.Bound)))),
            "nash" => (language.Text("rule.nash"), language.Format("proven.nash", ("bound", language.Chance(certificate.Bound)))),
            "minimax" => (language.Text("rule.minimax"), language.Format("proven.minimax", ("bound", language.Chance(certificate.Bound)))),
            "goldilocks" => (language.Text("rule.goldilocks"), language.Text("proven.goldilocks")),
            "weighted-leximin" => (language.Text("rule.weighted-leximin"), language.Text("proven.weighted-leximin")),
            _ => (language.Format("rule.other", ("rule", SafeText.Isolated(certificate.Objective))), language.Text("proven.other")),
        };
        page.Plain(rule);
        page.Markup.Open("p", ("class", "note")).Line();
        if (certificate.Status == CertificateStatus.ProvenOptimal)
        {
            page.Markup.Element("strong", language.Text("proof.proven")).Text($" {proven} {language.Text("proof.how")}");
        }
        else
        {
            string gap = IsGapKnown(certificate) ? language.Format("proof.gap", ("gap", language.Chance(certificate.Gap))) : language.Text("proof.unknown");
            page.Markup.Element("strong", language.Text("proof.open")).Text($" {gap}");
        }

        page.Markup.CloseLine();
    }

    /// <summary>Whether the bound says more than what holds for any lottery.</summary>
    private static bool IsGapKnown(Certificate certificate) => certificate.Objective switch
    {
        "minimax" => certificate.Bound > 0,
        "goldilocks" => double.IsFinite(certificate.Value),
        "weighted-leximin" => true,
        _ => certificate.Bound < 1,
    } && certificate.Gap < 1;
}
