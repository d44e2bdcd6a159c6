using Sortition.Core.Problems;
using Sortition.Files.Tables;
using Sortition.Files.Tables.Model;

namespace Sortition.Files.Dialects;

/// <summary>A file of ids: a column headed as in the people file, or else whatever stands first on each line.</summary>
internal static class IdFile
{
    public static IEnumerable<(string Id, FaultLocation Location)> Read(
        string path, string? idColumn, long maxBytes, Action<ProblemFault> report, CancellationToken cancellationToken)
    {
        SourceFile? source = SourceFiles.Read(path, maxBytes, report, cancellationToken);
        using TableReader? table = source?.Open(SheetChoice.Ids, sheet: null, report, cancellationToken);
        if (table is null)
        {
            yield break;
        }

        int column = PeopleFile.FindIds(table.Header, idColumn);
        if (column < 0)
        {
            column = 0;
            yield return (table.Header.Headings[0], Here());
        }

        while (table.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return (table.Cell(column), Here());
        }

        FaultLocation Here() => new(table.Name, table.Line);
    }
}
