using Sortition.Core.Certificates;
using Xunit;

namespace Sortition.Core.Tests.Certificates;

/// <summary>Asserts what a check of a certificate comes to.</summary>
internal static class CertificateAssert
{
    public static void Confirmed(PanelLottery lottery) => Is(CertificateVerdict.Confirmed, lottery);

    public static void Is(CertificateVerdict verdict, PanelLottery lottery)
    {
        CertificateReport report = CertificateVerifier.Verify(lottery);
        string text = string.Join("\n", report.Faults.Select(f => TextRenderer.English.Describe(f, lottery.Problem)));
        Assert.True(report.Verdict == verdict, $"{report.Verdict}: {text}");
    }

    /// <summary>Asserts that exactly these faults are found, in any order.</summary>
    public static void Faults(PanelLottery lottery, params CertificateFaultCode[] codes)
    {
        CertificateReport report = CertificateVerifier.Verify(lottery);
        Assert.Equal(CertificateVerdict.Refuted, report.Verdict);
        Assert.Equal(codes.Order(), report.Faults.Select(f => f.Kind).Distinct().Order());
        Assert.All(report.Faults, f => Assert.EndsWith(".", TextRenderer.English.Describe(f, lottery.Problem), StringComparison.Ordinal));
    }
}
