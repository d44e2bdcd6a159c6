using Sortition.Core.Problems;
using Sortition.Core.Targets;
using Sortition.Files.Tables;
using Sortition.Files.Targets;

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
        List<ProblemFault> faults = [];
        SourceFile? source = SourceFile.Read(path, ProblemFilesOptions.DefaultMaxFileBytes, faults.Add, cancellationToken);
        using TableReader? table = source?.Open(TableRole.Population, sheet, faults.Add, cancellationToken);
        PopulationBuilder? builder = null;
        if (table is not null && PopulationDialect.Of(table.Header, numberColumn, faults.Add) is PopulationDialect dialect)
        {
            builder = new PopulationFile(table, dialect).Read(cancellationToken);
        }

        if (builder is null)
        {
            throw new InvalidProblemException(faults, faults.Count);
        }

        // Those of the table's form; the builder keeps them in the order of lines.
        faults.ForEach(fault => builder.Fault(fault));
        return builder.Build();
    }
}
