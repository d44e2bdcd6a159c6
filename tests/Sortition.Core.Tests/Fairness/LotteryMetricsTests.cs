using FsCheck;
using FsCheck.Xunit;
using Sortition.Core.Fairness;
using Sortition.Core.Problems;
using Xunit;

namespace Sortition.Core.Tests.Fairness;

public sealed class LotteryMetricsTests
{
    [Fact]
    public void Equal_chances_have_no_inequality()
    {
        LotteryMetrics metrics = LotteryMetrics.Compute([0.25, 0.25, 0.25, 0.25], [true, true, true, true]);
        Assert.Equal((4, 0, 0.25, 0.25, 0.0), (metrics.Covered, metrics.Uncovered, metrics.MinProbability, metrics.MaxProbability, metrics.Gini));
        Assert.Equal(0.25, metrics.GeometricMean, 15);
    }

    [Fact]
    public void Hand_solved()
    {
        // Sorted .1 .4 .5, n = 3: (−2·.1 + 0·.4 + 2·.5) / (3·1) = .8/3.
        LotteryMetrics metrics = LotteryMetrics.Compute([0.5, 0, 0.1, 0.4], [true, false, true, true]);
        Assert.Equal((3, 1, 0.1, 0.5), (metrics.Covered, metrics.Uncovered, metrics.MinProbability, metrics.MaxProbability));
        Assert.Equal(0, metrics.WithoutChance);
        Assert.Equal(0.8 / 3, metrics.Gini, 15);
        Assert.Equal(Math.Cbrt(0.5 * 0.1 * 0.4), metrics.GeometricMean, 15);
    }

    [Fact]
    public void All_to_one_of_n_is_a_gini_of_one_less_one_nth()
    {
        LotteryMetrics metrics = LotteryMetrics.Compute([0, 0, 0, 0, 1], [true, true, true, true, true]);
        Assert.Equal(0.8, metrics.Gini, 15);
        Assert.Equal(0, metrics.GeometricMean);
        Assert.Equal(4, metrics.WithoutChance);
    }

    [Fact]
    public void Misuse_is_refused()
    {
        Assert.Throws<ArgumentException>(() => LotteryMetrics.Compute([0.5], [true, true]));
        Assert.Throws<ArgumentException>(() => LotteryMetrics.Compute([0.5], [false]));
    }

    [Property]
    public bool Gini_is_the_mean_difference_over_twice_the_mean(NonEmptyArray<PositiveInt> weights)
    {
        double[] p = [.. weights.Get.Select(w => (double)w.Get)];
        double scale = p.Max();
        p = [.. p.Select(x => x / scale)];
        double differences = p.Sum(a => p.Sum(b => Math.Abs(a - b)));
        LotteryMetrics metrics = LotteryMetrics.Compute(p, [.. p.Select(_ => true)]);
        return Math.Abs(metrics.Gini - differences / (2 * p.Length * p.Sum())) < 1e-12
            && metrics.GeometricMean <= p.Average() + 1e-12
            && metrics.GeometricMean >= metrics.MinProbability - 1e-12;
    }

    [Fact]
    public void Groups_count_pool_panel_and_the_chances_of_those_covered()
    {
        SelectionProblem problem = new SelectionProblemBuilder(2)
            .Quota("home", "flat", 0, 2)
            .Quota("home", "house", 0, 2)
            .Quota(new QuotaInput { Condition = [new("home", "flat"), new("city", "north")], Min = 0, Max = 2 })
            .People(
                [("p1", "flat", "north"), ("p2", "flat", "north"), ("p3", "house", "north"), ("p4", "house", "south"), ("out", "flat", "south")],
                new PersonReader<(string Id, string Home, string City)> { Id = p => p.Id, Value = (p, feature) => feature == "home" ? p.Home : p.City })
            .MustBeOut("out")
            .Build();

        // Types in the order of their values, city first: north flat, north house, south house.
        PanelLottery lottery = PanelLottery.Create(
            problem,
            [([new TypeSeats(0, 1), new TypeSeats(1, 1)], PanelLottery.WeightTotal / 4 * 3), ([new TypeSeats(0, 1), new TypeSeats(2, 1)], PanelLottery.WeightTotal / 4)],
            [],
            new Certificate(objective: LotteryAlgorithms.FindObjective("maximin", null), status: CertificateStatus.NotProven, value: 0.25, bound: 1, claims: []));
        Panel panel = Panel.Create(problem, ["p1", "p3"]);
        Assert.Equal(
            [
                "flat 3 1 0.5 0.5 0.5 0-2",
                "house 2 1 0.25 0.75 0.5 0-2",
                "north 3 2 0.5 0.75 0.5833 -",
                "south 2 0 0.25 0.25 0.25 -",
                "flat&north 2 1 0.5 0.5 0.5 0-2",
            ],
            GroupSummary.Summarize(panel, lottery).Select(g => FormattableString.Invariant(
                $"{string.Join('&', g.Condition.Select(c => c.Value))} {g.Pool} {g.Panel} {g.LowestChance} {g.HighestChance} {g.MeanChance:0.####} {g.Quota?.Min}-{g.Quota?.Max}")));
        Assert.All(GroupSummary.Summarize(panel, null), g => Assert.Null(g.LowestChance ?? g.HighestChance ?? g.MeanChance));
        Assert.Equal([false, true, true, true, true], LotteryMetrics.CoveredBy(lottery));
        Assert.Equal((4, 1), (LotteryMetrics.Compute(lottery).Covered, LotteryMetrics.Compute(lottery).Uncovered));
    }
}
