using Sortition.Core.Engine.Polytope;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;

namespace Sortition.Core.Engine.Mixing;

/// <summary>The values of leximin's stages as fractions, and the lottery that reaches them exactly.</summary>
/// <remarks>Where the limit of a claim is reached by a lottery, each of its panels weighs just that: only such panels can be mixed.</remarks>
internal sealed class ExactStages
{
    private readonly QuotaPolytope _polytope;
    private readonly bool[] _covered;
    private readonly StageValues _values;
    private readonly List<(long[] Weights, Int128 Limit)> _claims = [];
    private bool _isExact = true;

    /// <param name="polytope">The panels.</param>
    /// <param name="covered">The types that count.</param>
    /// <param name="entitlements">What the chance of a type's members is measured by.</param>
    /// <param name="isSure">Which types are sure of all their seats, as far as that is known.</param>
    public ExactStages(QuotaPolytope polytope, bool[] covered, double[] entitlements, Func<int, bool> isSure)
    {
        _polytope = polytope;
        _covered = covered;
        _values = new StageValues(polytope.Upper, covered, entitlements, t => polytope.Lower[t] > 0 || isSure(t));
    }

    /// <summary>Settles those whom a claim weighs.</summary>
    /// <param name="weights">The claim's weights.</param>
    /// <param name="prices">Prices that prove its limit; null where the heaviest of the known panels has it.</param>
    /// <param name="panels">The known panels.</param>
    /// <param name="mixed">The stage's value as computed in floating-point numbers.</param>
    /// <returns>The stage's value: that of the claim, as long as claims have explained every stage.</returns>
    public double Settle(long[] weights, PriceList? prices, IReadOnlyList<TypeSeats[]> panels, double mixed)
    {
        Int128 limit = prices is null ? panels.Max(panel => WeightOf(panel, weights)) : QuotaArithmetic.Limit(_polytope, _covered, weights, prices);
        _claims.Add((weights, limit));
        if (!_isExact || _values.Settle(weights, limit) is not Fraction stage)
        {
            // All whom the claim weighs may be settled, or sure of their seats: then it leaves nothing to be told.
            return mixed;
        }

        double value = stage.ToDouble();
        _isExact = Math.Abs(value - mixed) <= Tolerances.ExplainedStage * mixed;
        return _isExact ? value : mixed;
    }

    /// <summary>The lottery that gives everybody just the value of their stage.</summary>
    /// <param name="panels">The known panels.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The lottery; null if claims do not explain every stage, or the panels have no such mix.</returns>
    public IReadOnlyList<PanelComposition>? Mix(IReadOnlyList<TypeSeats[]> panels, CancellationToken cancellationToken)
    {
        Fraction?[] seats = Seats();
        if (!_isExact || Array.Exists(seats, s => s is null))
        {
            return null;
        }

        TypeSeats[][] heaviest = [.. panels.Where(panel => _claims.TrueForAll(claim => WeightOf(panel, claim.Weights) == claim.Limit))];
        return heaviest.Length == 0 ? null : ExactMix.Solve(heaviest, _polytope.Upper, seats, cancellationToken);
    }

    /// <summary>Brings a lottery that is near these values to them. Whom no claim settles is sure of a seat on all its panels.</summary>
    /// <param name="lottery">The lottery.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The lottery; as it was if claims do not explain every stage, or it does not come so near.</returns>
    public IReadOnlyList<PanelComposition> Refine(IReadOnlyList<PanelComposition> lottery, CancellationToken cancellationToken) =>
        (_isExact ? ExactMix.Refine(lottery, _polytope.Upper, Seats(), cancellationToken) : null) ?? lottery;

    private Fraction?[] Seats() => [.. Enumerable.Range(0, _covered.Length).Select(_values.SeatsOf)];

    private static Int128 WeightOf(TypeSeats[] panel, long[] weights)
    {
        Int128 sum = 0;
        foreach ((int type, int seats) in panel)
        {
            sum += (Int128)weights[type] * seats;
        }

        return sum;
    }
}
