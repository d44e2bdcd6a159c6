using Sortition.Core.Ballots;
using Sortition.Publication.Report.Charts;
using Sortition.Publication.Report.Model;

namespace Sortition.Publication.Report.Page;

/// <summary>Who sits with whom: how many different panels the ballots are, how much two of them share, and whether they are mixed.</summary>
internal static class MixingPart
{
    public static void Write(PageWriter page)
    {
        (ReportContent report, ReportLanguage language) = (page.Report, page.Language);
        ReportMixing mixing = report.Mixing;
        page.Heading("h3", "mixing.heading");
        page.Paragraph("mixing.why");
        page.Markup.Open("ul").Line();
        page.Item(
            "mixing.different",
            ("different", Inline.Strong(language.Whole(mixing.DifferentPanels))), ("ballots", language.Count("count.ballots", report.Ballots)));
        if (mixing.Overlaps.Count > 0)
        {
            page.Item(
                "mixing.overlap",
                ("most", Inline.Strong(language.Whole(mixing.Overlaps[^1].To))), ("seats", language.Count("count.seats", report.PanelSize)));
        }

        if (mixing.LargestPairRatio is double ratio)
        {
            page.Item(
                "mixing.pairs",
                ("times", Inline.Strong(language.Real(ratio, 1))), ("least", language.Count("count.ballots", BallotMixing.LeastExpected)));
        }

        page.Markup.CloseLine();
        if (mixing.IsMixed is bool isMixed)
        {
            page.Paragraph(isMixed ? "mixing.mixed" : "mixing.unmixed");
        }

        if (mixing.Overlaps.Count > 0)
        {
            page.Chart(new OverlapChart(report, language));
            page.Table(
                "overlaps-table",
                caption => caption.Text(language.Text("mixing.table")),
                [language.Text("column.common"), language.Text("column.pairs")],
                mixing.Overlaps.Select(bar => ((Inline)OverlapChart.Numbers(bar, language), (string[])[language.Chance(bar.Share)])));
        }
    }
}
