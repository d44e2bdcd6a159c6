using Sortition.Core.Problems;
using Sortition.Core.Replacements;
using Sortition.Files.Tables.Model;

namespace Sortition.Files.Dialects;

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

    /// <summary>Where this is the problem of the open seats of a replacement round, the round; null otherwise.</summary>
    public ReplacementRound? Round { get; private init; }

    /// <summary>Where this is the problem of a replacement round, the problem of the first panel.</summary>
    internal LoadedProblem? Original { get; private init; }

    /// <summary>The problem of the open seats of a replacement round, with the rows of those who may be drawn. Its results tell the whole panel too.</summary>
    /// <param name="round">A round of <see cref="Problem"/>.</param>
    /// <returns>The round's residual problem, read from the same files.</returns>
    /// <exception cref="ArgumentException">The round is one of another problem.</exception>
    public LoadedProblem ForReplacements(ReplacementRound round)
    {
        ArgumentNullException.ThrowIfNull(round);
        return round.Original == Problem
            ? new LoadedProblem(round.Residual, People.Of(Problem, round.Residual), Inputs, HouseholdColumns, EntitlementColumn) { Round = round, Original = this }
            : throw new ArgumentException("The round is one of another problem.", nameof(round));
    }
}
