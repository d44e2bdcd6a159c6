using Sortition.Core.Engine.Conflicts;
using Sortition.Core.Engine.Polytope;
using Sortition.Core.Problems;

namespace Sortition.Core.Feasibility;

/// <summary>What clashes where the quotas cannot be met, and what would help.</summary>
/// <remarks>
/// Exact: that constraints clash is confirmed in whole-number arithmetic, and that no smaller set of them does is shown by counting. Repeatable: nothing
/// depends on the clock. Immutable and safe to read from any thread.
/// </remarks>
public sealed record Diagnosis
{
    private Diagnosis(IReadOnlyList<Conflict> conflicts, bool areAll)
    {
        Conflicts = conflicts;
        AreAll = areAll;
    }

    /// <summary>
    /// Irreducible conflicts: leave out any one constraint of a conflict, and the rest of it can be met. The same constraint may be part of several. Empty if
    /// there is a panel.
    /// </summary>
    /// <remarks>To have a panel, something of every conflict must give.</remarks>
    public IReadOnlyList<Conflict> Conflicts { get; }

    /// <summary>Whether there are no other conflicts; proven. If false, there may be more.</summary>
    public bool AreAll { get; }

    /// <summary>Whether there is a panel.</summary>
    public bool IsFeasible => Conflicts.Count == 0;

    /// <summary>Finds out what clashes.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="options">How much to tell; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The diagnosis.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Diagnosis Run(SelectionProblem problem, DiagnosisOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        options ??= DiagnosisOptions.Default;
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxConflicts, 1, nameof(options));
        cancellationToken.ThrowIfCancellationRequested();
        QuotaPolytope polytope = QuotaPolytope.Of(problem);
        ConstraintOracle oracle = new(polytope, cancellationToken);
        IReadOnlyList<bool[]> found = new ConflictEnumerator(oracle, cancellationToken).Run(options.MaxConflicts, out bool areAll);
        ConflictReader reader = new(problem, polytope, cancellationToken);

        // Those that are told in the fewest words come first; the order among others is that in which they were found.
        return new Diagnosis([.. found.Select(f => reader.Read(oracle.Constraints(f))).OrderBy(c => c.Constraints.Count)], areAll);
    }
}
