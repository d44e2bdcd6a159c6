using Sortition.Publication.Report.Model;

namespace Sortition.Publication.Report.Page;

/// <summary>How everybody can check what is told here.</summary>
internal static class CheckSection
{
    public static void Write(PageWriter page)
    {
        (ReportContent report, ReportLanguage language, Markup markup) = (page.Report, page.Language, page.Markup);
        page.Begin("check", "check.heading");
        page.Paragraph("check.intro");
        if (report.PublishedAt is string place)
        {
            markup.Open("p").Text(language.Text("check.place")).Text(" ");
            page.Linked(place);
            markup.CloseLine();
        }

        if (report.RootHash is string hash)
        {
            page.Paragraph("check.root");
            Code(hash, "hash");
        }
        else
        {
            page.Paragraph("check.root.pending");
        }

        markup.Open("ol", ("class", "steps")).Line();
        Step("check.files", "sha256sum --ignore-missing -c SHA256SUMS");
        Step("check.list", "sha256sum SHA256SUMS");
        string folder = language.Text("check.folder");
        Step("check.verify", $"sortition verify {folder} --root {report.RootHash ?? language.Text("check.hash")}", ("folder", Inline.Code(folder)));
        markup.CloseLine();
        page.Paragraph("check.more");
        markup.CloseLine();

        void Step(string key, string command, params ReadOnlySpan<(string Name, Inline Value)> values)
        {
            markup.Open("li").Sentence(language, key, values).Line();
            Code(command, null);
            markup.CloseLine();
        }

        void Code(string text, string? kind) => markup.Open("pre", ("class", kind)).Element("code", text).CloseLine();
    }
}
