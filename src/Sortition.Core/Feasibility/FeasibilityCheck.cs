using Sortition.Core.Engine.Conflicts;
using Sortition.Core.Engine.Polytope;
using Sortition.Core.Engine.Search;
using Sortition.Core.Problems;

namespace Sortition.Core.Feasibility;

/// <summary>Finds out whether a problem has a panel at all, and who can be on one.</summary>
/// <remarks>
/// Exact: that there is a panel is shown by one, that there is none (or none with a certain person) is confirmed in whole-number arithmetic.
/// Stateless; safe to use from any number of threads at once.
/// </remarks>
public static class FeasibilityCheck
{
    /// <summary>Checks a problem.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <returns>The verdict, with reasons.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static FeasibilityReport Run(SelectionProblem problem, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return Run(problem, null, out _, cancellationToken);
    }

    /// <summary>Checks a problem and hands on what was found on the way; the survey is null where counting alone gave the answer.</summary>
    internal static FeasibilityReport Run(SelectionProblem problem, Action<int>? found, out PoolSurvey? survey, CancellationToken cancellationToken)
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
        List<UncoveredPerson> uncovered = [];
        for (int i = 0; i < problem.People.Count; i++)
        {
            int type = problem.Types.TypeOf[i];
            if (type < 0)
            {
                uncovered.Add(new UncoveredPerson(i, []));
            }
            else if (!covered[type])
            {
                if (!reasons.TryGetValue(type, out IReadOnlyList<Constraint>? reason))
                {
                    reasons.Add(type, reason = conflicts.Find(type));
                }

                uncovered.Add(new UncoveredPerson(i, reason));
            }
        }

        return new FeasibilityReport([], uncovered);
    }
}
