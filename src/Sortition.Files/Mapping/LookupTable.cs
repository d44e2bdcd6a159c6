using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files.Storage;
using Sortition.Files.Tables;

namespace Sortition.Files.Mapping;

/// <summary>A table of translations, such as from postcodes to areas.</summary>
internal sealed class LookupTable
{
    private readonly Dictionary<string, string> _to = new(StringComparer.Ordinal);

    private LookupTable()
    {
    }

    /// <summary>What something is translated to; null where the table does not say.</summary>
    public string? Find(string from) => _to.GetValueOrDefault(NameComparer.Key(from));

    /// <summary>Reads a table. What it says twice is one line; what it says in two ways is a fault.</summary>
    public static LookupTable? Load(FileSource file, LookupRule rule, FaultList faults, CancellationToken cancellationToken)
    {
        LoadedTable? table = faults.Try(() => LoadedTable.Load(file, [rule.From, rule.To], rule.Sheet, cancellationToken));
        if (table is null)
        {
            return null;
        }

        LookupTable lookup = new();
        Dictionary<string, int> rowOf = new(StringComparer.Ordinal);
        for (int row = 0; row < table.Rows.Count; row++)
        {
            string from = NameComparer.Key(table.Cell(row, rule.From));
            string to = NameComparer.Clean(table.Cell(row, rule.To));
            if (from.Length == 0)
            {
                continue;
            }

            if (to.Length == 0)
            {
                faults.Add(FileFaults.LookupWithoutAnswer, table.LocationOf(row, rule.To), table.Cell(row, rule.From));
            }
            else if (lookup._to.TryAdd(from, to))
            {
                rowOf.Add(from, row);
            }
            else if (!NameComparer.Instance.Equals(lookup._to[from], to))
            {
                FaultLocation other = table.LocationOf(rowOf[from], rule.To);
                faults.Add(FileFaults.LookupConflict, table.LocationOf(row, rule.To), table.Cell(row, rule.From), to, lookup._to[from], other);
            }
        }

        return lookup;
    }
}
