using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files.Storage;
using Sortition.Files.Tables;
using Sortition.Files.Tables.Model;

namespace Sortition.Files.Dialects;

/// <summary>An id in a list of people.</summary>
/// <remarks>Immutable and safe to read from any thread.</remarks>
public sealed class ListedId
{
    internal ListedId(string id, FaultLocation location)
    {
        Id = id;
        Location = location;
    }

    /// <summary>The id, trimmed; empty where there is none on a line that holds something else.</summary>
    public string Id { get; }

    /// <summary>Where it stands, to say what is wrong with it.</summary>
    public FaultLocation Location { get; }
}

/// <summary>A file of ids: a column headed as in the people file, or else whatever stands first on each line.</summary>
internal static class IdFile
{
    public static IEnumerable<ListedId> Read(
        FileSource file, string? idColumn, long maxBytes, FaultList faults, CancellationToken cancellationToken)
    {
        SourceFile? source = SourceFiles.Read(file, maxBytes, faults, cancellationToken);
        using TableReader? table = source?.Open(SheetChoice.Ids, sheet: null, faults, cancellationToken);
        if (table is null)
        {
            yield break;
        }

        int column = PeopleFile.FindIds(table.Header, idColumn);
        if (column < 0)
        {
            column = 0;
            yield return Listed(table.Header.Headings[0], table.Header.Line);
        }

        while (table.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return Listed(table.Cell(column), table.Line);
        }

        ListedId Listed(string id, int line) => new(id.Trim(), new FaultLocation(table.Name, line));
    }
}
