using Google.OrTools.LinearSolver;

namespace Sortition.Core.Tests.Maximin;

/// <summary>Maximin over every panel and every person, without types, relaxation or pricing: the definition, given to a solver as it stands.</summary>
internal static class BruteForce
{
    public static double LowestChance(IReadOnlyList<int[]> panels)
    {
        // CLP, since the library itself solves its programs with GLOP.
        using Solver solver = Solver.CreateSolver("CLP");
        Variable lowest = solver.MakeNumVar(0, 1, "z");
        Variable[] probabilities = [.. panels.Select(_ => solver.MakeNumVar(0, 1, ""))];
        Constraint total = solver.MakeConstraint(1, 1);
        foreach (Variable probability in probabilities)
        {
            total.SetCoefficient(probability, 1);
        }

        foreach (int person in panels.SelectMany(p => p).Distinct())
        {
            Constraint chance = solver.MakeConstraint(0, double.PositiveInfinity);
            chance.SetCoefficient(lowest, -1);
            for (int p = 0; p < panels.Count; p++)
            {
                if (panels[p].Contains(person))
                {
                    chance.SetCoefficient(probabilities[p], 1);
                }
            }
        }

        solver.Objective().SetCoefficient(lowest, 1);
        solver.Objective().SetMaximization();
        Xunit.Assert.Equal(Solver.ResultStatus.OPTIMAL, solver.Solve());
        double value = lowest.SolutionValue();
        GC.KeepAlive(solver);
        return value;
    }
}
