using System.Numerics;
using Sortition.Core.Engine.Mixing;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;

namespace Sortition.Core.Ballots;

/// <summary>
/// Mixes a lottery: puts many more panels into it, in which people have changed places, while everybody keeps the same chance. For a panel that is drawn from
/// the lottery itself; ballots are mixed when they are made (<see cref="BallotRounding"/>).
/// </summary>
/// <remarks>
/// <para>Many lotteries give the same chances, and a search ends at one of few panels, on which the same people meet again and again and some features go hand
/// in hand. So the lottery is rounded to ballots of its own panels, and these are mixed by the exchange. What comes of it, by types of people, each ballot
/// alike, is put together with the panels that were found, which keep a fiftieth. Then all are weighted anew, as little as can be, so that everybody has the
/// chance of before.</para>
/// <para>Chances stay to the last digits of 2⁻⁶² that the proof does not look at, so what the certificate says stays true. Where it does not come out, the
/// lottery stays.</para>
/// <para>It depends on nothing but the lottery: its random choices are seeded with <see cref="Seed"/>.</para>
/// </remarks>
public sealed class LotteryMixing
{
    /// <summary>The text by which the exchange is seeded, the same for every lottery, so that nobody has a choice of it.</summary>
    public const string Seed = "sortition-lottery-mixing/1";

    /// <summary>
    /// The most people of a pool that is mixed. In larger ones types have so many members that hardly any two people meet again, and mixing would take longer
    /// than the lottery.
    /// </summary>
    public const int MaxPeople = 50_000;

    private const int LeastBallots = 1_000;
    private const int BallotsPerPanel = 2;
    private const double ShareOfFound = 0.02;

    private LotteryMixing(PanelLottery lottery, int found, bool isMixed) => (Lottery, PanelsFound, IsMixed) = (lottery, found, isMixed);

    /// <summary>The mixed lottery; the one that was given, if nothing could be done.</summary>
    public PanelLottery Lottery { get; }

    /// <summary>How many panels by type the lottery that was given has.</summary>
    public int PanelsFound { get; }

    /// <summary>
    /// Whether the lottery is mixed: runs of the exchange from different starts agreed, and what came of them could be weighted so that chances stay. If false,
    /// it is mixed only in part, or not at all; other lotteries with the same chances may look otherwise.
    /// </summary>
    public bool IsMixed { get; }

    /// <summary>Mixes a lottery.</summary>
    /// <param name="lottery">The lottery.</param>
    /// <param name="options">Threads and progress; null for the defaults. The result does not depend on them.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The mixed lottery, with the certificate of before, and how far mixing got.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <example>
    /// <code>
    /// LotteryMixing mixing = LotteryMixing.Run(lottery);
    /// Panel panel = mixing.Lottery.Draw(RandomSource.Secure());
    /// Console.WriteLine($"{mixing.PanelsFound} panels were mixed into {mixing.Lottery.Panels.Count}; mixed: {mixing.IsMixed}");
    /// </code>
    /// </example>
    public static LotteryMixing Run(PanelLottery lottery, ComputeOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lottery);
        options = ComputeOptions.Checked(options);
        SelectionProblem problem = lottery.Problem;
        if (problem.People.Count > MaxPeople)
        {
            return new LotteryMixing(lottery, lottery.Panels.Count, isMixed: false);
        }

        RandomSource random = RandomSource.Seeded(Seed);
        int count = Math.Clamp(BallotsPerPanel * lottery.Panels.Count, LeastBallots, BallotRounding.MaxCount);

        // Ballots of the lottery's own panels, so that all are on the face of the best lotteries, which no exchange leaves.
        PanelTable rounded = DependentRounding.Round(lottery, count, random);
        (IReadOnlyList<IReadOnlyList<int>> ballots, BallotMixing mixing) = BallotExchange.Run(
            problem,
            [.. rounded.Rows.Select(r => r.Panel.Members)],
            random,
            options.MaxThreads,
            options.Progress is { } progress ? progress.Report : null,
            cancellationToken);
        SortedDictionary<TypeSeats[], double> start = Together(lottery, ballots);
        bool hasNew = start.Count > lottery.Panels.Count;
        PanelLottery? mixed = hasNew ? Reweighted(lottery, start, cancellationToken) : null;
        return new LotteryMixing(mixed ?? lottery, lottery.Panels.Count, mixing.IsMixed == true && (mixed is not null || !hasNew));
    }

    /// <summary>All panels by type of some ballots and of the lottery, with their shares.</summary>
    private static SortedDictionary<TypeSeats[], double> Together(PanelLottery lottery, IReadOnlyList<IReadOnlyList<int>> ballots)
    {
        SortedDictionary<TypeSeats[], double> shares = new(Comparer<TypeSeats[]>.Create(LotteryWeights.Compare));
        foreach (IReadOnlyList<int> members in ballots)
        {
            IEnumerable<TypeSeats> seats = members.GroupBy(lottery.Problem.TypeOf).Select(g => new TypeSeats(g.Key, g.Count()));
            Add([.. seats.OrderBy(s => s.Type)], (1 - ShareOfFound) / ballots.Count);
        }

        foreach (PanelComposition panel in lottery.Panels)
        {
            Add([.. panel.Seats], ShareOfFound * panel.Probability);
        }

        return shares;

        void Add(TypeSeats[] panel, double share) => shares[panel] = shares.GetValueOrDefault(panel) + share;
    }

    /// <summary>The lottery of these panels that is nearest to their shares and has the chances of another lottery; null if none is found.</summary>
    private static PanelLottery? Reweighted(PanelLottery lottery, SortedDictionary<TypeSeats[], double> shares, CancellationToken cancellationToken)
    {
        SelectionProblem problem = lottery.Problem;
        int[] people = People(problem);
        Fraction?[] seats =
            [.. Enumerable.Range(0, people.Length).Select(t => (Fraction?)new Fraction((BigInteger)lottery.SeatWeightOfType(t), PanelLottery.WeightTotal))];
        TypeSeats[][] panels = [.. shares.Keys];
        double[] target = Array.ConvertAll(seats, s => s!.Value.ToDouble());
        if (Realisation.Solve(panels, [.. shares.Values], target, cancellationToken, out _) is not { } probabilities
            || ExactMix.RefineInProportion(LotteryWeights.Of(panels, probabilities), people, seats, cancellationToken) is not { } mixed)
        {
            return null;
        }

        PanelLottery result = new(problem, mixed, lottery.Uncovered, lottery.Certificate);
        return KeepsProof(lottery, result) ? result : null;
    }

    /// <summary>
    /// Whether chances have hardly moved: a proof lets those of R panels miss a fraction by R units of 2⁻⁶², so with more panels they may miss it by more.
    /// </summary>
    private static bool KeepsProof(PanelLottery before, PanelLottery after)
    {
        int more = after.Panels.Count - before.Panels.Count;
        int[] people = People(before.Problem);
        return Enumerable.Range(0, people.Length)
            .All(t => Int128.Abs(after.SeatWeightOfType(t) - before.SeatWeightOfType(t)) <= (Int128)more * people[t]);
    }

    private static int[] People(SelectionProblem problem) => Array.ConvertAll(problem.TypeTable.Types, t => t.Members.Count);
}
