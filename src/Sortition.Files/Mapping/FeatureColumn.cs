using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files.Dialects;
using Sortition.Files.Storage;

namespace Sortition.Files.Mapping;

/// <summary>What a person's cell comes to.</summary>
internal enum AnswerKind
{
    Value,
    Blank,
    Other,
    Outside,
    EdgeOpen,

    /// <summary>A date in an order that is not settled; that has been told.</summary>
    Unread,
}

/// <param name="Kind">What it is.</param>
/// <param name="Value">The value, where it is one.</param>
/// <param name="IsTranslated">Whether the cell says it in other words.</param>
/// <param name="IsByEdge">Whether a year of birth left two values.</param>
internal readonly record struct Answer(AnswerKind Kind, string? Value = null, bool IsTranslated = false, bool IsByEdge = false);

/// <summary>The column of a feature, and how its cells are read.</summary>
internal sealed class FeatureColumn
{
    private readonly FeatureRule _rule;
    private readonly MappedTable _table;
    private readonly int _column;
    private readonly int _edgeColumn;
    private readonly LookupTable? _lookup;
    private readonly DateOnly? _asOf;
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Answer> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BirthText?> _births = new(StringComparer.Ordinal);
    private readonly Dictionary<string, decimal> _numbers = new(StringComparer.Ordinal);
    private DateOrder? _order;
    private DateOrder? _edgeOrder;

    /// <param name="rule">The feature's rule.</param>
    /// <param name="table">The table.</param>
    /// <param name="column">Its column.</param>
    /// <param name="edgeColumn">That of dates where years leave two values; -1 for none.</param>
    /// <param name="lookup">The table of translations; null for none.</param>
    /// <param name="asOf">The day on which ages count; null where that is open, or none do.</param>
    public FeatureColumn(FeatureRule rule, MappedTable table, int column, int edgeColumn, LookupTable? lookup, DateOnly? asOf)
    {
        _rule = rule;
        _table = table;
        _column = column;
        _edgeColumn = edgeColumn;
        _lookup = lookup;
        _asOf = asOf;
        foreach (Spellings value in rule.Values ?? [])
        {
            foreach (string spelling in value.Also.Append(value.Value))
            {
                _values[NameComparer.Key(spelling)] = value.Value;
            }
        }
    }

    public FeatureRule Rule => _rule;

    public int Column => _column;

    /// <summary>Whether all is known that it takes to read cells.</summary>
    public bool CanRead => !_rule.AreBandsOpen && (_asOf is not null || !_rule.IsBirth);

    /// <summary>Settles what can only be told from all cells together: the order of days and months, and the mark of decimals.</summary>
    public void Settle(IReadOnlyList<int> rows, string path, char? decimalMark, FaultList faults)
    {
        if (_rule.IsBirth)
        {
            _order = OrderOf(rows, _column, path, faults);
            _edgeOrder = _edgeColumn < 0 ? null : OrderOf(rows, _edgeColumn, path, faults);
        }
        else if (_rule.Kind == FeatureKind.Number)
        {
            SettleNumbers(rows, decimalMark, faults);
        }
    }

    /// <summary>What a person's cell comes to.</summary>
    public Answer Read(int row)
    {
        string cell = _table.Cell(row, _column);
        if (_edgeColumn >= 0)
        {
            return ReadNew(row, cell);
        }

        if (!_known.TryGetValue(cell, out Answer answer))
        {
            _known.Add(cell, answer = ReadNew(row, cell));
        }

        return answer;
    }

    private Answer ReadNew(int row, string cell) =>
        cell.Length == 0 ? new Answer(AnswerKind.Blank)
        : _rule.Kind == FeatureKind.Value ? ReadValue(cell)
        : _values.TryGetValue(NameComparer.Key(cell), out string? value) ? Said(cell, value)
        : _rule.Kind == FeatureKind.Number ? (_numbers.TryGetValue(cell, out decimal number) ? InBand(number) : new Answer(AnswerKind.Other))
        : ReadBirth(row, cell);

    private Answer ReadValue(string cell)
    {
        string? text = _lookup is null ? cell : _lookup.Find(cell);
        return text is null ? new Answer(AnswerKind.Other)
            : _rule.Values is null ? new Answer(AnswerKind.Value, text)
            : _values.TryGetValue(NameComparer.Key(text), out string? value) ? Said(_lookup is null ? cell : value, value)
            : new Answer(AnswerKind.Other);
    }

    private static Answer Said(string cell, string value) => new(AnswerKind.Value, value, IsTranslated: !NameComparer.Instance.Equals(cell, value));

    private Answer ReadBirth(int row, string cell)
    {
        DateOnly asOf = _asOf!.Value;
        if (BirthOf(cell) is not BirthText birth)
        {
            return new Answer(AnswerKind.Other);
        }

        if (birth.Year is int year)
        {
            return year > asOf.Year ? new Answer(AnswerKind.Other) : ReadYear(row, year, asOf);
        }

        return _order is null && birth.IsAmbiguous ? new Answer(AnswerKind.Unread)
            : birth.Date(_order) is DateOnly date && date <= asOf ? InBand(Age.On(asOf, date)) : new Answer(AnswerKind.Other);
    }

    private Answer ReadYear(int row, int year, DateOnly asOf)
    {
        (int youngest, int oldest) = Age.OfYear(asOf, year);
        (Answer younger, Answer older) = (InBand(youngest), InBand(oldest));
        return younger == older ? younger : _rule.Edge switch
        {
            "older" => older with { IsByEdge = true },
            "younger" => younger with { IsByEdge = true },
            _ => _edgeColumn < 0 ? new Answer(AnswerKind.EdgeOpen) : ReadEdge(row, year, asOf),
        };
    }

    /// <summary>The date says which; one of another year says that something is wrong.</summary>
    private Answer ReadEdge(int row, int year, DateOnly asOf)
    {
        string cell = _table.Cell(row, _edgeColumn);
        return cell.Length == 0 ? new Answer(AnswerKind.EdgeOpen)
            : _edgeOrder is null && BirthOf(cell)?.IsAmbiguous == true ? new Answer(AnswerKind.Unread)
            : BirthOf(cell)?.Date(_edgeOrder) is DateOnly date && date.Year == year && date <= asOf
                ? InBand(Age.On(asOf, date)) with { IsByEdge = true }
            : new Answer(AnswerKind.Other);
    }

    private BirthText? BirthOf(string cell)
    {
        if (!_births.TryGetValue(cell, out BirthText? birth))
        {
            _births.Add(cell, birth = BirthText.TryRead(cell));
        }

        return birth;
    }

    private Answer InBand(decimal number) => _rule.Bands.FirstOrDefault(band => band.Holds(number)) is Band found
        ? new Answer(AnswerKind.Value, found.Name)
        : new Answer(AnswerKind.Outside);

    /// <summary>The order in which days and months stand: as said, or as the column shows, or else a question.</summary>
    private DateOrder? OrderOf(IReadOnlyList<int> rows, int column, string path, FaultList faults)
    {
        if (_rule.DateOrder is "dmy" or "mdy")
        {
            return _rule.DateOrder is "dmy" ? DateOrder.DayFirst : DateOrder.MonthFirst;
        }

        int[] ambiguous = [.. rows.Where(row => BirthOf(_table.Cell(row, column))?.IsAmbiguous == true)];
        if (ambiguous.Length == 0)
        {
            return null;
        }

        ILookup<DateOrder?, int> settling = rows.ToLookup(row => BirthOf(_table.Cell(row, column))?.OnlyOrder);
        bool dayFirst = settling.Contains(DateOrder.DayFirst);
        bool monthFirst = settling.Contains(DateOrder.MonthFirst);
        string example = _table.Cell(ambiguous[0], column);
        if (dayFirst && monthFirst)
        {
            (int a, int b) = (settling[DateOrder.DayFirst].First(), settling[DateOrder.MonthFirst].First());
            faults.Add(FileFaults.TwoDateOrders, _table.At(b, column), _table.Cell(b, column), _table.Cell(a, column), _table.At(a, column), example);
            return null;
        }

        if (!dayFirst && !monthFirst)
        {
            faults.Add(
                FileFaults.AskDateOrder, new FaultLocation($"{path}.dateOrder"), _rule.Name, example, ambiguous.Length, _table.Lines(ambiguous));
            return null;
        }

        return monthFirst ? DateOrder.MonthFirst : DateOrder.DayFirst;
    }

    private void SettleNumbers(IReadOnlyList<int> rows, char? decimalMark, FaultList faults)
    {
        Dictionary<string, int> cells = new(StringComparer.Ordinal);
        foreach (int row in rows)
        {
            string cell = _table.Cell(row, _column);
            if (cell.Length > 0 && !_values.ContainsKey(NameComparer.Key(cell)))
            {
                cells.TryAdd(cell, row);
            }
        }

        // What is no number at all is for the rule of other cells, not a fault of its form.
        NumberCell[] written =
        [
            .. cells.Select(pair => new NumberCell(pair.Key, IsExact: false, _table.At(pair.Value, _column), _rule.Name))
                .Where(cell => WrittenNumber.Of(cell).Form != NumberForm.None),
        ];
        NumberColumn column = new(NumberKind.Unknown, decimalMark);
        foreach (NumberCell cell in written)
        {
            column.Add(cell);
        }

        foreach ((NumberCell cell, decimal? number) in written.Zip(column.Read(faults)))
        {
            if (number is decimal read)
            {
                _numbers.Add(cell.Text, read);
            }
        }
    }
}
