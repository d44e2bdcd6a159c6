using Sortition.Publication.Report.Charts;
using Sortition.Publication.Report.Model;

namespace Sortition.Publication.Report.Page;

/// <summary>What all sections write with: sections, paragraphs, drawings and tables in one manner.</summary>
internal sealed class PageWriter(ReportContent report, ReportLanguage language)
{
    public ReportContent Report { get; } = report;

    public ReportLanguage Language { get; } = language;

    public Markup Markup { get; } = new();

    /// <summary>One of two texts: that of the lottery of a whole panel, or that of a replacement round.</summary>
    public string Choose(string ordinary, string ofRound) => Report.Round is null ? ordinary : ofRound;

    /// <summary>Begins a section with its heading.</summary>
    public void Begin(string id, string headingKey)
    {
        Markup.Open("section", ("id", id), ("aria-labelledby", id + "-heading")).Line();
        Markup.Element("h2", Language.Text(headingKey), ("id", id + "-heading")).Line();
    }

    public void Heading(string element, string key) => Markup.Element(element, Language.Text(key)).Line();

    public void Paragraph(string key, params ReadOnlySpan<(string Name, Inline Value)> values) => Markup.Paragraph(Language, key, values);

    /// <summary>Text from data in which web and e-mail addresses are links.</summary>
    public void Linked(string text)
    {
        Markup.Open("bdi");
        string safe = SafeText.Of(text);
        for (int start = 0, end; start < safe.Length; start = end)
        {
            end = safe.IndexOf(' ', start) is >= 0 and int space ? Math.Max(space, start + 1) : safe.Length;
            string word = safe[start..end].TrimEnd('.', ',', ';', ':', ')', '!', '?');
            if (Address(word) is string address)
            {
                Markup.Element("a", word, ("href", address), ("rel", "noreferrer")).Text(safe[(start + word.Length)..end]);
            }
            else
            {
                Markup.Text(safe[start..end]);
            }
        }

        Markup.Close();
    }

    /// <summary>Where a word leads to, if it is an address; nowhere else than to a web page or a mailbox.</summary>
    private static string? Address(string word)
    {
        bool isWeb = word.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || word.StartsWith("http://", StringComparison.OrdinalIgnoreCase);
        int at = word.IndexOf('@', StringComparison.Ordinal);
        bool isMail = at > 0 && word.LastIndexOf('@') == at && word.LastIndexOf('.') > at + 1
            && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '@' or '.' or '-' or '_' or '+');
        return isWeb && Uri.TryCreate(word, UriKind.Absolute, out Uri? uri) && uri.Host.Length > 0 ? uri.AbsoluteUri
            : isMail ? "mailto:" + word
            : null;
    }

    /// <summary>A paragraph of text that is ready.</summary>
    public void Plain(string text) => Markup.Element("p", text).Line();

    public void Item(string key, params ReadOnlySpan<(string Name, Inline Value)> values) => Markup.Open("li").Sentence(Language, key, values).CloseLine();

    /// <summary>How many people, in bold.</summary>
    public Inline People(int number) => Inline.Strong(Language.Count("count.people", number));

    public Inline Chance(double chance) => Inline.Strong(Language.Chance(chance));

    public void Chart(IChart chart)
    {
        Markup.Open("figure").Line();
        Drawing.InPage(Markup, chart);
        Markup.CloseLine();
    }

    /// <summary>A table in a frame of its own, so that a wide one can be scrolled without the page.</summary>
    /// <param name="id">A name for the table, in ASCII.</param>
    /// <param name="caption">Writes the caption.</param>
    /// <param name="headings">The headings; the first is of the column that names the rows.</param>
    /// <param name="rows">The rows: what names the row, and its cells.</param>
    public void Table(string id, Action<Markup> caption, IReadOnlyList<string> headings, IEnumerable<(Inline Name, string[] Cells)> rows)
    {
        Markup.Open("div", ("class", "table"), ("role", "region"), ("aria-labelledby", id + "-caption"), ("tabindex", "0")).Line();
        Markup.Open("table").Line();
        Markup.Open("caption", ("id", id + "-caption"));
        caption(Markup);
        Markup.CloseLine();
        Markup.Open("thead").Open("tr");
        foreach (string heading in headings)
        {
            Markup.Element("th", heading, ("scope", "col"));
        }

        Markup.Close().CloseLine();
        Markup.Open("tbody").Line();
        foreach ((Inline name, string[] cells) in rows)
        {
            Markup.Open("tr").Open("th", ("scope", "row"));
            _ = name.Element is null ? Markup.Text(name.Text) : Markup.Element(name.Element, name.Text);
            Markup.Close();
            foreach (string cell in cells)
            {
                Markup.Element("td", cell);
            }

            Markup.CloseLine();
        }

        Markup.CloseLine().CloseLine().CloseLine();
    }
}
