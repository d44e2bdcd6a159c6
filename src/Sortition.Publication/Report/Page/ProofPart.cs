using Sortition.Core;
using Sortition.Core.Lotteries;
using Sortition.Publication.Report.Model;

namespace Sortition.Publication.Report.Page;

/// <summary>By which rule the lottery was computed, and what is proven about it.</summary>
internal static class ProofPart
{
    public static void Write(PageWriter page)
    {
        ReportLanguage language = page.Language;
        if (page.Report.Certificate is not Certificate certificate)
        {
            return;
        }

        page.Heading("h3", "proof.heading");
        Objective objective = certificate.Objective;
        (string rule, string proven) = objective.IsKnown
            ? (language.Text("rule." + objective.Name), language.Format("proven." + objective.Name, ("bound", language.Chance(certificate.Bound))))
            : (language.Format("rule.other", ("rule", SafeText.Isolated(objective.Name))), language.Text("proven.other"));
        page.Plain(rule);
        page.Markup.Open("p", ("class", "note")).Line();
        if (certificate.Status == CertificateStatus.ProvenOptimal && objective.IsKnown)
        {
            page.Markup.Element("strong", language.Text("proof.proven")).Text($" {proven} {language.Text("proof.how")}");
        }
        else if (certificate.Epsilon is double epsilon && objective.IsKnown)
        {
            string within = language.Format("proof.epsilon", ("epsilon", Power(epsilon)));
            page.Markup.Element("strong", language.Text("proof.proven")).Text($" {within} {language.Text("proof.how")}");
        }
        else
        {
            string gap = IsGapKnown(certificate) ? language.Format("proof.gap", ("gap", language.Chance(certificate.Gap))) : language.Text("proof.unknown");
            page.Markup.Element("strong", language.Text("proof.open")).Text($" {gap}");
        }

        page.Markup.CloseLine();
    }

    /// <summary>A power of ten that is no less.</summary>
    private static string Power(double epsilon) => FormattableString.Invariant($"10^{(epsilon > 0 ? Math.Ceiling(Math.Log10(epsilon)) : -18):0}");

    /// <summary>Whether the bound says more than what holds for any lottery.</summary>
    private static bool IsGapKnown(Certificate certificate) => certificate.Objective.IsInformative(certificate.Value, certificate.Bound) && certificate.Gap < 1;
}
