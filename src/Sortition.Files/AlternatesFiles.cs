using Sortition.Core;
using Sortition.Core.Alternates;
using Sortition.Files.Dialects;
using Sortition.Files.Results;
using Sortition.Files.Storage;
using Sortition.Files.Tables.Model;
using Sortition.Shared;

namespace Sortition.Files;

/// <summary>Writes alternates that were chosen, and who stepped in for whom.</summary>
/// <remarks>
/// <para>Files of people have all columns of the people file, in its form: <c>alternates.csv</c> who stands by, <c>panel.csv</c> the panel after a
/// substitution, and, where contact columns were asked for, <c>letters.csv</c> what has become of everybody. <c>substitution.csv</c> has who dropped
/// out, who steps in, how many values they share and in which features they differ. <c>alternates.json</c> has how the alternates were chosen and how
/// well they do.</para>
/// <para>The bytes depend on what is written only: not on the clock, the machine, the process or the culture. Files are written beside their places and moved
/// in when all are whole; others are left alone.</para>
/// </remarks>
public static class AlternatesFiles
{
    private const string AlternatesName = "alternates.csv";
    private const string ReportName = "alternates.json";
    private const string PanelName = "panel.csv";
    private const string SubstitutionName = "substitution.csv";
    private const string LettersName = ResultTables.Letters;

    /// <summary>What <see cref="Write"/> writes, in the order of its importance; the letters only where there are contact columns.</summary>
    public static IReadOnlyList<string> ChoiceNames { get; } = [AlternatesName, LettersName, ReportName];

    /// <summary>What <see cref="WriteSubstitution"/> writes; the letters only where there are contact columns.</summary>
    public static IReadOnlyList<string> SubstitutionNames { get; } = [PanelName, SubstitutionName, AlternatesName, LettersName];

    /// <summary>Writes alternates that were chosen: <c>alternates.csv</c> and <c>alternates.json</c>.</summary>
    /// <param name="target">The folder, made if it does not exist; or an archive.</param>
    /// <param name="outcome">The alternates.</param>
    /// <param name="cancellationToken">Stops the writing; the folder is then as it was.</param>
    /// <returns>The names of the files written, in the order of their importance.</returns>
    /// <exception cref="ArgumentException">The parts of the outcome belong to different problems or panels.</exception>
    /// <exception cref="FilesExistException">The folder holds files of an earlier run; it is as it was.</exception>
    /// <exception cref="IOException">A file cannot be written; the folder is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to; it is as it was.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the folder is as it was.</exception>
    public static IReadOnlyList<string> Write(FolderTarget target, AlternatesOutcome outcome, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(outcome);
        Check(outcome);
        AlternateSet alternates = outcome.Result.Alternates;
        return WriteAll(
            target,
            [
                (AlternatesName, stream => WritePeople(stream, outcome.Input, alternates.People, cancellationToken)),
                .. Letters(outcome.Input, LetterColumn.OutcomesOf(alternates, outcome.Declined), cancellationToken),
                (ReportName, stream => AlternatesReport.Write(stream, outcome)),
            ],
            ChoiceNames,
            cancellationToken);
    }

    /// <summary>Writes <c>alternates.json</c> alone.</summary>
    /// <param name="stream">Where to; left open.</param>
    /// <param name="outcome">The alternates.</param>
    /// <exception cref="ArgumentException">The parts of the outcome belong to different problems or panels.</exception>
    public static void WriteReport(Stream stream, AlternatesOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(outcome);
        Check(outcome);
        AlternatesReport.Write(stream, outcome);
    }

    /// <summary>
    /// Writes a substitution: <c>panel.csv</c> (the panel after it), <c>substitution.csv</c> (who takes whose seat) and <c>alternates.csv</c> (who still stands
    /// by).
    /// </summary>
    /// <param name="target">The folder, made if it does not exist; or an archive.</param>
    /// <param name="input">The problem and the files it came from.</param>
    /// <param name="substitution">A substitution in a panel of the problem.</param>
    /// <param name="cancellationToken">Stops the writing; the folder is then as it was.</param>
    /// <returns>The names of the files written, in the order of their importance.</returns>
    /// <exception cref="FilesExistException">The folder holds files of an earlier run; it is as it was.</exception>
    /// <exception cref="IOException">A file cannot be written; the folder is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to; it is as it was.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the folder is as it was.</exception>
    public static IReadOnlyList<string> WriteSubstitution(
        FolderTarget target, LoadedProblem input, Substitution substitution, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(substitution);
        HashSet<int> members = [.. substitution.Members];
        return WriteAll(
            target,
            [
                (PanelName, stream => WritePeople(stream, input, [.. InOrderOfFile(input).Where(members.Contains)], cancellationToken)),
                (SubstitutionName, stream => WriteSeats(stream, input, substitution)),
                (AlternatesName, stream => WritePeople(stream, input, substitution.StandingBy, cancellationToken)),
                .. Letters(input, LetterColumn.OutcomesOf(input.Problem, substitution), cancellationToken),
            ],
            SubstitutionNames,
            cancellationToken);
    }

    private static void Check(AlternatesOutcome outcome)
    {
        AlternateSet alternates = outcome.Result.Alternates;
        SelectionProblem problem = outcome.Input.Problem;
        bool belongTogether = problem.Equals(alternates.Panel.Problem) && problem.Equals(outcome.Chances.Problem)
            && alternates.Panel.Equals(outcome.Scenarios.Panel) && alternates.Panel.Equals(outcome.Comparison?.Sample.Panel ?? alternates.Panel);
        if (!belongTogether)
        {
            throw new ArgumentException("Alternates, scenarios, chances and input belong to different problems or panels.", nameof(outcome));
        }
    }

    private static string[] WriteAll(
        FolderTarget target, (string Name, Action<Stream> Write)[] files, IReadOnlyList<string> earlier, CancellationToken cancellationToken)
    {
        target.Write(files, earlier.Contains, cancellationToken: cancellationToken);
        return [.. files.Select(f => f.Name)];
    }

    /// <summary>A table for letters, where it is known by which columns people are written to.</summary>
    private static (string Name, Action<Stream> Write)[] Letters(LoadedProblem input, LetterColumn outcomes, CancellationToken cancellationToken) =>
        input.People.ContactColumns.Count == 0
            ? []
            : [(LettersName, PanelFiles.Csv(input, ResultTables.OfLetters(input, [outcomes], cancellationToken)))];

    private static IEnumerable<int> InOrderOfFile(LoadedProblem input) => Enumerable.Range(0, input.People.Rows.Count).Select(input.People.PersonOf).Distinct();

    private static void WritePeople(Stream stream, LoadedProblem input, IReadOnlyList<int> people, CancellationToken cancellationToken) =>
        input.People.Form.Write(stream, input.Marked(table => ResultTables.WriteInOrder(table, input, people, cancellationToken)));

    private static void WriteSeats(Stream stream, LoadedProblem input, Substitution substitution) =>
        TextForm.Plain.Write(stream, input.Marked(csv => WriteSeats(csv, input.Problem, substitution)));

    private static void WriteSeats(TableWriter csv, SelectionProblem problem, Substitution substitution)
    {
        csv.Cell("dropped out").Cell("steps in").Cell("values shared").Cell("differs in").EndRow();
        foreach (SeatTaken seat in substitution.Seats)
        {
            csv.Cell(problem.People[seat.DropOut].Id);
            if (seat.Replacement is int replacement)
            {
                IReadOnlyList<string> differing = problem.DifferingFeatures(seat.DropOut, replacement);
                csv.Cell(problem.People[replacement].Id).Cell(problem.Features.Count - differing.Count).Cell(string.Join("; ", differing)).EndRow();
            }
            else
            {
                csv.Cell("").Cell("").Cell("").EndRow();
            }
        }
    }
}
