using Sortition.Core.Lotteries;
using Sortition.Core.Problems;

namespace Sortition.Core.Kernel;

/// <summary>Finds the best lottery of the panels known so far: the part of <see cref="ColumnGeneration"/> that knows the objective.</summary>
/// <param name="panels">
/// The panels, at least one, each as the types with seats in ascending order. From one call to the next the list only grows, at its end, and everybody who
/// can be on a panel is on one of the first ones.
/// </param>
/// <param name="people">Whom the objective is about: entry t of <see cref="CoveredPeople.Counts"/> is how many people of type t can be on a panel.</param>
/// <param name="cancellationToken">Cancelled when the computation is to stop.</param>
/// <returns>The best lottery of these panels, and which others would better it.</returns>
public delegate MasterSolution MasterProblem(
    IReadOnlyList<IReadOnlyList<TypeSeats>> panels, CoveredPeople people, CancellationToken cancellationToken);

/// <summary>The answer of a <see cref="MasterProblem"/>.</summary>
/// <remarks>
/// Where the master is a linear program with a probability for each panel, the weights are the duals of the rows that the seats stand in, and the threshold is
/// that of the row by which the probabilities add up to 1: together they make the reduced cost of a panel, which is below 0 for those that help.
/// </remarks>
public sealed class MasterSolution
{
    /// <summary>Makes an answer.</summary>
    /// <param name="probabilities">
    /// One for each panel, in their order: 0 or more and 1 in all. What a solver leaves below 0 or misses of 1, up to 1e-6, is put right.
    /// </param>
    /// <param name="weights">One finite number for each type, of either sign: what a seat of the type is worth.</param>
    /// <param name="threshold">A panel improves on the lottery only if its seats are worth more than this; a finite number.</param>
    public MasterSolution(IReadOnlyList<double> probabilities, IReadOnlyList<double> weights, double threshold)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        ArgumentNullException.ThrowIfNull(weights);
        Probabilities = probabilities;
        Weights = weights;
        Threshold = threshold;
    }

    /// <summary>The probability of each panel.</summary>
    public IReadOnlyList<double> Probabilities { get; }

    /// <summary>What a seat of each type is worth.</summary>
    public IReadOnlyList<double> Weights { get; }

    /// <summary>What a panel's seats must be worth more than to improve on the lottery.</summary>
    public double Threshold { get; }
}
