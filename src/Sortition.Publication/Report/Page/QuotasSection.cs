using Sortition.Publication.Report.Charts;

namespace Sortition.Publication.Report.Page;

/// <summary>The quotas against the pool and, after the draw, the panel.</summary>
internal static class QuotasSection
{
    public static string Heading(CitizenReport report) => report.Draw is null ? "quotas.heading" : "quotas.heading.drawn";

    public static void Write(PageWriter page)
    {
        (CitizenReport report, ReportLanguage language, Markup markup) = (page.Report, page.Language, page.Markup);
        page.Begin("quotas", Heading(report));
        page.Paragraph(report.Draw is null ? "quotas.intro" : "quotas.intro.drawn");
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
        string[] keys = ["column.group", "column.quota", "column.pool", "column.panel"];
        return [.. keys.Take(page.Report.Draw is null ? 3 : 4).Select(page.Language.Text)];
    }

    private static string[] Cells(PageWriter page, ReportGroup group)
    {
        ReportLanguage language = page.Language;
        string quota = group.Min is int min && group.Max is int max ? language.Range(min, max) : language.Text("none");
        string pool = CountAndShare(group.Pool, page.Report.PoolSize);
        return group.Panel is int panel ? [quota, pool, CountAndShare(panel, page.Report.PanelSize)] : [quota, pool];

        string CountAndShare(int part, int whole) => language.Format("count.share", ("number", language.Whole(part)), ("share", language.Share(part / (double)whole)));
    }
}
