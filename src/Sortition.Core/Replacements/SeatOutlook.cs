using Sortition.Core.Problems;

namespace Sortition.Core.Replacements;

/// <summary>Whether one member's seat could be filled if the member dropped out and everybody else stayed.</summary>
/// <param name="Member">The member, an index into <see cref="SelectionProblem.People"/>.</param>
/// <param name="Candidates">How many people of the remaining pool could take the seat within every quota and the household rule.</param>
/// <param name="Obstacles">
/// If there is nobody: what the people who come nearest would break, the fewest constraints that any would. The panel size alone stands for an empty pool.
/// Empty where there is somebody.
/// </param>
public sealed record MemberReplaceability(int Member, int Candidates, IReadOnlyList<Constraint> Obstacles)
{
    /// <summary>Whether there is somebody.</summary>
    public bool IsReplaceable => Candidates > 0;
}

/// <summary>Whether two members' seats could be filled if both dropped out and everybody else stayed.</summary>
/// <param name="First">A member, an index into <see cref="SelectionProblem.People"/>.</param>
/// <param name="Second">Another member, an index above <paramref name="First"/>.</param>
/// <param name="Candidates">
/// How many different people of the remaining pool are in some pair that could take the two seats; 0 where there is no such pair, else 2 or more.
/// </param>
/// <param name="Obstacles">If there is no such pair: what the pairs that come nearest would break, as for <see cref="MemberReplaceability.Obstacles"/>.</param>
public sealed record PairReplaceability(int First, int Second, int Candidates, IReadOnlyList<Constraint> Obstacles)
{
    /// <summary>Whether there is such a pair.</summary>
    public bool IsReplaceable => Candidates > 0;
}
