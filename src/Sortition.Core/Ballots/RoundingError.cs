using Sortition.Core.Engine;
using Sortition.Core.Lotteries;

namespace Sortition.Core.Ballots;

/// <summary>How near the chances among M equally likely ballots are to those of the lottery that was rounded to them.</summary>
/// <remarks>
/// All figures are about the people whom the lottery covers. Counted from the ballots themselves, so that it does not matter how they came about.
/// </remarks>
public sealed class RoundingError
{
    private RoundingError()
    {
    }

    /// <summary>M, the number of ballots, 1 or more.</summary>
    public int Ballots { get; internal init; }

    /// <summary>The fewest ballots that a covered person is on, 0..M. Over M, that is the lowest chance.</summary>
    public int MinBallots { get; internal init; }

    /// <summary>The most ballots that a person is on, 0..M.</summary>
    public int MaxBallots { get; internal init; }

    /// <summary>The lowest selection probability of a covered person in the lottery, 0..1.</summary>
    public double IdealMinProbability { get; internal init; }

    /// <summary>
    /// The most ballots that the person worst off can be on, in any M panels: ⌊M·bound⌋, where a proven certificate bounds the lowest chance (maximin and
    /// leximin); else ⌊M·k/n⌋ for n covered people.
    /// </summary>
    public int MinBallotsUpperBound { get; internal init; }

    /// <summary>How much less the lowest chance is than in the lottery; 0 or less where nothing is lost.</summary>
    internal double LossAtLowest => IdealMinProbability - (MinBallots / (double)Ballots);

    /// <summary>The largest distance of a person's chance from that in the lottery, 0..1.</summary>
    public double MaxDeviation { get; internal init; }

    /// <summary>A distance that no M ballots can stay below, because chances among them are whole numbers of M-ths.</summary>
    public double UnavoidableDistance { get; internal init; }

    /// <summary>The root of the mean square of the distances.</summary>
    public double RootMeanSquareDeviation { get; internal init; }

    /// <summary>How many covered people are on no ballot. It cannot be 0 where M·k is less than the number of covered people.</summary>
    public int WithoutBallot { get; internal init; }

    /// <summary>How many people are one ballot or more from their chance in the lottery, as <see cref="IsWithinOne"/> tells.</summary>
    public int OneOrMoreOff { get; internal init; }

    /// <summary>Whether nobody is one ballot or more from their chance in the lottery.</summary>
    public bool IsWithinOneBallot => OneOrMoreOff == 0;

    /// <summary>
    /// Where balls decide the number of the ballot digit by digit: the largest change of a person's chance, relative to itself, if one ball is missing, so
    /// that no
    /// ballot with that digit at that place can be drawn. 0 or more; nobody with one ballot can be protected from it.
    /// </summary>
    public double MaxChangeByOneBall { get; internal init; }

    /// <summary>
    /// The distance within which rounding is possible for k seats, whatever the pool: k/M. Flanigan, Kehne, Procaccia, Fair Sortition Made Transparent, NeurIPS
    /// 2021.
    /// </summary>
    public double KnownBoundBySeats { get; internal init; }

    /// <summary>
    /// The distance within which rounding is possible for T types, 2 or more: √((1+ln 2/ln T)/2)·√(T·ln T)/M + 1/M. Same source; null for one type.
    /// </summary>
    public double? KnownBoundByTypes { get; internal init; }

    /// <summary>Compares ballots with the lottery.</summary>
    /// <param name="lottery">The lottery.</param>
    /// <param name="ballots">Ballots of the same problem: rows of weight 1.</param>
    /// <returns>The comparison.</returns>
    /// <exception cref="ArgumentException">The ballots are of another problem, or not of weight 1, or nobody is covered.</exception>
    public static RoundingError Compute(PanelLottery lottery, PanelTable ballots)
    {
        ArgumentNullException.ThrowIfNull(lottery);
        ArgumentNullException.ThrowIfNull(ballots);
        if (!ballots.Problem.Equals(lottery.Problem))
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
        return Compute(
            lottery,
            count,
            [.. covered.Select(i => (int)times[i])],
            [.. covered.Select(i => lottery.Problem.TypeTable.TypeOf[i])],
            BallotNumbering.LargestChange([.. ballots.Rows.Select(r => r.Panel.Members)], lottery.Problem.People.Count));
    }

    /// <summary>Compares numbers of ballots with the chances of types.</summary>
    /// <param name="lottery">The lottery.</param>
    /// <param name="ballots">M, 1 or more.</param>
    /// <param name="times">On how many ballots each covered person is.</param>
    /// <param name="types">The type of each, an index into the lottery's types, in the same order.</param>
    /// <param name="byOneBall">See <see cref="MaxChangeByOneBall"/>.</param>
    private static RoundingError Compute(PanelLottery lottery, int ballots, int[] times, int[] types, double byOneBall)
    {
        if (times.Length == 0)
        {
            throw new ArgumentException("Nobody is covered.", nameof(lottery));
        }

        double largest = 0;
        double unavoidable = 0;
        double squares = 0;
        for (int i = 0; i < times.Length; i++)
        {
            double ideal = lottery.ProbabilityOfType(types[i]) * ballots;
            double distance = Math.Abs(times[i] - ideal);
            largest = Math.Max(largest, distance);
            squares += distance * distance;
            unavoidable = Math.Max(unavoidable, Math.Abs(ideal - Math.Round(ideal)));
        }

        int k = lottery.Problem.PanelSize;
        double typeCount = lottery.Types.Count;
        Certificate certificate = lottery.Certificate;
        bool boundsLowest = certificate is { Status: CertificateStatus.ProvenOptimal, Objective.BoundsLowestChance: true };
        double lowestAtMost = boundsLowest ? certificate.Bound : Math.Min(1, k / (double)times.Length);
        return new RoundingError
        {
            Ballots = ballots,
            MinBallots = times.Min(),
            MaxBallots = times.Max(),
            IdealMinProbability = types.Min(lottery.ProbabilityOfType),
            MinBallotsUpperBound = (int)Math.Floor((lowestAtMost * ballots) + Tolerances.SameBallots),
            MaxDeviation = largest / ballots,
            UnavoidableDistance = unavoidable / ballots,
            RootMeanSquareDeviation = Math.Sqrt(squares / times.Length) / ballots,
            WithoutBallot = times.Count(n => n == 0),
            OneOrMoreOff = Enumerable.Range(0, times.Length).Count(i => !IsWithinOne(lottery, ballots, times[i], types[i])),
            MaxChangeByOneBall = byOneBall,
            KnownBoundBySeats = k / (double)ballots,
            KnownBoundByTypes = typeCount < 2
                ? null
                : (Math.Sqrt((1 + (Math.Log(2) / Math.Log(typeCount))) / 2 * typeCount * Math.Log(typeCount)) + 1) / ballots,
        };
    }

    /// <summary>
    /// Whether a number of ballots is less than one from the chance of a type, |c − M·π| &lt; 1; where M·π is whole, whether it is just that.
    /// </summary>
    /// <remarks>
    /// Told in whole numbers. The weights of the lottery's R panels are rounded to 2⁻⁶², so that M·π may be off by M·R·2⁻⁶²; whatever is not less than one from
    /// all that it may be is one off.
    /// </remarks>
    /// <param name="lottery">The lottery.</param>
    /// <param name="ballots">M, 1..1,000,000.</param>
    /// <param name="times">c, on how many of them somebody is.</param>
    /// <param name="type">The person's type, an index into the lottery's types.</param>
    public static bool IsWithinOne(PanelLottery lottery, int ballots, int times, int type)
    {
        ArgumentNullException.ThrowIfNull(lottery);
        Int128 members = lottery.Types[type].Members.Count;
        Int128 distance = Int128.Abs((times * members * PanelLottery.WeightTotal) - (ballots * lottery.SeatWeightOfType(type)));
        return distance + (ballots * members * lottery.Panels.Count) < members * PanelLottery.WeightTotal;
    }
}
