using System.Globalization;
using Sortition.Publication.Report.Model;
using Sortition.Shared;

namespace Sortition.Publication.Report.Charts;

/// <summary>A drawing that stands in a page or alone.</summary>
/// <remarks>
/// Places across are percentages and heights are pixels, so that letters keep their size whatever the width of the screen; labels of a fixed width stand left
/// of the origin, in the gutter. A drawing is never told by colour alone, and says in words what it shows.
/// </remarks>
internal static class Drawing
{
    /// <summary>Draws in a page.</summary>
    public static void InPage(Markup markup, IChart chart)
    {
        string gutter = Number(chart.Gutter);
        markup.Open(
            "svg", ("class", "chart"), ("role", "img"), ("aria-labelledby", $"{chart.Id}-title {chart.Id}-desc"), ("height", Number(chart.Height)),
            ("style", $"margin-left:{gutter}px;width:calc(100% - {gutter}px)"));
        Describe(markup, chart);
        chart.Draw(markup);
        markup.CloseLine();
    }

    /// <summary>A drawing as a document of its own.</summary>
    public static string Document(ReportLanguage language, IChart chart, bool isRehearsal)
    {
        const string Width = "680";
        const int Margin = 20;
        Markup markup = new();
        string all = Number(chart.Height + 2 * Margin);
        markup.Open(
            "svg", ("xmlns", "http://www.w3.org/2000/svg"), ("class", "chart"), ("role", "img"), (
                "aria-labelledby", $"{chart.Id}-title {chart.Id}-desc"), ("xml:lang", language.Code),
            ("width", Width), ("height", all), ("viewBox", $"0 0 {Width} {all}"));
        Describe(markup, chart);
        markup.Open("style").Verbatim(EmbeddedText.Read("Report/Styles/charts.css")).CloseLine();
        markup.Shape("rect", ("class", "ground"), ("width", "100%"), ("height", "100%"));
        markup.Open(
            "svg",
            ("x", Number(Margin + chart.Gutter)),
            ("y", Number(Margin)),
            ("width", Number(640 - chart.Gutter)),
            ("height", Number(chart.Height)),
            ("overflow", "visible")).Line();
        chart.Draw(markup);
        markup.CloseLine();
        if (isRehearsal)
        {
            markup.Element("text", Rehearsal.Mark, ("class", "rehearsal"), ("x", "50%"), ("y", "50%"), ("text-anchor", "middle")).Line();
        }

        markup.CloseLine();
        return markup.ToString();
    }

    /// <summary>A place or a length across the drawing, in hundredths of its width.</summary>
    public static string Percent(double number) => Number(number) + "%";

    public static string Number(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);

    public static void Text(Markup markup, string text, string kind, string x, double y, string? anchor = null) =>
        markup.Element("text", text, ("class", kind), ("x", x), ("y", Number(y)), ("text-anchor", anchor)).Line();

    public static void LineAt(Markup markup, string kind, string x1, double y1, string x2, double y2) =>
        markup.Shape("line", ("class", kind), ("x1", x1), ("y1", Number(y1)), ("x2", x2), ("y2", Number(y2)));

    private static void Describe(Markup markup, IChart chart)
    {
        markup.Line().Element("title", chart.Title, ("id", $"{chart.Id}-title")).Line();
        markup.Element("desc", chart.Description, ("id", $"{chart.Id}-desc")).Line();
    }
}
