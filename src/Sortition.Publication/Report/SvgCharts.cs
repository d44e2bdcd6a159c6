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
    /// <c>chances.svg</c>, where chances are known;
    /// <c>overlaps.svg</c>, where any two ballots were compared; then for every feature, numbered from 1, <c>quotas-1.svg</c> and,
    /// where chances are known, <c>group-chances-1.svg</c>; where the population is known,
    /// <c>mirror-1.svg</c> for every feature that it tells of. The same report and language give the same text.
    /// </returns>
    public static IReadOnlyList<SvgChart> Create(CitizenReport report, ReportLanguage language)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(language);
        ReportContent content = report.Content;
        return
        [
            .. content.Chances is ReportChances chances ? (SvgChart[])[Alone(new ChancesChart(content, chances, language), content, language)] : [],
            .. content.Mixing.Overlaps.Count > 0 ? (SvgChart[])[Alone(new OverlapChart(content, language), content, language)] : [],
            .. Enumerable.Range(0, content.Features.Count).Select(f => Alone(new QuotaChart(content, f, language), content, language)),
            .. Enumerable.Range(0, content.Chances is null ? 0 : content.Features.Count)
                .Select(f => Alone(new GroupChancesChart(content, f, language), content, language)),
            .. Enumerable.Range(0, content.Mirror?.Count ?? 0).Select(f => Alone(new MirrorChart(content, f, language), content, language)),
        ];
    }

    private static SvgChart Alone(IChart chart, ReportContent content, ReportLanguage language) =>
        new(chart.Id + ".svg", Drawing.Document(language, chart, content.IsRehearsal));
}

/// <summary>A drawing as a document.</summary>
public sealed class SvgChart
{
    internal SvgChart(string fileName, string content) => (FileName, Content) = (fileName, content);

    /// <summary>The name to give its file: plain ASCII, nothing from data.</summary>
    public string FileName { get; }

    /// <summary>The SVG document, to be written as UTF-8.</summary>
    public string Content { get; }
}
