using Sortition.Core.Problems;
using Sortition.Core.Targets;
using Sortition.Files.Dialects;

namespace Sortition.Files;

/// <summary>Reads populations from spreadsheets, saved as CSV or as workbooks (<c>.xlsx</c>). The forms they may have are told in <c>docs/file-formats.md</c>.</summary>
public static class PopulationFiles
{
    /// <summary>Reads a population file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="sheet">The name of the sheet; null to find it, or where the file is no workbook.</param>
    /// <param name="numberColumn">The heading of the column of numbers; null to find it.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The population.</returns>
    /// <exception cref="InvalidProblemException">Something is malformed or cannot be read; the exception lists all of it, with file, line and column.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Population Load(string path, string? sheet = null, string? numberColumn = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return PopulationFile.Load(path, sheet, numberColumn, cancellationToken);
    }
}
