using System.Xml.Linq;
using Sortition.Core;
using Sortition.Core.Targets;
using Sortition.Files.Storage;
using Sortition.Publication.Report.Model;
using Xunit;

namespace Sortition.Publication.Tests.Report;

/// <summary>What an organiser says in a report, and the page that comes first.</summary>
public sealed class DetailsTests
{
    private static readonly byte[] s_png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];

    [Theory]
    [InlineData("en", "4 May 2026", "Organiser: Town council", "400", "4 (1.0%)")]
    [InlineData("da", "4. maj 2026", "Arrangør: Town council", "400", "4 (1,0\u00a0%)")]
    public void Who_and_when_and_whom_to_ask(string code, string day, string organiser, string invited, string volunteers)
    {
        XElement html = Page(code, new CitizenReportOptions
        {
            Title = "T",
            Date = new DateOnly(2026, 5, 4),
            Organiser = " Town council ",
            Contact = "office@example.org, +45 12345678",
            Introduction = "One.\r\n\r\nMore: https://example.org/a?b=1&c=2. End",
            Invited = 400,
            Logo = ReportLogo.Read(FileSource.From(() => new MemoryStream(s_png), "logo.png")),
            PublishedAt = "https://example.org/lottery, and at the town hall",
        });
        XElement header = html.Descendants("header").Single();
        Assert.Contains(day, header.Value, StringComparison.Ordinal);
        Assert.Contains(organiser, header.Value, StringComparison.Ordinal);
        string[] links = [.. html.Descendants("a").Attributes("href").Select(a => a.Value).Where(a => !a.StartsWith('#'))];
        Assert.Equal(["https://example.org/a?b=1&c=2", "mailto:office@example.org", "https://example.org/lottery"], links);
        Assert.Contains("https://example.org/a?b=1&c=2. End", header.Value, StringComparison.Ordinal);
        XElement logo = html.Descendants("img").Single();
        Assert.Equal("data:image/png;base64," + Convert.ToBase64String(s_png), logo.Attribute("src")!.Value);
        Assert.Equal("Town council", logo.Attribute("alt")!.Value);
        string[] totals = Cells(html, "summary-table");
        Assert.Contains(invited, totals);
        Assert.Contains(volunteers, totals);
    }

    [Fact]
    public void Nothing_is_said_that_nobody_said()
    {
        XElement html = Page("en", new CitizenReportOptions { Title = "T", Organiser = " ", Introduction = "\n\n" });
        Assert.Empty(html.Descendants("img"));
        Assert.DoesNotContain(html.Descendants("p"), p => p.Attribute("class")?.Value is "detail" or "source");
        Assert.DoesNotContain("people invited", html.Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("https://")]
    [InlineData("data:text/html,x")]
    [InlineData("a@b")]
    [InlineData("x@y@z.org")]
    [InlineData("\"><script>@example.org")]
    public void Only_web_and_mail_addresses_are_links(string text)
    {
        XElement html = Page("en", new CitizenReportOptions { Title = "T", Contact = text });
        Assert.All(html.Descendants("a"), a => Assert.StartsWith("#", a.Attribute("href")!.Value, StringComparison.Ordinal));
        Assert.Contains(text, html.Descendants("header").Single().Value, StringComparison.Ordinal);
        Assert.Empty(html.Descendants("script"));
    }

    [Theory]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>")]
    [InlineData("GIF89a")]
    [InlineData("")]
    public void Only_pictures_that_hold_no_scripts_are_taken(string content)
    {
        MalformedInputException thrown = Assert.Throws<MalformedInputException>(
            () => ReportLogo.Read(FileSource.From(() => new MemoryStream(System.Text.Encoding.UTF8.GetBytes(content)), "logo.svg")));
        Assert.Equal("publication/no-picture", Assert.Single(thrown.Faults).Code.Name);
        Assert.Throws<MalformedInputException>(
            () => ReportLogo.Read(FileSource.From(() => new MemoryStream([.. s_png, .. new byte[1 << 20]]), "large.png")));
    }

    [Fact]
    public void The_first_page_has_the_totals_by_group()
    {
        XElement html = Page("en", Reports.Drawn(2));
        Assert.Equal("summary", html.Descendants("section").First().Attribute("id")!.Value);
        string[] groups = Cells(html, "summary-groups");
        Assert.Equal(["gender: female", "1", "1", "1", "gender: male", "1", "3", "1"], groups);
        Assert.Equal(["volunteers", "4", "people selected", "2 (50.0%)", "ballots", "4", "ballot drawn", "2", "lowest chance"], Cells(html, "summary-table")[..9]);
    }

    [Fact]
    public void Features_and_values_have_the_names_that_citizens_know()
    {
        Population population = new PopulationBuilder(PopulationMeasure.Count).Group("gender", "female", 1).Group("gender", "male", 1).Build();
        CitizenReportOptions options = new()
        {
            Title = "T",
            Population = population,
            SmallestGroup = 1,
            DisplayNames = new Dictionary<string, string> { ["GENDER"] = "Sex in the register", ["female"] = "Women" },
        };
        string html = Page("en", options).Value;
        Assert.Contains("Sex in the register: Women", html, StringComparison.Ordinal);
        Assert.DoesNotContain("gender", html, StringComparison.Ordinal);
        Assert.DoesNotContain("female", html, StringComparison.Ordinal);
        Assert.Contains("male", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_of_the_population_say_where_they_come_from()
    {
        Population population = new PopulationBuilder(PopulationMeasure.Count)
            .Group(new PopulationInput { Condition = [new("gender", "female")], Number = 1, Source = "https://example.org/register", Comment = "estimated" })
            .Group(new PopulationInput { Condition = [new("gender", "male")], Number = 1, Source = "https://example.org/register" })
            .Build();
        XElement html = Page("en", new CitizenReportOptions { Title = "T", Population = population });
        Assert.Equal(["Source: https://example.org/register", "Remark: estimated (female)"], html.Descendants("p").Where(p => p.Attribute("class")?.Value == "source").Select(p => p.Value));
    }

    private static XElement Page(string code, CitizenReportOptions options) => Reports.Tree(Reports.Html(Reports.Of(Reports.OneWomanThreeMen(), 4, options), code));

    private static string[] Cells(XElement html, string table) =>
        [.. html.Descendants("caption").Single(c => c.Attribute("id")?.Value == table + "-caption").Parent!.Element("tbody")!.Descendants("tr").Elements().Select(e => e.Value)];
}
