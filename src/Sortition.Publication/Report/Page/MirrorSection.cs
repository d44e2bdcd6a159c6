using Sortition.Publication.Report.Charts;
using Sortition.Publication.Report.Model;

namespace Sortition.Publication.Report.Page;

/// <summary>Population, pool and panel side by side. Says nothing where the population is not known.</summary>
internal static class MirrorSection
{
    public static void Write(PageWriter page)
    {
        (ReportContent report, ReportLanguage language, Markup markup) = (page.Report, page.Language, page.Markup);
        if (report.Mirror is not { } features)
        {
            return;
        }

        page.Begin("mirror", "mirror.heading");
        page.Paragraph("mirror.intro");
        page.Paragraph(!report.IsDrawn ? page.Choose("mirror.expected", "mirror.expected.round") : page.Choose("mirror.drawn", "mirror.drawn.round"));
        markup.Open("ul").Line();
        WriteLargest(page, "mirror.largest.pool", g => g.Pool - g.Population);
        WriteLargest(page, !report.IsDrawn ? "mirror.largest.expected" : "mirror.largest.panel", g => g.Panel - g.Population);
        markup.CloseLine();
        if (features.Any(f => f.Groups.Any(g => g.Panel is null)))
        {
            page.Paragraph(report.Round is null ? "mirror.hidden" : "mirror.hidden.round", ("smallest", language.Whole(report.SmallestGroup)));
        }

        for (int f = 0; f < features.Count; f++)
        {
            ReportMirrorFeature feature = features[f];
            markup.Open("div", ("class", "feature")).Line();
            markup.Open("h3").Data(feature.Name).CloseLine();
            page.Chart(new MirrorChart(report, f, language));
            page.Table(
                $"mirror-table-{Drawing.Number(f + 1)}",
                caption => caption.Sentence(language, "mirror.table", ("feature", Inline.Data(feature.Name))),
                [language.Text("column.group"), language.Text("column.population"), language.Text("column.pool"), language.Text(PanelColumn(page))],
                feature.Groups.Select(
                    g => (Inline.Data(g.Name), (string[])[language.Share(g.Population), language.Share(g.Pool), GroupTexts.Share(g.Panel, language)])));
            WriteRemarks(page, "mirror.source", feature.Sources);
            WriteRemarks(page, "mirror.comment", feature.Comments);
            markup.CloseLine();
        }

        markup.CloseLine();
    }

    private static void WriteRemarks(PageWriter page, string key, IReadOnlyList<ReportRemark> remarks)
    {
        foreach (ReportRemark remark in remarks)
        {
            page.Markup.Open("p", ("class", "source")).Text(page.Language.Text(key)).Text(" ");
            page.Linked(remark.Text);
            if (remark.Groups.Count > 0)
            {
                page.Markup.Text(" (").Data(string.Join(", ", remark.Groups)).Text(")");
            }

            page.Markup.CloseLine();
        }
    }

    private static string PanelColumn(PageWriter page) => !page.Report.IsDrawn ? "column.expected" : page.Choose("column.panel", "column.whole");

    /// <summary>Where the difference is largest; of equal ones the first.</summary>
    private static void WriteLargest(PageWriter page, string key, Func<ReportMirrorGroup, double?> difference)
    {
        var known = page.Report.Mirror!.SelectMany(
            f =>
                f.Groups.Select(g => (Feature: f.Name, Group: g.Name, Size: Math.Abs(difference(g) ?? double.NaN)))).Where(d =>
                    !double.IsNaN(d.Size)).ToArray();
        if (known.Length > 0)
        {
            (string feature, string group, double size) = known.MaxBy(d => Math.Round(d.Size, 9));
            page.Item(
                key,
                ("feature", Inline.Data(feature)), ("group", Inline.Data(group)), (
                    "difference", Inline.Strong(page.Language.Format("points", ("number", page.Language.Number(size))))));
        }
    }
}
