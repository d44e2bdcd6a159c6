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
        string how = (byPrices, bySearch) switch
        {
            (_, 0) => FormattableString.Invariant($"{byPrices} claim(s) by adding up the prices of constraints in whole numbers"),
            (0, _) => FormattableString.Invariant($"{bySearch} claim(s) by an exact search of all panels"),
            _ =>
                FormattableString.Invariant(
                    $"{byPrices} claim(s) by adding up the prices of constraints in whole numbers, {bySearch} by an exact search of all panels"),
        };
        string objective = lottery.Certificate.Objective.Name;
        if (report.Verdict == CertificateVerdict.NotChecked)
        {
            return Check.NotChecked(
                VerificationStep.Certificate,
                FormattableString.Invariant($"Whether the lottery is the best by {objective} was not checked: that objective is not known here.")
                    + (byPrices + bySearch > 0
                        ? $" What is claimed of the weight of panels is right: {how}." : ""));
        }

        return report.Verdict == CertificateVerdict.NotProven
            ? Check.NotChecked(
                VerificationStep.Certificate,
                FormattableString.Invariant(
                    $"That the lottery is {objective} is not claimed (gap {lottery.Certificate.Gap:0.###%}); what is stated about it is right."))
            : Check.Of(
                VerificationStep.Certificate,
                lottery.Certificate.Epsilon is double epsilon
                    ? FormattableString.Invariant($"Nobody's chance is further than {epsilon:G2} from the best by {objective}: proven again, {how}.")
                    : $"No lottery is better by {objective}: proven again, {how}.",
                $"The certificate does not prove that the lottery is {objective}.",
                [.. report.Points.SelectMany(p => p.Faults).Select(f => TextRenderer.English.Describe(f, lottery.Problem))]);
    }
}
