using Sortition.Core;
using Sortition.Core.Ballots;
using Sortition.Core.Fairness;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Sortition.Publication.Report.Model;
using Sortition.Shared;
using Xunit;

namespace Sortition.Publication.Tests.Report;

public sealed class CitizenReportTests
{
    [Fact]
    public void Counts_what_is_known_by_hand()
    {
        ReportContent report = Reports.Of(Reports.OneWomanThreeMen(), 4, Reports.Options(smallestGroup: 1));
        Assert.Equal((4, 2, 4, 0, 0), (report.PoolSize, report.PanelSize, report.Ballots, report.MustBeIn, report.MustBeOut));
        Assert.Equal(0.5, report.EqualChance);
        Assert.Equal((4, 0), (report.Chances!.Covered, report.Chances.Uncovered));
        Assert.Equal([3, 1], report.Chances.Ideal.Select(s => s.People));
        Assert.Equal(1 / 3.0, report.Chances.Lowest, 12);
        Assert.Equal(1, report.Chances.Highest);
        Assert.Equal(0.25, report.Chances.Gini, 12);

        // Four ballots for three men: two of them are on one, one is on two.
        Assert.Equal([new BallotStep(1, 2), new BallotStep(2, 1), new BallotStep(4, 1)], report.Chances.ByBallots);
        Assert.Equal(1 / 6.0, report.Rounding.LargestDifference, 12);
        Assert.Equal(0, report.Rounding.LostAll);

        ReportFeature gender = Assert.Single(report.Features);
        Assert.Equal("gender", gender.Name);
        Assert.Equal([("female", 1, 1, 1, null), ("male", 1, 1, 3, (int?)null)], gender.Groups.Select(g => (g.Name, g.Min!.Value, g.Max!.Value, g.Pool, g.Panel)));
        Assert.Equal(new GroupChances(1, 1, 1), gender.Groups[0].Chances);
        Assert.Equal(1 / 3.0, gender.Groups[1].Chances!.Mean, 12);
    }

    [Fact]
    public void Whoever_is_on_no_ballot_is_counted()
    {
        ReportContent report = Reports.Of(Reports.OneWomanThreeMen(), 1);
        Assert.Equal([new BallotStep(0, 2), new BallotStep(1, 2)], report.Chances!.ByBallots);
        Assert.Equal(2, report.Rounding.LostAll);
        Assert.Equal(2 / 3.0, report.Rounding.LargestDifference, 12);
    }

    [Fact]
    public void Whoever_can_be_on_no_panel_is_left_out_of_the_chances()
    {
        // No seat for the one of y; b is kept out by decision, a is in.
        PanelLottery lottery = Reports.Solve(Reports.Problem(2, ("a", "x"), ("b", "x"), ("c", "y"), ("d", "x"), ("e", "x")).Quota("gender", "y", 0, 0).Quota("gender", "x", 0, 2).MustBeIn("a").MustBeOut("b"));
        ReportContent report = Reports.Of(lottery, 10);
        Assert.Equal((5, 1, 1), (report.PoolSize, report.MustBeIn, report.MustBeOut));
        Assert.Equal((3, 1), (report.Chances!.Covered, report.Chances.Uncovered));
        Assert.Equal([new BallotStep(5, 2), new BallotStep(10, 1)], report.Chances.ByBallots);
        Assert.Equal(ChanceVisibility.Nobody, report.Features[0].Groups.Single(g => g.Name == "y").Visibility);
        Assert.Equal(0.5, report.EqualChance);
    }

    [Fact]
    public void The_drawn_panel_is_counted_by_groups()
    {
        PanelLottery lottery = Reports.Albertslund();
        PanelTable ballots = DependentRounding.Round(lottery, 100, RandomSource.Seeded("x"));
        ReportContent report = Reports.Count(lottery, ballots, Reports.Drawn(42));
        IReadOnlyList<GroupSummary> summaries = GroupSummary.Summarize(ballots.Rows[42].Panel, lottery);
        Assert.Equal(summaries.Select(s => (s.Condition[0].Value, s.Quota!.Min, s.Quota.Max, s.Pool, (int?)s.Panel)), report.Features.SelectMany(f => f.Groups).Select(g => (g.Name, g.Min!.Value, g.Max!.Value, g.Pool, g.Panel)));
        Assert.All(report.Features, f => Assert.Equal(36, f.Groups.Sum(g => g.Panel)));
        Assert.Equal(36 * 100, report.Chances!.ByBallots.Sum(s => s.Ballots * s.People));
        Assert.Equal(547, report.Chances.Ideal.Sum(s => s.People));
        Assert.Equal(36, report.Chances.Ideal.Sum(s => s.People * s.Chance), 6);
        Assert.Equal(139, report.Chances.Ideal[0].People);
    }

    [Fact]
    public void Intersections_are_a_feature_of_their_own()
    {
        PanelLottery lottery = Reports.Solve(new SelectionProblemBuilder(2)
            .People(
                (string[])["fo", "fy", "mo", "my", "fo2"], p => p, null,
                p => new Dictionary<string, string> { ["gender"] = p[..1], ["age"] = p.Substring(1, 1) })
            .Quota("gender", "f", 1, 1).Quota("gender", "m", 1, 1)
            .Quota(new QuotaInput { Condition = [new FeatureValue("gender", "f"), new FeatureValue("age", "o")], Min = 0, Max = 1 }));
        ReportContent report = Reports.Of(lottery, 6);
        Assert.Equal(["gender", "age", "gender & age"], report.Features.Select(f => f.Name));
        ReportGroup group = Assert.Single(report.Features[2].Groups);
        Assert.Equal(("f & o", 0, 1, 2), (group.Name, group.Min, group.Max, group.Pool));
        Assert.All(report.Features[1].Groups, g => Assert.Null(g.Max));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        PanelLottery lottery = Reports.OneWomanThreeMen();
        PanelTable ballots = DependentRounding.Round(lottery, 4, RandomSource.Seeded("x"));
        Assert.Throws<ArgumentException>(() => Reports.Count(lottery, DependentRounding.Round(Reports.Solve(Reports.Problem(2, ("a", "female"), ("b", "male"), ("c", "male"))), 4, RandomSource.Seeded("x")), Reports.Titled));
        Assert.Throws<ArgumentException>(() => Reports.Count(lottery, lottery.ToPanelTable(100)!, Reports.Titled));
        Assert.Throws<ArgumentException>(() => Reports.Count(lottery, ballots, Reports.Drawn(4)));
        Assert.Throws<ArgumentException>(() => Reports.Count(lottery, ballots, Reports.Drawn(-1)));
        Assert.Throws<ArgumentException>(() => Reports.Count(lottery, ballots, Reports.Options(smallestGroup: 0)));
        Assert.Throws<ArgumentException>(() => Reports.Count(lottery, ballots, Reports.Options(root: Reports.Root.ToUpperInvariant())));
    }

    [Theory]
    [InlineData(1, 0, "0")]
    [InlineData(10, 9, "9")]
    [InlineData(11, 9, "09")]
    [InlineData(1000, 7, "007")]
    [InlineData(1001, 1000, "1000")]
    public void Ballots_are_numbered_with_as_many_digits_as_the_last(int ballots, int ballot, string number) => Assert.Equal(number, BallotNumbers.Text(ballot, ballots));
}
