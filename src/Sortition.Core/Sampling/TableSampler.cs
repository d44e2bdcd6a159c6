using Sortition.Core.Lotteries;

namespace Sortition.Core.Sampling;

/// <summary>A table that was chosen and tried out, ready to draw panels exactly uniformly.</summary>
internal sealed class TableSampler
{
    private const int MostTables = 3;
    private const int BytesOfState = 96;
    private const int TrialBatches = 4;
    private const int TrialBatch = 5_000;
    private const int EnoughHits = 20;
    private const int TrialPart = 10;
    private const double Hopeless = 100;

    private TableSampler(TableWeights weights)
    {
        Weights = weights;
    }

    public TableWeights Weights { get; }

    /// <summary>Whether every proposal is a panel and all weigh the same, so that nothing is thrown away and the total is the number of panels.</summary>
    public bool IsComplete => Weights.Tracked.IsComplete;

    /// <summary>How many proposals a panel takes, as far as the trial shows; infinite if none was accepted.</summary>
    public double ProposalsPerPanel { get; private set; } = 1;

    /// <summary>Whether there is no panel: plain counting shows it.</summary>
    public bool IsEmpty => Weights.IsEmpty;

    /// <summary>A table as it is, not tried out.</summary>
    public static TableSampler Of(TableWeights weights) => new(weights);

    /// <summary>The best table for so many draws.</summary>
    /// <param name="space">The panels.</param>
    /// <param name="draws">How many are wanted.</param>
    /// <param name="preferComplete">Whether a table that tracks everything is worth any time.</param>
    /// <param name="options">Limits.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The table; null if none fits.</returns>
    public static TableSampler? Prepare(PanelSpace space, double draws, bool preferComplete, UniformOptions options, CancellationToken cancellationToken)
    {
        double maxStates = options.MaxTableBytes / (double)BytesOfState;
        SeatModel model = new(space);
        IReadOnlyList<(TrackedRows Tracked, double Seconds)> candidates = new TablePlan(space, model, maxStates, cancellationToken).Candidates(draws);
        IEnumerable<(TrackedRows Tracked, double Seconds)> order = preferComplete ? candidates.OrderBy(c => c.Tracked.IsComplete ? 0 : 1) : candidates;
        TableSampler? best = null;
        int tried = 0;
        foreach ((TrackedRows tracked, double seconds) in order)
        {
            bool isHopeless = !tracked.IsComplete && seconds > Hopeless * TablePlan.SecondsOf(tracked, draws * options.MaxProposals);
            if (tried >= MostTables || isHopeless || (best is not null && best.SecondsFor(draws) <= 2 * seconds))
            {
                break;
            }

            tried++;
            if (SeatTable.Build(tracked, (long)maxStates, cancellationToken) is not SeatTable table)
            {
                continue;
            }

            TableSampler sampler = Of(TableFit.Fit(table, model, cancellationToken));
            if (!sampler.Weights.IsSound)
            {
                continue;
            }

            if (sampler.IsEmpty || sampler.IsComplete)
            {
                return sampler;
            }

            sampler.TryOut(draws, options, cancellationToken);
            best = best is null || sampler.SecondsFor(draws) < best.SecondsFor(draws) ? sampler : best;
        }

        return best;
    }

    /// <summary>Draws panels, each from a stream of its own.</summary>
    /// <param name="draws">How many.</param>
    /// <param name="generator">The streams.</param>
    /// <param name="options">How to compute.</param>
    /// <param name="proposals">How many proposals were made.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The members of each; null if one took more proposals than all may.</returns>
    public int[][]? Draw(int draws, SeededRandomSource generator, UniformOptions options, out long proposals, CancellationToken cancellationToken)
    {
        int[][] panels = new int[draws][];
        long made = 0;
        int done = 0;
        int failed = 0;
        Parallel.For(
            0,
            draws,
            new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = options.MaxThreads },
            () => new SeatDraw(Weights, cancellationToken),
            (i, state, draw) =>
            {
                int[]? members = DrawOne(draw, generator.Stream(i), options.MaxProposals, out long own, cancellationToken);
                Interlocked.Add(ref made, own);
                if (members is null)
                {
                    Interlocked.Exchange(ref failed, 1);
                    state.Stop();
                    return draw;
                }

                panels[i] = members;
                options.Progress?.Report(Interlocked.Increment(ref done) / (double)draws);
                return draw;
            },
            _ => { });
        proposals = made;
        return failed == 0 ? panels : null;
    }

    /// <summary>Draws one panel; null if that takes too many proposals.</summary>
    public static int[]? DrawOne(SeatDraw draw, RandomSource random, long maxProposals, out long proposals, CancellationToken cancellationToken)
    {
        draw.Use(random);
        for (proposals = 1; proposals <= maxProposals; proposals++)
        {
            if (draw.Propose(out _))
            {
                return draw.People;
            }

            if (proposals % TrialBatch == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        return null;
    }

    /// <summary>Makes proposals in batches, each from a stream of its own, and adds up what they count for.</summary>
    /// <param name="first">The number of the first batch.</param>
    /// <param name="batches">How many batches.</param>
    /// <param name="batch">How many proposals a batch has.</param>
    /// <param name="generator">The streams.</param>
    /// <param name="threads">The most threads.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public ProposalSums Propose(int first, int batches, int batch, SeededRandomSource generator, int threads, CancellationToken cancellationToken)
    {
        ProposalSums[] sums = new ProposalSums[batches];
        Parallel.For(
            0,
            batches,
            new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = threads },
            () => new SeatDraw(Weights, cancellationToken),
            (b, _, draw) =>
            {
                draw.Use(generator.Stream(first + b));
                ProposalSums own = default;
                for (int i = 0; i < batch; i++)
                {
                    bool isAccepted = draw.Propose(out double share);
                    own += new ProposalSums(1, isAccepted ? 1 : 0, share, share * share);
                }

                sums[b] = own;
                return draw;
            },
            _ => { });
        ProposalSums all = default;
        foreach (ProposalSums own in sums)
        {
            all += own;
        }

        return all;
    }

    private double SecondsFor(double draws) => TablePlan.SecondsOf(Weights.Tracked, ProposalsPerPanel * draws);

    /// <summary>Makes proposals until it is clear how many are accepted, or that too few are for so many draws.</summary>
    private void TryOut(double draws, UniformOptions options, CancellationToken cancellationToken)
    {
        double most = Math.Min(options.MaxProposals / (double)TrialPart, EnoughHits * options.MaxProposals / draws);
        SeededRandomSource generator = new("uniform panels, trial");
        ProposalSums sums = default;
        int batch = (int)Math.Clamp(options.MaxProposals / TrialPart / TrialBatches, 1, TrialBatch);
        int batches = 0;
        while (sums.Accepted < EnoughHits && sums.Proposals < most)
        {
            sums += Propose(batches, TrialBatches, batch, generator, options.MaxThreads, cancellationToken);
            batches += TrialBatches;
        }

        ProposalsPerPanel = sums.Accepted == 0 ? double.PositiveInfinity : sums.Proposals / (double)sums.Accepted;
    }
}

/// <summary>What proposals came to.</summary>
/// <param name="Proposals">How many were made.</param>
/// <param name="Accepted">How many were accepted.</param>
/// <param name="Sum">The sum of what they count for.</param>
/// <param name="Squares">The sum of its squares.</param>
internal readonly record struct ProposalSums(long Proposals, long Accepted, double Sum, double Squares)
{
    /// <summary>How many equal hits tell as much: (Σw)²/Σw².</summary>
    public double EffectiveHits => Squares > 0 ? Sum * Sum / Squares : 0;

    public static ProposalSums operator +(ProposalSums a, ProposalSums b) =>
        new(a.Proposals + b.Proposals, a.Accepted + b.Accepted, a.Sum + b.Sum, a.Squares + b.Squares);
}
