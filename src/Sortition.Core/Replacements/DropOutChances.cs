using Sortition.Core.Problems;

namespace Sortition.Core.Replacements;

/// <summary>How likely everybody in a pool is to drop out of a panel once drawn, independently of one another.</summary>
/// <remarks>
/// Drop-out chances are a judgement about people who have not been drawn yet: a guess, or an estimate from past assemblies. Nothing about the lottery depends on them.
/// Immutable and safe to read from any thread.
/// </remarks>
public sealed class DropOutChances
{
    private DropOutChances(SelectionProblem problem, double[] chances)
    {
        Problem = problem;
        Chances = chances;
    }

    /// <summary>The problem whose pool this is about.</summary>
    public SelectionProblem Problem { get; }

    /// <summary>Entry i: the drop-out chance of person i of <see cref="SelectionProblem.People"/>, from 0 (certain to stay) to 1 (certain to drop out), both included.</summary>
    public IReadOnlyList<double> Chances { get; }

    /// <summary>Everybody is as likely to drop out as everybody else.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="chance">The drop-out chance, 0..1.</param>
    /// <returns>The chances.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The chance is no number from 0 to 1.</exception>
    public static DropOutChances Equal(SelectionProblem problem, double chance)
    {
        ArgumentNullException.ThrowIfNull(problem);
        CheckChance(chance, nameof(chance));
        double[] chances = new double[problem.People.Count];
        Array.Fill(chances, chance);
        return new DropOutChances(problem, chances);
    }

    private static void CheckChance(double chance, string name)
    {
        if (chance is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(name, chance, "A drop-out chance is a number from 0 to 1.");
        }
    }
}
