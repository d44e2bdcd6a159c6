using Sortition.Core.Engine;
using Sortition.Core.Lotteries;

namespace Sortition.Core.Ballots;

/// <summary>How near the chances among M equally likely ballots are to those of the lottery that was rounded to them.</summary>
/// <remarks>All figures are about the people whom the lottery covers. Counted from the ballots themselves, so that it does not matter how they came about.</remarks>
public sealed record BallotQuality
{
    private BallotQuality()
    {
    }

    /// <summary>M, the number of ballots, 1 or more.</summary>
    public required int Ballots { get; init; }

    /// <summary>The fewest ballots that a covered person is on, 0..M. Over M, that is the lowest chance.</summary>
    public required int Lowest { get; init; }

    /// <summary>The most ballots that a person is on, 0..M.</summary>
    public required int Highest { get; init; }

    /// <summary>The lowest selection probability of a covered person in the lottery, 0..1.</summary>
    public required double IdealLowest { get; init; }

    /// <summary>
    /// The most ballots that the person worst off can be on, in any M panels: ⌊M·bound⌋, where a proven certificate bounds the lowest chance (maximin and leximin); else ⌊M·k/n⌋ for n covered people.
    /// </summary>
    public required int LowestAtMost { get; init; }

    /// <summary>How much less the lowest chance is than in the lottery; 0 or less where nothing is lost.</summary>
    public double LossAtLowest => IdealLowest - (Lowest / (double)Ballots);

    /// <summary>The largest distance of a person's chance from that in the lottery, 0..1.</summary>
    public required double LargestDistance { get; init; }

    /// <summary>A distance that no M ballots can stay below, because chances among them are whole numbers of M-ths.</summary>
    public required double UnavoidableDistance { get; init; }

    /// <summary>The root of the mean square of the distances.</summary>
    public required double TypicalDistance { get; init; }

    /// <summary>How many covered people are on no ballot. It cannot be 0 where M·k is less than the number of covered people.</summary>
    public required int WithoutBallot { get; init; }

    /// <summary>Whether everybody is nearer to their chance in the lottery than one ballot, 1/M (chances that are whole numbers of M-ths: just at it).</summary>
    public bool IsWithinOneBallot => LargestDistance < (1 - Tolerances.SameBallots) / Ballots;

    /// <summary>The distance within which rounding is possible for k seats, whatever the pool: k/M. Flanigan, Kehne, Procaccia, Fair Sortition Made Transparent, NeurIPS 2021.</summary>
    public required double KnownBoundBySeats { get; init; }

    /// <summary>The distance within which rounding is possible for T types, 2 or more: √((1+ln 2/ln T)/2)·√(T·ln T)/M + 1/M. Same source; null for one type.</summary>
    public required double? KnownBoundByTypes { get; init; }

    /// <summary>Compares ballots with the lottery.</summary>
    /// <param name="lottery">The lottery.</param>
    /// <param name="ballots">Ballots of the same problem: rows of weight 1.</param>
    /// <returns>The comparison.</returns>
    /// <exception cref="ArgumentException">The ballots are of another problem, or not of weight 1, or nobody is covered.</exception>
    public static BallotQuality Of(PanelLottery lottery, PanelTable ballots)
    {
        ArgumentNullException.ThrowIfNull(lottery);
        ArgumentNullException.ThrowIfNull(ballots);
        if (ballots.Problem != lottery.Problem)
        {
            throw new ArgumentException("The ballots are of another problem than the lottery.", nameof(ballots));
        }

        int count = ballots.Rows.Count;
        if (ballots.TotalWeight != count)
        {
            throw new ArgumentException("The rows are no ballots: they are not of weight 1.", nameof(ballots));
        }

        bool[] isCovered = LotteryMetrics.CoveredBy(lottery);
        int[] covered = [.. Enumerable.Range(0, isCovered.Length).Where(i => isCovered[i])];
        long[] times = ballots.SelectionWeights();
        return Of(lottery, count, [.. covered.Select(i => (int)times[i])], [.. covered.Select(lottery.ProbabilityOf)]);
    }

    /// <summary>Compares numbers of ballots with ideal chances, where it is not known who is who in the lottery.</summary>
    /// <param name="lottery">The lottery.</param>
    /// <param name="ballots">M, 1 or more.</param>
    /// <param name="times">On how many ballots each covered person is.</param>
    /// <param name="ideals">The chance of each in the lottery, in the same order.</param>
    /// <returns>The comparison.</returns>
    /// <exception cref="ArgumentException">The lists differ in length, or nobody is covered.</exception>
    public static BallotQuality Of(PanelLottery lottery, int ballots, IReadOnlyList<int> times, IReadOnlyList<double> ideals)
    {
        ArgumentNullException.ThrowIfNull(lottery);
        ArgumentOutOfRangeException.ThrowIfLessThan(ballots, 1);
        ArgumentNullException.ThrowIfNull(times);
        ArgumentNullException.ThrowIfNull(ideals);
        if (times.Count == 0 || times.Count != ideals.Count)
        {
            throw new ArgumentException("There must be one chance for each person, and somebody must be covered.", nameof(times));
        }

        double largest = 0;
        double unavoidable = 0;
        double squares = 0;
        for (int i = 0; i < times.Count; i++)
        {
            double ideal = ideals[i] * ballots;
            double distance = Math.Abs(times[i] - ideal);
            largest = Math.Max(largest, distance);
            squares += distance * distance;
            unavoidable = Math.Max(unavoidable, Math.Abs(ideal - Math.Round(ideal)));
        }

        int k = lottery.Problem.PanelSize;
        double types = lottery.Types.Count;
        Certificate certificate = lottery.Certificate;
        bool boundsLowest = certificate is { Status: CertificateStatus.ProvenOptimal, Objective.BoundsLowestChance: true };
        double lowestAtMost = boundsLowest ? certificate.Bound : Math.Min(1, k / (double)times.Count);
        return new BallotQuality
        {
            Ballots = ballots,
            Lowest = times.Min(),
            Highest = times.Max(),
            IdealLowest = ideals.Min(),
            LowestAtMost = (int)Math.Floor((lowestAtMost * ballots) + Tolerances.SameBallots),
            LargestDistance = largest / ballots,
            UnavoidableDistance = unavoidable / ballots,
            TypicalDistance = Math.Sqrt(squares / times.Count) / ballots,
            WithoutBallot = times.Count(n => n == 0),
            KnownBoundBySeats = k / (double)ballots,
            KnownBoundByTypes = types < 2 ? null : (Math.Sqrt((1 + (Math.Log(2) / Math.Log(types))) / 2 * types * Math.Log(types)) + 1) / ballots,
        };
    }
}
