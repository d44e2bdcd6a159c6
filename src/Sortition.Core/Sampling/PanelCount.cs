using System.Numerics;
using MathNet.Numerics.Distributions;
using Sortition.Core.Lotteries;

namespace Sortition.Core.Sampling;

/// <summary>How many panels a problem has.</summary>
/// <remarks>
/// <para>Exact where a table of all counters fits into memory (dynamic programming over the people, quota by quota). Otherwise an estimate: a smaller table
/// proposes panels, and the share that keeps the other quotas gives the number, without bias, with its standard error (importance sampling, as Chen, Diaconis,
/// Holmes and Liu, JASA 100, 2005, do for tables). Where too few would be kept, a proposal is a run that begins with people drawn without quotas and enforces
/// these bit by bit, weighted by the product of the ratios on its way (annealed importance sampling, Neal, Statistics and Computing 11, 2001): without bias as
/// well, however little a run forgets, and with a standard error from independent runs.</para>
/// <para>Immutable and safe to read from any thread.</para>
/// </remarks>
/// <example>
/// <code>
/// using System.Numerics;
///
/// PanelCount count = PanelCount.Estimate(problem, seed: "count");
/// string text = count.Exact is BigInteger exact ? $"{exact} panels" : $"10^{count.Log10:0.000} panels";
/// </code>
/// </example>
public sealed class PanelCount
{
    /// <summary>
    /// With so many effective hits a mean is close enough to normal for a standard error to say what it should. As many must have been accepted: those are
    /// uniform draws, so that no part of the panels worth mentioning has been missed because it is seldom proposed.
    /// </summary>
    internal const int NormalHits = 400;

    private const double Quantile = 1.959963984540054;
    private const double Tail = 0.025;
    private const int Batch = 10_000;
    private const int BatchesPerRound = 20;
    private const double WantedHits = 2000;

    // A table that takes more than this share of the proposals allowed is slower than runs that come to a panel by degrees.
    private const double QuickShare = 0.1;

    // A step of a run takes about a tenth of the time of a proposal.
    private const int StepsPerProposal = 10;

    private PanelCount(SelectionProblem problem)
    {
        Problem = problem;
    }

    /// <summary>The problem.</summary>
    public SelectionProblem Problem { get; }

    /// <summary>The number of panels, 0 or more; null where it is only estimated.</summary>
    public BigInteger? Exact { get; private init; }

    /// <summary>
    /// The decimal logarithm of the number of panels, to the nearest double if it is exact; negative infinity for none; null where no estimate was possible.
    /// </summary>
    public double? Log10 { get; private init; }

    /// <summary>
    /// The standard error of <see cref="Log10"/>, 0 if it is exact; null where there were fewer than 400 effective or accepted hits, so that only the bounds
    /// say something.
    /// </summary>
    public double? Log10StandardError { get; private init; }

    /// <summary>
    /// The number's decimal logarithm is no lower, with 97.5 % confidence (certain if it is exact); null where nothing was hit, so that there is no lower
    /// bound.
    /// </summary>
    /// <remarks>From the standard error where there is one, else by Clopper and Pearson from the proposals that were accepted.</remarks>
    public double? Log10LowerBound { get; private init; }

    /// <summary>The number's decimal logarithm is no higher, with 97.5 % confidence (certain if it is exact). As <see cref="Log10LowerBound"/>.</summary>
    public double Log10UpperBound { get; private init; }

    /// <summary>How many hits of equal weight the estimate is worth, (Σw)²/Σw²; 0 if it is exact.</summary>
    public double EffectiveHits { get; private init; }

    /// <summary>How many proposals were made; 0 if it is exact.</summary>
    public long Proposals { get; private init; }

    /// <summary>Whether the number is known: exact, or with a standard error no larger than was asked for.</summary>
    public bool IsConclusive { get; private init; }

    /// <summary>Counts the panels.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="seed">
    /// Decides the proposals, where there are any: batch i of them uses stream i of the generator of the seed, a slash and <c>count</c>, so that the estimate
    /// does not depend on the number of threads.
    /// </param>
    /// <param name="options">Limits and progress; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The number, or what is known of it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static PanelCount Estimate(
        SelectionProblem problem, string seed, UniformOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(seed);
        options = UniformOptions.Checked(options);
        cancellationToken.ThrowIfCancellationRequested();
        PanelSpace space = new(problem);
        if (space.IsEmpty)
        {
            return Of(problem, 0);
        }

        TableSampler? sampler = TableSampler.Prepare(space, WantedHits, preferComplete: true, options, cancellationToken);
        return sampler switch
        {
            null => OfNothing(problem, SimpleBound(space), 0),
            { IsEmpty: true } => Of(problem, 0),
            { IsComplete: true } => Of(problem, sampler.Weights.ExactTotal(cancellationToken)),
            _ when sampler.ProposalsPerPanel * WantedHits <= options.MaxProposals * QuickShare => Sample(problem, sampler, seed, options, cancellationToken),
            _ => Anneal(space, seed, options, cancellationToken) ?? Sample(problem, sampler, seed, options, cancellationToken),
        };
    }

    /// <summary>By runs that come to a panel by degrees; null if they say too little.</summary>
    private static PanelCount? Anneal(PanelSpace space, string seed, UniformOptions options, CancellationToken cancellationToken)
    {
        AnnealedPanels panels = new(space, new SeatModel(space));
        if (!panels.IsSound)
        {
            return null;
        }

        double maxSteps = (double)StepsPerProposal * options.MaxProposals;
        AnnealedSums sums = panels.Run(new(seed + "/count"), new(seed + "/count, trial"), maxSteps, options, cancellationToken);
        double error = sums.Log10Error;
        return !double.IsFinite(error) ? null : new(space.Problem)
        {
            Log10 = sums.Log10Mean,
            Log10StandardError = error,
            Log10LowerBound = sums.Log10Mean - (Quantile * error),
            Log10UpperBound = sums.Log10Mean + (Quantile * error),
            EffectiveHits = sums.EffectiveHits,
            Proposals = sums.Count,
            IsConclusive = error <= options.TargetLog10Error,
        };
    }

    private static PanelCount Of(SelectionProblem problem, BigInteger number)
    {
        double log = number.IsZero ? double.NegativeInfinity : BigInteger.Log10(number);
        return new(problem) { Exact = number, Log10 = log, Log10StandardError = 0, Log10LowerBound = log, Log10UpperBound = log, IsConclusive = true };
    }

    private static PanelCount OfNothing(SelectionProblem problem, double upperBound, long proposals) =>
        new(problem) { Log10UpperBound = upperBound, Proposals = proposals };

    private static PanelCount Sample(
        SelectionProblem problem, TableSampler sampler, string seed, UniformOptions options, CancellationToken cancellationToken)
    {
        SeededRandomSource generator = new(seed + "/count");
        ProposalSums sums = default;
        int batch = (int)Math.Clamp(options.MaxProposals / BatchesPerRound, 1, Batch);
        int batches = 0;
        while (sums.Proposals < options.MaxProposals && !(Error(sums) <= options.TargetLog10Error))
        {
            sums += sampler.Propose(batches, BatchesPerRound, batch, generator, options.MaxThreads, cancellationToken);
            batches += BatchesPerRound;
            double variance = Error(sums) / options.TargetLog10Error;
            options.Progress?.Report(Math.Max(sums.Proposals / (double)options.MaxProposals, variance > 0 ? Math.Min(1, 1 / (variance * variance)) : 0));
        }

        return Of(problem, sampler.Weights, sums, options.TargetLog10Error);
    }

    private static PanelCount Of(SelectionProblem problem, TableWeights weights, ProposalSums sums, double target)
    {
        // Every panel has the product of weights at least `least`; all proposals together weigh `Log10Total`.
        double scale = weights.Log10Total - Log10Least(weights);
        if (sums.Accepted == 0 && sums.Sum == 0)
        {
            return OfNothing(problem, scale + Math.Log10(-Math.Log(Tail) / sums.Proposals), sums.Proposals);
        }

        double log = scale + Math.Log10(sums.Sum / sums.Proposals);
        double error = Error(sums);
        bool isNormal = IsNormal(sums);
        (double low, double high) = isNormal ? (log - Quantile * error, log + Quantile * error) : ClopperPearson(scale, sums);
        return new(problem)
        {
            Log10 = log,
            Log10StandardError = isNormal ? error : null,
            Log10LowerBound = double.IsFinite(low) ? low : null,
            Log10UpperBound = high,
            EffectiveHits = sums.EffectiveHits,
            Proposals = sums.Proposals,
            IsConclusive = isNormal && error <= target,
        };
    }

    private static bool IsNormal(ProposalSums sums) => sums.EffectiveHits >= NormalHits && sums.Accepted >= NormalHits;

    /// <summary>The standard error of the decimal logarithm of the mean.</summary>
    private static double Error(ProposalSums sums)
    {
        if (!IsNormal(sums))
        {
            return double.PositiveInfinity;
        }

        double n = sums.Proposals;
        double mean = sums.Sum / n;
        double variance = Math.Max(0, sums.Squares / n - mean * mean) / (n - 1);
        return Math.Sqrt(variance) / mean / Math.Log(10);
    }

    private static (double Low, double High) ClopperPearson(double scale, ProposalSums sums)
    {
        double hits = sums.Accepted;
        double misses = sums.Proposals - hits;
        double low = hits == 0 ? 0 : Beta.InvCDF(hits, misses + 1, Tail);
        double high = misses == 0 ? 1 : Beta.InvCDF(hits + 1, misses, 1 - Tail);
        return (scale + Math.Log10(low), scale + Math.Log10(high));
    }

    /// <summary>log10 of the least product of weights a panel can have.</summary>
    internal static double Log10Least(TableWeights weights)
    {
        Tilt tilt = weights.Tilt;
        double log = 0;
        for (int r = 0; r < tilt.OfRows.Length; r++)
        {
            log += tilt.LeastOfRows[r] * Math.Log10(tilt.OfRows[r]);
        }

        for (int g = 0; g < tilt.OfOthers.Length; g++)
        {
            log += tilt.LeastOfOthers[g] * Math.Log10(tilt.OfOthers[g]);
        }

        return log;
    }

    /// <summary>All ways to fill the seats whatever the quotas.</summary>
    private static double SimpleBound(PanelSpace space)
    {
        int people = space.Kinds.Sum(k => k.Members.Length);
        double log = 0;
        for (int i = 0; i < space.Seats; i++)
        {
            log += Math.Log10((people - i) / (i + 1.0));
        }

        return log;
    }
}
