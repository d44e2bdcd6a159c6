using System.Xml.Linq;
using Sortition.Publication.Report;
using Sortition.Publication.Report.Charts;
using Sortition.Publication.Report.Model;
using Xunit;

namespace Sortition.Publication.Tests.Report;

public sealed class SvgChartsTests
{
    [Fact]
    public void Every_drawing_is_a_document()
    {
        IReadOnlyList<SvgChart> charts = Reports.Charts(Reports.Of(Reports.Albertslund(), 1000, Reports.Drawn(7)), "da");
        Assert.Equal(
            ["chances.svg", "overlaps.svg", .. Enumerable.Range(1, 5).Select(f => $"quotas-{f}.svg"), .. Enumerable.Range(1, 5).Select(f => $"group-chances-{f}.svg")],
            charts.Select(c => c.FileName));
        Assert.All(charts, chart =>
        {
            XElement svg = XElement.Parse(chart.Content);
            XNamespace ns = "http://www.w3.org/2000/svg";
            Assert.Equal(ns + "svg", svg.Name);
            Assert.Equal("da", svg.Attribute(XNamespace.Xml + "lang")!.Value);
            Assert.Equal("img", svg.Attribute("role")!.Value);
            Assert.All((string[])["title", "desc"], name => Assert.False(string.IsNullOrWhiteSpace(svg.Element(ns + name)!.Value)));
            string withoutNamespace = chart.Content.Replace(ns.NamespaceName, "", StringComparison.Ordinal);
            Assert.All((string[])["http", "href", "url(", "<script", "src="], sign => Assert.DoesNotContain(sign, withoutNamespace, StringComparison.OrdinalIgnoreCase));
        });
    }

    [Fact]
    public void Bars_are_as_long_as_their_shares()
    {
        // All on a scale up to 100 %: a quarter of the pool and half of the panel are women.
        ReportContent report = Reports.Of(Reports.OneWomanThreeMen(), 4, Reports.Drawn(0));
        XElement svg = XElement.Parse(Reports.Charts(report, "en").Single(c => c.FileName == "quotas-1.svg").Content);
        Assert.Equal(["31.25%", "93.75%"], Widths("pool"));
        Assert.Equal(["62.5%", "62.5%"], Widths("panel"));
        Assert.Equal(["0%", "0%"], Widths("quota"));

        IEnumerable<string> Widths(string kind) => svg.Descendants().Where(e => e.Attribute("class")?.Value == kind).Select(e => e.Attribute("width")!.Value);
    }

    [Fact]
    public void A_large_pool_makes_no_large_drawing()
    {
        ReportContent report = Reports.Of(Reports.OneWomanThreeMen(), 4);
        report = report with
        {
            Ballots = 100_000,
            Chances = report.Chances! with
            {
                Covered = 20_000,
                Ideal = [.. Enumerable.Range(1, 20_000).Select(i => new ChanceStep(i / 25_000.0, 1))],
                ByBallots = [.. Enumerable.Range(1, 20_000).Select(i => new BallotStep(4 * i, 1))],
            },
        };
        string svg = Reports.Charts(report, "en")[0].Content;
        Assert.InRange(svg.Length, 1000, 60_000);
        string ideal = XElement.Parse(svg).Descendants().Single(e => e.Name.LocalName == "path" && e.Attribute("class")!.Value == "ideal").Attribute("d")!.Value;
        Assert.EndsWith("V0H1000", ideal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.678, 0.8, 5)]
    [InlineData(0.6, 0.6, 4)]
    [InlineData(1, 1, 6)]
    [InlineData(0.0021, 0.0025, 6)]
    [InlineData(547, 600, 4)]
    [InlineData(0, 1, 2)]
    public void Axes_end_at_round_numbers(double number, double top, int ticks)
    {
        Scale scale = Scale.UpTo(number, 5);
        Assert.Equal(top, scale.Top, 12);
        Assert.Equal(ticks, scale.Ticks.Count);
    }

    [Fact]
    public void The_lower_half_of_the_people_has_its_share()
    {
        Assert.Equal(0.5, Ranks.LowerHalf([new ChanceStep(0.2, 7)]), 12);
        Assert.Equal(0.25, Ranks.LowerHalf([new ChanceStep(0.1, 2), new ChanceStep(0.3, 2)]), 12);
        Assert.Equal(0.1, Ranks.At([new ChanceStep(0.1, 2), new ChanceStep(0.3, 2)], 0.5));
        Assert.Equal(0.3, Ranks.At([new ChanceStep(0.1, 2), new ChanceStep(0.3, 2)], 0.51));
    }
}
