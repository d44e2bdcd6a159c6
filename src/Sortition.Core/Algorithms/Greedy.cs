using Sortition.Core.Feasibility;

namespace Sortition.Core.Algorithms;

/// <summary>The classic greedy draw ("legacy"): seat after seat goes to a random person of the group that is most urgently short of people.</summary>
/// <remarks>
/// <para>How urgent a quota is: (minimum − seated) / people remaining; the first in file order wins ties. Whoever is drawn is seated; then housemates beyond
/// the household limit and everybody whose group is full drop out. An attempt fails when a minimum can no longer be met; there are up to
/// <see cref="MaxAttempts"/> attempts. The ratio keeps its sign, as in the published benchmark (Flanigan et al., Nature 2021, supplementary information): with
/// slack minima the seats do not all go to the group listed first.</para>
/// <para>Nobody knows the chances this gives to people except by trying: <see cref="Sampling.ProbabilityEstimate"/>. It may find no panel where there are
/// some.</para>
/// <para>Stateless; safe to use from any number of threads at once.</para>
/// </remarks>
public sealed class Greedy : IPanelAlgorithm
{
    /// <summary>How many attempts a draw makes before it gives up.</summary>
    internal const int MaxAttempts = 100;

    /// <inheritdoc/>
    public string Name => "greedy";

    /// <inheritdoc/>
    /// <remarks>Where all attempts fail, an exact check tells whether there is a panel at all. <see cref="SolveOptions.TimeLimit"/> is not used.</remarks>
    public PanelResult DrawPanel(SelectionProblem problem, RandomSource random, SolveOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(random);
        int[] members = RoomForMembers(problem);
        int attempts = new GreedyDraw(new GreedyPool(problem)).Run(random, members, MaxAttempts, cancellationToken);
        if (attempts > 0)
        {
            return new PanelResult.Drawn(new Panel(problem, members), attempts);
        }

        FeasibilityReport report = FeasibilityAnalysis.Check(problem, cancellationToken);
        return report.IsFeasible ? new PanelResult.AttemptsExhausted(MaxAttempts) : new PanelResult.Infeasible(report);
    }

    /// <summary>A panel can be asked for that is larger than any pool; no draw of it succeeds.</summary>
    internal static int[] RoomForMembers(SelectionProblem problem) => new int[Math.Min(problem.PanelSize, problem.People.Count)];
}
