using Sortition.Core.Lotteries;
using Sortition.Core.Problems;

namespace Sortition.Core.Algorithms;

/// <summary>Leximin over chances divided by what each person is entitled to.</summary>
/// <remarks>
/// <para>The lexicographically largest sorted vector of π_i/b_i, where b_i is <see cref="Person.Entitlement"/> (Flanigan, Gölz, Gupta, Procaccia, Neutralizing
/// Self-Selection Bias in Sampling for Sortition, NeurIPS 2020). With b_i = 1/q_i, q_i being the estimated chance that a person like i volunteers, it aims at
/// equal chances for everybody who was invited, and not only for those who came. Where everybody's entitlement is the same it is leximin.</para>
/// <para>What counts is how entitlements compare, not their unit. The largest may be <see cref="MaxEntitlementRatio"/> times the smallest: beyond that, seats
/// of those who are entitled to least are lost in the rounding of floating-point numbers.</para>
/// <para>Stateless; safe to use from any number of threads at once. A run without a time limit gives the same lottery every time.</para>
/// </remarks>
public sealed class WeightedLeximin : ILotteryAlgorithm
{
    /// <summary>How many times the smallest entitlement the largest may be, those of people who must be out apart.</summary>
    public const int MaxEntitlementRatio = 100_000;

    /// <inheritdoc/>
    public Objective Objective { get; } = new WeightedLeximinObjective();

    /// <inheritdoc/>
    /// <exception cref="MalformedInputException">Entitlements are further apart than <see cref="MaxEntitlementRatio"/>.</exception>
    public SolveResult Solve(SelectionProblem problem, SolveOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        if (problem.TypeTable.Types is { Length: > 0 } types && types.Max(t => t.Entitlement) is var most && types.Min(t => t.Entitlement) is var least
            && most > least * MaxEntitlementRatio)
        {
            throw new MalformedInputException(
                [new Fault(CoreFaults.EntitlementsTooFarApart, new FaultLocation(nameof(problem.People)), least, most, MaxEntitlementRatio)], 1);
        }

        return LotteryRun.Solve(o => new LeximinRun(problem, o, Objective), options, cancellationToken);
    }
}

/// <summary>Leximin of π_i/b_i, b_i being what person i is entitled to.</summary>
internal sealed class WeightedLeximinObjective(double? parameter = null) : LeximinObjective("weighted-leximin", parameter)
{
    internal override bool BoundsLowestChance => false;

    internal override double EntitlementOf(PersonType type) => type.Entitlement;

    /// <summary>As long as it is not known who is covered, it may be nobody but those who are entitled to least.</summary>
    public override (double Lower, double Upper) RangeOf(SelectionProblem problem) =>
        (0, problem.TypeTable.Types is { Length: > 0 } types ? 1 / types.Min(EntitlementOf) : 0);

    public override bool IsInformative(double value, double bound) => true;

    public override double ValueOf(ReadOnlySpan<double> chances, CoveredPeople people)
    {
        double lowest = double.PositiveInfinity;
        for (int t = 0; t < chances.Length; t++)
        {
            lowest = people.Counts[t] > 0 ? Math.Min(lowest, chances[t] / EntitlementOf(people.Types[t])) : lowest;
        }

        return lowest;
    }
}
