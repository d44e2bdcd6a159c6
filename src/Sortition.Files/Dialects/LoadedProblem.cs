using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Core.Replacements;
using Sortition.Files.Storage;
using Sortition.Shared;

namespace Sortition.Files.Dialects;

/// <summary>A problem with what its files hold beside it, so that results can be written in the form of these files.</summary>
/// <remarks>Immutable and safe to read from any thread.</remarks>
public sealed class LoadedProblem
{
    internal LoadedProblem(
        SelectionProblem problem, PeopleRows people, IReadOnlyList<InputFile> inputs, IReadOnlyList<string> householdColumns, string? entitlementColumn)
    {
        Problem = problem;
        People = people;
        Inputs = inputs;
        HouseholdColumns = householdColumns;
        EntitlementColumn = entitlementColumn;
        Warnings = problem.Warnings;
    }

    /// <summary>The problem.</summary>
    public SelectionProblem Problem { get; }

    /// <summary>The people file with all its columns; where the problem comes from elsewhere, ids and features.</summary>
    public PeopleRows People { get; }

    /// <summary>What whoever gave the files should know.</summary>
    public IReadOnlyList<Fault> Warnings { get; internal init; }

    /// <summary>The files read: quotas, then people; none where the problem comes from elsewhere.</summary>
    public IReadOnlyList<InputFile> Inputs { get; }

    /// <summary>
    /// What became of everybody's invitation, by <see cref="ProblemFilesOptions.AnswerColumn"/>, in the order of the rows; empty where none is read.
    /// </summary>
    public IReadOnlyList<(string Id, Answer Answer)> Answers { get; internal init; } = [];

    /// <summary>The ids of <see cref="ProblemFilesOptions.FurtherPeople"/> who were not in the people file and were added.</summary>
    public IReadOnlyList<string> FurtherPeople { get; internal init; } = [];

    /// <summary>Whether this is a rehearsal: then all that is written of it, and of what is drawn from it, is marked with the word <c>REHEARSAL</c>.</summary>
    public bool IsRehearsal { get; private set; }

    /// <summary>
    /// The ids of those who are out and whose rows were left out, since they lack values; as ids are compared (<see cref="NameComparer.IdKey"/>).
    /// </summary>
    public IReadOnlyList<string> LeftOut { get; internal init; } = [];

    /// <summary>The ids of those of <see cref="FurtherPeople"/> who are out.</summary>
    internal IReadOnlyList<string> Erased { get; init; } = [];

    /// <summary>The columns that make a household, as asked for; empty where the household rule is off.</summary>
    internal IReadOnlyList<string> HouseholdColumns { get; }

    /// <summary>The column of what each person is entitled to, as asked for; null where everybody is entitled to the same.</summary>
    internal string? EntitlementColumn { get; }

    /// <summary>Where this is the problem of the open seats of a replacement round, the round; null otherwise.</summary>
    public ReplacementRound? Round { get; private init; }

    /// <summary>Where this is the problem of a replacement round, the problem of the first panel.</summary>
    internal LoadedProblem? Original { get; private init; }

    /// <summary>A problem that comes from elsewhere, such as a host's own database, so that its results can be written too.</summary>
    /// <param name="problem">The problem.</param>
    /// <returns>The problem, with a people file of the columns <c>id</c> and one for each feature, in the order of the problem.</returns>
    public static LoadedProblem FromProblem(SelectionProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return new LoadedProblem(problem, PeopleRows.Of(problem), [], [], entitlementColumn: null);
    }

    /// <summary>
    /// Compares lists of people that were made from an earlier state of the people file, such as <c>selected.csv</c>, with the people file: whether everybody
    /// on them is still the person with that id.
    /// </summary>
    /// <param name="listed">The people of all lists of one round, as <see cref="PeopleFiles.LoadIds"/> read them.</param>
    /// <returns>
    /// Faults and warnings (<see cref="Core.FaultCode.IsWarning"/>). Where people have ids, a person is another one if most of what the list says differs, and
    /// a difference is a warning otherwise. Where they are called by the numbers of their rows, any difference is a fault, and so is a person of whom no list
    /// says anything but the number.
    /// </returns>
    public IReadOnlyList<Fault> FindOthers(IReadOnlyList<ListedId> listed)
    {
        ArgumentNullException.ThrowIfNull(listed);
        return ListedComparison.Run(Problem, People, listed);
    }

    /// <summary>The same for a rehearsal: nobody can take what is written of it for the real thing.</summary>
    /// <returns>The problem, with <see cref="IsRehearsal"/>.</returns>
    public LoadedProblem ToRehearsal()
    {
        LoadedProblem rehearsal = (LoadedProblem)MemberwiseClone();
        rehearsal.IsRehearsal = true;
        return rehearsal;
    }

    /// <summary>What writes a table, with the mark of a rehearsal in a last column where this is one.</summary>
    internal Action<TableWriter> Marked(Action<TableWriter> write) => !IsRehearsal ? write : writer =>
    {
        writer.Mark = Rehearsal.Mark;
        write(writer);
    };

    /// <summary>The problem of the open seats of a replacement round, with the rows of those who may be drawn. Its results tell the whole panel too.</summary>
    /// <param name="round">A round of <see cref="Problem"/>.</param>
    /// <returns>The round's residual problem, read from the same files.</returns>
    /// <exception cref="ArgumentException">The round is one of another problem.</exception>
    public LoadedProblem ForReplacements(ReplacementRound round)
    {
        ArgumentNullException.ThrowIfNull(round);
        return Problem.Equals(round.Original)
            ? new LoadedProblem(round.Residual, People.Of(Problem, round.Residual), Inputs, HouseholdColumns, EntitlementColumn)
            {
                Round = round,
                Original = this,
                IsRehearsal = IsRehearsal,
            }
            : throw new ArgumentException("The round is one of another problem.", nameof(round));
    }
}
