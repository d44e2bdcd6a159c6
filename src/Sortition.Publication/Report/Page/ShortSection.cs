using Sortition.Core.Algorithms;
using Sortition.Core.Sampling;
using Sortition.Publication.Format;
using Sortition.Publication.Report.Model;

namespace Sortition.Publication.Report.Page;

/// <summary>In short: from volunteers to a panel.</summary>
internal static class ShortSection
{
    public static void Write(PageWriter page)
    {
        (ReportContent report, ReportLanguage language) = (page.Report, page.Language);
        page.Begin("short", "short.heading");
        page.Markup.Open("ol", ("class", "steps")).Line();
        Inline seats = Inline.Strong(language.Count("count.seats", report.PanelSize));
        if (report.Round is ReportRound round)
        {
            page.Item(
                "short.pool.round",
                ("people", page.People(report.PoolSize)), ("seats", seats), (
                    "staying", Inline.Strong(language.Whole(round.Staying))), ("whole", language.Whole(round.PanelSize)));
        }
        else
        {
            page.Item("short.pool", ("people", page.People(report.PoolSize)), ("seats", seats));
        }

        page.Item(page.Choose("short.quotas", "short.quotas.round"));
        if (report.DrawnBy is string drawnBy)
        {
            page.Item(KeyOf(drawnBy));
        }
        else if (!report.HasBallots)
        {
            page.Item(page.Choose("short.lottery", "short.lottery.round"));
            page.Item(page.Choose("short.selected", "short.selected.round"));
        }
        else
        {
            page.Item(page.Choose("short.ballots", "short.ballots.round"), ("ballots", Inline.Strong(language.Count("count.ballots", report.Ballots))));
            WriteDraw(page);
        }

        page.Markup.CloseLine();
        WriteRules(page);
        page.Markup.CloseLine();
    }

    /// <summary>How a panel is drawn without a lottery.</summary>
    private static string KeyOf(string drawnBy) =>
        string.Equals(drawnBy, new Greedy().Name, StringComparison.Ordinal) ? "short.greedy"
        : string.Equals(drawnBy, new UniformPanels().Name, StringComparison.Ordinal) ? "short.uniform"
        : "short.direct";

    private static void WriteDraw(PageWriter page)
    {
        ReportContent report = page.Report;
        if (report.Draw is DrawRecord draw)
        {
            page.Item(page.Choose("short.drawn", "short.drawn.round"), ("ballot", Inline.Strong(report.BallotNumber(draw.Ballot))));
        }
        else
        {
            page.Item(page.Choose("short.draw", "short.draw.round"));
        }
    }

    private static void WriteRules(PageWriter page)
    {
        ReportContent report = page.Report;
        if (report.HouseholdLimit is int limit)
        {
            page.Paragraph("short.household", ("people", page.People(limit)));
        }

        if (report.MustBeIn > 0)
        {
            page.Paragraph(report.HasBallots ? "short.in" : "short.in.selection", ("people", page.People(report.MustBeIn)));
        }

        if (report.MustBeOut > 0)
        {
            page.Paragraph(report.HasBallots ? "short.out" : "short.out.selection", ("people", page.People(report.MustBeOut)));
        }
    }
}
