using System.Globalization;
using Sortition.Core.Ballots;
using Sortition.Core.Lotteries;
using Xunit;

namespace Sortition.Core.Tests.Lotteries;

/// <summary>Ballots are numbered so that one ball that is missing changes nobody's chance by much.</summary>
public sealed class BallotNumberingTests
{
    /// <summary>On Albertslund's thousand ballots; numbered at random, somebody's chance would change by a quarter or more.</summary>
    [Fact]
    public void A_missing_ball_changes_nobodys_chance_by_much()
    {
        SelectionProblem problem = Instances.Load("albertslund", 36);
        PanelLottery lottery = new Leximin().Solve(problem).GetLotteryOrThrow();
        PanelTable numbered = BallotRounding.Round(lottery, 1000, RandomSource.Seeded("numbers"));
        WeightedPanel[] shuffled = [.. numbered.Rows];
        RandomSource.Seeded("shuffle").Shuffle(shuffled, shuffled.Length);
        PanelTable atRandom = PanelTable.FromBallots(problem, shuffled.Select(r => r.Panel.Ids));
        double before = RoundingError.Compute(lottery, atRandom).MaxChangeByOneBall;
        double after = RoundingError.Compute(lottery, numbered).MaxChangeByOneBall;
        Assert.Equal(Plain(atRandom), before, 1e-12);
        Assert.Equal(Plain(numbered), after, 1e-12);
        Assert.True(before > 0.25 && after < 0.2, $"{before} {after}");
    }

    /// <summary>For any number of ballots the order is one of the same ballots, and spreads them no worse than the one it began with.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(60)]
    [InlineData(100)]
    [InlineData(237)]
    public void The_ballots_stay_the_same(int count)
    {
        Random random = new(count);
        IReadOnlyList<int>[] ballots = [.. Enumerable.Range(0, count).Select(_ => (IReadOnlyList<int>)[.. Enumerable.Range(0, 12).Where(_ => random.Next(3) == 0)])];
        int[] order = BallotNumbering.Order(ballots, 12, RandomSource.Seeded("s"), default);
        Assert.Equal(order, BallotNumbering.Order(ballots, 12, RandomSource.Seeded("s"), default));
        Assert.Equal(Enumerable.Range(0, count), order.Order());
        Assert.True(Unevenness([.. order.Select(b => ballots[b])]) <= Unevenness(ballots) + 1e-9);
        if (count >= 60)
        {
            Assert.True(Unevenness([.. order.Select(b => ballots[b])]) < Unevenness(ballots) / 2);
        }
    }

    [Fact]
    public void It_stops_when_it_is_cancelled() =>
        Assert.Throws<OperationCanceledException>(() => BallotNumbering.Order([[0], [1]], 2, RandomSource.Seeded("s"), new CancellationToken(canceled: true)));

    /// <summary>The definition: each ball taken away in turn, and everybody's chance among the ballots that are left.</summary>
    private static double Plain(PanelTable ballots)
    {
        int count = ballots.Rows.Count;
        string[] numbers = [.. Enumerable.Range(0, count).Select(b => b.ToString("000", CultureInfo.InvariantCulture))];
        double largest = 0;
        for (int place = 0; place < 3; place++)
        {
            for (char digit = '0'; digit <= '9'; digit++)
            {
                int[] left = [.. Enumerable.Range(0, count).Where(b => numbers[b][place] != digit)];
                foreach (Person person in ballots.Problem.People)
                {
                    int all = ballots.Rows.Count(r => r.Panel.Ids.Contains(person.Id));
                    int here = left.Count(b => ballots.Rows[b].Panel.Ids.Contains(person.Id));
                    largest = all == 0 ? largest : Math.Max(largest, Math.Abs((here / (double)left.Length / (all / (double)count)) - 1));
                }
            }
        }

        return largest;
    }

    /// <summary>The sum that is minimised, by its definition.</summary>
    private static double Unevenness(IReadOnlyList<int>[] ballots)
    {
        int digits = (ballots.Length - 1).ToString(CultureInfo.InvariantCulture).Length;
        string[] numbers = [.. ballots.Select((_, b) => b.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0'))];
        double sum = 0;
        foreach (int person in ballots.SelectMany(b => b).Distinct())
        {
            int[] own = [.. Enumerable.Range(0, ballots.Length).Where(b => ballots[b].Contains(person))];
            for (int place = 0; place < digits; place++)
            {
                for (char digit = '0'; digit <= '9'; digit++)
                {
                    double ideal = numbers.Count(n => n[place] == digit) * own.Length / (double)ballots.Length;
                    sum += Math.Pow(own.Count(b => numbers[b][place] == digit) - ideal, 2) / own.Length;
                }
            }
        }

        return sum;
    }
}
