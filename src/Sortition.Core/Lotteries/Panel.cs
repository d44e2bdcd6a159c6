using Sortition.Core.Problems;

namespace Sortition.Core.Lotteries;

/// <summary>k people who together meet every quota and the household rule.</summary>
/// <remarks>Immutable and safe to read from any thread.</remarks>
public sealed class Panel
{
    internal Panel(SelectionProblem problem, int[] members)
    {
        Problem = problem;
        Members = members;
    }

    /// <summary>The problem whose quotas the panel meets.</summary>
    public SelectionProblem Problem { get; }

    /// <summary>The members, as indices into <see cref="SelectionProblem.People"/>, ascending; as many as the panel size.</summary>
    public IReadOnlyList<int> Members { get; }

    /// <summary>The members' ids, in ordinal order.</summary>
    public IEnumerable<string> Ids => Members.Select(i => Problem.People[i].Id);

    /// <summary>Makes a panel of given people, after checking that they are one.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="ids">The members' ids, in any order.</param>
    /// <returns>The panel.</returns>
    /// <exception cref="MalformedInputException">
    /// An id is unknown or given twice, or the people break the panel size, a quota, the household rule, or a status; the exception lists all of it.
    /// </exception>
    public static Panel Of(SelectionProblem problem, IEnumerable<string> ids)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(ids);
        FaultList faults = new();
        Panel? panel = Of(problem, ids, new FaultLocation("panel"), faults);
        return panel ?? throw faults.ToException();
    }

    /// <summary>Makes a panel of given people, or reports why they are none and returns null.</summary>
    internal static Panel? Of(SelectionProblem problem, IEnumerable<string> ids, FaultLocation location, FaultList faults)
    {
        int before = faults.Count;
        int[] members = [.. problem.Find(ids, location, faults).Order()];
        if (faults.Count == before)
        {
            new PanelRules(problem).Check(members, location, faults);
        }

        return faults.Count == before ? new Panel(problem, members) : null;
    }
}
