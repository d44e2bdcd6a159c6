using System.Diagnostics;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;

namespace Sortition.Core;

/// <summary>k people who together meet every quota and the household rule.</summary>
/// <remarks>
/// Two panels are equal if they have the same members and their problems are equal. Immutable and safe to read from any thread.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class Panel : IEquatable<Panel>
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
    public static Panel Create(SelectionProblem problem, IEnumerable<string> ids)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(ids);
        FaultList faults = new();
        Panel? panel = Create(new PanelRules(problem), ids, new FaultLocation("panel"), faults);
        return panel ?? throw faults.ToException();
    }

    /// <summary>Whether another panel has the same members, of an equal problem.</summary>
    /// <param name="other">The other; may be null.</param>
    public bool Equals(Panel? other) =>
        ReferenceEquals(this, other) || (other is not null && Members.SequenceEqual(other.Members) && Problem.Equals(other.Problem));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Panel);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (int member in Members)
        {
            hash.Add(member);
        }

        return hash.ToHashCode();
    }

    /// <summary>The members' ids, in ordinal order, with commas between them.</summary>
    public override string ToString() => string.Join(", ", Ids);

    /// <summary>Makes a panel of given people, or reports why they are none and returns null.</summary>
    internal static Panel? Create(PanelRules rules, IEnumerable<string> ids, FaultLocation location, FaultList faults)
    {
        SelectionProblem problem = rules.Problem;
        int before = faults.Count;
        int[] members = [.. problem.Find(ids, location, faults).Order()];
        if (faults.Count == before)
        {
            rules.Check(members, location, faults);
        }

        return faults.Count == before ? new Panel(problem, members) : null;
    }
}
