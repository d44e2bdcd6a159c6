using Sortition.Publication.Report.Model;

namespace Sortition.Publication.Report.Page;

/// <summary>How well the people who are kept ready could step in. Says nothing where none are told of.</summary>
internal static class AlternatesSection
{
    public static void Write(PageWriter page)
    {
        if (page.Report.Alternates is not ReportAlternates counts)
        {
            return;
        }

        ReportLanguage language = page.Language;
        Inline members = Inline.Strong(language.Whole(counts.Members));
        page.Begin("alternates", "alternates.heading");
        page.Paragraph("alternates.intro", ("people", page.People(counts.Alternates)));
        page.Markup.Open("ul").Line();
        page.Item("alternates.one", ("number", Inline.Strong(language.Whole(counts.ReplaceableMembers))), ("all", members));
        page.Markup.CloseLine();
        page.Paragraph(
            "alternates.assumed",
            ("chance", Inline.Strong(language.Tick(counts.DropOutChance))), (
                "number", language.Real(counts.Members * counts.DropOutChance, 1)), ("all", members));
        page.Markup.Open("ul").Line();
        page.Item("alternates.kept", ("number", Inline.Strong(Hundredths(language, counts.KeptShare))));
        page.Item("alternates.filled", ("number", Inline.Strong(Hundredths(language, counts.FilledShare))));
        page.Markup.CloseLine();
        page.Paragraph(counts.IsExact ? "alternates.all" : "alternates.sample", ("cases", language.Whole(counts.Cases)));
        if (!counts.IsExact && page.Report.RootHash is not null)
        {
            page.Paragraph("alternates.seed");
        }

        page.Markup.CloseLine();
    }

    /// <summary>How many of 100: whole, but with a decimal where next to none or next to all is not to be read as none or all.</summary>
    private static string Hundredths(ReportLanguage language, double share) => Math.Round(100 * share, 6) switch
    {
        0 => language.Whole(0),
        100 => language.Whole(100),
        < 1 => language.Real(Math.Max(100 * share, 0.1), 1),
        > 99 => language.Real(Math.Min(100 * share, 99.9), 1),
        _ => language.Real(100 * share, 0),
    };
}
