using Sortition.Core.Algorithms;
using Sortition.Core.Engine;
using Sortition.Core.Engine.Mixing;
using Sortition.Core.Engine.Polytope;
using Sortition.Core.Engine.Proof;
using Sortition.Core.Engine.Relaxation;
using Sortition.Core.Engine.Search;
using Sortition.Core.Lotteries;

namespace Sortition.Core;

/// <summary>
/// The lottery that gives the person worst off as much as can be, then the next worst off, and so on: nobody could have more but at the cost of somebody who
/// has no more.
/// </summary>
/// <remarks>
/// <para>The lexicographically largest sorted vector of selection probabilities (Flanigan, Gölz, Gupta, Hennig, Procaccia, Fair algorithms for selecting
/// citizens' assemblies, Nature 2021). The probabilities are unique: they do not depend on the order of rows or on anything else that is not in the
/// problem.</para>
/// <para>Stateless; safe to use from any number of threads at once. A run without a time limit gives the same lottery every time.</para>
/// </remarks>
public sealed class Leximin : ILotteryAlgorithm
{
    /// <inheritdoc/>
    public Objective Objective { get; } = new LeximinObjective(LeximinObjective.Unweighted);

    /// <inheritdoc/>
    public SolveResult Solve(SelectionProblem problem, SolveOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return LotteryRun.Solve(o => new LeximinRun(problem, o, Objective), options, cancellationToken);
    }
}

/// <summary>
/// The lowest chance, then the next lowest, and so on. Claims settle people in their order; that their series proves a lottery leximin is shown at
/// <see cref="LeximinOrder"/>.
/// </summary>
internal class LeximinObjective(string name, double? parameter = null) : Objective(name, parameter)
{
    /// <summary>The name where everybody is entitled to the same.</summary>
    public const string Unweighted = "leximin";

    public override bool IsKnown => true;

    public override ExplainedValue Explains => ExplainedValue.OwnChance;

    internal override bool IsSettledInTurn => true;

    internal override bool BoundsLowestChance => true;

    public override double ValueOf(ReadOnlySpan<double> chances, CoveredPeople people) => people.Extremes(chances).Lowest;

    /// <summary>The lowest value in which the sorted vectors differ, each person of a type counted; that of whoever has none is left out of both.</summary>
    internal override int Compare(ReachedChances first, ReachedChances second)
    {
        int lowest = first.LowestBy(EntitlementOf).CompareTo(second.LowestBy(EntitlementOf));
        if (lowest != 0)
        {
            return lowest;
        }

        List<(Fraction Value, double People)> mine = first.SortedBy(EntitlementOf);
        List<(Fraction Value, double People)> theirs = second.SortedBy(EntitlementOf);
        (int i, int j, double mineLeft, double theirsLeft) = (0, 0, 0, 0);
        while (i < mine.Count && j < theirs.Count)
        {
            if (mine[i].Value != theirs[j].Value)
            {
                return mine[i].Value.CompareTo(theirs[j].Value);
            }

            // As many people as both have at this value are done with.
            (mineLeft, theirsLeft) = (mineLeft > 0 ? mineLeft : mine[i].People, theirsLeft > 0 ? theirsLeft : theirs[j].People);
            double both = Math.Min(mineLeft, theirsLeft);
            (mineLeft, theirsLeft) = (mineLeft - both, theirsLeft - both);
            (i, j) = (mineLeft > 0 ? i : i + 1, theirsLeft > 0 ? j : j + 1);
        }

        return 0;
    }

    /// <exception cref="NotSupportedException">Always: no claim bounds leximin by itself.</exception>
    internal override double BoundOf(WeightClaim claim, double limit, CoveredPeople people) =>
        throw new NotSupportedException("No claim bounds leximin by itself.");
}

/// <summary>One computation of a leximin lottery, weighted by entitlements or not.</summary>
internal sealed class LeximinRun(SelectionProblem problem, SolveOptions options, Objective objective) : LotteryRun(problem, options, objective)
{
    // Stages over panels of more types end with no proof in any time that there is; what is within ε of the best is had.
    private const int MostByPanels = 1_000;

    private double[] _shares = [];

    protected override PanelLottery Best(CancellationToken cancellationToken)
    {
        _shares = Shares();
        double[] people = Array.ConvertAll(Polytope.Upper, u => (double)u);
        RelaxedLeximin relaxed = RelaxedLeximin.Solve(Polytope, Covered, _shares, people, cancellationToken);
        Bound = relaxed.Value;
        PanelLottery? realised = null;
        if (Realise(relaxed.Target, cancellationToken) is { } mix)
        {
            ExactStages exact = new(Polytope, Covered, Entitlements(), t => relaxed.Target[t] >= Polytope.Upper[t] * (1 - Tolerances.SureSeat));
            foreach (RelaxedStage stage in relaxed.Stages)
            {
                exact.Settle(stage.Weights, stage.Prices, [], stage.Value);
            }

            IReadOnlyList<PanelComposition> lottery = exact.Refine(mix, cancellationToken);
            Value = ValueOf(lottery);
            Report(SolvePhase.Certificate);
            LeximinProof proof = new(Polytope, Covered, Entitlements(), lottery);
            foreach (RelaxedStage stage in relaxed.Stages)
            {
                proof.Add(stage.Weights, stage.Prices, cancellationToken);
            }

            realised = Lottery(lottery, CertificateOf(proof));
            if (proof.IsProven || (realised.Certificate.Status == CertificateStatus.EpsilonLeximin && Polytope.TypeCount > MostByPanels))
            {
                return realised;
            }

            if (realised.Certificate.Status == CertificateStatus.EpsilonLeximin)
            {
                KeepProven(realised);
            }
        }

        PanelLottery byPanels = ByPanels(relaxed.Stages, cancellationToken);
        bool isRealisedNearer = byPanels.Certificate.Status == CertificateStatus.NotProven && realised?.Certificate.Status == CertificateStatus.EpsilonLeximin;
        return isRealisedNearer ? realised! : byPanels;
    }

    protected override double[] QuickMix(CancellationToken cancellationToken) =>
        PanelMix.Solve(Shares(), Covered, [.. Enumerable.Repeat(double.NaN, Polytope.TypeCount)], Panels.Items, Bound, cancellationToken).Probabilities;

    private double[] Entitlements() => [.. Types.Select(Objective.EntitlementOf)];

    /// <summary>What a type's seats are measured by: its covered members, times what each is entitled to.</summary>
    private double[] Shares() => [.. Types.Select((type, t) => PeopleOfTypes[t] * Objective.EntitlementOf(type))];

    /// <summary>
    /// Stage by stage over panels, with new panels as long as one can improve a stage (Flanigan, Gölz, Gupta, Hennig, Procaccia, Fair algorithms for selecting
    /// citizens' assemblies, Nature 2021, supplementary information). Settled types have what the mix gave them, a hair less, so that rounding cannot make a
    /// stage infeasible. As long as the mix reaches the relaxation's stages, it is these that settle: their prices prove more quickly than a search for a
    /// heavier panel.
    /// </summary>
    private PanelLottery ByPanels(IReadOnlyList<RelaxedStage> relaxed, CancellationToken cancellationToken)
    {
        PanelSearch search = new(Polytope);
        double[] floors =
        [
            .. Enumerable.Range(0, _shares.Length).Select(t => Polytope.Lower[t] > 0 ? Polytope.Upper[t] * (1 - Tolerances.MixFloor) : double.NaN)
        ];
        List<(long[] Weights, PriceList? Prices)> claims = [];
        ExactStages exact = new(Polytope, Covered, Entitlements(), _ => false);
        double unit = Bound;
        double[] mixed = [];
        int reached = 0;
        bool isSettled = true;
        for (bool[] isOpen = OpenTypes(floors); isSettled && isOpen.Contains(true); isOpen = OpenTypes(floors))
        {
            (PanelMix mix, long[] weights, PriceList? prices) = NextStage(search, relaxed, ref reached, floors, unit, claims.Count == 0, cancellationToken);
            mixed = mix.Probabilities;
            claims.Add((weights, prices));
            double value = exact.Settle(weights, prices, Panels.Items, mix.Value);
            unit = Math.Max(unit, value);
            isSettled = false;
            for (int t = 0; t < floors.Length; t++)
            {
                if (isOpen[t] && weights[t] > 0)
                {
                    floors[t] = value * _shares[t] * (1 - Tolerances.MixFloor);
                    isSettled = true;

                    // Below a stage of the relaxation only those can be settled who are sure of a seat; otherwise its further stages do not count.
                    reached = prices is null && value * _shares[t] < Polytope.Upper[t] * (1 - Tolerances.SameMix) ? relaxed.Count : reached;
                }
            }
        }

        IReadOnlyList<PanelComposition> lottery = exact.Mix(Panels.Items, cancellationToken)
            ?? LotteryWeights.Of(Panels.Items, mixed.Length > 0 ? mixed : [.. Panels.Counts.Select(c => (double)c)]);
        Value = ValueOf(lottery);
        Report(SolvePhase.Certificate);
        LeximinProof proof = new(Polytope, Covered, Entitlements(), lottery);
        foreach ((long[] weights, PriceList? list) in claims)
        {
            proof.Add(weights, list, cancellationToken);
        }

        return Lottery(lottery, CertificateOf(proof));
    }

    /// <summary>
    /// The best mix for the types that are open, and the weights that prove it: those of the relaxation's next stage if the mix reaches it, or else duals that
    /// no panel exceeds.
    /// </summary>
    private (PanelMix Mix, long[] Weights, PriceList? Prices) NextStage(
        PanelSearch search,
        IReadOnlyList<RelaxedStage> relaxed,
        ref int reached,
        double[] floors,
        double unit,
        bool isFirst,
        CancellationToken cancellationToken)
    {
        bool[] isOpen = OpenTypes(floors);
        while (reached < relaxed.Count && !relaxed[reached].Weights.Where((w, t) => w > 0 && isOpen[t]).Any())
        {
            reached++;
        }

        while (true)
        {
            Report(SolvePhase.Panels, 1 - (isOpen.Count(o => o) / (double)floors.Length));
            PanelMix mix = PanelMix.Solve(_shares, Covered, floors, Panels.Items, unit, cancellationToken);
            Value = isFirst ? mix.Value : Value;
            if (KeepsBest)
            {
                Keep(LotteryWeights.Of(Panels.Items, mix.Probabilities));
            }

            if (reached < relaxed.Count && mix.Value >= relaxed[reached].Value * (1 - Tolerances.SameMix))
            {
                RelaxedStage stage = relaxed[reached++];
                return (mix, stage.Weights, stage.Prices);
            }

            if (FindHeavier(search, mix.Weights, LimitOf(mix.Weights, mix.Value) * (1 + Tolerances.SameMix), long.MaxValue, cancellationToken))
            {
                continue;
            }

            long[] weights = IntegerWeights.Small(mix.Weights) ?? IntegerWeights.Fine(mix.Weights, WeightCertifier.FineSize);
            double enough = LimitOf(Array.ConvertAll(weights, w => (double)w), mix.Value) * (1 + Tolerances.SameMix);
            int[]? heavier = WeightCertifier.Confirm(Polytope, Covered, weights, null, (long)Math.Floor(enough), cancellationToken).HeavierPanel;
            if (heavier is null || !Panels.Add(heavier))
            {
                return (mix, weights, null);
            }
        }

        double LimitOf(double[] weights, double value)
        {
            double sum = 0;
            for (int t = 0; t < weights.Length; t++)
            {
                sum += !Covered[t] ? 0 : weights[t] * (isOpen[t] ? value * _shares[t] : floors[t] / (1 - Tolerances.MixFloor));
            }

            return sum;
        }
    }

    /// <summary>The covered types that no stage has settled.</summary>
    private bool[] OpenTypes(double[] floors) => [.. floors.Select((floor, t) => Covered[t] && double.IsNaN(floor))];

    private Certificate CertificateOf(LeximinProof proof)
    {
        (IReadOnlyList<WeightClaim> Claims, double Epsilon)? near = proof.IsProven ? null : proof.WithinEpsilon();
        IReadOnlyList<WeightClaim> claims = near?.Claims ?? proof.Claims;
        return new Certificate(
            objective: Objective,
            status: proof.IsProven ? CertificateStatus.ProvenOptimal : near is null ? CertificateStatus.NotProven : CertificateStatus.EpsilonLeximin,
            value: Value,
            bound: claims.Count > 0 ? Math.Max(Value, claims[0].Bound) : Value,
            claims: claims,
            epsilon: near?.Epsilon);
    }
}
