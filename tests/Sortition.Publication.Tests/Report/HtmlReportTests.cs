using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Core.Targets;
using Sortition.Publication.Format;
using Sortition.Publication.Report;
using Sortition.Publication.Report.Model;
using Xunit;

namespace Sortition.Publication.Tests.Report;

public sealed class HtmlReportTests
{
    private const string Hostile = "</title></style><script>alert(\"1\")</script>'&\u202E<img src=x onerror=y>\u0000\uD800\u2069 👩‍👩‍👧";

    public static TheoryData<string> Codes => [.. ReportLanguage.Codes];

    [Theory]
    [MemberData(nameof(Codes))]
    public void The_page_is_soundly_built(string code) => Assert.All(Reports.Various(), report =>
    {
        XElement html = Reports.Tree(Reports.Html(report, code));
        Assert.Equal(code, html.Attribute("lang")!.Value);
        Assert.False(string.IsNullOrWhiteSpace(html.Descendants("title").First().Value));
        XElement body = html.Element("body")!;
        Assert.Equal(["header", "nav", "main", "footer"], body.Elements().Select(e => e.Name.LocalName));

        int[] levels = [.. html.Descendants().Where(e => e.Name.LocalName is "h1" or "h2" or "h3" or "h4" or "h5" or "h6").Select(e => e.Name.LocalName[1] - '0')];
        Assert.Equal(1, levels[0]);
        Assert.Equal(1, levels.Count(l => l == 1));
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1));

        Assert.All(html.Descendants("table"), table =>
        {
            Assert.False(string.IsNullOrWhiteSpace(table.Element("caption")!.Value));
            Assert.All(table.Descendants("th"), th => Assert.Equal(th.Parent!.Parent!.Name == "thead" ? "col" : "row", th.Attribute("scope")!.Value));
            int columns = table.Element("thead")!.Descendants("th").Count();
            Assert.All(table.Element("tbody")!.Elements("tr"), tr => Assert.Equal(columns, tr.Elements().Count()));
        });

        string[] ids = [.. html.Descendants().Attributes("id").Select(a => a.Value)];
        Assert.Equal(ids.Length, ids.Distinct(StringComparer.Ordinal).Count());
        IEnumerable<string> named = html.Descendants().Attributes("aria-labelledby").SelectMany(a => a.Value.Split(' '));
        IEnumerable<string> linked = html.Descendants("a").Select(a => a.Attribute("href")!.Value.TrimStart('#'));
        Assert.Empty(named.Concat(linked).Except(ids, StringComparer.Ordinal));
    });

    [Fact]
    public void Every_drawing_is_named_and_has_a_table_beside_it()
    {
        XElement html = Reports.Tree(Reports.Html(Reports.Of(Reports.Albertslund(), 1000)));
        XElement[] charts = [.. html.Descendants("svg").Where(s => s.Attribute("role")?.Value == "img")];
        Assert.Equal(2 + (2 * 5), charts.Length);
        Assert.All(charts, svg =>
        {
            Assert.Equal(["title", "desc"], svg.Elements().Take(2).Select(e => e.Name.LocalName));
            Assert.Equal("table", svg.Parent!.ElementsAfterSelf().First().Attribute("class")!.Value);
        });
    }

    [Fact]
    public void Nothing_is_loaded() => Assert.All(Reports.Various(), report =>
    {
        string html = Reports.Html(report);
        Assert.Contains("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;; img-src data:\">", html, StringComparison.Ordinal);
        Assert.All((string[])["http:", "https:", "src=", "url(", "@import", "<script", "<link", "<iframe", "<object", "<embed", "<form", "javascript:"],
            sign => Assert.DoesNotContain(sign, html, StringComparison.OrdinalIgnoreCase));
    });

    [Theory]
    [MemberData(nameof(Codes))]
    public void Nobody_is_named(string code)
    {
        PanelLottery lottery = Reports.Albertslund();
        string text = Reports.Html(Reports.Of(lottery, 1000, Reports.Drawn(7)), code) + string.Concat(Reports.Charts(Reports.Of(lottery, 1000, Reports.Drawn(7)), code).Select(c => c.Content));
        Assert.All(lottery.Problem.People, person => Assert.DoesNotContain(person.Id, text, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Data_is_shown_as_text(string code)
    {
        string longName = new('W', 5000);
        PanelLottery lottery = Reports.Solve(new Core.SelectionProblemBuilder(1)
            .People((string[])["a", "b"], p => p, null, p => new Dictionary<string, string> { [Hostile] = p == "a" ? Hostile + "2" : longName })
            .Quota(Hostile, Hostile + "2", 0, 1)
            .Quota(Hostile, longName, 0, 1));
        ReportContent report = Reports.Of(lottery, 4, new CitizenReportOptions
        {
            Title = Hostile,
            RandomnessSource = Hostile,
            PublishedAt = Hostile,
            SmallestGroup = 1,
            Draw = Reports.Draw(DrawMethod.Text, 2, Hostile),
            WishedQuotas = new Core.SelectionProblemBuilder(1).Quota(Hostile, Hostile + "2", 1, 1).Quota(Hostile, longName, 0, 0).Build().Quotas,
            Population = new PopulationBuilder(PopulationMeasure.Count).Group(Hostile, Hostile + "2", 3).Group(Hostile, longName, 4).Group(Hostile, Hostile + "3", 5).Build(),
        });
        Assert.Equal(2, report.QuotaChanges!.Changes.Count);
        report = report with { Certificate = report.Certificate!.Change(objective: LotteryAlgorithms.FindObjective(Hostile, null)) };
        string html = Reports.Html(report, code);
        XElement tree = Reports.Tree(html);
        Assert.DoesNotContain(tree.Descendants(), e => e.Name.LocalName is "script" or "img");
        Assert.DoesNotContain(tree.Descendants().Attributes(), a => a.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        string shown = "</title></style><script>alert(\"1\")</script>'&\uFFFD<img src=x onerror=y>\uFFFD\uFFFD\uFFFD 👩‍👩‍👧";
        Assert.Equal(shown, tree.Descendants("h1").Single().Value);

        // Names of features and values come without characters that nobody sees.
        string named = NameComparer.Clean(Hostile).Replace('\0', '\uFFFD').Replace('\uD800', '\uFFFD');
        Assert.Equal($"{named}: {named}2", tree.Descendants("tbody").ElementAt(1).Descendants("th").First().Value);
        Assert.Equal(named + "2", tree.Descendants("tbody").ElementAt(2).Descendants("th").First().Value);
        Assert.Contains(tree.Descendants("th"), th => th.Value == longName);
        Assert.Contains(tree.Descendants("th"), th => th.Value == named + "3");
        Assert.Contains(tree.Descendants("th"), th => th.Value == $"\u2068{named}\u2069, \u2068{named}2\u2069");
        Assert.DoesNotContain('\u202E', html);
        Assert.All(Reports.Charts(report, code), chart =>
        {
            XElement svg = XElement.Parse(chart.Content);
            Assert.DoesNotContain(svg.Descendants(), e => e.Name.LocalName is "script" or "img");
            Assert.DoesNotContain(svg.Descendants().Where(e => e.Name.LocalName == "text"), t => t.Value.Length > 60);
        });
    }

    [Fact]
    public void The_tables_say_what_the_report_says()
    {
        ReportContent report = Reports.Of(Reports.Albertslund(), 1000, Reports.Drawn(7));
        XElement html = Reports.Tree(Reports.Html(report, "da"));
        CultureInfo danish = CultureInfo.GetCultureInfo("da-DK");
        for (int f = 0; f < report.Features.Count; f++)
        {
            ReportFeature feature = report.Features[f];
            Assert.Equal(
                feature.Groups.Select(g => FormattableString.Invariant($"{g.Name}|{g.Min}–{g.Max}|{g.Pool} ({Percent(g.Pool / 547.0, 1)})|{g.Panel} ({Percent(g.Panel!.Value / 36.0, 1)})")),
                Rows($"quotas-table-{f + 1}"));
            Assert.Equal(
                feature.Groups.Select(g => $"{g.Name}|{Percent(g.Chances!.Lowest, 2)}|{Percent(g.Chances.Mean, 2)}|{Percent(g.Chances.Highest, 2)}"),
                Rows($"groups-table-{f + 1}"));
        }

        string lowestBallots = Percent(report.Chances!.ByBallots[0].Ballots / 1000.0, 2);
        Assert.Equal($"Den laveste chance|{Percent(report.Chances.Lowest, 2)}|{lowestBallots}", Rows("chances-table").First());
        Assert.Contains($"{report.Chances.ByBallots[0].Ballots} lodder ud af 1.000: en chance på {lowestBallots}.", html.Value, StringComparison.Ordinal);
        Assert.Contains("Lod nr. 007 blev trukket.", html.Value, StringComparison.Ordinal);
        Assert.Contains("fra 000 til 999", html.Value, StringComparison.Ordinal);
        Assert.Equal(2, html.Descendants("code").Count(c => c.Value.Contains(Reports.Root, StringComparison.Ordinal)));

        IEnumerable<string> Rows(string id) => html.Descendants("table").Single(t => t.Element("caption")!.Attribute("id")!.Value == id + "-caption")
            .Element("tbody")!.Elements("tr").Select(tr => string.Join('|', tr.Elements().Select(e => e.Value)));

        string Percent(double number, int decimals) => Math.Round(100 * number, decimals, MidpointRounding.AwayFromZero).ToString("F" + decimals, danish) + "\u00a0%";
    }

    [Theory]
    [InlineData(CertificateStatus.ProvenOptimal, 0.3, 0.3, "Proven: no lottery that meets the quotas can give everyone who can be chosen more than 30.00%.")]
    [InlineData(CertificateStatus.NotProven, 0.3, 0.4, "Not proven: it has not been shown that no lottery is better by this rule. What is known is that none is better by more than 25.00%")]
    [InlineData(CertificateStatus.NotProven, 0.3, 1, "Not proven: it has not been shown that no lottery is better by this rule, nor is it known")]
    public void The_proof_is_stated_as_it_is(CertificateStatus status, double value, double bound, string expected)
    {
        ReportContent report = Reports.Of(Reports.OneWomanThreeMen(), 4);
        Certificate certificate = new(LotteryAlgorithms.FindObjective("maximin", null), status, value, bound, []);
        Assert.Contains(expected, Reports.Tree(Reports.Html(report with { Certificate = certificate })).Value, StringComparison.Ordinal);
    }

    [Fact]
    public void The_bytes_are_the_same_in_every_culture()
    {
        PanelLottery lottery = Reports.Albertslund();
        HashSet<string> pages = new(StringComparer.Ordinal);
        foreach (string culture in (string[])["", "da-DK", "ar-SA", "tr-TR", "fa-IR"])
        {
            Cultures.In(culture, () =>
            {
                ReportContent report = Reports.Of(lottery, 1000, Reports.Options(drawn: 7, wished: lottery.Problem.Quotas, population: Reports.AlbertslundPopulation()));
                StringWriter writer = new() { NewLine = "\r\n" };
                HtmlReport.Write(writer, new CitizenReport(report), ReportLanguage.Get("da"));
                pages.Add(writer + string.Concat(Reports.Charts(report, "da").Select(c => c.Content)));
            });
        }

        string page = Assert.Single(pages);
        Assert.DoesNotContain('\r', page);
        _ = new UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(page);
    }
}
