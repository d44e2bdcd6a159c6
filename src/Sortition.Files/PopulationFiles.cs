using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Core.Targets;
using Sortition.Files.Dialects;
using Sortition.Files.Storage;

namespace Sortition.Files;

/// <summary>Reads populations from tables, saved as CSV or as sheets of a workbook (<c>.xlsx</c>).</summary>
/// <remarks>
/// Either a row for each value of a feature, with headings such as <c>feature,value,count</c>, or a cross table: a column for each feature, and one of
/// numbers. That one is headed <c>count</c>, <c>population</c>, <c>number</c> or the like for counts of people, and <c>percent</c>, <c>share</c> or the like
/// for percentages, in one of nine languages. Whether a point or a comma stands before decimals or between thousands follows from the heading and from the
/// other numbers, or has to be said.
/// </remarks>
public static class PopulationFiles
{
    /// <summary>Reads a population file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="sheet">The name of the sheet; null to find it, or where the file is no workbook.</param>
    /// <param name="numberColumn">The heading of the column of numbers; null to find it.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The population.</returns>
    /// <exception cref="MalformedInputException">
    /// Something is malformed or cannot be read; the exception lists all of it, with file, line and column.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Population Load(FileSource file, string? sheet = null, string? numberColumn = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        return Load(new PopulationFilesOptions { File = file, Sheet = sheet, NumberColumn = numberColumn }, cancellationToken);
    }

    /// <summary>Reads a population file of which more has to be said than its place.</summary>
    /// <param name="options">The file, and what it does not say itself.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The population.</returns>
    /// <exception cref="MalformedInputException">
    /// Something is malformed, cannot be read or can be read in two ways; the exception lists all of it, with file, line and column.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Population Load(PopulationFilesOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        return PopulationFile.Load(options, cancellationToken);
    }

    /// <summary>Reads a population against which the groups of a problem are to be set.</summary>
    /// <param name="file">The file.</param>
    /// <param name="features">The features that the problem has. The population tells of at least one, and of every value of those that it tells of.</param>
    /// <param name="sheet">The name of the sheet; null to find it, or where the file is no workbook.</param>
    /// <param name="numberColumn">The heading of the column of numbers; null to find it.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The population.</returns>
    /// <exception cref="MalformedInputException">
    /// Something is malformed or cannot be read, or the population has none of the features, or lacks values of one that it has; the exception lists all of it.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Population LoadFor(
        FileSource file, IReadOnlyList<Feature> features, string? sheet = null, string? numberColumn = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(features);
        return MirroredPopulation.Load(file, sheet, numberColumn, features, cancellationToken);
    }
}
