using Google.OrTools.LinearSolver;

namespace Sortition.Core.Engine.OrTools;

/// <summary>A linear program to be maximised, in OR-Tools: GLOP, or CLP where GLOP gives up. Bounds and entries may change between solves.</summary>
/// <remarks>
/// The native solver never leaves this class: reading one of its variables after the solver is gone ends the process, and values read after a change of the
/// model are stale. Results are copied out at once. Used by one thread at a time.
/// </remarks>
internal sealed class LinearProgram : IDisposable
{
    private readonly List<(double Lower, double Upper, double Cost)> _bounds = [];
    private readonly List<(double Lower, double Upper)> _rowBounds = [];
    private readonly List<(int Row, int Variable, double Value)> _entries = [];
    private readonly List<Variable> _variables = [];
    private readonly List<Google.OrTools.LinearSolver.Constraint> _rows = [];
    private readonly Solver _solver;

    /// <param name="growsByRows">
    /// Whether rows are added between solves. Then GLOP goes on by its dual simplex; its primal one can stall for minutes on the degenerate programs that cuts
    /// make. A count of iterations ends such a stall.
    /// </param>
    public LinearProgram(bool growsByRows = false)
    {
        _solver = Create("GLOP");
        if (growsByRows && !_solver.SetSolverSpecificParametersAsString("use_dual_simplex:true,max_number_of_iterations:100000"))
        {
            throw new InvalidOperationException("GLOP does not know its parameters.");
        }
    }

    public double[] Values { get; private set; } = [];

    public double[] Duals { get; private set; } = [];

    public double Objective { get; private set; }

    public int AddVariable(double lower, double upper, double cost)
    {
        _bounds.Add((lower, upper, cost));
        _variables.Add(_solver.MakeNumVar(lower, upper, ""));
        if (cost != 0)
        {
            _solver.Objective().SetCoefficient(_variables[^1], cost);
        }

        return _variables.Count - 1;
    }

    public int AddRow(double lower, double upper)
    {
        _rowBounds.Add((lower, upper));
        _rows.Add(_solver.MakeConstraint(lower, upper, ""));
        return _rows.Count - 1;
    }

    /// <summary>Sets an entry; the last value given counts.</summary>
    public void SetEntry(int row, int variable, double value)
    {
        _entries.Add((row, variable, value));
        _rows[row].SetCoefficient(_variables[variable], value);
    }

    public void SetRowBounds(int row, double lower, double upper)
    {
        _rowBounds[row] = (lower, upper);
        _rows[row].SetBounds(lower, upper);
    }

    public void SetVariableBounds(int variable, double lower, double upper)
    {
        _bounds[variable] = _bounds[variable] with { Lower = lower, Upper = upper };
        _variables[variable].SetBounds(lower, upper);
    }

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
    public bool TryMaximise(CancellationToken cancellationToken) =>
        TryMaximise(_solver, _variables, _rows, cancellationToken) || TryMaximiseElsewhere("CLP", cancellationToken);

    public void Dispose() => _solver.Dispose();

    private static Solver Create(string backEnd)
    {
        Solver solver = Solver.CreateSolver(backEnd) ?? throw new InvalidOperationException($"OR-Tools lacks {backEnd}.");
        solver.Objective().SetMaximization();
        return solver;
    }

    private bool TryMaximiseElsewhere(string backEnd, CancellationToken cancellationToken)
    {
        using Solver solver = Create(backEnd);
        List<Variable> variables = [.. _bounds.Select(v => solver.MakeNumVar(v.Lower, v.Upper, ""))];
        List<Google.OrTools.LinearSolver.Constraint> rows = [.. _rowBounds.Select(r => solver.MakeConstraint(r.Lower, r.Upper, ""))];
        foreach ((int row, int variable, double value) in _entries)
        {
            rows[row].SetCoefficient(variables[variable], value);
        }

        for (int v = 0; v < variables.Count; v++)
        {
            solver.Objective().SetCoefficient(variables[v], _bounds[v].Cost);
        }

        return TryMaximise(solver, variables, rows, cancellationToken);
    }

    private bool TryMaximise(Solver solver, List<Variable> variables, List<Google.OrTools.LinearSolver.Constraint> rows, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
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

        Values = [.. variables.Select(v => v.SolutionValue())];
        Duals = [.. rows.Select(r => r.DualValue())];
        Objective = solver.Objective().Value();
        GC.KeepAlive(solver);
        return true;
    }
}
