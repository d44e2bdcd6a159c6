namespace Sortition.Core.Replacements;

/// <summary>Whether the seats of one member or of two could be filled if they dropped out and everybody else stayed.</summary>
/// <remarks>Immutable and safe to read from any thread.</remarks>
public sealed class Replaceability
{
    internal Replaceability(IReadOnlyList<int> members, int candidates, IReadOnlyList<Constraint> obstacles)
    {
        Members = members;
        Candidates = candidates;
        Obstacles = obstacles;
    }

    /// <summary>The members who drop out, one or two: indices into <see cref="SelectionProblem.People"/>, ascending.</summary>
    public IReadOnlyList<int> Members { get; }

    /// <summary>
    /// How many people of the remaining pool could take the seat within every quota and the household rule; for two seats, how many different people are in
    /// some pair that could take them, which is 0 or 2 or more.
    /// </summary>
    public int Candidates { get; }

    /// <summary>
    /// If there is nobody: what the people (or pairs) who come nearest would break, the fewest constraints that any would. The panel size alone stands for too
    /// small a pool. Empty where there is somebody.
    /// </summary>
    public IReadOnlyList<Constraint> Obstacles { get; }

    /// <summary>Whether there is somebody.</summary>
    public bool IsReplaceable => Candidates > 0;
}
