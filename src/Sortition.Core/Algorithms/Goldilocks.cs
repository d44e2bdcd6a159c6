using System.Globalization;
using Sortition.Core.Engine;
using Sortition.Core.Engine.OrTools;
using Sortition.Core.Engine.Polytope;
using Sortition.Core.Engine.Proof;
using Sortition.Core.Engine.Relaxation;
using Sortition.Core.Engine.Search;
using Sortition.Core.Lotteries;

namespace Sortition.Core.Algorithms;

/// <summary>The lottery that keeps the lowest selection probability from being too low and the highest from being too high, both at once.</summary>
/// <remarks>
/// <para>min (n/k)·max π + γ·(k/n)/min π over the n people who can be on a panel at all (Baharav, Flanigan, Fair, Manipulation-Robust, and Transparent
/// Sortition, EC 2024). The value is at least 1 + γ, and is that where everybody has the same chance. Among the lotteries that are best for it, this one is
/// leximin wherever the relaxation over types can be realised, which is nearly always.</para>
/// <para>Immutable; safe to use from any number of threads at once. A run without a time limit gives the same lottery every time.</para>
/// </remarks>
public sealed class Goldilocks : ILotteryAlgorithm
{
    /// <summary>The smallest γ.</summary>
    public const double MinGamma = 1e-3;

    /// <summary>The largest γ.</summary>
    public const double MaxGamma = 1e6;

    /// <summary>Fixes what a low chance counts against a high one.</summary>
    /// <param name="gamma">
    /// γ, from <see cref="MinGamma"/> to <see cref="MaxGamma"/>; 1 by default. The larger, the more the lowest chance counts. <see cref="GammaFromQuotas"/> and
    /// <see cref="GammaFromLotteries"/> make it to measure, so that the highest and the lowest chance that a pool allows at best count about the same; both are
    /// choices of the authors.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// γ is out of range. Beyond it one of the two chances counts for less than floating-point numbers can tell.
    /// </exception>
    public Goldilocks(double gamma = 1)
    {
        if (!(gamma >= MinGamma && gamma <= MaxGamma))
        {
            throw new ArgumentOutOfRangeException(
                nameof(gamma), gamma, string.Create(CultureInfo.InvariantCulture, $"γ is a number from {MinGamma} to {MaxGamma}."));
        }

        Gamma = gamma;
        Objective = new GoldilocksObjective(gamma);
    }

    /// <summary>γ.</summary>
    public double Gamma { get; }

    /// <inheritdoc/>
    public Objective Objective { get; }

    /// <inheritdoc/>
    public SolveResult Solve(SelectionProblem problem, SolveOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return LotteryRun.Solve(o => new SpreadRun(problem, o, Objective), options, cancellationToken);
    }

    /// <summary>
    /// γ from the chances that are possible at best: (n/k)²·(lowest chance of maximin)·(highest chance of minimax), with n covered people and k seats.
    /// </summary>
    /// <param name="maximin">A lottery whose lowest chance is as high as can be: one of <see cref="Maximin"/> or <see cref="Leximin"/>.</param>
    /// <param name="minimax">A lottery whose highest chance is as low as can be: one of <see cref="Minimax"/>.</param>
    /// <returns>γ. As good as the lotteries are: an unproven one gives another γ.</returns>
    /// <exception cref="ArgumentException">The lotteries are of different problems.</exception>
    public static double GammaFromLotteries(PanelLottery maximin, PanelLottery minimax)
    {
        ArgumentNullException.ThrowIfNull(maximin);
        ArgumentNullException.ThrowIfNull(minimax);
        if (!maximin.Problem.Equals(minimax.Problem))
        {
            throw new ArgumentException("The lotteries are of different problems.", nameof(minimax));
        }

        LotteryMetrics metrics = LotteryMetrics.Compute(maximin);
        double peoplePerSeat = metrics.Covered / (double)maximin.Problem.PanelSize;
        return peoplePerSeat * peoplePerSeat * metrics.MinProbability * LotteryMetrics.Compute(minimax).MaxProbability;
    }

    /// <summary>
    /// γ from the quotas alone: the lowest times the highest r, where r of a feature value is the middle of its quota as a share of the panel, divided by its
    /// share of the pool, ((l+u)/2k)/(n_fv/n). Values whose maximum is 0, or that nobody in the pool has, do not count, nor do quotas on several features at
    /// once, nor people who must be out.
    /// </summary>
    /// <param name="problem">The problem.</param>
    /// <returns>γ; 1 where there are no such quotas.</returns>
    public static double GammaFromQuotas(SelectionProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        Person[] pool = [.. problem.People.Where(p => p.Status != PersonStatus.MustBeOut)];
        double lowest = double.PositiveInfinity;
        double highest = 0;
        foreach (Quota quota in problem.Quotas.Where(q => q.Condition.Count == 1 && q.Max > 0))
        {
            int people = pool.Count(p => problem.Matches(p, quota));
            if (people > 0)
            {
                double wanted = ((double)quota.Min + quota.Max) / (2.0 * problem.PanelSize);
                double ratio = wanted * pool.Length / people;
                (lowest, highest) = (Math.Min(lowest, ratio), Math.Max(highest, ratio));
            }
        }

        return highest > 0 ? lowest * highest : 1;
    }
}

/// <summary>
/// (n/k)·H + γ·(k/n)/L of the highest chance H and the lowest L. With weights B − A that no panel exceeds by more than −m, ΣA·π − ΣB·π ≥ m for every lottery;
/// ΣA·π ≤ ΣA·H and ΣB·π ≥ ΣB·L (over people), so that H ≥ (m + L·ΣB)/ΣA. What is minimised is then at least (n/k)·(m + L·ΣB)/ΣA + γ·(k/n)/L, whose least value
/// over all L is (n/k)·m/ΣA + 2·√(γ·ΣB/ΣA).
/// </summary>
internal sealed class GoldilocksObjective(double? gamma) : Objective("goldilocks", gamma)
{
    public override (double Min, double Max)? ParameterRange => (Goldilocks.MinGamma, Goldilocks.MaxGamma);

    public override bool IsMaximized => false;

    public override bool IsKnown => true;

    public override ExplainedValue Explains => ExplainedValue.GoldilocksValue;

    internal override bool HasCapWeights => true;

    internal override double ProvenGap => 1e-7;

    private double Gamma => Parameter ?? 1;

    public override (double Lower, double Upper) RangeOf(SelectionProblem problem) => (1 + Gamma, double.PositiveInfinity);

    public override bool IsInformative(double value, double bound) => double.IsFinite(value);

    public override double ValueOf(ReadOnlySpan<double> chances, CoveredPeople people)
    {
        (double lowest, double highest) = people.Extremes(chances);
        return (people.Total / people.PanelSize * highest) + (Gamma * people.PanelSize / people.Total / lowest);
    }

    internal override int Compare(ReachedChances first, ReachedChances second)
    {
        return ExactValue(second).CompareTo(ExactValue(first));

        Fraction ExactValue(ReachedChances chances)
        {
            Fraction perSeat = new((long)chances.Served.Total, chances.Served.PanelSize);
            return (perSeat * chances.Highest) + (Fraction.Of(Gamma) / (perSeat * chances.LowestBy(_ => 1)));
        }
    }

    internal override double BoundOf(WeightClaim claim, double limit, CoveredPeople people)
    {
        double caps = people.Sum(t => claim.CapWeights[t]);
        return caps > 0 ? (people.Total / people.PanelSize * -limit / caps) + (2 * Math.Sqrt(Gamma * people.Sum(t => claim.Weights[t]) / caps)) : 0;
    }
}

/// <summary>One computation of a lottery that holds high chances down: minimax, or Goldilocks with γ above 0.</summary>
/// <remarks>
/// The objective leaves open who has how much between the extremes; where it can, the run makes that leximin, so that nobody has less than need be.
/// </remarks>
internal sealed class SpreadRun(SelectionProblem problem, SolveOptions options, Objective objective) : LotteryRun(problem, options, objective)
{
    /// <summary>γ; 0 for minimax, where low chances do not count.</summary>
    private double Gamma => Objective.ParameterRange is null ? 0 : Objective.Parameter!.Value;

    protected override PanelLottery Best(CancellationToken cancellationToken)
    {
        RelaxedRegion region = new(Polytope, Covered);
        using LinearProgram program = new();
        SpreadProgram relaxed = SpreadProgram.Solve(Polytope, Covered, Gamma, region, program, cancellationToken);
        Bound = relaxed.Bound * (Gamma > 0 ? 1 : PanelSize / People.Total);
        double[] caps = [.. Polytope.Upper.Select(n => Math.Min(n, n * relaxed.Highest * (1 + Tolerances.HighestChance)))];
        RelaxedLeximin target = RelaxedLeximin.Solve(Polytope, Covered, PeopleOfTypes, caps, cancellationToken);
        (double[] Rows, double[] Households) prices = region.Prices(program);
        if (Realise(target.Target, cancellationToken) is { } lottery)
        {
            WeightClaim claim = Confirm(lottery, relaxed, prices, out _, cancellationToken);
            if (claim.Gap <= Objective.ProvenGap)
            {
                return Finish(lottery, claim, cancellationToken);
            }
        }

        return ByPanels(relaxed, prices, cancellationToken);
    }

    protected override double[] QuickMix(CancellationToken cancellationToken)
    {
        MixRegion region = new(Panels.Items, Covered);
        using LinearProgram program = new();
        SpreadProgram.Solve(Polytope, Covered, Gamma, region, program, cancellationToken);
        return region.Probabilities(program);
    }

    private PanelLottery ByPanels(SpreadProgram relaxed, (double[] Rows, double[] Households) prices, CancellationToken cancellationToken)
    {
        bool isReached = false;
        PanelSearch search = new(Polytope);
        while (true)
        {
            Report(SolvePhase.Panels);
            MixRegion region = new(Panels.Items, Covered);
            using LinearProgram program = new();
            SpreadProgram mix = SpreadProgram.Solve(Polytope, Covered, Gamma, region, program, cancellationToken);
            IReadOnlyList<PanelComposition> lottery = LotteryWeights.Of(Panels.Items, region.Probabilities(program));
            Value = ValueOf(lottery);
            Keep(lottery);
            if (!isReached && Value <= Bound * (1 + (Objective.ProvenGap / 2)))
            {
                // The relaxation is tight after all: its prices prove more quickly than a search for a heavier panel.
                isReached = true;
                WeightClaim quick = Confirm(lottery, relaxed, prices, out _, cancellationToken);
                if (quick.Gap <= Objective.ProvenGap)
                {
                    return Finish(lottery, quick, cancellationToken);
                }
            }

            double[] weights = [.. mix.Weights.Zip(mix.CapWeights, (w, c) => w - c)];
            double reached = lottery.Sum(p => p.Probability * p.Seats.Sum(s => weights[s.Type] * s.Seats));
            if (FindHeavier(search, weights, reached + (Math.Abs(reached) * Objective.ProvenGap / 10), long.MaxValue, cancellationToken))
            {
                continue;
            }

            WeightClaim claim = Confirm(lottery, mix, null, out int[]? heavier, cancellationToken);
            if (claim.Gap <= Objective.ProvenGap || heavier is null || !Panels.Add(heavier))
            {
                return Finish(lottery, claim, cancellationToken);
            }
        }
    }

    /// <summary>The claim by some duals, with the smallest gap that whole numbers give.</summary>
    private WeightClaim Confirm(
        IReadOnlyList<PanelComposition> lottery,
        SpreadProgram duals,
        (double[] Rows, double[] Households)? prices,
        out int[]? heavier,
        CancellationToken cancellationToken)
    {
        Value = ValueOf(lottery);
        Report(SolvePhase.Certificate);
        int types = Polytope.TypeCount;
        double[] all = [.. duals.Weights, .. duals.CapWeights, .. prices?.Rows ?? [], .. prices?.Households ?? []];
        WeightClaim? best = null;
        heavier = null;
        foreach (long[] numbers in new[] { Gamma > 0 ? null : IntegerWeights.Small(all), IntegerWeights.Fine(all, WeightCertifier.FineSize) }.OfType<long[]>())
        {
            long[] weights = numbers[..types];
            long[] capWeights = numbers[types..(2 * types)];
            long[] net = [.. weights.Zip(capWeights, (w, c) => w - c)];
            int rows = Polytope.Rows.Count;
            PriceList? list = prices is null ? null : new PriceList(numbers[(2 * types)..((2 * types) + rows)], numbers[((2 * types) + rows)..]);
            double expected = (double)WeightCertifier.ExpectedWeight(lottery, net) / PanelLottery.WeightTotal;
            double tolerance = Objective.ProvenGap / 2 * Total(capWeights) * PanelSize / People.Total * (Gamma > 0 ? Value : Value * People.Total / PanelSize);
            Confirmation confirmed = WeightCertifier.Confirm(Polytope, Covered, net, list, (long)Math.Floor(expected + tolerance), cancellationToken);
            heavier = confirmed.HeavierPanel;
            WeightClaim claim = ClaimOf(weights, capWeights, confirmed);
            best = best is null || claim.Gap < best.Gap ? claim : best;
            if (best.Gap <= Objective.ProvenGap)
            {
                break;
            }
        }

        return best!;
    }

    private double Total(long[] weights) => People.Sum(t => weights[t]);
}
