using Sortition.Core;
using Sortition.Files.Dialects;
using Sortition.Files.Mapping;
using Sortition.Files.Storage;
using Sortition.Files.Tables;

namespace Sortition.Files;

/// <summary>
/// Reads tables of any kind from spreadsheets, saved as CSV or as workbooks (<c>.xlsx</c>), of at most 512 MiB, as all readers of this library do.
/// </summary>
public static class TableFiles
{
    /// <summary>Reads a table.</summary>
    /// <param name="file">The file.</param>
    /// <param name="columns">The headings that it must have, without regard to case.</param>
    /// <param name="sheet">The name of the sheet; null for the only one, or the first that has the columns, or where the file is no workbook.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The table.</returns>
    /// <exception cref="MalformedInputException">
    /// Something is malformed or cannot be read; the exception lists all of it, with file, line and column.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static LoadedTable Load(FileSource file, IReadOnlyList<string> columns, string? sheet = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(columns);
        return LoadedTable.Load(file, columns, sheet, cancellationToken);
    }

    /// <summary>Reads a table as it comes, before anybody knows which of its rows are headings; for <see cref="PoolMapping"/>.</summary>
    /// <param name="file">The file.</param>
    /// <param name="sheet">The name of the sheet; null to find that of people, or where the file is no workbook.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The table.</returns>
    /// <exception cref="MalformedInputException">It cannot be read, or is empty.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static RawTable LoadRaw(FileSource file, string? sheet = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        return RawTable.Load(file, sheet, SheetChoice.People([]), cancellationToken);
    }
}
