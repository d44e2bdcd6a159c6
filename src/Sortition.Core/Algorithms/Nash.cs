using Sortition.Core.Engine;
using Sortition.Core.Engine.Mixing;
using Sortition.Core.Engine.Polytope;
using Sortition.Core.Engine.Proof;
using Sortition.Core.Engine.Relaxation;
using Sortition.Core.Engine.Search;
using Sortition.Core.Lotteries;

namespace Sortition.Core.Algorithms;

/// <summary>The lottery with the highest geometric mean of selection probabilities: maximum Nash welfare.</summary>
/// <remarks>
/// <para>max Σ ln π_i over everyone who can be on a panel at all. Half the chance for one person weighs as much as double the chance for another. The
/// probabilities are unique (Flanigan, Gölz, Gupta, Hennig, Procaccia, Fair algorithms for selecting citizens' assemblies, Nature 2021, supplementary
/// information).</para>
/// <para>Stateless; safe to use from any number of threads at once. A run without a time limit gives the same lottery every time.</para>
/// </remarks>
public sealed class Nash : ILotteryAlgorithm
{
    /// <inheritdoc/>
    public Objective Objective { get; } = new NashObjective();

    /// <inheritdoc/>
    public SolveResult Solve(SelectionProblem problem, SolveOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return LotteryRun.Solve(o => new NashRun(problem, o, Objective), options, cancellationToken);
    }
}

/// <summary>
/// The geometric mean. For any weights above 0 and any lottery, that of w_i·π_i is at most their mean, which is at most what the heaviest panel weighs, divided
/// by n. So the geometric mean of the chances is at most limit/n divided by that of the weights. With w_i = 1/π_i the bound is reached exactly where Nash is.
/// </summary>
internal sealed class NashObjective(double? parameter = null) : Objective("nash", parameter)
{
    public override bool IsKnown => true;

    public override ExplainedValue Explains => ExplainedValue.GeometricMean;

    internal override double ProvenGap => 1e-7;

    public override double ValueOf(ReadOnlySpan<double> chances, CoveredPeople people)
    {
        double sum = 0;
        for (int t = 0; t < chances.Length; t++)
        {
            sum += people.Counts[t] > 0 ? people.Counts[t] * Math.Log(chances[t]) : 0;
        }

        return Math.Exp(sum / people.Total);
    }

    internal override double BoundOf(WeightClaim claim, double limit, CoveredPeople people) =>
        Math.Min(1, limit / people.Total / MeanWeight(claim.Weights, people));

    /// <summary>The geometric mean of the weights.</summary>
    public static double MeanWeight(IReadOnlyList<long> weights, CoveredPeople people) => Math.Exp(people.Sum(t => Math.Log(weights[t])) / people.Total);
}

/// <summary>One computation of a Nash lottery.</summary>
internal sealed class NashRun(SelectionProblem problem, SolveOptions options, Objective objective) : LotteryRun(problem, options, objective)
{
    private const int QuickSteps = 50;

    protected override PanelLottery Best(CancellationToken cancellationToken)
    {
        Bound = Math.Min(1, PanelSize / People.Total);
        RelaxedNash relaxed = RelaxedNash.Solve(Polytope, Covered, Panels.Items, cancellationToken);
        (double[] Rows, double[] Households) prices = (relaxed.RowPrices, relaxed.HouseholdPrices);
        if (Realise(relaxed.Seats, cancellationToken) is { } lottery)
        {
            WeightClaim claim = Confirm(lottery, prices, out _, cancellationToken);
            if (claim.Gap <= Objective.ProvenGap)
            {
                return Finish(lottery, claim, cancellationToken);
            }
        }

        return ByPanels(Objective.ValueOf([.. relaxed.Seats.Select((y, t) => y / Polytope.Upper[t])], People), prices, cancellationToken);
    }

    /// <summary>
    /// Some steps of λ_P ← λ_P·Σ_{i∈P} (1/π_i)/n, each of which makes the mean higher (Cover, An algorithm for maximizing expected log investment return,
    /// 1984).
    /// </summary>
    protected override double[] QuickMix(CancellationToken cancellationToken)
    {
        double[] mix = [.. Panels.Counts.Select(c => c / (double)Panels.Counts.Sum())];
        for (int step = 0; step < QuickSteps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double[] seats = new double[PeopleOfTypes.Length];
            for (int p = 0; p < mix.Length; p++)
            {
                foreach ((int type, int count) in Panels.Items[p])
                {
                    seats[type] += mix[p] * count;
                }
            }

            for (int p = 0; p < mix.Length; p++)
            {
                mix[p] *= Panels.Items[p].Sum(s => s.Seats * PeopleOfTypes[s.Type] / seats[s.Type]) / People.Total;
            }
        }

        return mix;
    }

    private PanelLottery ByPanels(double relaxed, (double[] Rows, double[] Households) prices, CancellationToken cancellationToken)
    {
        PanelSearch search = new(Polytope);
        bool isReached = false;
        while (true)
        {
            Report(SolvePhase.Panels);
            double[] mix = NashMix.Solve(PeopleOfTypes, Panels.Items, cancellationToken);
            IReadOnlyList<PanelComposition> lottery = LotteryWeights.Of(Panels.Items, mix);
            double[] chances = Chances(lottery);
            Value = ValueOf(lottery);
            Keep(lottery);
            if (!isReached && Value >= relaxed * (1 - (Objective.ProvenGap / 2)))
            {
                // The relaxation is tight after all: its prices prove more quickly than a search for a heavier panel.
                isReached = true;
                WeightClaim quick = Confirm(lottery, prices, out _, cancellationToken);
                if (quick.Gap <= Objective.ProvenGap)
                {
                    return Finish(lottery, quick, cancellationToken);
                }
            }

            double[] weights = [.. chances.Select((c, t) => Covered[t] ? 1 / c : 0)];
            if (FindHeavier(search, weights, People.Total * (1 + Tolerances.HeavierThanAll), long.MaxValue, cancellationToken))
            {
                continue;
            }

            WeightClaim claim = Confirm(lottery, null, out int[]? heavier, cancellationToken);
            if (claim.Gap <= Objective.ProvenGap || heavier is null || !Panels.Add(heavier))
            {
                return Finish(lottery, claim, cancellationToken);
            }
        }
    }

    /// <summary>The claim by what everybody's seat is worth to the mean.</summary>
    private WeightClaim Confirm(
        IReadOnlyList<PanelComposition> lottery, (double[] Rows, double[] Households)? prices, out int[]? heavier, CancellationToken cancellationToken)
    {
        double[] chances = Chances(lottery);
        Value = ValueOf(lottery);
        Report(SolvePhase.Certificate);
        int types = Polytope.TypeCount;
        double[] ideal = [.. chances.Select((c, t) => Covered[t] ? 1 / c : 0)];
        double[] all = [.. ideal, .. prices?.Rows ?? [], .. prices?.Households ?? []];
        long[] numbers = IntegerWeights.Small(all) ?? IntegerWeights.Fine(all, WeightCertifier.FineSize);
        long[] weights = numbers[..types];
        PriceList? list = prices is { Rows: var rows } ? new PriceList(numbers[types..(types + rows.Length)], numbers[(types + rows.Length)..]) : null;
        double ofWeights = NashObjective.MeanWeight(weights, People);
        double enough = Value * ofWeights * People.Total * (1 + (Objective.ProvenGap / 2));
        Confirmation confirmed = WeightCertifier.Confirm(Polytope, Covered, weights, list, (long)Math.Floor(enough), cancellationToken);
        heavier = confirmed.HeavierPanel;
        return ClaimOf(weights, [], confirmed);
    }
}
