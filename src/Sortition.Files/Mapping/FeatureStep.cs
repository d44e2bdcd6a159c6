using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files.Storage;
using Sortition.Files.Tables.Model;

namespace Sortition.Files.Mapping;

/// <summary>Gives everybody their value of each feature, or what the mapping says instead.</summary>
internal sealed class FeatureStep(MappedTable table, MappingPlace place, FaultList faults)
{
    private readonly Dictionary<int, List<string>> _values = [];

    /// <summary>Who is left out.</summary>
    public HashSet<int> LeftOut { get; } = [];

    /// <summary>The values that somebody has by default.</summary>
    public HashSet<FeatureValue> Defaults { get; } = [];

    /// <summary>What was done to whom.</summary>
    public List<(int Row, PersonActionKind Kind, string About)> Actions { get; } = [];

    /// <summary>Somebody's values, in the order of the features.</summary>
    public IReadOnlyList<string> ValuesOf(int row) => _values.TryGetValue(row, out List<string>? values) ? values : [];

    public void Run(FeatureColumn? column, int f, IReadOnlyList<int> people, char? decimalMark)
    {
        if (column is null)
        {
            return;
        }

        string path = place.At(FormattableString.Invariant($"$.features[{f}]")).Source;
        column.Settle(people, path, decimalMark, faults);
        if (!column.CanRead)
        {
            return;
        }

        Tally others = new();
        List<int> blank = [];
        List<int> outside = [];
        List<int> edges = [];
        foreach (int row in people.Where(row => !LeftOut.Contains(row)))
        {
            Answer answer = column.Read(row);
            switch (answer.Kind)
            {
                case AnswerKind.Value:
                    Take(row, column.Rule, answer);
                    break;
                case AnswerKind.Blank:
                    blank.Add(row);
                    break;
                case AnswerKind.Other:
                    others.Add(table.Cell(row, column.Column), row);
                    break;
                case AnswerKind.Outside:
                    outside.Add(row);
                    break;
                case AnswerKind.EdgeOpen:
                    edges.Add(row);
                    break;
            }
        }

        FeatureRule rule = column.Rule;
        Settle(rule, rule.Blank, blank, PersonActionKind.LeftOutBlank, PersonActionKind.DefaultForBlank);
        Settle(rule, rule.Other, [.. others.Cells.SelectMany(c => c.Rows)], PersonActionKind.LeftOutOther, PersonActionKind.DefaultForOther);
        Settle(rule, rule.Outside, outside, PersonActionKind.LeftOutOutside, PersonActionKind.DefaultForOutside);
        TellBlank(column, path, blank);
        TellOthers(column, path, others);
        TellOutside(column, path, outside);
        if (edges.Count > 0 || Open.Is(rule.Edge))
        {
            faults.Add(FileFaults.AskEdge, new FaultLocation(path + ".edge"), rule.Name, edges.Count, table.Lines(edges));
        }
    }

    private void Take(int row, FeatureRule rule, Answer answer)
    {
        Set(row, answer.Value!);
        if (answer.IsTranslated)
        {
            Actions.Add((row, PersonActionKind.Translated, rule.Name));
        }

        if (answer.IsByEdge)
        {
            Actions.Add((row, PersonActionKind.EdgeDecided, rule.Name));
        }
    }

    private void Settle(FeatureRule rule, Fallback fallback, IReadOnlyList<int> rows, PersonActionKind leftOut, PersonActionKind byDefault)
    {
        foreach (int row in rows)
        {
            if (fallback.Kind == FallbackKind.LeaveOut)
            {
                LeftOut.Add(row);
                Actions.Add((row, leftOut, rule.Name));
            }
            else if (fallback.Kind == FallbackKind.Value)
            {
                string value = Spelled(rule, fallback.Value!);
                Set(row, value);
                Defaults.Add(new FeatureValue(rule.Name, value));
                Actions.Add((row, byDefault, rule.Name));
            }
        }
    }

    /// <summary>A value as the mapping spells it elsewhere, so that it is one.</summary>
    private static string Spelled(FeatureRule rule, string value) =>
        (rule.Values ?? []).Select(v => v.Value).Concat(rule.Bands.Select(b => b.Name)).FirstOrDefault(v => NameComparer.Instance.Equals(v, value), value);

    private void Set(int row, string value)
    {
        if (!_values.TryGetValue(row, out List<string>? values))
        {
            _values.Add(row, values = []);
        }

        values.Add(value);
    }

    private void TellBlank(FeatureColumn column, string path, List<int> rows)
    {
        if (column.Rule.Blank.Kind == FallbackKind.Open)
        {
            faults.Add(FileFaults.AskBlank, new FaultLocation(path + ".blank"), column.Rule.Name, rows.Count, table.Lines(rows));
        }
        else if (column.Rule.Blank.Kind == FallbackKind.Fault && rows.Count > 0)
        {
            faults.Add(FileFaults.BlankNotMapped, Place(column), column.Rule.Name, rows.Count, table.Lines(rows));
        }
    }

    private void TellOthers(FeatureColumn column, string path, Tally others)
    {
        FeatureRule rule = column.Rule;
        string[] allowed = [.. (rule.Values ?? []).Select(v => v.Value).Concat(rule.Bands.Select(b => b.Name)).Distinct(StringComparer.Ordinal)];
        if (rule.Other.Kind == FallbackKind.Open)
        {
            faults.Add(FileFaults.AskOther, new FaultLocation(path + ".other"), rule.Name, others.InWords(), allowed);
        }
        else if (rule.Other.Kind == FallbackKind.Fault)
        {
            foreach ((string cell, List<int> rows) in others.Cells)
            {
                string? like = TextLikeness.OnlyLike(NameComparer.Key(cell), allowed.Select(NameComparer.Key));
                string? meant = like is null ? null : allowed.First(a => string.Equals(NameComparer.Key(a), like, StringComparison.Ordinal));
                faults.Add(FileFaults.ValueNotMapped, Place(column), rule.Name, cell, rows.Count, table.Lines(rows), allowed, meant);
            }
        }
    }

    private void TellOutside(FeatureColumn column, string path, List<int> rows)
    {
        if (column.Rule.Outside.Kind == FallbackKind.Open)
        {
            faults.Add(FileFaults.AskOutside, new FaultLocation(path + ".outside"), column.Rule.Name, rows.Count, table.Lines(rows));
        }
        else if (column.Rule.Outside.Kind == FallbackKind.Fault && rows.Count > 0)
        {
            faults.Add(FileFaults.OutsideBands, Place(column), column.Rule.Name, rows.Count, table.Lines(rows));
        }
    }

    private FaultLocation Place(FeatureColumn column) => new(table.Name, line: null, table.Header.Name(column.Column));
}
