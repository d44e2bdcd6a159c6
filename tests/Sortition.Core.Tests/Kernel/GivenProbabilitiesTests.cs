using FsCheck.Fluent;
using FsCheck.Xunit;
using Sortition.Core.Certificates;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Xunit;

namespace Sortition.Core.Tests.Kernel;

/// <summary>Lotteries and tables made of panels with ordinary probabilities and weights.</summary>
public class GivenProbabilitiesTests
{
    private static readonly Objective s_maximin = new Core.Algorithms.Maximin().Objective;

    [Property(MaxTest = 200)]
    public void Chances_are_those_of_the_panels(int seed)
    {
        SelectionProblem problem = TinyPools.Problem(seed);
        (Panel Panel, double Probability)[] panels = Mix(problem, seed);
        if (panels.Length == 0)
        {
            throw Prop.Discard<Exception>();
        }

        double[] chances = new double[problem.People.Count];
        foreach ((Panel panel, double probability) in panels)
        {
            panel.Members.ToList().ForEach(i => chances[i] += probability);
        }

        PanelLottery byPeople = PanelLottery.FromProbabilities(problem, panels, s_maximin, []);
        PanelLottery byTypes = PanelLottery.FromProbabilities(problem, [.. panels.Select(p => (Seats(p.Panel), p.Probability))], s_maximin, []);
        foreach (PanelLottery lottery in new[] { byPeople, byTypes })
        {
            Assert.All(problem.Types, type => Assert.Equal(type.Members.Average(i => chances[i]), lottery.ProbabilityOf(type.Members[0]), 1e-15 * problem.PanelSize));
            Assert.Equal(PanelLottery.WeightTotal, lottery.Panels.Sum(p => p.Weight));
            Assert.Equal(lottery.Panels.Count, lottery.Panels.Select(p => string.Join(',', p.Seats)).Distinct().Count());
            Assert.Equal(problem.Types.Min(t => lottery.ProbabilityOf(t.Members[0])), lottery.Certificate.Value);
            Assert.Equal(CertificateVerdict.NotProven, CertificateVerifier.Verify(lottery).Verdict);
        }
    }

    [Fact]
    public void The_uncovered_do_not_count_for_the_value()
    {
        SelectionProblem problem = new SelectionProblemBuilder(1)
            .Quota("f", "v", 1, 1)
            .People("abc", c => c.ToString(), null, c => new Dictionary<string, string> { ["f"] = c == 'c' ? "w" : "v" })
            .Feature("f", ["w"])
            .Build();
        IReadOnlyList<UnselectablePerson> uncovered = Core.Feasibility.FeasibilityAnalysis.Check(problem).Uncovered;
        PanelLottery lottery = PanelLottery.FromProbabilities(problem, [(Panel.Create(problem, ["a"]), 1.0)], s_maximin, uncovered);
        Assert.Equal((0.5, 1), (lottery.Certificate.Value, lottery.Certificate.Bound));
        Assert.Equal(CertificateVerdict.NotProven, CertificateVerifier.Verify(lottery).Verdict);
        Assert.Equal(0, PanelLottery.FromProbabilities(problem, [(Panel.Create(problem, ["a"]), 1.0)], s_maximin, []).Certificate.Value);
    }

    [Theory]
    [InlineData(double.NaN, 0)]
    [InlineData(double.PositiveInfinity, 0)]
    [InlineData(-0.5, 1.5)]
    [InlineData(0.5, 0.499999)]
    [InlineData(0.5, 0.500001)]
    [InlineData(0, 0)]
    public void What_is_no_probability_is_refused(double one, double other)
    {
        SelectionProblem problem = TwoPeople();
        Assert.Throws<ArgumentException>("panels", () => Lottery(problem, one, other));
        Assert.Equal([0.25, 0.75], Lottery(problem, 0.25, 0.75 + 1e-10).SelectionProbabilities().Select(p => Math.Round(p, 9)));
        Assert.Single(Lottery(problem, 1, 0).Panels);
    }

    [Fact]
    public void What_is_no_panel_is_refused()
    {
        SelectionProblem problem = TwoPeople();
        MalformedInputException e = Assert.Throws<MalformedInputException>(
            () => PanelLottery.FromProbabilities(problem, [([new TypeSeats(0, 1)], 0.5), ([new TypeSeats(0, 1), new TypeSeats(1, 1)], 0.5)], s_maximin, []));
        Assert.All(e.Faults, f => Assert.Equal(2, f.Location.Line));
        Assert.Throws<ArgumentException>("panels", () => PanelLottery.FromProbabilities(problem, [(Panel.Create(OtherPeople(), ["a"]), 1.0)], s_maximin, []));
        Assert.Throws<ArgumentException>("panels", () => PanelLottery.FromProbabilities(problem, new List<(Panel, double)>(), s_maximin, []));
    }

    [Fact]
    public void Panels_with_weights_make_a_table()
    {
        SelectionProblem problem = TwoPeople();
        (Panel a, Panel b) = (Panel.Create(problem, ["a"]), Panel.Create(problem, ["b"]));
        PanelTable table = PanelTable.Create(problem, [(a, 1), (b, 2), (a, 5)]);
        Assert.Equal([1, 2, 5], table.Rows.Select(r => r.Weight));
        Assert.Equal((8, 0.25), (table.TotalWeight, table.ProbabilityOf(1)));
        Assert.Equal([0.75, 0.25], table.SelectionProbabilities());
        Assert.Equal(long.MaxValue, PanelTable.Create(problem, [(a, long.MaxValue - 1), (b, 1)]).TotalWeight);
        foreach ((Panel, long)[] rows in new (Panel, long)[][] { [], [(a, 0)], [(a, -1)], [(a, long.MaxValue), (b, 1)], [(null!, 1)], [(Panel.Create(OtherPeople(), ["a"]), 1)] })
        {
            Assert.Throws<ArgumentException>("rows", () => PanelTable.Create(problem, rows));
        }
    }

    private static PanelLottery Lottery(SelectionProblem problem, double one, double other) =>
        PanelLottery.FromProbabilities(problem, [(Panel.Create(problem, ["a"]), one), (Panel.Create(problem, ["b"]), other)], s_maximin, []);

    private static SelectionProblem TwoPeople() => People("ab");

    private static SelectionProblem OtherPeople() => People("ac");

    private static SelectionProblem People(string ids) => new SelectionProblemBuilder(1)
        .Quota("f", "v", 0, 1)
        .Quota("f", "w", 0, 1)
        .People(ids, c => c.ToString(), null, c => new Dictionary<string, string> { ["f"] = c == 'a' ? "v" : "w" })
        .Build();

    /// <summary>Panels of a tiny pool, some twice and some with probability 0.</summary>
    private static (Panel Panel, double Probability)[] Mix(SelectionProblem problem, int seed)
    {
        RandomSource random = RandomSource.Seeded(FormattableString.Invariant($"mix {seed}"));
        List<int[]> all = TinyPools.AllPanels(problem);
        (Panel Panel, double Weight)[] mix = [.. all.Concat(all.Take(3)).Select(p => (Panel.Create(problem, p.Select(i => problem.People[i].Id)), (double)random.NextBelow(5)))];
        double total = mix.Sum(m => m.Weight);
        return total == 0 ? [] : [.. mix.Select(m => (m.Panel, m.Weight / total))];
    }

    private static IReadOnlyList<TypeSeats> Seats(Panel panel) =>
        [.. panel.Members.GroupBy(panel.Problem.TypeOf).Select(g => new TypeSeats(g.Key, g.Count()))];
}
