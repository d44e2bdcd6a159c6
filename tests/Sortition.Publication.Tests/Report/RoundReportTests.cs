using System.Xml.Linq;
using Sortition.Core;
using Sortition.Core.Ballots;
using Sortition.Core.Lotteries;
using Sortition.Core.Replacements;
using Sortition.Publication.Format;
using Sortition.Publication.Report.Model;
using Xunit;

namespace Sortition.Publication.Tests.Report;

/// <summary>What a report tells of a replacement round: the whole panel against the whole quotas, in counts.</summary>
public sealed class RoundReportTests
{
    [Fact]
    public void The_whole_panel_is_counted_against_the_whole_quotas()
    {
        ReportContent report = Reports.Round(drawn: 7);
        Assert.Equal(new ReportRound(6, 3), report.Round);
        Assert.Equal((3, 16), (report.PanelSize, report.PoolSize));

        // Households of those who stay are nobody's business.
        Assert.Equal(["gender", "age", "gender & age"], report.Features.Select(f => f.Name));
        Panel whole = RoundExample.Round.Complete(RoundExample.Of(Form.Private).ToTable().Rows[7].Panel);
        foreach (ReportGroup group in report.Features.SelectMany(f => f.Groups))
        {
            Quota quota = RoundExample.Problem.Quotas.Single(q => q.ValueLabel == group.Name);
            Assert.Equal((quota.Min, quota.Max), (group.Min, group.Max));
            Assert.Equal(RoundExample.Round.Confirmed.Count(i => RoundExample.Problem.Matches(RoundExample.Problem.People[i], quota)), group.Staying);
            Assert.Equal(whole.Members.Count(i => RoundExample.Problem.Matches(RoundExample.Problem.People[i], quota)), group.Staying + group.Panel);
        }
    }

    [Theory]
    [InlineData("en", "Stay,Join,Whole panel", "3 of 6")]
    [InlineData("da", "Bliver,Kommer til,Hele panelet", "3 af 6")]
    public void The_page_shows_who_stays_and_joins_in_numbers(string code, string columns, string staying)
    {
        XElement drawn = Reports.Tree(Reports.Html(Reports.Round(drawn: 7), code));
        string[] headings = [.. drawn.Descendants("table").Single(t => t.Element("caption")!.Attribute("id")!.Value == "quotas-table-1-caption").Descendants("th").Select(th => th.Value)];
        Assert.Equal(columns, string.Join(',', headings[3..6]));
        Assert.Contains(staying, drawn.Descendants("header").Single().Value, StringComparison.Ordinal);
        string women = string.Join(' ', drawn.Descendants("tr").First(tr => tr.Element("th")!.Value == "f").Elements("td").Select(td => td.Value));
        Assert.Matches(@"^3 8 \(50[.,]0.?%\) 2 1 3 \(50[.,]0.?%\)$", women);

        XElement before = Reports.Tree(Reports.Html(Reports.Round(drawn: null), code));
        Assert.Equal(4, before.Descendants("table").Single(t => t.Element("caption")!.Attribute("id")!.Value == "quotas-table-1-caption").Element("thead")!.Descendants("th").Count());
        Assert.DoesNotContain("lives with a survivor", before.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Bars_of_those_who_join_begin_where_those_who_stay_end()
    {
        // On a scale up to 100 %, each of six seats is a sixth of the width.
        XElement svg = XElement.Parse(Reports.Charts(Reports.Round(drawn: 7), "en").Single(c => c.FileName == "quotas-1.svg").Content);
        Assert.Equal([("0%", "33.333%"), ("0%", "33.333%"), ("0%", "16.667%"), ("0%", "16.667%")], Bars("stay"));
        Assert.Equal([("33.333%", "16.667%"), ("16.667%", "33.333%")], Bars("panel"));

        IEnumerable<(string, string)> Bars(string kind) =>
            svg.Descendants().Where(e => e.Attribute("class")?.Value == kind).Select(e => (e.Attribute("x")!.Value, e.Attribute("width")!.Value));
    }

    [Fact]
    public void Where_a_group_has_no_quota_it_is_not_told_how_many_stay()
    {
        ReportContent report = Reports.RoundWithoutQuota(drawn: 0);
        ReportGroup group = report.Features[0].Groups.Single(g => g.Name == "male");
        Assert.Equal((null, null, null, 1), (group.Min, group.Max, group.Staying, group.Panel));
        Assert.Contains("not told", Reports.Html(report), StringComparison.Ordinal);
        Assert.Contains("not told", Reports.Charts(report, "en").Single(c => c.FileName == "quotas-1.svg").Content, StringComparison.Ordinal);
    }

    [Fact]
    public void A_round_that_is_not_the_lotterys_is_refused()
    {
        PublishedRound real = RoundExample.Of(Form.Private).Round!;
        foreach (PublishedRound forged in (PublishedRound[])[real.Forge(staying: 2), real.Forge(quotas: [.. real.Quotas.Skip(1)]), real.Forge(quotas: [])])
        {
            Assert.Throws<ArgumentException>(() => Reports.Count(RoundExample.Lottery, RoundExample.Of(Form.Private).ToTable(), Reports.Options(round: forged)));
        }

        Assert.Throws<ArgumentException>(() => Reports.Of(Reports.OneWomanThreeMen(), 4, Reports.Options(round: real)));
    }

    [Fact]
    public void What_would_become_of_the_panel_is_counted()
    {
        // Each man could be replaced by another, the one woman by nobody: a man would make one woman too few and one man too many.
        ReportContent report = Reports.LookingAhead();
        ReportDropOuts counts = report.DropOuts!;
        Assert.Equal((2, 1, 1, 0), (counts.Members, counts.ReplaceableMembers, counts.Pairs, counts.ReplaceablePairs));
        Assert.Equal(
            [new ReportObstacle(ConstraintKind.QuotaMinimum, "gender", "female", 1, 1, 1), new ReportObstacle(ConstraintKind.QuotaMaximum, "gender", "male", 1, 1, 1)],
            counts.Obstacles);
        string html = Reports.Html(report);
        Assert.Contains("If one member drops out: <strong>1</strong> of <strong>2</strong> members could be replaced.", html, StringComparison.Ordinal);
        Assert.Contains("\u2068gender\u2069, \u2068female\u2069: at least 1", html, StringComparison.Ordinal);
        Assert.Contains("Hvis nogen falder fra", Reports.Html(report, "da"), StringComparison.Ordinal);

        // Without a look ahead nothing is said.
        Assert.DoesNotContain("drops out", Reports.Html(report with { DropOuts = null }), StringComparison.Ordinal);
    }

    [Fact]
    public void The_most_frequent_obstacles_come_first_and_agree_with_the_look_ahead()
    {
        PanelLottery lottery = Reports.Albertslund();
        PanelTable ballots = DependentRounding.Round(lottery, 100, RandomSource.Seeded("x"));
        ReplaceabilityAnalysis ahead = ReplaceabilityAnalysis.Run(ballots.Rows[7].Panel);
        ReportDropOuts counts = Reports.Count(lottery, ballots, Reports.Options(drawn: 7, lookAhead: ahead)).DropOuts!;
        Assert.Equal((36, 630, ahead.Members.Count(m => m.Candidates > 0), ahead.Pairs.Count(p => p.Candidates > 0)), (counts.Members, counts.Pairs, counts.ReplaceableMembers, counts.ReplaceablePairs));
        Assert.Equal(5, counts.Obstacles.Count);
        Assert.Equal(counts.Obstacles.Select(o => o.Members + o.Pairs).OrderDescending(), counts.Obstacles.Select(o => o.Members + o.Pairs));
        Assert.All(counts.Obstacles, o =>
        {
            bool Is(Constraint c) => c.Kind == o.Kind && c.Quota!.FeatureLabel == o.Feature && c.Quota.ValueLabel == o.Group;
            Assert.Equal((ahead.Members.Count(m => m.Obstacles.Any(Is)), ahead.Pairs.Count(p => p.Obstacles.Any(Is))), (o.Members, o.Pairs));
        });
    }

    [Fact]
    public void Households_and_an_empty_pool_stand_in_the_way_too()
    {
        Assert.Empty(Reports.LookingAhead(Reports.Solve(Reports.Problem(2, ("a", "x"), ("b", "x"), ("c", "x"), ("d", "x")).Quota("gender", "x", 0, 2))).DropOuts!.Obstacles);
        ReportContent nobody = Reports.LookingAhead(Reports.Solve(Reports.Problem(2, ("a", "x"), ("b", "x")).Quota("gender", "x", 0, 2)));
        Assert.Equal(new ReportObstacle(ConstraintKind.PanelSize, null, null, 2, 2, 1), Assert.Single(nobody.DropOuts!.Obstacles));
        Assert.Contains("nobody is left in the pool", Reports.Html(nobody), StringComparison.Ordinal);

        ReportContent household = Reports.LookingAhead(Reports.Household());
        Assert.Contains(household.DropOuts!.Obstacles, o => o is { Kind: ConstraintKind.HouseholdLimit, Seats: 1, Feature: null });
        Assert.Contains("of one household at most 1", Reports.Html(household), StringComparison.Ordinal);
    }

    [Fact]
    public void A_look_ahead_of_another_panel_is_refused()
    {
        PanelLottery lottery = Reports.OneWomanThreeMen();
        PanelTable ballots = DependentRounding.Round(lottery, 4, RandomSource.Seeded("x"));
        int other = Enumerable.Range(1, 3).First(b => !ballots.Rows[b].Panel.Members.SequenceEqual(ballots.Rows[0].Panel.Members));
        ReplaceabilityAnalysis ahead = ReplaceabilityAnalysis.Run(ballots.Rows[other].Panel);
        Assert.Throws<ArgumentException>(() => Reports.Count(lottery, ballots, Reports.Options(drawn: 0, lookAhead: ahead)));
        Assert.Throws<ArgumentException>(() => Reports.Count(lottery, ballots, Reports.Options(lookAhead: ahead)));
        Assert.NotNull(Reports.Count(lottery, ballots, Reports.Options(drawn: other, lookAhead: ahead)).DropOuts);
        PanelTable joining = RoundExample.Of(Form.Private).ToTable();
        Assert.Throws<ArgumentException>(() => Reports.Count(
            RoundExample.Lottery, joining, Reports.Options(drawn: 0, round: RoundExample.Of(Form.Private).Round, lookAhead: ReplaceabilityAnalysis.Run(joining.Rows[0].Panel))));
    }
}
