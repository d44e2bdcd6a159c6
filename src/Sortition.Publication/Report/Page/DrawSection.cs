using Sortition.Publication.Format;
using Sortition.Publication.Report.Model;

namespace Sortition.Publication.Report.Page;

/// <summary>How a ballot is drawn, and which one was.</summary>
internal static class DrawSection
{
    public static void Write(PageWriter page)
    {
        (ReportContent report, ReportLanguage language) = (page.Report, page.Language);
        page.Begin("draw", "draw.heading");
        if (report.Seed is string seed)
        {
            page.Paragraph(report.DrawnBy is not null ? "draw.selection.direct" : page.Choose("draw.selection", "draw.selection.round"));
            page.Markup.Open("pre").Open("code", ("dir", "auto")).Text(SafeText.Of(seed)).Close().CloseLine();
            page.Paragraph("draw.selection.check");
            page.Markup.CloseLine();
            return;
        }

        page.Paragraph("draw.numbers", ("first", Inline.Strong(report.BallotNumber(0))), ("last", Inline.Strong(report.BallotNumber(report.Ballots - 1))));
        if (report.RandomnessSource is string source)
        {
            page.Paragraph("draw.source", ("source", Inline.Data(source)));
        }

        if (report.Method is DrawMethod method)
        {
            page.Paragraph(KeyOf(method));
        }
        else
        {
            page.Paragraph("draw.ways");
            page.Markup.Open("ul").Line();
            foreach (DrawMethod way in Enum.GetValues<DrawMethod>())
            {
                page.Item(KeyOf(way));
            }

            page.Markup.CloseLine();
        }

        WriteOutcome(page);
        page.Markup.CloseLine();
    }

    private static void WriteOutcome(PageWriter page)
    {
        Markup markup = page.Markup;
        markup.Open("p", ("class", "note"));
        if (page.Report.Draw is not DrawRecord draw)
        {
            markup.Text(page.Language.Text("draw.pending")).CloseLine();
            return;
        }

        markup.Sentence(page.Language, "draw.drawn", ("ballot", Inline.Strong(page.Report.BallotNumber(draw.Ballot)))).CloseLine();
        if (draw.Text is string text)
        {
            page.Paragraph("draw.by");
            markup.Open("pre").Open("code", ("dir", "auto")).Text(SafeText.Of(text)).Close().CloseLine();
        }
    }

    private static string KeyOf(DrawMethod method) => method switch
    {
        DrawMethod.Number => "draw.called",
        DrawMethod.Text => "draw.text",
        DrawMethod.Both => "draw.both",
        _ => "draw.local",
    };
}
