using Sortition.Core.Engine.Conflicts;
using Sortition.Core.Engine.Polytope;
using Sortition.Core.Engine.Search;
using Sortition.Core.Problems;

namespace Sortition.Core.Feasibility;

/// <summary>Finds out whether a problem has a panel at all, who can be on one, and what clashes where there is none.</summary>
/// <remarks>
/// Exact: that there is a panel is shown by one, that there is none (or none with a certain person) is confirmed in whole-number arithmetic.
/// Stateless; safe to use from any number of threads at once.
/// </remarks>
public static class FeasibilityAnalysis
{
    /// <summary>Checks a problem.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <returns>The verdict, with reasons.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static FeasibilityReport Check(SelectionProblem problem, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return Check(problem, null, out _, cancellationToken);
    }

    /// <summary>Finds out what clashes.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="options">How much to tell; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The diagnosis.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <example>
    /// <code>
    /// foreach (Conflict conflict in FeasibilityAnalysis.Diagnose(problem).Conflicts)
    /// {
    ///     Console.WriteLine(TextRenderer.English.Describe(conflict, problem));
    ///     foreach (string help in TextRenderer.English.DescribeHelp(conflict, problem))
    ///     {
    ///         Console.WriteLine($"  {help}");
    ///     }
    /// }
    /// </code>
    /// </example>
    public static Diagnosis Diagnose(SelectionProblem problem, DiagnosisOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        options ??= new DiagnosisOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxConflicts, 1, nameof(options));
        cancellationToken.ThrowIfCancellationRequested();
        QuotaPolytope polytope = QuotaPolytope.Of(problem);
        ConstraintOracle oracle = new(polytope, cancellationToken);
        IReadOnlyList<bool[]> found = new ConflictEnumerator(oracle, cancellationToken).Run(options.MaxConflicts, out bool areAll);
        ConflictReader reader = new(problem, polytope, cancellationToken);

        // Those that are told in the fewest words come first; the order among others is that in which they were found.
        return new Diagnosis([.. found.Select(f => reader.Read(oracle.Constraints(f))).OrderBy(c => c.Constraints.Count)], areAll);
    }

    /// <summary>Checks a problem and hands on what was found on the way; the survey is null where counting alone gave the answer.</summary>
    internal static FeasibilityReport Check(SelectionProblem problem, Action<int>? found, out PoolSurvey? survey, CancellationToken cancellationToken)
    {
        survey = null;
        IReadOnlyList<InfeasibilityReason> quick = QuickReasons.Of(problem);
        if (quick.Count > 0)
        {
            return new FeasibilityReport(quick, []);
        }

        QuotaPolytope polytope = QuotaPolytope.Of(problem);
        survey = new PoolSurvey(polytope);
        ConflictFinder conflicts = new(polytope, cancellationToken);
        if (!survey.Run(found, cancellationToken))
        {
            return new FeasibilityReport([new InfeasibilityReason(InfeasibilityCode.Conflict, conflicts.Find(null), 0, 0)], []);
        }

        bool[] covered = survey.Covered;
        Dictionary<int, IReadOnlyList<Constraint>> reasons = [];
        List<UnselectablePerson> uncovered = [];
        for (int i = 0; i < problem.People.Count; i++)
        {
            int type = problem.TypeTable.TypeOf[i];
            if (type < 0)
            {
                uncovered.Add(new UnselectablePerson(i, []));
            }
            else if (!covered[type])
            {
                if (!reasons.TryGetValue(type, out IReadOnlyList<Constraint>? reason))
                {
                    reasons.Add(type, reason = conflicts.Find(type));
                }

                uncovered.Add(new UnselectablePerson(i, reason));
            }
        }

        return new FeasibilityReport([], uncovered);
    }
}
