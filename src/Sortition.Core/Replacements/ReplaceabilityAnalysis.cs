using Sortition.Core.Problems;

namespace Sortition.Core.Replacements;

/// <summary>
/// What would happen if members of a panel dropped out: for each member, and for each two, whether and by how many people they can be replaced.
/// </summary>
/// <remarks>
/// Exact, by counting: for one or two seats it is enough to know how much slack every quota has and who of the remaining pool counts towards which. Everybody
/// who stays is taken to stay; statuses of those who drop out do not matter. Immutable and safe to read from any thread.
/// </remarks>
public sealed class ReplaceabilityAnalysis
{
    private ReplaceabilityAnalysis(Panel panel, Replaceability[] members, Replaceability[] pairs)
    {
        Panel = panel;
        Members = members;
        Pairs = pairs;
    }

    /// <summary>The panel.</summary>
    public Panel Panel { get; }

    /// <summary>One outlook for each member, in the order of <see cref="Panel.Members"/>.</summary>
    public IReadOnlyList<Replaceability> Members { get; }

    /// <summary>One outlook for each two members, ordered by the first, then the second; none on a panel of one.</summary>
    public IReadOnlyList<Replaceability> Pairs { get; }

    /// <summary>Looks ahead.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="unavailable">Ids of people who cannot be asked, beside those who must be out; null for nobody.</param>
    /// <param name="options">Progress; null for the defaults. The work is done on one thread.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The outlooks.</returns>
    /// <exception cref="MalformedInputException">Some who are unavailable are unknown, or members of the panel; the exception lists them.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ReplaceabilityAnalysis Run(
        Panel panel, IEnumerable<string>? unavailable = null, ComputeOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(panel);
        options = ComputeOptions.Checked(options);
        SelectionProblem problem = panel.Problem;
        IReadOnlyList<int> members = panel.Members;
        FaultLocation location = new("unavailable");
        FaultList faults = new();
        HashSet<int> notAsked = [.. problem.Find(unavailable ?? [], location, faults)];
        foreach (int both in members.Where(notAsked.Contains))
        {
            faults.Add(CoreFaults.MemberOfPanel, location, problem.People[both].Id);
        }

        faults.ThrowIfAny();
        Vacancies vacancies = new(panel, notAsked, cancellationToken);
        Replaceability[] single = new Replaceability[members.Count];
        Replaceability[] pairs = new Replaceability[members.Count * (members.Count - 1) / 2];
        int done = 0;
        for (int i = 0; i < members.Count; i++)
        {
            (int candidatesForOne, IReadOnlyList<Constraint> obstaclesToOne) = vacancies.Fill(members[i]);
            single[i] = new Replaceability([members[i]], candidatesForOne, obstaclesToOne);
            for (int j = i + 1; j < members.Count; j++)
            {
                (int candidates, IReadOnlyList<Constraint> obstacles) = vacancies.Fill(members[i], members[j]);
                pairs[done++] = new Replaceability([members[i], members[j]], candidates, obstacles);
            }

            options.Progress?.Report((i + 1) / (double)members.Count);
        }

        return new ReplaceabilityAnalysis(panel, single, pairs);
    }
}
