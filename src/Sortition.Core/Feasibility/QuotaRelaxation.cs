using Sortition.Core.Engine.Conflicts;
using Sortition.Core.Engine.Polytope;

namespace Sortition.Core.Feasibility;

/// <summary>Finds the least changes of quotas with which there is a panel.</summary>
/// <remarks>
/// <para>To lower a minimum of l by a seat costs 1 + 2/l, to raise a maximum by a seat costs 1, each times the quota's priority. A minimum goes down to
/// <see cref="Quota.MinFlex"/> at most (0 if nothing was said), a maximum up to <see cref="Quota.MaxFlex"/> (the panel size). Panel size, household limit, and
/// who must be in or out never change.</para>
/// <para>Exact and repeatable: every alternative is proven the cheapest of its kind, and that there is none is proven too. Stateless; safe to use from any
/// number of threads at once.</para>
/// </remarks>
public static class QuotaRelaxation
{
    /// <summary>Finds alternatives.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="options">What may give; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The alternatives, or why there are none.</returns>
    /// <exception cref="ArgumentException">A priority is not above 0.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <example>
    /// <code>
    /// RelaxationReport ways = QuotaRelaxation.Find(problem, new RelaxationOptions { IsKept = quota =&gt; quota.FeatureLabel == "gender" });
    /// foreach (Relaxation way in ways.Alternatives)                        // the cheapest first
    /// {
    ///     Console.WriteLine(string.Join("; ", way.Changes.Select(TextRenderer.English.Describe)));
    /// }
    ///
    /// SelectionProblem feasible = ways.Alternatives[0].Problem;
    /// </code>
    /// </example>
    public static RelaxationReport Find(SelectionProblem problem, RelaxationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        options ??= new RelaxationOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxAlternatives, 1, nameof(options));
        cancellationToken.ThrowIfCancellationRequested();
        QuotaPolytope polytope = QuotaPolytope.Of(problem);
        LooseQuotas loose = new(problem, polytope, options);
        IReadOnlyList<int[]> found = new MinimalChanges(polytope, loose.Sides, cancellationToken).Run(options.MaxAlternatives, out bool areAll);
        Diagnosis? obstacles = found.Count > 0 ? null : FeasibilityAnalysis.Diagnose(loose.Loosest(), cancellationToken: cancellationToken);
        return new RelaxationReport([.. found.Select(loose.Read)], areAll, found.Count > 0 ? null : loose.Loosest(), obstacles);
    }
}
