using Sortition.Core.Problems;
using Sortition.Files.Csv;

namespace Sortition.Files;

/// <summary>A file of ids: a column headed as in the people file, or else whatever stands first on each line.</summary>
internal static class IdFile
{
    public static IEnumerable<(string Id, FaultLocation Location)> Read(
        string path, ProblemFilesOptions options, Action<ProblemFault> report, CancellationToken cancellationToken)
    {
        SourceFile? source = SourceFile.Read(path, options.MaxFileBytes, report, cancellationToken);
        using CsvFile? csv = source is null ? null : CsvFile.Open(source, report);
        if (csv is null)
        {
            yield break;
        }

        int column = PeopleFile.FindIds(csv.Header, options.IdColumn);
        if (column < 0)
        {
            column = 0;
            yield return (csv.Header.Headings[0], Here());
        }

        while (csv.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return (csv.Cell(column), Here());
        }

        FaultLocation Here() => new(source!.Name, csv.Line);
    }
}
