using System.Globalization;
using System.Xml.Linq;
using Sortition.Core;
using Sortition.Core.Ballots;
using Sortition.Core.Lotteries;
using Sortition.Publication.Report.Model;
using Xunit;

namespace Sortition.Publication.Tests.Report;

/// <summary>What the report says of who sits with whom.</summary>
public sealed class MixingReportTests
{
    [Fact]
    public void Members_in_common_are_counted_as_by_hand()
    {
        // The woman is on all four ballots; two men are on one, and one is on two, which are the same panel.
        ReportMixing mixing = Reports.Of(Reports.OneWomanThreeMen(), 4).Mixing;
        Assert.Equal(3, mixing.DifferentPanels);
        Assert.Equal([new OverlapBar(1, 1, 5 / 6.0), new OverlapBar(2, 2, 1 / 6.0)], mixing.Overlaps);
        Assert.Null(mixing.IsMixed);
    }

    [Fact]
    public void Many_numbers_are_few_bars_that_leave_none_out()
    {
        PanelLottery lottery = Reports.Albertslund();
        PanelTable ballots = DependentRounding.Round(lottery, 1000, RandomSource.Seeded("x"));
        IReadOnlyList<OverlapBar> bars = Reports.Count(lottery, ballots, Reports.Titled).Mixing.Overlaps;
        Assert.InRange(bars.Count, 10, 20);
        Assert.Equal(1, bars.Sum(b => b.Share), 12);
        Assert.All(bars.Zip(bars.Skip(1)), pair => Assert.Equal(pair.First.To + 1, pair.Second.From));
        Assert.Single(bars.SkipLast(1).Select(b => b.To - b.From).Distinct());

        // Of all 36 the last bar has, those with half of the members or more by going through all pairs.
        int[][] members = [.. ballots.Rows.Select(r => r.Panel.Members.ToArray())];
        int from = bars[bars.Count / 2].From;
        double expected = members.Index().Sum(a => members.Take(a.Index).Count(b => a.Item.Intersect(b).Count() >= from)) / (1000 * 999 / 2.0);
        Assert.Equal(expected, bars.Where(b => b.From >= from).Sum(b => b.Share), 12);
    }

    [Fact]
    public void A_page_says_plainly_that_ballots_are_not_mixed()
    {
        // One person for each row and column of a square of three: nobody can change places, and another square would do as well.
        SelectionProblemBuilder builder = new(3);
        foreach ((string feature, string value) in from f in (string[])["row", "column"] from v in (string[])["1", "2", "3"] select (f, v))
        {
            builder.Quota(feature, value, 1, 1);
        }

        PanelLottery lottery = Reports.Solve(builder.People(
            Enumerable.Range(0, 9), i => $"p{i}", _ => null, i => new Dictionary<string, string> { ["row"] = $"{1 + (i / 3)}", ["column"] = $"{1 + (i % 3)}" }));
        PanelTable ballots = BallotRounding.RoundWithMixing(lottery, 12, RandomSource.Seeded("x"), out BallotMixing mixing);
        string page = Page(lottery, ballots, mixing, "en");
        Assert.Contains("The ballots are not mixed", page, StringComparison.Ordinal);
        Assert.Contains("Lodderne er ikke blandet", Page(lottery, ballots, mixing, "da"), StringComparison.Ordinal);
        string open = Page(lottery, ballots, null, "en");
        Assert.DoesNotContain("mixed", open, StringComparison.Ordinal);
        Assert.Contains("Who sits with whom", open, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_says_that_ballots_are_mixed_and_names_the_figures()
    {
        PanelLottery lottery = Reports.Albertslund();
        PanelTable ballots = BallotRounding.RoundWithMixing(lottery, 200, RandomSource.Seeded("x"), out BallotMixing mixing);
        string page = Page(lottery, ballots, mixing, "en");
        Assert.Contains("The ballots are mixed", page, StringComparison.Ordinal);
        Assert.Contains($"at most <strong>{mixing.LargestOverlap}</strong> members in common", page, StringComparison.Ordinal);
        Assert.Contains($"<strong>{mixing.DifferentPanels}</strong> are different panels", page, StringComparison.Ordinal);
    }

    [Fact]
    public void One_ballot_is_compared_with_none()
    {
        ReportContent report = Reports.Of(Reports.OneWomanThreeMen(), 1);
        Assert.Empty(report.Mixing.Overlaps);
        Assert.DoesNotContain("overlaps", Reports.Html(report), StringComparison.Ordinal);
        Assert.DoesNotContain(Reports.Charts(report, "en"), c => c.FileName == "overlaps.svg");
    }

    [Fact]
    public void Bars_are_as_high_as_their_shares()
    {
        ReportContent report = Reports.Of(Reports.OneWomanThreeMen(), 4);
        report = report with { Mixing = report.Mixing with { Overlaps = [new OverlapBar(0, 0, 0.25), new OverlapBar(1, 1, 0.75)] } };
        XElement svg = XElement.Parse(Reports.Charts(report, "en").Single(c => c.FileName == "overlaps.svg").Content);
        double[] heights =
        [
            .. svg.Descendants().Where(e => e.Name.LocalName == "rect" && e.Attribute("class")!.Value == "panel")
                .Select(e => double.Parse(e.Attribute("height")!.Value, CultureInfo.InvariantCulture)),
        ];
        Assert.Equal(2, heights.Length);
        Assert.Equal(3 * heights[0], heights[1], 0.05);
    }

    [Fact]
    public void Figures_of_other_ballots_are_refused()
    {
        PanelLottery lottery = Reports.OneWomanThreeMen();
        BallotRounding.RoundWithMixing(lottery, 5, RandomSource.Seeded("x"), out BallotMixing mixing);
        PanelTable ballots = BallotRounding.Round(lottery, 4, RandomSource.Seeded("x"));
        Assert.Throws<ArgumentException>(() => CitizenReport.Create(lottery, ballots, new CitizenReportOptions { Title = "t", Mixing = mixing }));
    }

    private static string Page(PanelLottery lottery, PanelTable ballots, BallotMixing? mixing, string language) =>
        Reports.Html(Reports.Count(lottery, ballots, new CitizenReportOptions { Title = "t", Mixing = mixing }), language);
}
