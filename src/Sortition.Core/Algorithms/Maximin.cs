using System.Numerics;
using Sortition.Core.Engine.Mixing;
using Sortition.Core.Engine.Polytope;
using Sortition.Core.Engine.Proof;
using Sortition.Core.Engine.Relaxation;
using Sortition.Core.Engine.Search;
using Sortition.Core.Lotteries;

namespace Sortition.Core.Algorithms;

/// <summary>The lottery whose lowest selection probability is as high as any lottery's: the person worst off could not be given more.</summary>
/// <remarks>
/// <para>max z with π_i ≥ z for everyone who can be on a panel at all (Flanigan, Gölz, Gupta, Hennig, Procaccia, Fair algorithms for selecting citizens'
/// assemblies, Nature 2021). Only the lowest chance is decided by the objective: above it, chances may differ between people whom leximin would treat
/// alike.</para>
/// <para>Stateless; safe to use from any number of threads at once. A run without a time limit gives the same lottery every time.</para>
/// </remarks>
public sealed class Maximin : ILotteryAlgorithm
{
    /// <inheritdoc/>
    public Objective Objective { get; } = new MaximinObjective();

    /// <inheritdoc/>
    public SolveResult Solve(SelectionProblem problem, SolveOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return LotteryRun.Solve(o => new MaximinRun(problem, o, Objective), options, cancellationToken);
    }
}

/// <summary>
/// The lowest chance. With weights w ≥ 0 of sum W over all covered people, of which no panel has more than a limit, no lottery gives everybody more than
/// limit/W.
/// </summary>
internal sealed class MaximinObjective(double? parameter = null) : Objective("maximin", parameter)
{
    public override bool IsKnown => true;

    public override ExplainedValue Explains => ExplainedValue.LowestChance;

    internal override bool BoundsLowestChance => true;

    public override double ValueOf(ReadOnlySpan<double> chances, CoveredPeople people) => people.Extremes(chances).Lowest;

    internal override int Compare(ReachedChances first, ReachedChances second) => first.LowestBy(_ => 1).CompareTo(second.LowestBy(_ => 1));

    internal override double BoundOf(WeightClaim claim, double limit, CoveredPeople people)
    {
        double weights = people.Sum(t => claim.Weights[t]);
        return weights > 0 ? Math.Min(1, limit / weights) : 1;
    }

    internal override Fraction? ExactBoundOf(WeightClaim claim, CoveredPeople people)
    {
        BigInteger weights = people.ExactSum(claim.Weights);
        return weights > claim.Limit ? new Fraction(claim.Limit, weights) : (Fraction)1L;
    }
}

/// <summary>One computation of a maximin lottery.</summary>
internal sealed class MaximinRun(SelectionProblem problem, SolveOptions options, Objective objective) : LotteryRun(problem, options, objective)
{
    private const long NodesOnFace = 2_000;
    private const double HerdedPerType = 1.3;
    private const int SparePanels = 30;

    // With more types at the lowest value, a mix that gives all types what leximin does is found more quickly than one by a linear program.
    private const int MostByProgram = 400;

    protected override PanelLottery Best(CancellationToken cancellationToken)
    {
        RelaxedLeximin relaxed = RelaxedLeximin.SolveLowest(Polytope, Covered, cancellationToken);
        RelaxedStage? proof = relaxed.Stages.Count > 0 ? relaxed.Stages[0] : null;
        Bound = relaxed.Value;
        if (KeepsBest && proof is not null)
        {
            // Whatever a time limit leaves then states its bound with a proof.
            _ = ClaimOf(proof.Weights, [], WeightCertifier.Confirm(Polytope, Covered, proof.Weights, proof.Prices, long.MaxValue, cancellationToken));
        }

        // Where the relaxation is tight, and it nearly always is, every panel of an optimal lottery lies on this face.
        PanelSearch NewFace() => proof is null ? new Face(Polytope, relaxed.Target).Search() : Face.OfPrices(Polytope, proof.Prices);
        PanelSearch face = NewFace();
        int lowest = proof?.Weights.Count(w => w > 0) ?? 0;
        if (proof is not null && lowest > MostByProgram && WholeVector(proof, cancellationToken) is { } whole)
        {
            return whole;
        }

        int wanted = (int)(HerdedPerType * lowest) + SparePanels;
        int herded = 0;
        new Herding(NewFace, relaxed.Target).Run(
            wanted, MaxThreads, () => Report(SolvePhase.Panels, (herded += 2) / (double)wanted), panel => Add(panel, cancellationToken), cancellationToken);

        PanelSearch everywhere = new(Polytope);
        double[] open = [.. Enumerable.Repeat(double.NaN, Polytope.TypeCount)];
        while (true)
        {
            Report(SolvePhase.Panels);
            PanelMix mix = PanelMix.Solve(PeopleOfTypes, Covered, open, Panels.Items, Bound, cancellationToken);
            IReadOnlyList<PanelComposition> lottery = LotteryWeights.Of(Panels.Items, mix.Probabilities);
            Value = ValueOf(lottery);
            Keep(lottery);
            double floor = Value * People.Sum(t => mix.Weights[t]) * (1 + (Objective.ProvenGap / 2));
            if (Value < Bound * (1 - Objective.ProvenGap)
                && (
                    FindHeavier(face, mix.Weights, floor, NodesOnFace, cancellationToken)
                        || FindHeavier(everywhere, mix.Weights, floor, long.MaxValue, cancellationToken)))
            {
                continue;
            }

            Report(SolvePhase.Certificate);
            bool isTight = Value >= Bound * (1 - Objective.ProvenGap);
            WeightClaim claim = isTight && proof is not null
                ? Confirm(proof.Weights, proof.Prices, out int[]? heavier, cancellationToken)
                : ConfirmDuals(mix.Weights, out heavier, cancellationToken);
            if (claim.Gap > Objective.ProvenGap && heavier is not null && Panels.Add(heavier))
            {
                // The judge knows a heavier panel than the search.
                continue;
            }

            return Finish(lottery, claim, cancellationToken);
        }
    }

    protected override double[] QuickMix(CancellationToken cancellationToken) =>
        PanelMix.Solve(PeopleOfTypes, Covered, [.. Enumerable.Repeat(double.NaN, Polytope.TypeCount)], Panels.Items, Bound, cancellationToken).Probabilities;

    /// <summary>The lottery that has the leximin values of the relaxation, if there is one: its lowest value is the highest too.</summary>
    private PanelLottery? WholeVector(RelaxedStage proof, CancellationToken cancellationToken)
    {
        double[] people = Array.ConvertAll(Polytope.Upper, u => (double)u);
        RelaxedLeximin relaxed = RelaxedLeximin.Solve(Polytope, Covered, people, people, cancellationToken);
        if (Realise(relaxed.Target, cancellationToken) is not { } mix)
        {
            return null;
        }

        Value = ValueOf(mix);
        Report(SolvePhase.Certificate);
        WeightClaim claim = Confirm(proof.Weights, proof.Prices, out _, cancellationToken);
        return claim.Gap <= Objective.ProvenGap ? Finish(mix, claim, cancellationToken) : null;
    }

    private WeightClaim ConfirmDuals(double[] duals, out int[]? heavier, CancellationToken cancellationToken)
    {
        // There are no duals where everybody is sure of a seat; then any weights prove the bound 1.
        double[] useful = Array.Exists(duals, w => w > 0) ? duals : Array.ConvertAll(Covered, c => c ? 1.0 : 0);
        heavier = null;
        WeightClaim? small = IntegerWeights.Small(useful) is { } numbers ? Confirm(numbers, null, out heavier, cancellationToken) : null;
        return small?.Gap <= Objective.ProvenGap ? small : Confirm(IntegerWeights.Fine(useful, WeightCertifier.FineSize), null, out heavier, cancellationToken);
    }

    /// <summary>The claim by some weights, and a panel heavier than it should allow, if there is one.</summary>
    private WeightClaim Confirm(long[] weights, PriceList? prices, out int[]? heavier, CancellationToken cancellationToken)
    {
        long enough = (long)Math.Floor(Value * People.Sum(t => weights[t]) / (1 - Objective.ProvenGap));
        Confirmation confirmed = WeightCertifier.Confirm(Polytope, Covered, weights, prices, enough, cancellationToken);
        heavier = confirmed.HeavierPanel;
        return ClaimOf(weights, [], confirmed);
    }
}
