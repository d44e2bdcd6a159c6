using System.Numerics;
using Sortition.Core.Lotteries;

namespace Sortition.Core.Algorithms;

/// <summary>The lottery whose highest selection probability is as low as any lottery's: nobody has better odds than need be.</summary>
/// <remarks>
/// <para>min z with π_i ≤ z (Baharav, Flanigan, Fair, Manipulation-Robust, and Transparent Sortition, EC 2024): there is least to be gained by giving false
/// answers. By itself the objective may leave people without any chance. Among the lotteries that are best for it, this one is leximin wherever the relaxation
/// over types can be realised, which is nearly always; people who have no chance then have none under any such lottery.</para>
/// <para>Stateless; safe to use from any number of threads at once. A run without a time limit gives the same lottery every time.</para>
/// </remarks>
public sealed class Minimax : ILotteryAlgorithm
{
    /// <inheritdoc/>
    public Objective Objective { get; } = new MinimaxObjective();

    /// <inheritdoc/>
    public SolveResult Solve(SelectionProblem problem, SolveOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return LotteryRun.Solve(o => new SpreadRun(problem, o, Objective), options, cancellationToken);
    }
}

/// <summary>
/// The highest chance. With weights A taken off, of sum ΣA over all covered people, so that no panel weighs more than −m, the highest chance is m/ΣA or more.
/// </summary>
internal sealed class MinimaxObjective(double? parameter = null) : Objective("minimax", parameter)
{
    public override bool IsMaximized => false;

    public override bool IsKnown => true;

    public override ExplainedValue Explains => ExplainedValue.HighestChance;

    internal override bool HasCapWeights => true;

    public override (double Lower, double Upper) RangeOf(SelectionProblem problem) =>
        (Math.Min(1, problem.PanelSize / (double)problem.TypeTable.Types.Sum(t => t.Members.Count)), 1);

    public override bool IsInformative(double value, double bound) => bound > 0;

    public override double ValueOf(ReadOnlySpan<double> chances, CoveredPeople people) => people.Extremes(chances).Highest;

    internal override int Compare(ReachedChances first, ReachedChances second) => second.Highest.CompareTo(first.Highest);

    internal override double BoundOf(WeightClaim claim, double limit, CoveredPeople people)
    {
        double caps = people.Sum(t => claim.CapWeights[t]);
        return caps > 0 ? Math.Max(0, -limit / caps) : 0;
    }

    internal override Fraction? ExactBoundOf(WeightClaim claim, CoveredPeople people)
    {
        BigInteger caps = people.ExactSum(claim.CapWeights);
        return caps > 0 && claim.Limit < 0 ? new Fraction(-(BigInteger)claim.Limit, caps) : (Fraction)0L;
    }
}
