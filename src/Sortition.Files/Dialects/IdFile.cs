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
    /// <summary>An id that stands in no file, such as on a command line.</summary>
    /// <param name="id">The id.</param>
    /// <param name="location">Where it stands.</param>
    public ListedId(string id, FaultLocation location)
        : this(id, location, null, [])
    {
    }

    internal ListedId(string id, FaultLocation location, TableHeader? header, string[] cells)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(location);
        (Id, Location, Header, Cells) = (id, location, header, cells);
    }

    /// <summary>The id, trimmed; empty where there is none on a line that holds something else.</summary>
    public string Id { get; }

    /// <summary>Where it stands, to say what is wrong with it.</summary>
    public FaultLocation Location { get; }

    /// <summary>The headings of a list that says more of people than their ids; null for others.</summary>
    internal TableHeader? Header { get; }

    /// <summary>What such a list says of the person, under its headings.</summary>
    internal IReadOnlyList<string> Cells { get; }
}

/// <summary>The ids of a list of people, in the order of its file.</summary>
/// <remarks>Immutable and safe to read from any thread.</remarks>
public sealed class IdList : IReadOnlyList<ListedId>
{
    private readonly IReadOnlyList<ListedId> _ids;

    internal IdList(IReadOnlyList<ListedId> ids, IReadOnlyList<Fault> warnings) => (_ids, Warnings) = (ids, warnings);

    /// <summary>What whoever gave the file should know of how it was read, such as the encoding that was assumed.</summary>
    public IReadOnlyList<Fault> Warnings { get; }

    /// <inheritdoc/>
    public int Count => _ids.Count;

    /// <inheritdoc/>
    public ListedId this[int index] => _ids[index];

    /// <inheritdoc/>
    public IEnumerator<ListedId> GetEnumerator() => _ids.GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
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
        bool hasHeadings = column >= 0;
        if (!hasHeadings)
        {
            column = 0;
            yield return new ListedId(table.Header.Headings[0].Trim(), new FaultLocation(table.Name, table.Header.Line));
        }

        while (table.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            FaultLocation location = new(table.Name, table.Line);
            string id = table.Cell(column).Trim();
            yield return hasHeadings && table.Header.Headings.Length > 1 ? new ListedId(id, location, table.Header, table.Cells) : new ListedId(id, location);
        }
    }
}
