using System.Globalization;
using System.Xml.Linq;
using Sortition.Core;
using Sortition.Core.Ballots;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Sortition.Core.Targets;
using Sortition.Publication.Report.Model;
using Xunit;

namespace Sortition.Publication.Tests.Report;

/// <summary>Population, pool and panel side by side, against the example's files read line by line.</summary>
public sealed class MirrorTests
{
    private static readonly string[][] Population = Csv.Read(TestFiles.PathOf("albertslund", "population.csv"));
    private static readonly string[][] Pool = Csv.Read(TestFiles.PathOf("albertslund", "respondents.csv"));

    [Theory]
    [InlineData("en", "Population,Pool,Panel")]
    [InlineData("da", "Befolkning,Pulje,Panel")]
    public void The_drawn_panel_is_set_beside_population_and_pool(string code, string columns)
    {
        PanelLottery lottery = Reports.Albertslund();
        PanelTable ballots = DependentRounding.Round(lottery, 100, RandomSource.Seeded("x"));
        string html = Reports.Html(Reports.Count(lottery, ballots, Reports.Options(drawn: 42, population: Reports.AlbertslundPopulation())), code);
        XElement page = Reports.Tree(html);
        HashSet<string> members = [.. ballots.Rows[42].Panel.Ids];
        Assert.Equal(36, members.Count);
        string[] features = Population[0][..5];
        for (int f = 0; f < 5; f++)
        {
            string feature = features[f];
            int column = Array.IndexOf(Pool[0], feature);
            XElement table = page.Descendants("table").Single(t => t.Element("caption")!.Attribute("id")!.Value == $"mirror-table-{f + 1}-caption");
            Assert.Equal(columns, string.Join(',', table.Element("thead")!.Descendants("th").Skip(1).Select(th => th.Value)));
            Assert.StartsWith(feature, table.Element("caption")!.Value, StringComparison.Ordinal);
            XElement[] rows = [.. table.Element("tbody")!.Elements("tr")];
            Assert.Equal(Pool.Skip(1).Select(p => p[column]).Distinct().Order(StringComparer.Ordinal), rows.Select(r => r.Element("th")!.Value).Order(StringComparer.Ordinal));
            foreach (XElement row in rows)
            {
                string value = row.Element("th")!.Value;
                decimal all = Population.Skip(1).Sum(Count);
                decimal share = Population.Skip(1).Where(r => r[f] == value).Sum(Count) / all;
                decimal pool = Pool.Skip(1).Count(p => p[column] == value) / 547m;
                decimal panel = Pool.Skip(1).Count(p => p[column] == value && members.Contains(p[0])) / 36m;
                Assert.Equal([Percent(share, code), Percent(pool, code), Percent(panel, code)], row.Elements("td").Select(td => td.Value));
            }
        }

        Assert.All(members, id => Assert.DoesNotContain(id, html, StringComparison.Ordinal));
    }

    [Fact]
    public void Before_the_draw_it_is_the_expected_panel()
    {
        PanelLottery lottery = Reports.Albertslund();
        ReportContent report = Reports.Of(lottery, 100, Reports.Options(population: Reports.AlbertslundPopulation(), smallestGroup: 1));
        foreach (ReportMirrorFeature feature in report.Mirror!)
        {
            int column = Array.IndexOf(Pool[0], feature.Name);
            Assert.Equal(1, feature.Groups.Sum(g => g.Population), 9);
            Assert.Equal(1, feature.Groups.Sum(g => g.Panel!.Value), 9);
            Assert.All(feature.Groups, g =>
                Assert.Equal(Pool.Skip(1).Where(p => p[column] == g.Name).Sum(p => lottery.ProbabilityOf(p[0])) / 36, g.Panel!.Value, 9));
        }

        Assert.Contains("Expected panel", Reports.Html(report), StringComparison.Ordinal);
        Assert.DoesNotContain("not told", Reports.Html(report), StringComparison.Ordinal);
    }

    [Fact]
    public void The_expected_panel_does_not_give_away_chances_that_are_not_told()
    {
        // One woman and three men: a mean chance times a number of people is what a group can expect.
        PanelLottery lottery = Reports.OneWomanThreeMen();
        Population population = new PopulationBuilder(PopulationMeasure.Count).Group("gender", "female", 2).Group("gender", "male", 2).Build();
        ReportContent hidden = Reports.Of(lottery, 4, Reports.Options(population: population));
        Assert.All(hidden.Mirror![0].Groups, g => Assert.Null(g.Panel));
        Assert.Contains("it would give their chances away", Reports.Html(hidden), StringComparison.Ordinal);
        Assert.DoesNotContain("The expected panel is furthest", Reports.Html(hidden), StringComparison.Ordinal);

        ReportContent shown = Reports.Of(lottery, 4, Reports.Options(population: population, smallestGroup: 1));
        Assert.All(shown.Mirror![0].Groups, g => Assert.Equal(0.5, g.Panel!.Value, 12));
        ReportContent drawn = Reports.Of(lottery, 4, Reports.Options(drawn: 0, population: population));
        Assert.All(drawn.Mirror![0].Groups, g => Assert.Equal(0.5, g.Panel));
    }

    [Theory]
    [InlineData("en", "The pool is furthest from the population here: gender, male. The difference is 35.0 percentage points.", "The panel is furthest from the population here: gender, male. The difference is 10.0 percentage points.")]
    [InlineData("da", "Her er puljen længst fra befolkningen: gender, male. Forskellen er 35,0 procentpoint.", "Her er panelet længst fra befolkningen: gender, male. Forskellen er 10,0 procentpoint.")]
    public void Where_the_mirror_is_worst_is_said(string code, string pool, string panel)
    {
        // Of ten people of the population 1 is neither: no volunteer is, and no member.
        Population population = new PopulationBuilder(PopulationMeasure.Percentage).Group("gender", "female", 50).Group("GENDER", "Male", 40).Group("gender", "neither", 10).Build();
        ReportContent report = Reports.Of(Reports.OneWomanThreeMen(), 4, Reports.Options(drawn: 0, population: population));
        Assert.Equal([("female", 0.5, 0.25, 0.5), ("male", 0.4, 0.75, 0.5), ("neither", 0.1, 0, (double?)0)], report.Mirror![0].Groups.Select(g => (g.Name, g.Population, g.Pool, g.Panel)));
        string[] items = [.. Reports.Tree(Reports.Html(report, code)).Descendants("section").Single(s => s.Attribute("id")!.Value == "mirror").Descendants("li").Select(li => li.Value)];
        Assert.Equal([pool, panel], items);

        // As long as their shares, on a scale up to 80 %.
        XElement svg = XElement.Parse(Reports.Charts(report, code).Single(c => c.FileName == "mirror-1.svg").Content);
        Assert.Equal(["62.5%", "50%", "12.5%"], Widths("quota"));
        Assert.Equal(["31.25%", "93.75%", "0%"], Widths("pool"));
        Assert.Equal(["62.5%", "62.5%", "0%"], Widths("panel"));
        Assert.Equal(["62.5%", "50%", "12.5%"], svg.Descendants().Where(e => e.Attribute("class")?.Value == "edge").Select(e => e.Attribute("x1")!.Value));
        Assert.Contains("neither", svg.Elements().Single(e => e.Name.LocalName == "desc").Value, StringComparison.Ordinal);

        IEnumerable<string> Widths(string kind) => svg.Descendants().Where(e => e.Attribute("class")?.Value == kind).Select(e => e.Attribute("width")!.Value);
    }

    [Fact]
    public void Only_what_the_population_tells_is_set_beside_it()
    {
        PanelLottery lottery = Reports.Solve(new SelectionProblemBuilder(2)
            .People((string[])["fo", "fy", "mo", "my", "fo2"], p => p, null, p => new Dictionary<string, string> { ["gender"] = p[..1], ["age"] = p.Substring(1, 1) })
            .Quota("gender", "f", 1, 1).Quota("gender", "m", 1, 1)
            .Quota(new QuotaInput { Condition = [new FeatureValue("gender", "f"), new FeatureValue("age", "o")], Min = 0, Max = 1 }));
        Population apart = new PopulationBuilder(PopulationMeasure.Count).Group("gender", "m", 1).Group("gender", "f", 3).Group("shoe", "left", 1).Build();
        Assert.Equal(["gender"], Of(apart).Select(f => f.Name));

        // With a cross table it is known how many have several values at once; a combination that it does not list nobody has.
        Population crossed = new PopulationBuilder(PopulationMeasure.Count)
            .Group(Cell("f", "o", 1)).Group(Cell("f", "y", 2)).Group(Cell("m", "y", 5)).Build();
        Assert.Throws<ArgumentException>(() => Of(new PopulationBuilder(PopulationMeasure.Count).Group(Cell("f", "y", 2)).Group(Cell("m", "y", 5)).Build()));
        IReadOnlyList<ReportMirrorFeature> mirror = Of(crossed);
        Assert.Equal(["gender", "age", "gender & age"], mirror.Select(f => f.Name));
        ReportMirrorGroup group = Assert.Single(mirror[2].Groups);
        Assert.Equal(("f & o", 0.125, 0.4), (group.Name, group.Population, group.Pool));

        IReadOnlyList<ReportMirrorFeature> Of(Population population) => Reports.Of(lottery, 6, Reports.Options(population: population, smallestGroup: 1)).Mirror!;

        PopulationInput Cell(string gender, string age, int number) => new() { Condition = [new FeatureValue("gender", gender), new FeatureValue("age", age)], Number = number };
    }

    [Fact]
    public void In_a_round_it_is_the_whole_panel()
    {
        Population population = new PopulationBuilder(PopulationMeasure.Count).Group("gender", "f", 1).Group("gender", "m", 1).Build();
        CitizenReportOptions round = Reports.Options(round: RoundExample.Of(Form.Private).Round, population: population, smallestGroup: 1);
        PanelTable ballots = RoundExample.Of(Form.Private).ToTable();
        IReadOnlyList<ReportMirrorGroup> expected = Reports.Count(RoundExample.Lottery, ballots, round).Mirror!.Single().Groups;
        Assert.All(expected, g => Assert.Equal(0.5, g.Panel!.Value, 9));
        ReportContent drawn = Reports.Count(RoundExample.Lottery, ballots, Reports.Options(drawn: 7, round: RoundExample.Of(Form.Private).Round, population: population, smallestGroup: 1));
        Assert.All(drawn.Mirror!.Single().Groups, g => Assert.Equal(0.5, g.Panel));
        Assert.Equal(8 / 16.0, drawn.Mirror!.Single().Groups[0].Pool);
        Assert.Contains("Whole panel", Reports.Html(drawn), StringComparison.Ordinal);

        // Without a quota it was not published how many stay.
        ReportContent unknown = Reports.RoundWithoutQuota(drawn: 0, new PopulationBuilder(PopulationMeasure.Count).Group("gender", "female", 1).Group("gender", "male", 1).Build());
        Assert.Equal([("female", 0.5), ("male", (double?)null)], unknown.Mirror!.Single().Groups.Select(g => (g.Name, g.Panel)));
        Assert.Contains("it was not published how many members who stay", Reports.Html(unknown), StringComparison.Ordinal);
    }

    [Fact]
    public void A_population_that_does_not_fit_is_refused()
    {
        PopulationBuilder other = new PopulationBuilder(PopulationMeasure.Count).Group("shoe", "left", 1);
        PopulationBuilder part = new PopulationBuilder(PopulationMeasure.Count).Group("gender", "female", 1);
        Assert.All((PopulationBuilder[])[other, part], b => Assert.Throws<ArgumentException>(() => Reports.Of(Reports.OneWomanThreeMen(), 4, Reports.Options(population: b.Build()))));
        Assert.DoesNotContain("id=\"mirror\"", Reports.Html(Reports.Of(Reports.OneWomanThreeMen(), 4)), StringComparison.Ordinal);
    }

    private static decimal Count(string[] row) => decimal.Parse(row[5], CultureInfo.InvariantCulture);

    private static string Percent(decimal share, string code) =>
        Math.Round(100 * share, 1, MidpointRounding.AwayFromZero).ToString("F1", CultureInfo.GetCultureInfo(code == "da" ? "da-DK" : "en-GB")) + (code == "da" ? "\u00a0%" : "%");
}
