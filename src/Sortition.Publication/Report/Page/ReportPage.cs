using Sortition.Publication.Format;
using Sortition.Publication.Report.Model;
using Sortition.Shared;

namespace Sortition.Publication.Report.Page;

/// <summary>The page around the sections.</summary>
internal static class ReportPage
{
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

    public static string Of(ReportContent report, ReportLanguage language)
    {
        PageWriter page = new(report, language);
        Markup markup = page.Markup;
        markup.Verbatim("<!DOCTYPE html>").Line();
        markup.Open("html", ("lang", language.Code)).Line();
        Head(page);
        markup.Open("body", ("class", report.IsRehearsal ? "rehearsed" : null)).Line();
        if (report.IsRehearsal)
        {
            page.Markup.Element("p", page.Language.Text("page.rehearsal"), ("class", "rehearsal")).Line();
        }

        Header(page);
        Contents(page);
        markup.Open("main").Line();
        SummarySection.Write(page);
        ShortSection.Write(page);
        QuotasSection.Write(page);
        ChangesSection.Write(page);
        MirrorSection.Write(page);
        ChancesSection.Write(page);
        DrawSection.Write(page);
        DropOutSection.Write(page);
        AlternatesSection.Write(page);
        if (report.HasBallots)
        {
            CheckSection.Write(page);
        }

        markup.CloseLine();
        markup.Open("footer").Line();
        page.Paragraph("page.footer");
        markup.CloseLine();
        markup.CloseLine().CloseLine();
        return markup.ToString();
    }

    private static void Head(PageWriter page)
    {
        Markup markup = page.Markup;
        markup.Open("head").Line();
        markup.Void("meta", ("charset", "utf-8")).Line();
        markup.Void("meta", ("http-equiv", "Content-Security-Policy"), ("content", Policy)).Line();
        markup.Void("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1")).Line();
        markup.Void("meta", ("name", "color-scheme"), ("content", "light dark")).Line();
        string title = page.Language.Format("page.title", ("title", SafeText.Of(page.Report.Title)));
        markup.Element("title", page.Report.IsRehearsal ? $"{Rehearsal.Mark} · {title}" : title).Line();
        markup.Open("style").Line().Verbatim(EmbeddedText.Read("Report/Styles/page.css")).Verbatim(EmbeddedText.Read("Report/Styles/charts.css")).CloseLine();
        markup.CloseLine();
    }

    private static void Header(PageWriter page)
    {
        (ReportContent report, ReportLanguage language, Markup markup) = (page.Report, page.Language, page.Markup);
        markup.Open("header").Line();
        if (report.Details.Logo is ReportLogo logo)
        {
            markup.Void("img", ("class", "logo"), ("src", logo.Address), ("alt", SafeText.Of(report.Details.Organiser ?? ""))).Line();
        }

        markup.Open("h1").Data(report.Title).CloseLine();
        markup.Open("p", ("class", "lead")).Text(
            language.Text(
                !report.HasBallots ? page.Choose("page.lead.selection", "page.lead.selection.round")
                    : report.Draw is null ? page.Choose("page.lead", "page.lead.round")
                    : page.Choose("page.lead.drawn", "page.lead.round.drawn"))).CloseLine();
        Details(page);
        markup.Open("dl", ("class", "figures")).Line();
        Figure(page.Choose("figure.pool", "figure.pool.round"), language.Whole(report.PoolSize));
        if (report.Round is ReportRound round)
        {
            Figure("figure.staying", language.Format("count.of", ("number", language.Whole(round.Staying)), ("all", language.Whole(round.PanelSize))));
        }

        Figure(page.Choose("figure.seats", "figure.seats.round"), language.Whole(report.PanelSize));
        if (report.HasBallots)
        {
            Figure("figure.ballots", language.Whole(report.Ballots));
        }

        if (report.Draw is DrawRecord draw)
        {
            Figure("figure.drawn", report.BallotNumber(draw.Ballot));
        }
        else if (report.Chances is ReportChances chances)
        {
            Figure("figure.lowest", language.Chance(chances.Lowest));
        }

        markup.CloseLine().CloseLine();

        void Figure(string key, string number) =>
            markup.Open("div").Element("dt", language.Text(key)).Element("dd", number).CloseLine();
    }

    /// <summary>What the organiser says: what it is about, who, when, and whom to ask.</summary>
    private static void Details(PageWriter page)
    {
        (ReportDetails details, ReportLanguage language, Markup markup) = (page.Report.Details, page.Language, page.Markup);
        foreach (string paragraph in details.Introduction)
        {
            markup.Open("p");
            page.Linked(paragraph);
            markup.CloseLine();
        }

        Detail("page.organiser", details.Organiser);
        Detail("page.contact", details.Contact);
        Detail("page.date", details.Date is DateOnly day ? language.Day(day) : null);

        void Detail(string key, string? text)
        {
            if (text is not null)
            {
                markup.Open("p", ("class", "detail")).Text(language.Text(key)).Text(" ");
                page.Linked(text);
                markup.CloseLine();
            }
        }
    }

    private static void Contents(PageWriter page)
    {
        Markup markup = page.Markup;
        markup.Open("nav", ("aria-label", page.Language.Text("page.contents"))).Open("ol").Line();
        Entry("summary", "summary.heading");
        Entry("short", "short.heading");
        Entry("quotas", QuotasSection.Heading(page.Report));
        if (page.Report.QuotaChanges is not null)
        {
            Entry("changes", "changes.heading");
        }

        if (page.Report.Mirror is not null)
        {
            Entry("mirror", "mirror.heading");
        }

        Entry("chances", "chances.heading");
        Entry("draw", "draw.heading");
        if (page.Report.DropOuts is not null)
        {
            Entry("drop", "drop.heading");
        }

        if (page.Report.Alternates is not null)
        {
            Entry("alternates", "alternates.heading");
        }

        if (page.Report.HasBallots)
        {
            Entry("check", "check.heading");
        }

        markup.Close().CloseLine();

        void Entry(string section, string key) => markup.Open("li").Element("a", page.Language.Text(key), ("href", "#" + section)).CloseLine();
    }
}
