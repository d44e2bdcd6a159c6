using FsCheck.Fluent;
using FsCheck.Xunit;
using Sortition.Core.Ballots;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Xunit;

namespace Sortition.Core.Tests.Lotteries;

public class BallotRoundingTests
{
    [Property(MaxTest = 300)]
    public void Ballots_are_panels_and_chances_add_up(int seed)
    {
        SelectionProblem problem = TinyPools.Problem(seed);
        if (new Leximin().Solve(problem) is not SolveResult.Solved { Lottery: var lottery })
        {
            throw Prop.Discard<Exception>();
        }

        int count = 1 + (int)((uint)seed % 30);
        PanelTable ballots = BallotRounding.Round(lottery, count, RandomSource.Seeded("tiny"));
        Assert.Equal(count, ballots.Rows.Count);
        Assert.All(ballots.Rows, row => Assert.Equal(1, row.Weight));
        Assert.All(ballots.Rows, row => Assert.True(TinyPools.IsPanel(problem, row.Panel.Members)));
        Assert.Equal((long)count * problem.PanelSize, ballots.SelectionWeights().Sum());
        RoundingError quality = RoundingError.Compute(lottery, ballots);
        Assert.True(quality.MinBallots <= quality.MinBallotsUpperBound);
        Assert.True(quality.MaxDeviation >= quality.UnavoidableDistance - 1e-12);
    }

    /// <summary>Against every way to choose M panels: nobody further than a ballot from the ideal wherever that is possible, and so the highest lowest number.</summary>
    [Property(MaxTest = 250)]
    public void Nobody_is_a_ballot_off_where_that_can_be_had(int seed)
    {
        SelectionProblem problem = TinyPools.Problem(seed);
        List<int[]> panels = TinyPools.AllPanels(problem);
        if (panels.Count is 0 or > 60 || new Leximin().Solve(problem) is not SolveResult.Solved { Lottery: var lottery })
        {
            throw Prop.Discard<Exception>();
        }

        for (int count = 1; count <= (panels.Count < 20 ? 5 : 3); count++)
        {
            bool canBe = AllSums(panels, problem.People.Count, count).Exists(times => IsWithinOneBallot(lottery, times, count));
            PanelTable ballots = BallotRounding.Round(lottery, count, RandomSource.Seeded("tiny"));
            Assert.Equal(canBe, IsWithinOneBallot(lottery, ballots.SelectionWeights(), count));
        }
    }

    [Theory]
    [Trait("Lane", "Slow")]
    [MemberData(nameof(Instances.Quick), MemberType = typeof(Instances))]
    public void A_thousand_ballots_are_within_one_ballot_of_leximin(string folder, int panelSize, double lowest)
    {
        SelectionProblem problem = Instances.Load(folder, panelSize);
        PanelLottery lottery = new Leximin().Solve(problem).GetLotteryOrThrow();
        PanelTable ballots = BallotRounding.Round(lottery, 1000, RandomSource.Seeded("instances"));
        Assert.All(ballots.Rows, row => Panel.Create(problem, row.Panel.Ids));
        RoundingError quality = RoundingError.Compute(lottery, ballots);
        Assert.True(quality.IsWithinOneBallot);
        Assert.Equal((int)Math.Floor((1000 * lowest) + 1e-3), quality.MinBallots);
        Assert.Equal(quality.MinBallotsUpperBound, quality.MinBallots);
        Assert.Equal(0, quality.WithoutBallot);
        Assert.True(quality.MaxDeviation < quality.KnownBoundBySeats);
        Assert.True(quality.MaxDeviation < quality.KnownBoundByTypes);
    }

    [Fact]
    public void Chances_that_are_whole_numbers_of_ballots_are_kept_exactly()
    {
        SelectionProblem problem = Instances.Alternate(200, 20);
        PanelTable ballots = BallotRounding.Round(new Leximin().Solve(problem).GetLotteryOrThrow(), 100, RandomSource.Seeded("alternate"));
        Assert.All(ballots.SelectionWeights(), times => Assert.Equal(10, times));
    }

    [Fact]
    public void Housemates_take_turns()
    {
        // Ten couples, at most one of each: with 25 ballots everybody has 5·25/20 = 6.25 of them.
        SelectionProblem problem = new SelectionProblemBuilder(5)
            .Quota("gender", "f", 2, 3)
            .Quota("gender", "m", 2, 3)
            .HouseholdLimit(1)
            .People(Enumerable.Range(0, 20), i => $"p{i:00}", i => $"street {i / 2}", i => new Dictionary<string, string> { ["gender"] = i % 2 == 0 ? "f" : "m" })
            .Build();
        PanelLottery lottery = new Leximin().Solve(problem).GetLotteryOrThrow();
        PanelTable ballots = BallotRounding.Round(lottery, 25, RandomSource.Seeded("couples"));
        Assert.All(ballots.Rows, row => Assert.Equal(5, row.Panel.Members.Select(i => i / 2).Distinct().Count()));
        Assert.All(ballots.SelectionWeights(), times => Assert.InRange(times, 6, 7));
    }

    [Fact]
    public void Same_lottery_and_seed_give_the_same_ballots_whatever_the_threads()
    {
        SelectionProblem problem = Instances.Load("mass_like_24", 24);
        PanelLottery lottery = new Leximin().Solve(problem).GetLotteryOrThrow();
        string[] Ballots(int threads, string seed) =>
            [.. BallotRounding.Round(lottery, 300, RandomSource.Seeded(seed), new ComputeOptions { MaxThreads = threads }).Rows.Select(r => string.Join(' ', r.Panel.Members))];
        Assert.Equal(Ballots(1, "a"), Ballots(2, "a"));
        Assert.NotEqual(Ballots(2, "a"), Ballots(2, "b"));
    }

    [Fact]
    public void A_cancelled_rounding_throws()
    {
        PanelLottery lottery = new Leximin().Solve(Instances.Load("mass_like_24", 24)).GetLotteryOrThrow();
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => BallotRounding.Round(lottery, 1000, RandomSource.Seeded("x"), cancellationToken: source.Token));
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.6)]
    public void A_rounding_can_be_cancelled_half_way(double at)
    {
        PanelLottery lottery = new Leximin().Solve(Instances.Load("mass_like_24", 24)).GetLotteryOrThrow();
        using CancellationTokenSource source = new();
        double last = 0;
        Listener<double> progress = new(value =>
        {
            last = value;
            if (value >= at)
            {
                source.Cancel();
            }
        });
        Assert.ThrowsAny<OperationCanceledException>(() => BallotRounding.Round(lottery, 1000, RandomSource.Seeded("x"), new ComputeOptions { Progress = progress }, source.Token));
        Assert.InRange(last, at, at + 0.1);
    }

    [Fact]
    public void People_of_one_type_get_the_odd_ballot_equally_often()
    {
        // Three people, one seat, two ballots: each is left out once in three times.
        SelectionProblem problem = new SelectionProblemBuilder(1).People(["a", "b", "c"], id => id, _ => null, _ => new Dictionary<string, string>()).Build();
        PanelLottery lottery = new Leximin().Solve(problem).GetLotteryOrThrow();
        int[] leftOut = new int[3];
        for (int seed = 0; seed < 600; seed++)
        {
            leftOut[Array.IndexOf(BallotRounding.Round(lottery, 2, RandomSource.Seeded($"{seed}")).SelectionWeights(), 0)]++;
        }

        // Within four standard deviations of 200, for these seeds.
        Assert.All(leftOut, n => Assert.InRange(n, 154, 246));
    }

    [Fact]
    public void Figures_of_a_small_case_by_hand()
    {
        // Three people, one seat: with two ballots one of them has none.
        SelectionProblem problem = new SelectionProblemBuilder(1)
            .People(["a", "b", "c"], id => id, _ => null, _ => new Dictionary<string, string>())
            .Build();
        PanelLottery lottery = new Leximin().Solve(problem).GetLotteryOrThrow();
        RoundingError quality = RoundingError.Compute(lottery, BallotRounding.Round(lottery, 2, RandomSource.Seeded("x")));
        Assert.Equal((0, 1, 0, 1), (quality.MinBallots, quality.MaxBallots, quality.MinBallotsUpperBound, quality.WithoutBallot));
        Assert.Equal(1 / 3.0, quality.MaxDeviation, 12);
        Assert.Equal(1 / 3.0, quality.LossAtLowest, 12);
        Assert.Equal(1 / 6.0, quality.UnavoidableDistance, 12);
        Assert.Equal(Math.Sqrt(((1 / 9.0) + (2 / 36.0)) / 3), quality.RootMeanSquareDeviation, 12);
        Assert.True(quality.IsWithinOneBallot);
    }

    [Fact]
    public void A_chance_that_is_a_whole_number_of_ballots_is_met_or_not()
    {
        // One seat, three people of three types: two thirds of 2⁶² cannot be shared, so that two have a little less than a third, and one a little more.
        SelectionProblem problem = new SelectionProblemBuilder(1).Feature("f", "a", "b", "c").People(["a", "b", "c"], new PersonReader<string> { Id = id => id, Value = (id, _) => id }).Build();
        const long Third = PanelLottery.WeightTotal / 3;
        PanelLottery lottery = PanelLottery.Create(
            problem, [([new TypeSeats(0, 1)], Third + 1), ([new TypeSeats(1, 1)], Third), ([new TypeSeats(2, 1)], Third)], [], TinyLotteries.NoCertificate);
        for (int type = 0; type < 3; type++)
        {
            Assert.Equal([false, true, false], Enumerable.Range(0, 3).Select(times => RoundingError.IsWithinOne(lottery, 3, times, type)));
            Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(times => RoundingError.IsWithinOne(lottery, 2, times, type)));
            Assert.Equal([false, true, true, false], Enumerable.Range(0, 4).Select(times => RoundingError.IsWithinOne(lottery, 4, times, type)));
        }

        PanelTable rigged = PanelTable.FromBallots(problem, [["a"], ["a"], ["a"]]);
        Assert.Equal((3, false), (RoundingError.Compute(lottery, rigged).OneOrMoreOff, RoundingError.Compute(lottery, rigged).IsWithinOneBallot));
        Assert.Equal(0, RoundingError.Compute(lottery, PanelTable.FromBallots(problem, [["c"], ["a"], ["b"]])).OneOrMoreOff);
    }

    private static bool IsWithinOneBallot(PanelLottery lottery, long[] times, int count)
    {
        for (int i = 0; i < times.Length; i++)
        {
            double ideal = lottery.ProbabilityOf(i) * count;
            if (Math.Abs(times[i] - ideal) > 1 - 1e-6)
            {
                return false;
            }
        }

        return true;
    }

    private static List<long[]> AllSums(List<int[]> panels, int people, int count)
    {
        List<long[]> sums = [];
        Add(0, count, new long[people]);
        return sums;

        void Add(int first, int left, long[] sum)
        {
            if (left == 0)
            {
                sums.Add(sum);
                return;
            }

            for (int p = first; p < panels.Count; p++)
            {
                long[] next = [.. sum];
                foreach (int i in panels[p])
                {
                    next[i]++;
                }

                Add(p, left - 1, next);
            }
        }
    }
}
