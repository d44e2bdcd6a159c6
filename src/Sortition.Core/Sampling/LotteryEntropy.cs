using Sortition.Core.Lotteries;

namespace Sortition.Core.Sampling;

/// <summary>How random a lottery is, and how random any lottery with the same chances can be at most.</summary>
/// <remarks>
/// <para>Entropy is −Σ p·ln p over panels of people, each with its probability p: e to it is how many equally likely panels leave as much to chance. Many
/// lotteries have the same chances, and the search for one ends at few panels.</para>
/// <para>The bound is that of maximum entropy by duality: with a number θᵢ for each person, Z(θ) the sum over all panels of exp(Σ θᵢ) over their members, and
/// everybody's chance πᵢ, no lottery with these chances has more entropy than ln Z(θ) − Σ θᵢ·πᵢ, whatever θ is (Jaynes 1957; uniform and maximum-entropy
/// sortition: arXiv 2604.02712). Z is counted by dynamic programming over as many quotas as fit into memory; leaving quotas out only makes it larger, so the
/// bound is right all the same. A quota that every panel of the lottery just reaches is just reached under all lotteries with the same chances.</para>
/// <para>Immutable and safe to read from any thread.</para>
/// </remarks>
/// <example>
/// <code>
/// using Sortition.Core.Sampling;
///
/// LotteryEntropy entropy = LotteryEntropy.Compute(lottery);
/// Console.WriteLine($"{entropy.Entropy:0.0}; no lottery with these chances has more than {entropy.UpperBound:0.0}");
/// </code>
/// </example>
public sealed class LotteryEntropy
{
    private const string Seed = "sortition-lottery-entropy/1";
    private const int BytesOfState = 96;
    private const int MostTables = 3;
    private const int Batch = 1_000;

    // Kinds of people times seats squared: about a second for a round of fitting.
    private const double LargestCells = 1e8;

    // Sums of many logarithms, each right to the last digit but one.
    private const double Rounding = 1e-11;

    private LotteryEntropy(PanelLottery lottery) => Lottery = lottery;

    /// <summary>The lottery.</summary>
    public PanelLottery Lottery { get; }

    /// <summary>The lottery's entropy, in natural units, 0 or more: of the panel by type, and of who of each type sits.</summary>
    public double Entropy { get; private init; }

    /// <summary>No lottery with the same chances has more entropy. For certain, no chance being involved.</summary>
    public double UpperBound { get; private init; }

    /// <summary>
    /// What the bound comes to if all quotas count: estimated from random choices of people, with <see cref="StandardError"/>; the same as
    /// <see cref="UpperBound"/> where all rules were counted. Null where too few choices kept the quotas.
    /// </summary>
    /// <remarks>Households are left out where they do not fit; what is estimated is then still a bound.</remarks>
    public double? EstimatedUpperBound { get; private init; }

    /// <summary>The standard error of <see cref="EstimatedUpperBound"/>; 0 where all rules were counted.</summary>
    public double? StandardError { get; private init; }

    /// <summary>Whether all quotas and households were counted, so that the bound is as low as its θ allows.</summary>
    public bool IsExact { get; private init; }

    /// <summary>Computes a lottery's entropy, and the bound.</summary>
    /// <param name="lottery">The lottery.</param>
    /// <param name="options">
    /// Limits; null for the defaults. <see cref="UniformOptions.MaxTableBytes"/> decides how many quotas are counted, and
    /// <see cref="UniformOptions.MaxProposals"/> and <see cref="UniformOptions.TargetLog10Error"/> how long is estimated. One thread is used.
    /// </param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Both. The same lottery and options give the same.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static LotteryEntropy Compute(PanelLottery lottery, UniformOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lottery);
        options = UniformOptions.Checked(options);
        double entropy = EntropyOf(lottery);

        // Everybody in or out as if independently: nothing is counted at all.
        double independent = Enumerable.Range(0, lottery.Problem.People.Count).Sum(i => OfOne(lottery.ProbabilityOf(i)));
        EntropyTable? table = Table(lottery, options, cancellationToken);
        table?.Fit(cancellationToken);
        double bound = Math.Min(independent, table?.Bound ?? double.PositiveInfinity);
        bound = Math.Max(entropy, bound + (Rounding * bound));
        bool isOfTable = table?.Bound <= independent;
        bool isExact = isOfTable && table!.IsComplete;
        (double? share, double? error) = isExact ? (1, 0) : isOfTable ? Share(table!, options, cancellationToken) : (null, null);
        return new LotteryEntropy(lottery)
        {
            Entropy = entropy,
            UpperBound = bound,
            EstimatedUpperBound = share is double kept ? Math.Max(entropy, bound + Math.Log(kept)) : null,
            StandardError = error,
            IsExact = isExact,
        };
    }

    private static double EntropyOf(PanelLottery lottery) =>
        lottery.Panels.Sum(p => p.Probability * (PeopleOfTypes.LogWays(lottery.Problem, p.Seats) - Math.Log(p.Probability)));

    private static double OfOne(double chance) => chance is <= 0 or >= 1 ? 0 : -(chance * Math.Log(chance)) - ((1 - chance) * Math.Log(1 - chance));

    /// <summary>A table of the quotas whose loss would cost most, as far as memory goes; null if none fits.</summary>
    private static EntropyTable? Table(PanelLottery lottery, UniformOptions options, CancellationToken cancellationToken)
    {
        PanelSpace space = new(OnFace(lottery));
        if ((double)space.Kinds.Length * space.Seats * space.Seats > LargestCells)
        {
            return null;
        }

        double maxStates = options.MaxTableBytes / (double)BytesOfState;
        SeatModel model = new(space);
        IEnumerable<TrackedRows> candidates = new TablePlan(space, model, maxStates, cancellationToken).Candidates(1)
            .Select(c => c.Tracked)
            .OrderBy(t => t.IsComplete ? 0 : 1)
            .ThenByDescending(t => t.Untracked.Sum(model.LogAcceptance));
        foreach (TrackedRows tracked in candidates.Take(MostTables))
        {
            if (SeatTable.Build(tracked, (long)maxStates, cancellationToken) is SeatTable table)
            {
                return new EntropyTable(table, [.. tracked.Kinds.Select(k => k.Members.Sum(lottery.ProbabilityOf))]);
            }
        }

        return null;
    }

    /// <summary>The problem with quotas that are just reached by every panel of the lottery made exact.</summary>
    private static SelectionProblem OnFace(PanelLottery lottery)
    {
        SelectionProblem problem = lottery.Problem;
        (int Min, int Max)[] reached = [.. problem.Quotas.Select(_ => (int.MaxValue, int.MinValue))];
        foreach (PanelComposition panel in lottery.Panels)
        {
            int[] counts = new int[reached.Length];
            foreach ((int type, int seats) in panel.Seats)
            {
                foreach (int q in problem.QuotasOf[problem.TypeTable.Types[type].Members[0]])
                {
                    counts[q] += seats;
                }
            }

            for (int q = 0; q < counts.Length; q++)
            {
                reached[q] = (Math.Min(reached[q].Min, counts[q]), Math.Max(reached[q].Max, counts[q]));
            }
        }

        Quota[] quotas = [.. problem.Quotas.Select(Exact)];
        return new SelectionProblem(problem.PanelSize, problem.Features, quotas, problem.People, problem.HouseholdLimit, problem.Warnings);

        Quota Exact(Quota quota, int q) => reached[q] is (int min, int max) && min == max && (min == quota.Min || min == quota.Max)
            ? new Quota(quota.Condition, min, min, quota.MinFlex, quota.MaxFlex)
            : quota;
    }

    /// <summary>Which share of random choices keeps the quotas that the table leaves out, and its relative standard error.</summary>
    private static (double? Share, double? Error) Share(EntropyTable table, UniformOptions options, CancellationToken cancellationToken)
    {
        RandomSource random = RandomSource.Seeded(Seed);
        double target = options.TargetLog10Error * Math.Log(10);
        long made = 0;
        long kept = 0;
        while (made < options.MaxProposals && (kept < PanelCount.NormalHits || Error() > target))
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int i = 0; i < Batch && made < options.MaxProposals; i++)
            {
                kept += table.Walk(random) ? 1 : 0;
                made++;
            }
        }

        return kept >= PanelCount.NormalHits ? (kept / (double)made, Error()) : (null, null);

        double Error() => Math.Sqrt((1 - (kept / (double)made)) / kept);
    }
}
