using Sortition.Core.Problems;

namespace Sortition.Core.Replacements;

/// <summary>Whether one member's seat could be filled if the member dropped out and everybody else stayed.</summary>
public sealed class MemberReplaceability
{
    internal MemberReplaceability(int member, int candidates, IReadOnlyList<Constraint> obstacles)
    {
        Member = member;
        Candidates = candidates;
        Obstacles = obstacles;
    }

    /// <summary>The member, an index into <see cref="SelectionProblem.People"/>.</summary>
    public int Member { get; }

    /// <summary>How many people of the remaining pool could take the seat within every quota and the household rule.</summary>
    public int Candidates { get; }

    /// <summary>
    /// If there is nobody: what the people who come nearest would break, the fewest constraints that any would. The panel size alone stands for an empty pool.
    /// Empty where there is somebody.
    /// </summary>
    public IReadOnlyList<Constraint> Obstacles { get; }

    /// <summary>Whether there is somebody.</summary>
    public bool IsReplaceable => Candidates > 0;
}

/// <summary>Whether two members' seats could be filled if both dropped out and everybody else stayed.</summary>
public sealed class PairReplaceability
{
    internal PairReplaceability(int first, int second, int candidates, IReadOnlyList<Constraint> obstacles)
    {
        First = first;
        Second = second;
        Candidates = candidates;
        Obstacles = obstacles;
    }

    /// <summary>A member, an index into <see cref="SelectionProblem.People"/>.</summary>
    public int First { get; }

    /// <summary>Another member, an index above <see cref="First"/>.</summary>
    public int Second { get; }

    /// <summary>
    /// How many different people of the remaining pool are in some pair that could take the two seats; 0 where there is no such pair, else 2 or more.
    /// </summary>
    public int Candidates { get; }

    /// <summary>If there is no such pair: what the pairs that come nearest would break, as for <see cref="MemberReplaceability.Obstacles"/>.</summary>
    public IReadOnlyList<Constraint> Obstacles { get; }

    /// <summary>Whether there is such a pair.</summary>
    public bool IsReplaceable => Candidates > 0;
}
