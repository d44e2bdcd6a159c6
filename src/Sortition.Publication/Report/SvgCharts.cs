using Sortition.Publication.Report.Charts;
using Sortition.Publication.Report.Model;

namespace Sortition.Publication.Report;

/// <summary>The drawings of a report as SVG documents of their own, for websites and slides.</summary>
public static class SvgCharts
{
    /// <summary>Draws everything that the page shows.</summary>
    /// <param name="report">The report.</param>
    /// <param name="language">The language of the texts.</param>
    /// <returns>
    /// <c>chances.svg</c>, then for every feature, numbered from 1, <c>quotas-1.svg</c> and <c>group-chances-1.svg</c>; where the population is known,
    /// <c>mirror-1.svg</c> for every feature that it tells of. The same report and language give the same text.
    /// </returns>
    public static IReadOnlyList<SvgChart> Of(CitizenReport report, ReportLanguage language)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(language);
        return
        [
            Alone(new ChancesChart(report, language), language),
            .. Enumerable.Range(0, report.Features.Count).Select(f => Alone(new QuotaChart(report, f, language), language)),
            .. Enumerable.Range(0, report.Features.Count).Select(f => Alone(new GroupChancesChart(report, f, language), language)),
            .. Enumerable.Range(0, report.Mirror?.Count ?? 0).Select(f => Alone(new MirrorChart(report, f, language), language)),
        ];
    }

    private static SvgChart Alone(IChart chart, ReportLanguage language) =>
        new(chart.Id + ".svg", Drawing.Document(language, chart));
}

/// <summary>A drawing as a document.</summary>
/// <param name="FileName">The name to give its file: plain ASCII, nothing from data.</param>
/// <param name="Content">The SVG document, to be written as UTF-8.</param>
public sealed record SvgChart(string FileName, string Content);
