using FsCheck.Fluent;
using FsCheck.Xunit;
using Sortition.Core.Problems;
using Xunit;
using static Sortition.Core.Tests.Lotteries.TinyLotteries;
using static Sortition.Core.Tests.Problems.FaultAssert;

namespace Sortition.Core.Tests.Lotteries;

/// <summary>What a lottery may be made of, and the chances it gives.</summary>
public sealed class PanelLotteryTests
{
    private const long Half = PanelLottery.WeightTotal / 2;

    [Fact]
    public void A_lottery_worked_out_by_hand()
    {
        PanelLottery lottery = Lottery(([(Red, 1), (Blue, 1)], 3 * (Half / 2)), ([(Red, 2)], Half / 2));
        Assert.Equal(0.75 / 2, lottery.ProbabilityOf("d"));
        Assert.Equal((0.75 / 3) + (0.25 * 2 / 3), lottery.ProbabilityOf("a"), 1e-16);
        Assert.Equal(lottery.ProbabilityOf("a"), lottery.ProbabilityOf("b"));
        Assert.Equal(0, lottery.ProbabilityOf("out"));
        Assert.Equal(lottery.SelectionProbabilities(), Enumerable.Range(0, 6).Select(lottery.ProbabilityOf));
        Assert.Equal(2, lottery.SelectionProbabilities().Sum(), 1e-15);
        Assert.Equal([0.75, 0.25], lottery.Panels.Select(p => p.Probability));
        Assert.Throws<ArgumentException>(() => lottery.ProbabilityOf("nobody"));
    }

    [Fact]
    public void Seats_come_in_the_order_of_types_however_they_are_given()
    {
        PanelLottery lottery = Lottery(([(Red, 1), (Blue, 1)], Half), ([(Blue, 1), (Red, 1)], Half));
        Assert.All(lottery.Panels, p => Assert.Equal([0, 1], p.Seats.Select(s => s.Type)));
    }

    [Fact]
    public void Panels_that_break_a_rule_are_refused()
    {
        Refused("there are 1 members, not 2", [(Red, 1)]);
        Refused("there are 3 members, not 2", [(Red, 2), (Blue, 1)]);
        Refused("2 members match the quota colour: blue 0-1", [(Blue, 2)]);
        Refused("a panel has 4 seats for type 1, which is unknown or smaller", [(Red, 4)]);
        Refused("a panel has 2 seats for type 2, which is unknown or smaller", [((_) => 2, 2)]);
        Refused("a panel has 2 seats for type -1, which is unknown or smaller", [((_) => -1, 2)]);
        Refused("a panel has 0 seats for type 0, which is unknown or smaller", [(Red, 2), (Blue, 0)]);
        Refused("a panel has -1 seats for type 0, which is unknown or smaller", [(Blue, -1), (Red, 3)]);
    }

    [Fact]
    public void A_type_twice_in_one_panel_is_refused_since_one_person_might_get_both_seats() =>
        Refused("a panel names type 1 twice", [(Red, 1), (Red, 1)]);

    [Fact]
    public void Statuses_and_households_are_checked_too()
    {
        SelectionProblem problem = new SelectionProblemBuilder(2).Feature("f", "v").HouseholdLimit(1)
            .With(Row("a", "1", "f=v"), Row("b", "1", "f=v"), Row("c", null, "f=v"), Row("d", null, "f=v")).MustBeIn("d").Build();
        int pair = problem.TypeTable.TypeOf[0];
        int alone = problem.TypeTable.TypeOf[2];
        int fixedIn = problem.TypeTable.TypeOf[3];
        Assert.Single(Of((fixedIn, 1), (pair, 1)).Panels);
        Assert.Equal("panels, line 1: d or somebody like them must be in", Assert.Single(Refusals(() => Of((pair, 1), (alone, 1)))));
        Assert.StartsWith("panels, line 1: d or", Refusals(() => Of((pair, 2)))[0], StringComparison.Ordinal);
        SelectionProblem free = new SelectionProblemBuilder(2).Feature("f", "v").HouseholdLimit(1).With(Row("a", "1", "f=v"), Row("b", "1", "f=v"), Row("c", null, "f=v")).Build();
        Assert.Equal(
            ["panels, line 1: more than 1 member(s) share a household"],
            Refusals(() => PanelLottery.Create(free, [([new TypeSeats(free.TypeTable.TypeOf[0], 2)], PanelLottery.WeightTotal)], [], NoCertificate)));

        PanelLottery Of(params (int Type, int Seats)[] seats) =>
            PanelLottery.Create(problem, [([.. seats.Select(s => new TypeSeats(s.Type, s.Seats))], PanelLottery.WeightTotal)], [], NoCertificate);
    }

    [Theory]
    [InlineData(Half, Half - 1)]
    [InlineData(Half, Half + 1)]
    [InlineData(PanelLottery.WeightTotal, 0)]
    [InlineData(PanelLottery.WeightTotal + 1, -1)]
    [InlineData(long.MaxValue, long.MaxValue)]
    public void Weights_that_are_not_positive_or_do_not_add_up_are_refused(long first, long second) =>
        Assert.Throws<MalformedInputException>(() => Lottery(([(Red, 2)], first), ([(Red, 1), (Blue, 1)], second)));

    [Fact]
    public void No_panels_are_no_lottery()
    {
        Assert.Throws<MalformedInputException>(() => Lottery());
        SelectionProblem problem = Pool();
        Assert.Throws<ArgumentNullException>(() => PanelLottery.Create(null!, [], [], NoCertificate));
        Assert.Throws<ArgumentNullException>(() => PanelLottery.Create(problem, null!, [], NoCertificate));
        Assert.Throws<ArgumentNullException>(() => PanelLottery.Create(problem, [], null!, NoCertificate));
        Assert.Throws<ArgumentNullException>(() => PanelLottery.Create(problem, [], [], null!));
    }

    [Property(MaxTest = 400)]
    public void Chances_add_up_to_the_panel_size_and_are_equal_within_types(int seed)
    {
        SelectionProblem problem = seed % 2 == 0 ? HouseholdProblem(seed) : TinyPools.Problem(seed);
        if (TinyLotteries.Of(problem, seed) is not PanelLottery lottery)
        {
            throw Prop.Discard<Exception>();
        }

        double[] chances = lottery.SelectionProbabilities();
        Assert.All(chances, c => Assert.InRange(c, 0, 1));
        Assert.Equal(problem.PanelSize, chances.Sum(), 1e-14);
        for (int i = 0; i < chances.Length; i++)
        {
            int type = problem.TypeTable.TypeOf[i];
            Assert.Equal(type < 0 ? 0 : lottery.ProbabilityOfType(type), chances[i]);
            Assert.True(problem.People[i].Status != PersonStatus.MustBeIn || chances[i] == 1);
        }
    }

    private static int Red(SelectionProblem problem) => problem.TypeTable.TypeOf[problem.IndexOf("a")];

    private static int Blue(SelectionProblem problem) => problem.TypeTable.TypeOf[problem.IndexOf("d")];

    /// <summary>Two of three red people (a, b, c) and two blue ones (d, e), at most one blue; one more must be out.</summary>
    private static SelectionProblem Pool() =>
        new SelectionProblemBuilder(2).Quota("colour", "blue", 0, 1).Feature("colour", "red")
            .With(Row("a", null, "colour=red"), Row("b", null, "colour=red"), Row("c", null, "colour=red"), Row("d", null, "colour=blue"), Row("e", null, "colour=blue"), Row("out", null, "colour=red"))
            .MustBeOut("out").Build();

    private static PanelLottery Lottery(params ((Func<SelectionProblem, int> Type, int Seats)[] Seats, long Weight)[] panels)
    {
        SelectionProblem problem = Pool();
        return PanelLottery.Create(
            problem, panels.Select(p => ((IReadOnlyList<TypeSeats>)[.. p.Seats.Select(s => new TypeSeats(s.Type(problem), s.Seats))], p.Weight)), [], NoCertificate);
    }

    private static void Refused(string reason, (Func<SelectionProblem, int> Type, int Seats)[] seats) =>
        Assert.Contains("panels, line 1: " + reason, Refusals(() => Lottery((seats, PanelLottery.WeightTotal))));

    private static string[] Refusals(Func<PanelLottery> make) => [.. Assert.Throws<MalformedInputException>(make).Faults.Select(TextRenderer.English.Describe)];
}
