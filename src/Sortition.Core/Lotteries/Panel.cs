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
    /// <exception cref="ArgumentException">An id is unknown or given twice, or the people break the panel size, a quota, the household rule, or a status.</exception>
    public static Panel Of(SelectionProblem problem, IEnumerable<string> ids)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(ids);
        int[] members = [.. ids.Select(id => problem.IndexOf(id) is >= 0 and int i ? i : throw new ArgumentException($"Nobody in the pool has the id \"{id}\".", nameof(ids)))];
        Array.Sort(members);
        string? breach = PanelRules.Breach(problem, members);
        return breach is null ? new Panel(problem, members) : throw new ArgumentException(breach, nameof(ids));
    }
}
