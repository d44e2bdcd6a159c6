using Sortition.Publication.Report.Model;

namespace Sortition.Publication.Report.Page;

/// <summary>Which quotas are others than those wished for at first. Says nothing where these are not known.</summary>
internal static class ChangesSection
{
    public static void Write(PageWriter page)
    {
        if (page.Report.QuotaChanges is not ReportQuotaChanges compared)
        {
            return;
        }

        ReportLanguage language = page.Language;
        IReadOnlyList<ReportQuotaChange> changes = compared.Changes;
        page.Begin("changes", "changes.heading");
        page.Paragraph("changes.intro");
        if (page.Report.Round is not null)
        {
            page.Paragraph("changes.round");
        }

        if (changes.Count == 0)
        {
            page.Markup.Open("p", ("class", "note")).Sentence(language, "changes.none", ("quotas", Quotas(compared.Unchanged))).CloseLine();
            page.Markup.CloseLine();
            return;
        }

        page.Markup.Open("ul").Line();
        Sum("changes.loosened", c => c.Loosened);
        Sum("changes.tightened", c => c.Tightened);
        Number("changes.dropped", changes.Count(c => c.Now is null));
        Number("changes.added", changes.Count(c => c.Before is null));
        Number("changes.same", compared.Unchanged);
        page.Markup.CloseLine();

        // A column of noughts would only make the table wider.
        bool anyLooser = changes.Any(c => c.Now is null || c.Loosened > 0);
        bool anyStricter = changes.Any(c => c.Before is null || c.Tightened > 0);
        page.Table(
            "changes-table",
            caption => caption.Text(language.Text("changes.table")),
            [
                language.Text("column.quota"), language.Text("changes.min"), language.Text("changes.max"),
                .. Only(anyLooser, language.Text("changes.looser")), .. Only(anyStricter, language.Text("changes.stricter")),
            ],
            changes.Select(c => (
                (Inline)language.Format("changes.name", ("feature", SafeText.Isolated(c.Feature)), ("group", SafeText.Isolated(c.Group))),
                (string[])[
                    Bound(c.Before?.Min, c.Now?.Min), Bound(c.Before?.Max, c.Now?.Max),
                    .. Only(anyLooser, c.Now is null ? language.Text("changes.gone") : language.Whole(c.Loosened)),
                    .. Only(anyStricter, c.Before is null ? language.Text("changes.new") : language.Whole(c.Tightened))])));
        page.Markup.CloseLine();

        string[] Only(bool isShown, string cell) => isShown ? [cell] : [];

        Inline Quotas(int number) => Inline.Strong(language.Count("count.quotas", number));

        void Sum(string key, Func<ReportQuotaChange, int> seats)
        {
            if (changes.Any(c => seats(c) > 0))
            {
                page.Item(
                    key, ("quotas", Quotas(changes.Count(c => seats(c) > 0))), ("seats", Inline.Strong(language.Count("count.seats", changes.Sum(seats)))));
            }
        }

        void Number(string key, int number)
        {
            if (number > 0)
            {
                page.Item(key, ("quotas", Quotas(number)));
            }
        }

        string Bound(int? before, int? now) => before == now ? Known(now) : language.Format("changes.turned", ("before", Known(before)), ("now", Known(now)));

        string Known(int? bound) => bound is int seats ? language.Whole(seats) : language.Text("none");
    }
}
