using Sortition.Publication.Report.Charts;
using Sortition.Publication.Report.Model;

namespace Sortition.Publication.Report.Page;

/// <summary>The quotas against the pool and, after the draw, the panel.</summary>
internal static class QuotasSection
{
    public static string Heading(ReportContent report) => !report.IsDrawn ? "quotas.heading" : "quotas.heading.drawn";

    public static void Write(PageWriter page)
    {
        (ReportContent report, ReportLanguage language, Markup markup) = (page.Report, page.Language, page.Markup);
        page.Begin("quotas", Heading(report));
        page.Paragraph(!report.IsDrawn ? page.Choose("quotas.intro", "quotas.intro.round") : page.Choose("quotas.intro.drawn", "quotas.intro.round.drawn"));
        if (report.Round is not null && report.HasBallots)
        {
            page.Paragraph("quotas.check.round");
        }

        for (int f = 0; f < report.Features.Count; f++)
        {
            ReportFeature feature = report.Features[f];
            markup.Open("div", ("class", "feature")).Line();
            markup.Open("h3").Data(feature.Name).CloseLine();
            page.Chart(new QuotaChart(report, f, language));
            page.Table(
                $"quotas-table-{Drawing.Number(f + 1)}",
                caption => caption.Sentence(language, "quotas.table", ("feature", Inline.Data(feature.Name))),
                Headings(page),
                feature.Groups.Select(g => (Inline.Data(g.Name), Cells(page, g))));
            markup.CloseLine();
        }

        markup.CloseLine();
    }

    private static string[] Headings(PageWriter page)
    {
        string[] keys = page.Report.Round is null
            ? ["column.group", "column.quota", "column.pool", "column.panel"]
            : ["column.group", "column.quota", "column.pool", "column.stay", "column.join", "column.whole"];
        int ofDraw = page.Report.Round is null ? 1 : 2;
        return [.. keys.Take(!page.Report.IsDrawn ? keys.Length - ofDraw : keys.Length).Select(page.Language.Text)];
    }

    private static string[] Cells(PageWriter page, ReportGroup group)
    {
        ReportLanguage language = page.Language;
        string quota = group.Min is int min && group.Max is int max ? language.Range(min, max) : language.Text("quota.none");
        string pool = CountAndShare(group.Pool, page.Report.PoolSize);
        if (page.Report.Round is null)
        {
            return group.Panel is int panel ? [quota, pool, CountAndShare(panel, page.Report.PanelSize)] : [quota, pool];
        }

        string stay = Known(group.Staying);
        return group.Panel is int join
            ? [
                quota,
                pool,
                stay,
                language.Whole(join),
                group.WholePanel(isRound: true) is int whole ? CountAndShare(whole, page.Report.WholePanelSize) : language.Text("unknown")
            ]
            : [quota, pool, stay];

        string Known(int? number) => number is int known ? language.Whole(known) : language.Text("unknown");

        string CountAndShare(int part, int whole) =>
            language.Format("count.share", ("number", language.Whole(part)), ("share", language.Share(part / (double)whole)));
    }
}
