using System.Globalization;
using Sortition.Core.Lotteries;

namespace Sortition.Cli;

/// <summary>What a certificate proves, in a sentence.</summary>
internal static class ProofText
{
    /// <param name="lottery">The lottery.</param>
    /// <param name="isCutOff">Whether a time limit cut the work off.</param>
    public static string Of(PanelLottery lottery, bool isCutOff)
    {
        Certificate certificate = lottery.Certificate;
        string who = lottery.Uncovered.Count == 0 ? "everyone" : "everyone who can be chosen";
        string gap = certificate.Gap.ToString("0.############", CultureInfo.InvariantCulture);
        if (certificate.Status == CertificateStatus.ProvenOptimal && !isCutOff)
        {
            return $"{Capital(Best(certificate, who))}: proven, and confirmed independently by {By(certificate)} (gap {gap}).";
        }

        string why = isCutOff ? "Not proven, since the time limit cut the work off" : "Not proven to be the best";
        string known = IsAnythingKnown(certificate)
            ? $"all that is known is that {Bound(certificate, who)} (gap {gap})"
            : "how much better another could be is not known";
        return $"{why}: {Reached(certificate, who)}; {known}.";
    }

    /// <summary>What Goldilocks minimises.</summary>
    public static string Balance(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    /// <summary>A sentence with its first letter a capital.</summary>
    public static string Capital(string sentence) => $"{char.ToUpperInvariant(sentence[0])}{sentence[1..]}";

    private static string Best(Certificate certificate, string who) => certificate.Objective switch
    {
        "leximin" => "nobody's chance can be raised but at the cost of somebody whose chance is no higher",
        "weighted-leximin" => "nobody's chance, by what each is entitled to, can be raised but at the cost of somebody whose chance is no higher",
        "goldilocks" => $"no lottery balances the highest and the lowest chance better (γ = {Gamma(certificate)}; the balance is {Balance(certificate.Value)}, "
            + $"and {Balance(1 + (certificate.Gamma ?? 1))} would be perfect)",
        _ => Bound(certificate, who),
    };

    private static string Bound(Certificate certificate, string who) => certificate.Objective switch
    {
        "nash" => $"no lottery gives {who} chances with a geometric mean above {Numbers.Percent(certificate.Bound)}",
        "minimax" => $"in every lottery somebody has a chance of {Numbers.Percent(certificate.Bound)} or more",
        "goldilocks" => $"no lottery's can be below {Balance(certificate.Bound)}",
        "weighted-leximin" => $"no lottery can give {who} more than {Numbers.Percent(certificate.Bound)} for each unit of what they are entitled to",
        _ => $"no lottery can give {who} more than {Numbers.Percent(certificate.Bound)}",
    };

    private static string Reached(Certificate certificate, string who) => certificate.Objective switch
    {
        "nash" => $"this lottery gives {who} chances with a geometric mean of {Numbers.Percent(certificate.Value)}",
        "minimax" => $"this lottery gives nobody more than {Numbers.Percent(certificate.Value)}",
        "goldilocks" => $"its balance of the highest and the lowest chance is {Balance(certificate.Value)} (γ = {Gamma(certificate)})",
        "weighted-leximin" => $"this lottery gives {who} at least {Numbers.Percent(certificate.Value)} for each unit of what they are entitled to",
        _ => $"this lottery gives {who} at least {Numbers.Percent(certificate.Value)}",
    };

    private static bool IsAnythingKnown(Certificate certificate) => certificate.Objective switch
    {
        "minimax" => certificate.Bound > 0,
        "goldilocks" => double.IsFinite(certificate.Value),
        "weighted-leximin" => true,
        _ => certificate.Bound < 1,
    };

    private static string Gamma(Certificate certificate) => (certificate.Gamma ?? 1).ToString("G6", CultureInfo.InvariantCulture);

    private static string By(Certificate certificate) => string.Join(" and ", certificate.Claims.Select(c => c.ConfirmedBy).Distinct(StringComparer.Ordinal));
}
