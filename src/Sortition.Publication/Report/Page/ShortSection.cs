namespace Sortition.Publication.Report.Page;

/// <summary>In short: from volunteers to a panel.</summary>
internal static class ShortSection
{
    public static void Write(PageWriter page)
    {
        (CitizenReport report, ReportLanguage language) = (page.Report, page.Language);
        page.Begin("short", "short.heading");
        page.Markup.Open("ol", ("class", "steps")).Line();
        page.Item("short.pool", ("people", page.People(report.PoolSize)), ("seats", Inline.Strong(language.Count("count.seats", report.PanelSize))));
        page.Item("short.quotas");
        page.Item("short.ballots", ("ballots", Inline.Strong(language.Count("count.ballots", report.Ballots))));
        if (report.Draw is ReportDraw draw)
        {
            page.Item("short.drawn", ("ballot", Inline.Strong(report.BallotNumber(draw.Ballot))));
        }
        else
        {
            page.Item("short.draw");
        }

        page.Markup.CloseLine();
        WriteRules(page);
        page.Markup.CloseLine();
    }

    private static void WriteRules(PageWriter page)
    {
        CitizenReport report = page.Report;
        if (report.HouseholdLimit is int limit)
        {
            page.Paragraph("short.household", ("people", page.People(limit)));
        }

        if (report.MustBeIn > 0)
        {
            page.Paragraph("short.in", ("people", page.People(report.MustBeIn)));
        }

        if (report.MustBeOut > 0)
        {
            page.Paragraph("short.out", ("people", page.People(report.MustBeOut)));
        }
    }
}
