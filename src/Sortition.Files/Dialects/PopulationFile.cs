using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Core.Targets;
using Sortition.Files.Storage;
using Sortition.Files.Tables;
using Sortition.Files.Tables.Model;

namespace Sortition.Files.Dialects;

/// <summary>Reads the rows of a population's table. What its numbers mean, and which rows add up others, shows only when all are known.</summary>
internal sealed class PopulationFile
{
    /// <summary>Parts of 1 that are rounded each add up to as much.</summary>
    private const decimal SharesOff = 0.005m;

    private readonly TableReader _table;
    private readonly PopulationFilesOptions _options;
    private readonly char? _decimalMark;
    private readonly FaultList _faults;
    private readonly List<Row> _rows = [];
    private PopulationDialect _dialect;

    private PopulationFile(TableReader table, PopulationDialect dialect, PopulationFilesOptions options, FaultList faults)
    {
        _table = table;
        _dialect = dialect;
        _options = options;
        _decimalMark = options.File.Reading.DecimalMark;
        _faults = faults;
    }

    /// <exception cref="MalformedInputException">Something is malformed or cannot be read; the exception lists all of it.</exception>
    public static Population Load(PopulationFilesOptions options, CancellationToken cancellationToken)
    {
        FaultList faults = new();
        SourceFile? source = SourceFiles.Read(options.File, SourceFiles.DefaultMaxBytes, faults, cancellationToken);
        using TableReader? table = source?.Open(SheetChoice.Population(options.NumberColumn), options.Sheet, faults, cancellationToken);
        if (table is null || PopulationDialect.Of(table.Header, options.NumberColumn, faults) is not PopulationDialect dialect)
        {
            throw faults.ToException();
        }

        PopulationBuilder builder = new PopulationFile(table, dialect, options, faults).Read(cancellationToken);
        builder.Faults.AddAll(faults);
        return builder.Build();
    }

    private PopulationBuilder Read(CancellationToken cancellationToken)
    {
        _table.LeaveOutAtEnd(row => Trailers.Remark(row, [_dialect.Number], _table.Header.Names().Count, onlyLong: false));
        bool anyRow = false;
        while (_table.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            anyRow = true;
            if (_table.CheckFieldCount(_dialect.NeededFields))
            {
                _rows.Add(new Row(_table.Line, _table.Cells, _table.IsNumber(_dialect.Number)));
            }
        }

        if (!anyRow && _faults.Count == 0)
        {
            _faults.Add(CoreFaults.EmptyPopulation, new FaultLocation(_table.Name));
        }

        SettleLayout();
        bool hasSigns = HasSigns();
        NumberKind kind = _options.Measure switch
        {
            PopulationMeasure.Count => NumberKind.Count,
            PopulationMeasure.Percentage or PopulationMeasure.Share => NumberKind.Percent,
            _ => hasSigns ? NumberKind.Percent : _dialect.Kind,
        };
        ReadNumbers(kind, hasSigns);
        LeaveOutTotals();
        PopulationMeasure measure = _options.Measure ?? (kind != NumberKind.Percent ? PopulationMeasure.Count
            : _dialect.MayBeShares && !hasSigns && AreShares() ? PopulationMeasure.Share
            : PopulationMeasure.Percentage);
        PopulationBuilder builder = new(measure);
        foreach (Row row in _rows.Where(r => r.Number is not null))
        {
            builder.Group(new PopulationInput
            {
                Condition = ConditionOf(row),
                Number = row.Number!.Value,
                Location = At(row),
                Source = Text(row, _dialect.Source),
                Comment = Text(row, _dialect.Comment),
            });
        }

        return builder;
    }

    /// <summary>
    /// A table of two columns and numbers may list features with their values, or cross two features. If a value stands beside two names, it is a cross
    /// table; else either may be meant.
    /// </summary>
    private void SettleLayout()
    {
        if (_dialect.Pair is not null || _dialect.Features.Count != 2 || _options.Layout == PopulationLayout.CrossTable)
        {
            return;
        }

        (int left, int right) = (_dialect.Features[0].Column, _dialect.Features[1].Column);
        bool repeats = _rows.GroupBy(r => r.Cell(right), NameComparer.Instance)
            .Any(g => g.Select(r => r.Cell(left)).Distinct(NameComparer.Instance).Count() > 1);
        if (_options.Layout == PopulationLayout.List)
        {
            _dialect = PopulationDialect.AsList(_table.Header, _dialect);
        }
        else if (!repeats && _rows.Select(r => r.Cell(right)).Distinct(NameComparer.Instance).Count() > 1)
        {
            _faults.Add(FileFaults.ListOrCrossTable, new FaultLocation(_table.Name, _table.Header.Line), _dialect.Features[0].Name, _dialect.Features[1].Name);
        }
    }

    /// <summary>Whether numbers have percent signs. Below a heading of percentages some may leave them out; elsewhere all have one, or none.</summary>
    private bool HasSigns()
    {
        Row[] numbers = [.. _rows.Where(r => !NameComparer.IsBlank(r.Cell(_dialect.Number)))];
        bool first = numbers.Length > 0 && HasSign(numbers[0]);
        if (_dialect.Kind == NumberKind.Percent)
        {
            return Array.Exists(numbers, HasSign);
        }

        foreach (Row row in numbers.Where(r => HasSign(r) != first))
        {
            row.IsFaulty = true;
            _faults.Add(first ? FileFaults.MissingPercentSign : FileFaults.UnwantedPercentSign, At(row), SubjectOf(row), row.Cell(_dialect.Number).Trim());
        }

        return first;

        bool HasSign(Row row) => NameComparer.Key(row.Cell(_dialect.Number)).EndsWith('%');
    }

    private void ReadNumbers(NumberKind kind, bool hasSigns)
    {
        NumberColumn column = new(kind, _decimalMark);
        foreach (Row row in _rows)
        {
            string text = NameComparer.Clean(row.Cell(_dialect.Number));
            string number = row.IsFaulty ? "" : hasSigns ? text.TrimEnd('%', '\uFF05', ' ') : text;
            column.Add(new NumberCell(number, row.IsNumber, At(row), SubjectOf(row)));
            if (number.Length == 0 && !row.IsFaulty)
            {
                _faults.Add(FileFaults.MissingNumber, At(row), SubjectOf(row));
            }
        }

        IReadOnlyList<decimal?> numbers = column.Read(_faults);
        for (int r = 0; r < _rows.Count; r++)
        {
            _rows[r].Number = numbers[r];
        }
    }

    /// <summary>Rows that are called a total are left out where they are that, and a fault where they are not.</summary>
    private void LeaveOutTotals()
    {
        foreach (Row total in _rows.Where(IsTotal).ToList())
        {
            _rows.Remove(total);
            Row[] others = [.. _rows.Where(r => !IsTotal(r) && Belongs(r, total))];
            decimal sum = others.Sum(r => r.Number ?? 0);
            decimal off = Math.Abs(sum - (total.Number ?? 0));

            // Numbers that are rounded each need not add up to the total that was rounded itself.
            bool isSum = off == 0 || (sum != decimal.Truncate(sum) || _dialect.Kind == NumberKind.Percent) && off <= Math.Max(0.5m, sum / 200);
            string name = HeadingWords.Is(HeadingWords.Total, Names(total)[^1]) ? Names(total)[^1] : Names(total)[0];
            bool isOfSeveral = others.Select(r => FeatureOf(r)).Distinct(NameComparer.Instance).Count() > 1;
            _faults.Add(isSum || isOfSeveral || total.Number is null
                ? new Fault(FileFaults.TotalLeftOut, new FaultLocation(_table.Name, total.Line), name)
                : new Fault(FileFaults.TotalDiffers, At(total), name, total.Number, sum));
        }
    }

    private bool IsTotal(Row row)
    {
        string[] names = Names(row);
        return Array.Exists(names, n => HeadingWords.Is(HeadingWords.Total, n))
            && (HeadingWords.Is(HeadingWords.Total, names[^1]) || names.Skip(1).All(n => NameComparer.IsBlank(n)) || _dialect.Pair is null);
    }

    /// <summary>Whether a row is one of those that a total adds up: those with the same names but for what says total, or is blank.</summary>
    private bool Belongs(Row row, Row total) => Names(row).Zip(Names(total)).All(pair =>
        NameComparer.IsBlank(pair.Second) || HeadingWords.Is(HeadingWords.Total, pair.Second) || NameComparer.Instance.Equals(pair.First, pair.Second));

    private string FeatureOf(Row row) => _dialect.Pair is (int feature, _) ? row.Cell(feature) : "";

    private string[] Names(Row row) => _dialect.Pair is (int feature, int value)
        ? [row.Cell(feature), row.Cell(value)]
        : [.. _dialect.Features.Select(f => row.Cell(f.Column))];

    /// <summary>Whether the numbers of each feature add up to 1.</summary>
    private bool AreShares() => _rows.Count > 0
        && _rows.GroupBy(FeatureOf, NameComparer.Instance).All(g => Math.Abs(g.Sum(r => r.Number ?? 0) - 1) <= SharesOff);

    private FeatureValue[] ConditionOf(Row row)
    {
        if (_dialect.Pair is not (int feature, int value))
        {
            return [.. _dialect.Features.Select(f => new FeatureValue(f.Name, row.Cell(f.Column).Trim()))];
        }

        // A row of a cross table may also be written as quotas on combinations are.
        return Combination.Pair(row.Cell(feature).Split('&'), row.Cell(value)) ?? [new FeatureValue(row.Cell(feature).Trim(), row.Cell(value).Trim())];
    }

    private string SubjectOf(Row row) => string.Join(" & ", ConditionOf(row).Select(t => t.ToString()));

    private FaultLocation At(Row row) => new(_table.Name, row.Line, _dialect.NumberHeading);

    private static string? Text(Row row, int column) => column >= 0 && NameComparer.Clean(row.Cell(column)) is { Length: > 0 } text ? text : null;

    private sealed class Row(int line, string[] cells, bool isNumber)
    {
        public int Line => line;

        public bool IsNumber => isNumber;

        public decimal? Number { get; set; }

        /// <summary>Whether its number was told to be wrong.</summary>
        public bool IsFaulty { get; set; }

        public string Cell(int column) => column < cells.Length ? cells[column] : "";
    }
}
