using Google.OrTools.LinearSolver;

namespace Sortition.Core.Engine;

/// <summary>A linear program to be maximised, in OR-Tools: GLOP, or CLP where GLOP gives up.</summary>
/// <remarks>
/// The native solver lives only inside one method: reading one of its variables after the solver is gone ends the process, and values read after a change of
/// the model are stale. Results are copied out at once.
/// </remarks>
internal sealed class LinearProgram
{
    private readonly List<(double Lower, double Upper, double Cost)> _variables = [];
    private readonly List<(double Lower, double Upper)> _rows = [];
    private readonly List<(int Row, int Variable, double Value)> _entries = [];

    public double[] Values { get; private set; } = [];

    public double[] Duals { get; private set; } = [];

    public double[] ReducedCosts { get; private set; } = [];

    public double Objective { get; private set; }

    public int AddVariable(double lower, double upper, double cost)
    {
        _variables.Add((lower, upper, cost));
        return _variables.Count - 1;
    }

    public int AddRow(double lower, double upper)
    {
        _rows.Add((lower, upper));
        return _rows.Count - 1;
    }

    public void AddEntry(int row, int variable, double value) => _entries.Add((row, variable, value));

    /// <summary>Solves a program that has an optimum.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="InvalidOperationException">Neither solver found an optimum.</exception>
    public void Maximise(CancellationToken cancellationToken)
    {
        if (!TryMaximise(cancellationToken))
        {
            throw new InvalidOperationException("Neither GLOP nor CLP found an optimum of a linear program that has one.");
        }
    }

    /// <summary>Solves a program that may have no solution; false if no optimum was found.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public bool TryMaximise(CancellationToken cancellationToken) => TryMaximise("GLOP", cancellationToken) || TryMaximise("CLP", cancellationToken);

    private bool TryMaximise(string backEnd, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using Solver solver = Solver.CreateSolver(backEnd) ?? throw new InvalidOperationException($"OR-Tools lacks {backEnd}.");
        Variable[] variables = [.. _variables.Select(v => solver.MakeNumVar(v.Lower, v.Upper, ""))];
        Google.OrTools.LinearSolver.Constraint[] rows = [.. _rows.Select(r => solver.MakeConstraint(r.Lower, r.Upper, ""))];
        foreach ((int row, int variable, double value) in _entries)
        {
            rows[row].SetCoefficient(variables[variable], value);
        }

        Objective objective = solver.Objective();
        for (int v = 0; v < variables.Length; v++)
        {
            if (_variables[v].Cost != 0)
            {
                objective.SetCoefficient(variables[v], _variables[v].Cost);
            }
        }

        objective.SetMaximization();
        Solver.ResultStatus status;
        using (cancellationToken.Register(() => solver.InterruptSolve()))
        {
            status = solver.Solve();
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (status != Solver.ResultStatus.OPTIMAL)
        {
            return false;
        }

        Values = Array.ConvertAll(variables, v => v.SolutionValue());
        ReducedCosts = Array.ConvertAll(variables, v => v.ReducedCost());
        Duals = Array.ConvertAll(rows, r => r.DualValue());
        Objective = objective.Value();
        GC.KeepAlive(solver);
        return true;
    }
}
