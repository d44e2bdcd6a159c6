using Sortition.Core;
using Sortition.Files.Dialects;
using Sortition.Files.Results;
using Sortition.Files.Tables.Model;
using Sortition.Files.Tables.Xlsx;

namespace Sortition.Files;

/// <summary>
/// What is needed after a draw that took place elsewhere, such as one in public: who is on the panel (<c>selected.csv</c>), who may still be asked
/// (<c>remaining.csv</c>), and a table to write letters from (<c>letters.csv</c>); each in the form of the table of people.
/// </summary>
/// <remarks>
/// Cells that a spreadsheet might run as formulas begin with an apostrophe. Where the encoding of the table does not have all that is written, it is UTF-8 with
/// a byte order mark. The bytes depend on what is given only.
/// </remarks>
public static class PanelFiles
{
    internal const string WorkbookName = "selection.xlsx";

    /// <summary>The files of a panel, to be written with <see cref="Storage.FolderTarget.Write"/>.</summary>
    /// <param name="input">The problem with the rows of its people.</param>
    /// <param name="panel">The panel.</param>
    /// <param name="letters">What the table for letters tells everybody beside the outcome.</param>
    /// <param name="withWorkbook">Whether there is also <c>selection.xlsx</c>, a workbook whose sheets hold what the CSV files hold.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <returns>The name of each file, and what writes it.</returns>
    /// <exception cref="ArgumentException">The panel is one of another problem.</exception>
    public static IReadOnlyList<(string Name, Action<Stream> Write)> Create(
        LoadedProblem input, Panel panel, IReadOnlyList<LetterColumn> letters, bool withWorkbook = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(panel);
        ArgumentNullException.ThrowIfNull(letters);
        if (!input.Problem.Equals(panel.Problem))
        {
            throw new ArgumentException("The panel is one of another problem.", nameof(panel));
        }

        IReadOnlyList<ResultTable> tables = ResultTables.OfPanel(input, panel, letters, cancellationToken);
        return [.. tables.Select(table => (table.File, Csv(input, table))), .. withWorkbook ? [Workbook(tables)] : Array.Empty<(string, Action<Stream>)>()];
    }

    /// <summary>Whether a file of this name has secret keys after a draw in public, so that only its owner may read it.</summary>
    /// <param name="name">The name, without a folder.</param>
    public static bool IsForOwner(string name) => string.Equals(name, ResultTables.Letters, StringComparison.Ordinal);

    /// <summary>Writes a table for letters alone, before there is a draw.</summary>
    /// <param name="stream">Where to; closed after.</param>
    /// <param name="input">The problem with the rows of its people.</param>
    /// <param name="letters">What it tells everybody.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public static void WriteLetters(
        Stream stream, LoadedProblem input, IReadOnlyList<LetterColumn> letters, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(letters);
        Csv(input, ResultTables.OfLetters(input, letters, cancellationToken))(stream);
    }

    /// <summary>One of the tables as CSV.</summary>
    internal static Action<Stream> Csv(LoadedProblem input, ResultTable table) =>
        stream => (table.IsOfPeople ? input.People.Form : TextForm.Plain).Write(stream, table.Write);

    /// <summary>All tables as one workbook.</summary>
    internal static (string Name, Action<Stream> Write) Workbook(IReadOnlyList<ResultTable> tables) =>
        (WorkbookName, stream => WorkbookWriter.Write(stream, [.. tables.Select(t => (t.Sheet, t.Write))]));
}
