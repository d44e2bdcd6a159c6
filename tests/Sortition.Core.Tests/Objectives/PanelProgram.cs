using Google.OrTools.LinearSolver;
using Xunit;

namespace Sortition.Core.Tests.Objectives;

using Constraint = Google.OrTools.LinearSolver.Constraint;

/// <summary>A linear program over the probabilities of every panel, and one chance for every person, as the definitions have it: no types, no relaxation, no pricing.</summary>
/// <remarks>Solved by CLP, since the library itself solves its programs with GLOP.</remarks>
internal sealed class PanelProgram : IDisposable
{
    private readonly Solver _solver = Solver.CreateSolver("CLP");
    private readonly Variable[] _probabilities;
    private readonly Variable[] _chances;

    /// <param name="panels">Every panel, as people.</param>
    /// <param name="people">How many people there are.</param>
    public PanelProgram(IReadOnlyList<int[]> panels, int people)
    {
        _probabilities = [.. panels.Select(_ => _solver.MakeNumVar(0, 1, ""))];
        _chances = [.. Enumerable.Range(0, people).Select(_ => _solver.MakeNumVar(0, 1, ""))];
        Constraint[] rows = [.. _chances.Select(_ => _solver.MakeConstraint(0, 0))];
        Constraint total = _solver.MakeConstraint(1, 1);
        for (int p = 0; p < panels.Count; p++)
        {
            total.SetCoefficient(_probabilities[p], 1);
            foreach (int person in panels[p])
            {
                rows[person].SetCoefficient(_probabilities[p], 1);
            }
        }

        for (int i = 0; i < people; i++)
        {
            rows[i].SetCoefficient(_chances[i], -1);
        }

        _solver.Objective().SetMaximization();
    }

    /// <summary>Adds a variable that the objective counts.</summary>
    public int Add(double lower, double upper, double cost)
    {
        Variable variable = _solver.MakeNumVar(lower, upper, "");
        _solver.Objective().SetCoefficient(variable, cost);
        _extra.Add(variable);
        return _extra.Count - 1;
    }

    private readonly List<Variable> _extra = [];

    /// <summary>Adds a row min ≤ Σ coefficient·chance + Σ coefficient·variable ≤ max.</summary>
    public void Row(double min, double max, IEnumerable<(int Person, double Value)> chances, params (int Variable, double Value)[] extra)
    {
        Constraint row = _solver.MakeConstraint(min, max);
        foreach ((int person, double value) in chances)
        {
            row.SetCoefficient(_chances[person], value);
        }

        foreach ((int variable, double value) in extra)
        {
            row.SetCoefficient(_extra[variable], value);
        }
    }

    /// <summary>Solves it, and copies out what it found.</summary>
    public (double Objective, double[] Extra, double[] Chances) Solve()
    {
        Assert.Equal(Solver.ResultStatus.OPTIMAL, _solver.Solve());
        (double, double[], double[]) result = (_solver.Objective().Value(), [.. _extra.Select(v => v.SolutionValue())], [.. _chances.Select(v => v.SolutionValue())]);
        GC.KeepAlive(_solver);
        return result;
    }

    /// <summary>After a solve: by how much the objective grows with the value of a variable that is fixed.</summary>
    public double ReducedCost(int variable)
    {
        double cost = _extra[variable].ReducedCost();
        GC.KeepAlive(_solver);
        return cost;
    }

    public void Dispose() => _solver.Dispose();
}
