using Sortition.Publication.Report.Model;
using Sortition.Publication.Report.Page;

namespace Sortition.Publication.Report;

/// <summary>The report as one HTML page for citizens: it needs no network and no script, and names nobody.</summary>
/// <remarks>
/// The page carries its style and drawings, and forbids itself to load anything. It is read on a telephone, on paper, in the dark and by a screen reader.
/// Whatever came from data is escaped. The same report and language give the same bytes.
/// </remarks>
public static class HtmlReport
{
    /// <summary>Writes the page.</summary>
    /// <param name="writer">
    /// Where to; it should write UTF-8, as the page says of itself. Lines end with a line feed whatever the writer's own end of line is.
    /// </param>
    /// <param name="report">What to tell.</param>
    /// <param name="language">In which language.</param>
    /// <example>
    /// <code>
    /// CitizenReport report = CitizenReport.Create(lottery, ballots, new CitizenReportOptions { Title = "Albertslund Borgersamling" });
    /// using StreamWriter page = new("report.html");
    /// HtmlReport.Write(page, report, ReportLanguage.Get("da"));
    /// </code>
    /// </example>
    public static void Write(TextWriter writer, CitizenReport report, ReportLanguage language)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(language);
        writer.Write(ReportPage.Of(report.Content, language));
    }
}
