using Sortition.Core;
using Sortition.Core.DropOuts;
using Sortition.Core.Problems;
using Sortition.Files.Storage;
using Sortition.Files.Tables.Model;

namespace Sortition.Files.Dialects;

/// <summary>Reads the rows of a table of past members.</summary>
internal sealed class PastFile(TableReader table, PastDialect dialect, FaultList faults)
{
    /// <summary>Equal cells of a column share one object: there are few different ones.</summary>
    private readonly Dictionary<(int Column, string Text), FeatureValue> _values = [];

    public IReadOnlyList<PastMember> Read(CancellationToken cancellationToken)
    {
        List<PastMember> members = [];
        while (table.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!table.CheckFieldCount(1 + dialect.OutcomeColumn))
            {
                continue;
            }

            string text = table.Cell(dialect.OutcomeColumn);
            if (dialect.DroppedOut(text) is bool droppedOut)
            {
                members.Add(new PastMember { Values = Values(), DroppedOut = droppedOut, Location = new FaultLocation(table.Name, table.Line) });
                continue;
            }

            string? id = dialect.Id < 0 ? null : table.Cell(dialect.Id).Trim();
            FaultLocation location = new(table.Name, table.Line, dialect.OutcomeHeading);
            faults.Add(FileFaults.UnknownOutcome, location, id, string.IsNullOrWhiteSpace(text) ? null : text.Trim(), dialect.Outcomes);
        }

        return members;
    }

    private FeatureValue[] Values()
    {
        List<FeatureValue> values = new(dialect.Features.Count);
        foreach (int column in dialect.Features)
        {
            string text = table.Cell(column).Trim();
            if (text.Length == 0)
            {
                continue;
            }

            if (!_values.TryGetValue((column, text), out FeatureValue? value))
            {
                _values.Add((column, text), value = new FeatureValue(table.Header.Name(column), text));
            }

            values.Add(value);
        }

        return [.. values];
    }
}
