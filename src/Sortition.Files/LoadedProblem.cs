using Sortition.Core.Problems;

namespace Sortition.Files;

/// <summary>A problem read from files, with what the files hold beside it.</summary>
/// <remarks>Immutable and safe to read from any thread.</remarks>
public sealed class LoadedProblem
{
    internal LoadedProblem(SelectionProblem problem, PeopleRows people, IReadOnlyList<InputFile> inputs, IReadOnlyList<string> householdColumns, string? entitlementColumn)
    {
        Problem = problem;
        People = people;
        Inputs = inputs;
        HouseholdColumns = householdColumns;
        EntitlementColumn = entitlementColumn;
    }

    /// <summary>The problem.</summary>
    public SelectionProblem Problem { get; }

    /// <summary>The people file with all its columns.</summary>
    public PeopleRows People { get; }

    /// <summary>The files read: quotas, then people.</summary>
    public IReadOnlyList<InputFile> Inputs { get; }

    /// <summary>The columns that make a household, as asked for; empty where the household rule is off.</summary>
    public IReadOnlyList<string> HouseholdColumns { get; }

    /// <summary>The column of what each person is entitled to, as asked for; null where everybody is entitled to the same.</summary>
    public string? EntitlementColumn { get; }
}
