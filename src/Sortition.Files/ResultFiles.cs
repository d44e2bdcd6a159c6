using Sortition.Core;
using Sortition.Core.Lotteries;
using Sortition.Files.Results;
using Sortition.Files.Storage;
using Sortition.Files.Tables.Xlsx;

namespace Sortition.Files;

/// <summary>Writes a selection as files for spreadsheets and programs.</summary>
/// <remarks>
/// <para><c>selected.csv</c> has the rows of those who were drawn, with all columns of the people file and in its form and order; <c>remaining.csv</c> those
/// who may still be asked. Of a replacement round <c>selected.csv</c> has the replacements and <c>panel.csv</c> the whole panel. Where contact columns were
/// asked for, <c>letters.csv</c> has them for everybody, and what has become of the person.</para>
/// <para>Where there is a lottery, <c>lottery.csv</c> has its panels: for each, numbered from 1, its probability and how many seats it has for each type of
/// people, and <c>types.csv</c> the type of everybody, and their household where the limit can bind it. Where it was rounded to ballots, <c>lottery.csv</c> has
/// the ballots instead, numbered from 0 in as many digits as the last one has, with the ids of their members. <c>probabilities.csv</c> has everybody's chance,
/// 0..1, and <c>report.json</c> everything else, in the format <c>sortition-report/1</c>.</para>
/// <para>Cells that a spreadsheet might run as formulas begin with an apostrophe. The bytes depend on the outcome only: not on the clock, the machine, the
/// process or the culture.</para>
/// </remarks>
/// <example>
/// <code>
/// LoadedProblem input = LoadedProblem.FromProblem(problem);       // or from ProblemFiles.Load
/// PanelLottery lottery = new Leximin().Solve(problem).GetLotteryOrThrow();
/// SelectionOutcome outcome = SelectionOutcome.Draw(input, lottery, RandomSource.NewSeed(), softwareVersion: "my platform 2.1");
/// ResultFiles.Write("result", outcome);                           // or into a stream: FolderTarget.ToZip
/// </code>
/// </example>
public static class ResultFiles
{
    private const string ReportName = "report.json";
    private const string WorkbookName = PanelFiles.WorkbookName;

    private static readonly string[] AllNames =
    [
        ResultTables.Selected,
        ResultTables.Whole,
        ResultTables.Remaining,
        ResultTables.Letters,
        ResultTables.Lottery,
        ResultTables.Types,
        ResultTables.Probabilities,
        ReportName,
        WorkbookName,
    ];

    /// <summary>Writes all files of a selection into a folder, or none.</summary>
    /// <param name="target">The folder, made if it does not exist; or an archive.</param>
    /// <param name="outcome">The selection.</param>
    /// <param name="cancellationToken">Stops the writing; the folder is then as it was.</param>
    /// <returns>The names of the files written, in the order of their importance.</returns>
    /// <remarks>
    /// Files are written beside their places and moved in when all are whole. Where there are result files of an earlier run, nothing is written; other files
    /// are left alone.
    /// </remarks>
    /// <exception cref="ArgumentException">The parts of the outcome belong to different problems, or the panel is not the one drawn.</exception>
    /// <exception cref="FilesExistException">The folder holds results of an earlier run; it is as it was.</exception>
    /// <exception cref="IOException">A file cannot be written; the folder is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to; it is as it was.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the folder is as it was.</exception>
    public static IReadOnlyList<string> Write(FolderTarget target, SelectionOutcome outcome, CancellationToken cancellationToken = default) =>
        Write(target, outcome, withWorkbook: false, cancellationToken);

    /// <summary>
    /// Writes all files of a selection into a folder, and beside them <c>selection.xlsx</c>, a workbook whose sheets hold what the CSV files hold; or nothing.
    /// </summary>
    /// <param name="target">The folder, made if it does not exist; or an archive.</param>
    /// <param name="outcome">The selection.</param>
    /// <param name="cancellationToken">Stops the writing; the folder is then as it was.</param>
    /// <returns>The names of the files written, in the order of their importance.</returns>
    /// <remarks>As <see cref="Write(FolderTarget, SelectionOutcome, CancellationToken)"/>.</remarks>
    /// <exception cref="ArgumentException">The parts of the outcome belong to different problems, or the panel is not the one drawn.</exception>
    /// <exception cref="SheetLimitException">A table is too large for a sheet, or a text for a cell. The folder is as it was.</exception>
    /// <exception cref="FilesExistException">The folder holds results of an earlier run; it is as it was.</exception>
    /// <exception cref="IOException">A file cannot be written; the folder is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to; it is as it was.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the folder is as it was.</exception>
    public static IReadOnlyList<string> WriteWithWorkbook(FolderTarget target, SelectionOutcome outcome, CancellationToken cancellationToken = default) =>
        Write(target, outcome, withWorkbook: true, cancellationToken);

    /// <summary>Writes <c>report.json</c> alone.</summary>
    /// <param name="stream">Where to; left open.</param>
    /// <param name="outcome">The selection.</param>
    /// <exception cref="ArgumentException">The parts of the outcome belong to different problems, or a drawn row is not that of the panel.</exception>
    public static void WriteReport(Stream stream, SelectionOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(outcome);
        Check(outcome);
        Report.Write(stream, outcome);
    }

    /// <summary>Whether a file of this name may be one of a selection.</summary>
    /// <param name="name">The name, without a folder.</param>
    public static bool IsResult(string name) => AllNames.Contains(name);

    private static string[] Write(FolderTarget target, SelectionOutcome outcome, bool withWorkbook, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(outcome);
        Check(outcome);
        IReadOnlyList<ResultTable> tables = ResultTables.Of(outcome, cancellationToken);
        List<(string Name, Action<Stream> Write)> files =
        [
            .. tables.Select(table => (table.File, PanelFiles.Csv(outcome.Input, table))),
            (ReportName, stream => Report.Write(stream, outcome)),
        ];
        if (withWorkbook)
        {
            files.Add(PanelFiles.Workbook(tables));
        }

        target.Write(files, IsResult, cancellationToken: cancellationToken);
        return [.. files.Select(f => f.Name)];
    }

    private static void Check(SelectionOutcome outcome)
    {
        SelectionProblem problem = outcome.Input.Problem;
        SelectionProblem[] others = [outcome.Panel.Problem, outcome.Lottery?.Problem ?? problem, outcome.Ballots?.Problem ?? problem];
        if (!Array.TrueForAll(others, problem.Equals))
        {
            throw new ArgumentException("Panel, lottery and input belong to different problems.", nameof(outcome));
        }

        if (outcome.Lottery is null != outcome.DrawnPanel is null || (outcome.Lottery is null && outcome.Ballots is not null))
        {
            throw new ArgumentException("A lottery comes with the number of the panel drawn, and ballots with their lottery.", nameof(outcome));
        }

        if (outcome.DrawnPanel is int drawn && !IsDrawn(outcome, drawn))
        {
            throw new ArgumentException("The panel is not the one drawn.", nameof(outcome));
        }
    }

    private static bool IsDrawn(SelectionOutcome outcome, int drawn)
    {
        if (outcome.Ballots is PanelTable ballots)
        {
            return drawn >= 0 && drawn < ballots.Rows.Count && ballots.Rows[drawn].Panel.Members.SequenceEqual(outcome.Panel.Members);
        }

        PanelLottery lottery = outcome.Lottery!;
        HashSet<int> members = [.. outcome.Panel.Members];
        return drawn >= 0 && drawn < lottery.Panels.Count
            && lottery.Panels[drawn].Seats.All(s => lottery.Types[s.Type].Members.Count(members.Contains) == s.Seats);
    }
}
