using Sortition.Core.Fairness;
using Sortition.Core.Problems;

namespace Sortition.Core;

/// <summary>Why a person, or the people of a group, have the chance they have in a lottery.</summary>
/// <remarks>
/// <para>Read off the lottery's certificate; nothing is computed anew. A claim says that no panel weighs more than a limit, and each constraint has a price:
/// were it one seat looser, the limit, and with it what the claim bounds, could change by so much: with a limit L and a
/// price p, a bound of L divided by a sum of weights becomes (L + p) divided by it.</para>
/// <para>Immutable and safe to read from any thread.</para>
/// </remarks>
public sealed class SelectionExplanation
{
    private SelectionExplanation()
    {
    }

    /// <summary>How many people are explained; 0 where nobody matches the group's condition.</summary>
    public int People { get; internal init; }

    /// <summary>How many of them are covered, that is, can be on a panel at all.</summary>
    public int Covered { get; internal init; }

    /// <summary>The lowest chance of the covered ones, 0..1; null if there are none.</summary>
    public double? LowestChance { get; internal init; }

    /// <summary>The mean of such chances; null if there are none.</summary>
    public double? MeanChance { get; internal init; }

    /// <summary>The highest such chance; null if there are none.</summary>
    public double? HighestChance { get; internal init; }

    /// <summary>The people by the reasons of their chances, the lowest chances first: one part for a person, none where there is nobody.</summary>
    public IReadOnlyList<ExplanationPart> Parts { get; internal init; } = [];

    /// <summary>Explains a person's chance.</summary>
    /// <param name="lottery">The lottery with its certificate.</param>
    /// <param name="id">The person's id.</param>
    /// <returns>The explanation, with one part.</returns>
    /// <exception cref="ArgumentException">Nobody in the pool has this id.</exception>
    /// <example>
    /// <code>
    /// ExplanationPart part = SelectionExplanation.ForPerson(lottery, "F000004").Parts[0];
    /// Console.WriteLine(part.Reason);                                      // Settled: held down by the constraints below
    /// foreach (BindingConstraint binding in part.Constraints)
    /// {
    ///     Console.WriteLine($"{TextRenderer.English.Describe(binding.Constraint, lottery.Problem)}: one seat looser would move it to {binding.Bound:P2}");
    /// }
    /// </code>
    /// </example>
    public static SelectionExplanation ForPerson(PanelLottery lottery, string id)
    {
        ArgumentNullException.ThrowIfNull(lottery);
        return lottery.Problem.IndexOf(id) is >= 0 and int person
            ? Of(lottery, [person])
            : throw new ArgumentException($"Nobody in the pool has the id \"{id}\".", nameof(id));
    }

    /// <summary>Explains the chances of all who share some feature values.</summary>
    /// <param name="lottery">The lottery with its certificate.</param>
    /// <param name="condition">What they share, matched trimmed and without regard to case. Empty for the whole pool.</param>
    /// <returns>The explanation.</returns>
    /// <exception cref="ArgumentException">There is no such feature or value.</exception>
    public static SelectionExplanation ForGroup(PanelLottery lottery, params IReadOnlyList<FeatureValue> condition)
    {
        ArgumentNullException.ThrowIfNull(lottery);
        ArgumentNullException.ThrowIfNull(condition);
        SelectionProblem problem = lottery.Problem;
        FeatureValue[] terms = [.. condition.Select(term =>
            problem.FindValue(term.Feature, term.Value) ?? throw new ArgumentException($"The problem has no value {term}.", nameof(condition)))];
        Quota group = new(terms, 0, 0, null, null);
        return Of(lottery, [.. Enumerable.Range(0, problem.People.Count).Where(i => problem.Matches(problem.People[i], group))]);
    }

    private static SelectionExplanation Of(PanelLottery lottery, int[] people)
    {
        bool[] covered = LotteryMetrics.CoveredBy(lottery);
        double[] chances = [.. people.Where(i => covered[i]).Select(lottery.ProbabilityOf).Order()];
        return new SelectionExplanation
        {
            People = people.Length,
            Covered = chances.Length,
            LowestChance = chances.Length > 0 ? chances[0] : null,
            MeanChance = chances.Length > 0 ? chances.Sum() / chances.Length : null,
            HighestChance = chances.Length > 0 ? chances[^1] : null,
            Parts = new ExplanationParts(lottery).Of(people),
        };
    }
}
