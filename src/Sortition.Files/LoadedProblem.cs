using Sortition.Core.Problems;

namespace Sortition.Files;

/// <summary>A problem read from files, with what the files hold beside it.</summary>
/// <remarks>Immutable and safe to read from any thread.</remarks>
public sealed class LoadedProblem
{
    internal LoadedProblem(SelectionProblem problem, PeopleRows people, IReadOnlyList<InputFile> inputs)
    {
        Problem = problem;
        People = people;
        Inputs = inputs;
    }

    /// <summary>The problem.</summary>
    public SelectionProblem Problem { get; }

    /// <summary>The people file with all its columns.</summary>
    public PeopleRows People { get; }

    /// <summary>The files read: quotas, then people.</summary>
    public IReadOnlyList<InputFile> Inputs { get; }
}
