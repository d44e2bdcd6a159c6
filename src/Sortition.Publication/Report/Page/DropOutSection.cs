using Sortition.Core;
using Sortition.Publication.Report.Model;

namespace Sortition.Publication.Report.Page;

/// <summary>How many members could be replaced, and what stands in the way of the others. Says nothing where it was not counted.</summary>
internal static class DropOutSection
{
    public static void Write(PageWriter page)
    {
        if (page.Report.DropOuts is not ReportDropOuts counts)
        {
            return;
        }

        ReportLanguage language = page.Language;
        page.Begin("drop", "drop.heading");
        page.Paragraph("drop.intro");
        page.Markup.Open("ul").Line();
        page.Item("drop.one", ("number", Inline.Strong(language.Whole(counts.ReplaceableMembers))), ("all", Inline.Strong(language.Whole(counts.Members))));
        if (counts.Pairs > 0)
        {
            page.Item("drop.two", ("number", Inline.Strong(language.Whole(counts.ReplaceablePairs))), ("all", Inline.Strong(language.Whole(counts.Pairs))));
        }

        page.Markup.CloseLine();
        if (counts.Obstacles.Count > 0)
        {
            page.Paragraph("drop.obstacles");
            page.Table(
                "drop-table",
                caption => caption.Text(language.Text("drop.table")),
                [language.Text("drop.rule"), language.Text("drop.members"), language.Text("drop.pairs")],
                counts.Obstacles.Select(o => ((Inline)Name(language, o), (string[])[language.Whole(o.Members), language.Whole(o.Pairs)])));
            page.Paragraph("drop.then");
        }

        page.Markup.CloseLine();
    }

    private static string Name(ReportLanguage language, ReportObstacle obstacle)
    {
        string seats = language.Whole(obstacle.Seats);
        return obstacle.Kind switch
        {
            ConstraintKind.QuotaMinimum => Quota("drop.least"),
            ConstraintKind.QuotaMaximum => Quota("drop.most"),
            ConstraintKind.HouseholdLimit => language.Format("drop.household", ("seats", seats)),
            _ => language.Text("drop.nobody"),
        };

        string Quota(string key) =>
            language.Format(key, ("feature", SafeText.Isolated(obstacle.Feature!)), ("group", SafeText.Isolated(obstacle.Group!)), ("seats", seats));
    }
}
