using Google.OrTools.Sat;

namespace Sortition.Core.Engine.OrTools;

/// <summary>Runs CP-SAT, which computes in whole numbers without tolerances, the way it runs safely here.</summary>
internal static class WholeNumberSolver
{
    // Presolve is off: on rare small models it fails a check of its own and ends the process. These models are quicker without it anyway.
    // It works with the linear relaxation, whose bound is nearly always that of the optimum.
    // By default the solver takes Ctrl-C away from the process it runs in, and does not give it back.
    private const string Parameters = "num_workers:1,cp_model_presolve:false,linearization_level:2,catch_sigint_signal:false";

    /// <summary>Solves a model to the end.</summary>
    /// <returns>The values of the variables at an optimum; null if the model has no solution. Both proven.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static long[]? Solve(CpModel model, IReadOnlyList<IntVar> variables, CancellationToken cancellationToken)
    {
        CpSolver solver = new() { StringParameters = Parameters };
        CpSolverStatus status;
        cancellationToken.ThrowIfCancellationRequested();
        using (cancellationToken.Register(solver.StopSearch))
        {
            status = solver.Solve(model);
        }

        switch (status)
        {
            case CpSolverStatus.Infeasible:
                return null;
            case CpSolverStatus.Optimal:
                return [.. variables.Select(solver.Value)];
            default:
                cancellationToken.ThrowIfCancellationRequested();
                throw new InvalidOperationException($"CP-SAT ended with the status {status}.");
        }
    }
}
