using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files.Dialects;
using Sortition.Files.Storage;
using Sortition.Files.Tables;

namespace Sortition.Files;

/// <summary>
/// Reads lists of people by their ids: one on each line, or in a column with the heading of the people file's ids. <c>selected.csv</c> of an earlier selection
/// is one.
/// </summary>
public static class PeopleFiles
{
    /// <summary>Reads a list of ids.</summary>
    /// <param name="file">The file: CSV, or a workbook.</param>
    /// <param name="idColumn">The heading of the column of ids; null to find it.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The ids, in the order of the file, whether or not they are somebody's.</returns>
    /// <exception cref="MalformedInputException">The file cannot be read; the exception lists what is wrong.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IReadOnlyList<ListedId> LoadIds(FileSource file, string? idColumn = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        FaultList faults = new();
        ListedId[] ids = [.. IdFile.Read(file, idColumn, SourceFiles.DefaultMaxBytes, faults, cancellationToken)];
        faults.ThrowIfAny();
        return ids;
    }
}
