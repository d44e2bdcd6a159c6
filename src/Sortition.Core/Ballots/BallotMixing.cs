using System.Numerics;
using Sortition.Core.Lotteries;

namespace Sortition.Core.Ballots;

/// <summary>How mixed ballots are: whether the same panels come again and again, and whether some people sit together more often than chance has it.</summary>
/// <remarks>
/// By chance two people with c and d of M ballots would be together on c·d/M of them. Quotas and households move that up and down for some pairs, however well
/// the ballots are mixed, so that no figure has one right value.
/// </remarks>
public sealed class BallotMixing
{
    /// <summary>The most ballots of which all pairs are compared.</summary>
    public const int MaxCompared = 10_000;

    /// <summary>On how many ballots two people must be together by chance, at least, to be looked at for <see cref="LargestPairRatio"/>.</summary>
    public const int LeastExpected = 5;

    private const int BitsInWord = 64;

    private BallotMixing()
    {
    }

    /// <summary>M, the number of ballots, 1 or more.</summary>
    public int Ballots { get; private init; }

    /// <summary>How many different panels are among them, 1..M.</summary>
    public int DifferentPanels { get; private init; }

    /// <summary>
    /// The most members that two ballots have in common, 0..k; k if two have the same panel. Null for one ballot, and for more than <see cref="MaxCompared"/>.
    /// </summary>
    public int? LargestOverlap => Overlaps?.Count - 1;

    /// <summary>
    /// How many pairs of ballots have so many members in common: entry i is about i of them, and the last is not 0. Null for one ballot, and for more than
    /// <see cref="MaxCompared"/>.
    /// </summary>
    public IReadOnlyList<long>? Overlaps { get; private init; }

    /// <summary>
    /// The mean over all pairs of people with ballots of (t − e)²/e, where t is on how many ballots they are together, and e on how many by chance. It is near
    /// 1 for well mixed ballots, less where people have many ballots each, more where quotas bind. 0 if nobody could be together.
    /// </summary>
    public double PairExcess { get; private init; }

    /// <summary>
    /// How many times as often as by chance two people are together, the largest of all pairs who would be by chance on <see cref="LeastExpected"/> ballots or
    /// more; null if there are none.
    /// </summary>
    public double? LargestPairRatio { get; private init; }

    /// <summary>
    /// How many times as often as by chance people with one value of a feature sit with others who have a value of another one; the largest of all pairs of
    /// values. Null if no two such people would sit together.
    /// </summary>
    public double? LargestGroupRatio { get; private init; }

    /// <summary>
    /// How far the number of members with two values of two features is from what chances say: the mean square over all ballots and all pairs of values. 0 if
    /// there are not two features.
    /// </summary>
    public double MeanSquaredCellError { get; private init; }

    /// <summary>How many exchanges were made to mix the ballots, 0 or more; 0 where they were only measured.</summary>
    public long Exchanges { get; private init; }

    /// <summary>
    /// Whether the ballots are mixed: runs from different starts, with chance of their own, ended with the same figures, and forgot where they began. If false,
    /// other ballots may be as good and look otherwise. Null where the ballots were only measured.
    /// </summary>
    public bool? IsMixed { get; private init; }

    /// <summary>Measures ballots, however they came about.</summary>
    /// <param name="ballots">The ballots: rows of weight 1.</param>
    /// <returns>The figures. It takes time in proportion to the ballots times the square of the panel size, and for all pairs of ballots.</returns>
    /// <exception cref="ArgumentException">The rows are no ballots: they are not of weight 1.</exception>
    public static BallotMixing Measure(PanelTable ballots)
    {
        ArgumentNullException.ThrowIfNull(ballots);
        return ballots.TotalWeight == ballots.Rows.Count
            ? Measure(ballots.Problem, [.. ballots.Rows.Select(r => r.Panel.Members)], isMixed: null, changes: 0)
            : throw new ArgumentException("The rows are no ballots: they are not of weight 1.", nameof(ballots));
    }

    /// <summary>Measures the members of ballots.</summary>
    internal static BallotMixing Measure(SelectionProblem problem, IReadOnlyList<IReadOnlyList<int>> ballots, bool? isMixed, long changes)
    {
        int[] times = Times(problem, ballots);
        (_, double excess, double? ratio) = ComparePairs(times, ballots);
        (double? groups, double cells) = GroupsTogether.Compare(problem, times, ballots);
        return new BallotMixing
        {
            Ballots = ballots.Count,
            DifferentPanels = Different(ballots),
            Overlaps = ballots.Count is > 1 and <= MaxCompared ? CountOverlaps(problem, ballots) : null,
            PairExcess = excess,
            LargestPairRatio = ratio,
            LargestGroupRatio = groups,
            MeanSquaredCellError = cells,
            Exchanges = changes,
            IsMixed = isMixed,
        };
    }

    /// <summary>The figures by which runs are compared: how many different panels there are, how many pairs of people, and their excess.</summary>
    internal static (int Different, double Pairs, double Excess) Compare(SelectionProblem problem, IReadOnlyList<IReadOnlyList<int>> ballots)
    {
        (double pairs, double excess, _) = ComparePairs(Times(problem, ballots), ballots);
        return (Different(ballots), pairs, excess);
    }

    /// <summary>The same figures, with what is said of mixing.</summary>
    internal BallotMixing With(bool isMixed) => new()
    {
        Ballots = Ballots,
        DifferentPanels = DifferentPanels,
        Overlaps = Overlaps,
        PairExcess = PairExcess,
        LargestPairRatio = LargestPairRatio,
        LargestGroupRatio = LargestGroupRatio,
        MeanSquaredCellError = MeanSquaredCellError,
        Exchanges = Exchanges,
        IsMixed = isMixed,
    };

    private static int[] Times(SelectionProblem problem, IReadOnlyList<IReadOnlyList<int>> ballots)
    {
        int[] times = new int[problem.People.Count];
        foreach (int i in ballots.SelectMany(b => b))
        {
            times[i]++;
        }

        return times;
    }

    private static int Different(IReadOnlyList<IReadOnlyList<int>> ballots) =>
        new HashSet<string>(ballots.Select(b => string.Join(' ', b.Order())), StringComparer.Ordinal).Count;

    /// <summary>Counts for each person the ballots shared with others. Pairs who are never together are added up without going through them.</summary>
    private static (double Pairs, double Excess, double? Ratio) ComparePairs(int[] times, IReadOnlyList<IReadOnlyList<int>> ballots)
    {
        double count = ballots.Count;
        int[][] members = [.. ballots.Select(b => b.ToArray())];
        List<int>[] ballotsOf = [.. times.Select(t => new List<int>(t))];
        for (int b = 0; b < ballots.Count; b++)
        {
            foreach (int i in members[b])
            {
                ballotsOf[i].Add(b);
            }
        }

        int[] together = new int[times.Length];
        List<int> met = [];
        double sum = 0;
        double ratio = 0;
        for (int i = 0; i < times.Length; i++)
        {
            foreach (int b in ballotsOf[i])
            {
                // Written out, since it is most of the work where panels are large.
                foreach (int j in members[b])
                {
                    if (j > i && together[j]++ == 0)
                    {
                        met.Add(j);
                    }
                }
            }

            foreach (int j in met)
            {
                double expected = times[i] * (times[j] / count);
                double more = together[j] - expected;
                sum += (more * more / expected) - expected;
                ratio = expected >= LeastExpected ? Math.Max(ratio, together[j] / expected) : ratio;
                together[j] = 0;
            }

            met.Clear();
        }

        // Whoever never meets somebody adds what chance expected of them: (0 − e)²/e = e, taken off above for those who do meet.
        double all = times.Sum(t => (double)t);
        double squares = times.Sum(t => (double)t * t);
        double people = times.Count(t => t > 0);
        double pairs = people * (people - 1) / 2;
        return (pairs, pairs > 0 ? (sum + ((all * all) - squares) / 2 / count) / pairs : 0, ratio > 0 ? ratio : null);
    }

    private static long[] CountOverlaps(SelectionProblem problem, IReadOnlyList<IReadOnlyList<int>> ballots)
    {
        int words = (problem.People.Count + BitsInWord - 1) / BitsInWord;
        ulong[] members = new ulong[words * ballots.Count];
        for (int b = 0; b < ballots.Count; b++)
        {
            foreach (int i in ballots[b])
            {
                members[(b * words) + (i / BitsInWord)] |= 1UL << (i % BitsInWord);
            }
        }

        long[] pairs = new long[problem.PanelSize + 1];
        for (int b = 1; b < ballots.Count; b++)
        {
            ReadOnlySpan<ulong> one = members.AsSpan(b * words, words);
            for (int c = 0; c < b; c++)
            {
                ReadOnlySpan<ulong> other = members.AsSpan(c * words, words);
                int common = 0;
                for (int w = 0; w < one.Length; w++)
                {
                    common += BitOperations.PopCount(one[w] & other[w]);
                }

                pairs[common]++;
            }
        }

        return pairs[..(Array.FindLastIndex(pairs, p => p > 0) + 1)];
    }
}
