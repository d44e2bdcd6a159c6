using Sortition.Publication.Format;
using Sortition.Publication.Report.Model;

namespace Sortition.Publication.Report.Page;

/// <summary>All that a reader in a hurry, or a public body, wants to know: how many were invited, volunteered and were selected, in all and by group.</summary>
internal static class SummarySection
{
    public static void Write(PageWriter page)
    {
        (ReportContent report, ReportLanguage language) = (page.Report, page.Language);
        page.Begin("summary", "summary.heading");
        page.Table(
            "summary-table",
            caption => caption.Sentence(language, "summary.totals"),
            [language.Text("column.figure"), language.Text("column.number")],
            Totals(page));
        bool isRound = report.Round is not null;
        page.Table(
            "summary-groups",
            caption => caption.Sentence(language, page.Choose("summary.groups", "summary.groups.round")),
            [
                language.Text("column.group"),
                language.Text("column.quota"),
                language.Text("column.pool"),
                .. !report.IsDrawn ? (string[])[] : [language.Text(isRound ? "column.join" : "column.panel")],
            ],
            report.Features.SelectMany(feature => feature.Groups.Select(group => (Inline.Data($"{feature.Name}: {group.Name}"), Cells(page, group)))));
        page.Markup.CloseLine();
    }

    private static IEnumerable<(Inline Name, string[] Cells)> Totals(PageWriter page)
    {
        (ReportContent report, ReportLanguage language) = (page.Report, page.Language);
        if (report.Details.Invited is int invited)
        {
            yield return Total("summary.invited", language.Whole(invited));
            yield return Total("summary.volunteers", Part(report.PoolSize, invited));
        }
        else
        {
            yield return Total(page.Choose("summary.volunteers", "figure.pool.round"), language.Whole(report.PoolSize));
        }

        int excluded = (report.Chances?.Uncovered ?? 0) + report.MustBeOut;
        if (excluded > 0)
        {
            yield return Total(report.HasBallots ? "summary.excluded" : "summary.excluded.selection", language.Whole(excluded));
        }

        if (report.Round is ReportRound round)
        {
            yield return Total(
                "figure.staying", language.Format("count.of", ("number", language.Whole(round.Staying)), ("all", language.Whole(round.PanelSize))));
        }

        string seats = page.Choose("figure.seats", "figure.seats.round");
        yield return !report.IsDrawn
            ? Total(seats, language.Whole(report.PanelSize))
            : Total(page.Choose("summary.selected", "summary.selected.round"), Part(report.PanelSize, report.PoolSize));
        if (report.HasBallots)
        {
            yield return Total("figure.ballots", language.Whole(report.Ballots));
        }

        if (report.Draw is DrawRecord draw)
        {
            yield return Total("figure.drawn", report.BallotNumber(draw.Ballot));
        }

        if (report.Chances is ReportChances chances)
        {
            yield return Total("figure.lowest", language.Chance(chances.Lowest));
        }

        (Inline Name, string[] Cells) Total(string key, string number) => (language.Text(key), [number]);

        // How many, and their share of those they come from.
        string Part(int part, int whole) => whole == 0 ? language.Whole(part)
            : language.Format("count.share", ("number", language.Whole(part)), ("share", language.Share(part / (double)whole)));
    }

    private static string[] Cells(PageWriter page, ReportGroup group)
    {
        ReportLanguage language = page.Language;
        string quota = group.Min is int min && group.Max is int max ? language.Range(min, max) : language.Text("quota.none");
        return [quota, language.Whole(group.Pool), .. group.Panel is int panel ? (string[])[language.Whole(panel)] : []];
    }
}
