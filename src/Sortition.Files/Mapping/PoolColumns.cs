using Sortition.Core.Problems;

namespace Sortition.Files.Mapping;

/// <summary>The columns of a pool: the id, the features, and all that the raw table has beside them.</summary>
internal sealed class PoolColumns
{
    private const string Id = "id";
    private const string Original = " (original)";

    private readonly MappedTable _table;
    private readonly int[] _kept;

    public PoolColumns(MappedTable table, MappingModel mapping, IReadOnlyList<int> rows)
    {
        _table = table;
        HashSet<int> become =
        [
            .. mapping.Features.Where(f => NameComparer.Instance.Equals(f.Name, f.Column)).Select(f => table.Header.Find(f.Column)),
            .. mapping.Id.Column is string id && NameComparer.Instance.Equals(id, Id) ? (int[])[table.Header.Find(id)] : [],
        ];
        string[] headings = table.Header.Headings;
        _kept =
        [
            .. Enumerable.Range(0, headings.Length)
                .Where(c => !become.Contains(c) && (!NameComparer.IsBlank(headings[c]) || rows.Any(r => table.Cell(r, c).Length > 0))),
        ];
        List<string> header = [Id, .. mapping.Features.Select(f => f.Name)];
        HashSet<string> taken = new(header, NameComparer.Instance);
        foreach (int column in _kept)
        {
            string heading = NameComparer.IsBlank(headings[column]) ? FormattableString.Invariant($"column {column + 1}") : headings[column];
            while (taken.Contains(heading))
            {
                heading += Original;
            }

            header.Add(heading);
        }

        Header = header;
        string[] contact =
        [
            .. mapping.Contact.Name, .. mapping.Household, .. mapping.Contact.Email is string email ? [email] : (string[])[],
            .. mapping.Contact.Phone is string phone ? [phone] : (string[])[],
        ];
        Contact =
        [
            .. contact.Select(heading => Array.IndexOf(_kept, table.Header.Find(heading))).Where(place => place >= 0).Distinct()
                .Select(place => header[1 + mapping.Features.Count + place]),
        ];
    }

    public IReadOnlyList<string> Header { get; }

    /// <summary>Those of its columns by which people are written to; one that has become a feature says less than it did, and is not among them.</summary>
    public IReadOnlyList<string> Contact { get; }

    public string[] Row(int row, string id, IReadOnlyList<string> values) => [id, .. values, .. _kept.Select(column => _table.AsWritten(row, column))];
}
