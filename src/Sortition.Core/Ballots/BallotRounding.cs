using Sortition.Core.Engine.Polytope;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;

namespace Sortition.Core.Ballots;

/// <summary>Rounds a lottery to M equally likely ballots so that everybody's chance stays as near as can be to what it is in the lottery.</summary>
/// <remarks>
/// <para>With M ballots a chance is a whole number of M-ths. Wanted is that nobody is further than one ballot from the ideal, with ⌊M·π_i⌋ or ⌈M·π_i⌉ ballots;
/// then the lowest number of ballots is ⌊M·lowest chance⌋, and where the lottery is maximin or leximin no M ballots can have a higher one. Among such roundings
/// one is sought that is near in the sum of squares. It is a local search with new panels, and nearly always gets there; what it got is told exactly by
/// <see cref="RoundingError"/>. Nothing in the literature guarantees as much: Flanigan, Kehne, Procaccia, Fair Sortition Made Transparent, NeurIPS 2021, bound
/// the distance by k/M and by √((1+ln 2/ln T)/2)·√(T·ln T)/M + 1/M for T types.</para>
/// <para>Then the ballots are mixed: people change places between them, as the rules allow, until it no longer matters who sat with whom in the panels that the
/// search happened to find. Nobody's number of ballots changes. <see cref="BallotMixing"/> says how far that got.</para>
/// <para>Last, they are numbered so that everybody's ballots are spread over the digits of each place: where balls are drawn digit by digit, a ball that is
/// missing then changes nobody's chance by much (<see cref="RoundingError.MaxChangeByOneBall"/>).</para>
/// <para>Other than <see cref="DependentRounding"/>, which rounds at random so that the expected chance is exactly that of the lottery.</para>
/// </remarks>
public static class BallotRounding
{
    /// <summary>The most ballots.</summary>
    public const int MaxCount = 1_000_000;

    private const double ShareOfSearch = 0.6;

    /// <summary>Rounds a lottery.</summary>
    /// <param name="lottery">The lottery.</param>
    /// <param name="count">M, 1..<see cref="MaxCount"/>; 1000 lets three drawn digits decide.</param>
    /// <param name="random">
    /// Decides who of people with the same chance gets the odd ballot, who sits with whom, and in which order the ballots stand; nothing else depends on it.
    /// </param>
    /// <param name="options">Threads and progress; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>M rows of weight 1, each a panel that meets all quotas. For one lottery and one state of <paramref name="random"/> always the same.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <example>
    /// <code>
    /// PanelTable ballots = BallotRounding.Round(lottery, 1000, RandomSource.Seeded(seed));   // ballot 000 is ballots.Rows[0]
    /// RoundingError error = RoundingError.Compute(lottery, ballots);
    /// Console.WriteLine($"nobody's chance moved by more than {error.MaxDeviation:P3}; within one ballot: {error.IsWithinOneBallot}");
    /// </code>
    /// </example>
    public static PanelTable Round(
        PanelLottery lottery, int count, RandomSource random, ComputeOptions? options = null, CancellationToken cancellationToken = default) =>
        RoundWithMixing(lottery, count, random, out _, options, cancellationToken);

    /// <summary>Rounds a lottery, and says how mixed the ballots are.</summary>
    /// <param name="lottery">The lottery.</param>
    /// <param name="count">M, 1..<see cref="MaxCount"/>; 1000 lets three drawn digits decide.</param>
    /// <param name="random">
    /// Decides who of people with the same chance gets the odd ballot, who sits with whom, and in which order the ballots stand; nothing else depends on it.
    /// </param>
    /// <param name="mixing">How mixed the ballots are.</param>
    /// <param name="options">Threads and progress; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>M rows of weight 1, each a panel that meets all quotas. For one lottery and one state of <paramref name="random"/> always the same.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static PanelTable RoundWithMixing(
        PanelLottery lottery,
        int count,
        RandomSource random,
        out BallotMixing mixing,
        ComputeOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lottery);
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaxCount);
        options = ComputeOptions.Checked(options);
        SelectionProblem problem = lottery.Problem;
        IReadOnlyList<int[]> panels = BallotRounder.Round(problem, lottery.Panels, count, options.MaxThreads, Report(0, ShareOfSearch), cancellationToken);
        PanelCollection different = new();
        foreach (int[] panel in panels)
        {
            different.Add(panel);
        }

        PanelTable table = Seating.Ballots(
            problem, [.. different.Items.Zip(different.Counts, (seats, copies) => ((IReadOnlyList<TypeSeats>)seats, copies))], random);
        (IReadOnlyList<IReadOnlyList<int>> ballots, mixing) = BallotExchange.Run(
            problem, [.. table.Rows.Select(r => r.Panel.Members)], random, options.MaxThreads, Report(ShareOfSearch, 1), cancellationToken);
        WeightedPanel[] rows = [.. ballots.Select(members => new WeightedPanel(new Panel(problem, [.. members]), 1))];
        random.Shuffle(rows, rows.Length);
        int[] order = BallotNumbering.Order([.. rows.Select(r => r.Panel.Members)], problem.People.Count, random, cancellationToken);
        return new PanelTable(problem, [.. order.Select(b => rows[b])]);

        Action<double>? Report(double from, double to) => options.Progress is { } progress ? done => progress.Report(from + (done * (to - from))) : null;
    }
}
