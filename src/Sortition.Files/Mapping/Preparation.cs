using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files.Storage;

namespace Sortition.Files.Mapping;

/// <summary>Makes a pool of a raw table, step by step; what is wrong or open goes to a list, and the steps go on as far as they can.</summary>
internal sealed class Preparation
{
    private readonly RawTable _raw;
    private readonly MappedTable _table;
    private readonly MappingModel _mapping;
    private readonly MappingPlace _place;
    private readonly FaultList _faults;
    private readonly CancellationToken _cancellationToken;
    private readonly List<PersonAction> _actions = [];
    private readonly Identities _identities;
    private readonly FeatureColumn?[] _features;
    private readonly FaultList[] _ofFeatures;
    private readonly int _status = -1;
    private IdAssignment? _ids;

    private Preparation(
        RawTable raw, MappedTable table, MappingModel mapping, MappingPlace place, FaultList faults, CancellationToken cancellationToken)
    {
        _raw = raw;
        _table = table;
        _mapping = mapping;
        _place = place;
        _faults = faults;
        _cancellationToken = cancellationToken;
        _identities = new Identities(table, mapping, faults);
        if (mapping.Status is StatusRule status)
        {
            _status = table.FindOrReport(status.Column, faults);
        }

        if (mapping.IsAsOfOpen || (mapping.AsOf is null && mapping.Features.Any(f => f.IsBirth)))
        {
            faults.Add(FileFaults.AskDay, place.At("$.asOf"));
        }

        _ofFeatures = [.. mapping.Features.Select(_ => new FaultList())];
        _features = [.. mapping.Features.Select(OpenFeature)];
    }

    /// <summary>People who look like one, as far as they could be found.</summary>
    public IReadOnlyList<DuplicateGroup> Groups { get; private set; } = [];

    public IReadOnlyDictionary<int, string> Ids => _ids?.Ids ?? new Dictionary<int, string>();

    /// <summary>The pool; null where there are faults. Ids are added to the register in any case.</summary>
    public PreparedPool? Pool { get; private set; }

    /// <summary>Makes the pool; null where there is no table.</summary>
    public static Preparation? Run(
        RawTable raw, MappingModel mapping, MappingPlace place, IdRegister register, FaultList faults, CancellationToken cancellationToken)
    {
        if (MappedTable.Of(raw, mapping.Table, faults) is not MappedTable table)
        {
            return null;
        }

        Preparation preparation = new(raw, table, mapping, place, faults, cancellationToken);
        preparation.Run(register);
        return preparation;
    }

    private void Run(IdRegister register)
    {
        List<int> people = People();
        if (people.Count == 0)
        {
            Array.ForEach(_ofFeatures, _faults.AddAll);
            _faults.Add(FileFaults.NoPeople, new FaultLocation(_table.Name));
            return;
        }

        CheckWidths(people);
        _ids = IdAssignment.Run(_table, _identities, people, _mapping.Id, register, _faults);
        HashSet<int> left = [.. HiddenStep(people)];
        left.UnionWith(StatusStep([.. people.Where(row => !left.Contains(row))]));
        DuplicateSearch search = DuplicateSearch.Run(_identities, people, _mapping.Duplicates, _ids.Ids, _cancellationToken);
        Groups = search.Groups;
        if (search.EqualWithoutName > 0)
        {
            _faults.Add(FileFaults.EqualRows, new FaultLocation(_table.Name), search.EqualWithoutName);
        }

        // Questions are told in the order in which their answers stand in the mapping, so these come last.
        FaultList ofDuplicates = new();
        foreach ((int row, int kept) in DuplicateDecisions.Apply(search, _mapping.Duplicates.Decisions, _ids.Ids, _table, _place.Name, ofDuplicates))
        {
            if (left.Add(row))
            {
                Note(row, PersonActionKind.LeftOutDuplicate, _ids.Ids[kept]);
            }
        }

        int[] rest = [.. people.Where(row => !left.Contains(row))];
        FeatureStep step = new(_table, _place, _faults);
        for (int f = 0; f < _features.Length; f++)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            _faults.AddAll(_ofFeatures[f]);
            step.Run(_features[f], f, rest, _mapping.Table.Decimal);
        }

        _faults.AddAll(ofDuplicates);


        // Of those who are left out in the end it only matters why.
        foreach ((int row, PersonActionKind kind, string about) in step.Actions.Where(a => PersonAction.LeavesOut(a.Kind) || !step.LeftOut.Contains(a.Row)))
        {
            Note(row, kind, about);
        }

        if (_faults.Count == 0)
        {
            Pool = Build([.. rest.Where(row => !step.LeftOut.Contains(row))], step, register);
        }
    }

    private FeatureColumn? OpenFeature(FeatureRule rule, int f)
    {
        FaultList faults = _ofFeatures[f];
        FaultLocation at = _place.At(FormattableString.Invariant($"$.features[{f}]"));
        if (rule.AreBandsOpen)
        {
            faults.Add(FileFaults.AskBands, MappingPlace.In(at, "bands"), rule.Name);
        }

        if (Open.Is(rule.Column))
        {
            faults.Add(FileFaults.AskColumn, MappingPlace.In(at, "column"), rule.Name, _table.Header.Names().ToArray());
            return null;
        }

        int column = _table.FindOrReport(rule.Column, faults);
        int edge = rule.EdgeColumn is string heading ? _table.FindOrReport(heading, faults) : -1;
        LookupTable? lookup = rule.Lookup is LookupRule table ? LookupTable.Load(_place.Open(table.File), table, faults, _cancellationToken) : null;
        return column < 0 || (lookup is null && rule.Lookup is not null) ? null : new FeatureColumn(rule, _table, column, edge, lookup, _mapping.AsOf);
    }

    /// <summary>The rows that are people: those that say something in a column in which people say something.</summary>
    private List<int> People()
    {
        int[] telling = [.. _identities.Columns.Concat(_features.OfType<FeatureColumn>().Select(f => f.Column)).Append(_status).Where(c => c >= 0).Distinct()];
        List<int> people = [];
        for (int row = _table.FirstRow; row < _table.RowCount; row++)
        {
            if (_table.IsNotPeople(row) || (telling.Length > 0 && telling.All(column => _table.Cell(row, column).Length == 0)))
            {
                _actions.Add(new PersonAction(_table.LineOf(row), null, PersonActionKind.NotAPerson, null));
            }
            else
            {
                people.Add(row);
            }
        }

        return people;
    }

    /// <summary>A row with more cells than headings may have a cell cut in two, and all that follows in wrong columns.</summary>
    private void CheckWidths(List<int> people)
    {
        int headings = _table.Header.Headings.Length;
        int[] wide = [.. people.Where(row => _table.Width(row) > headings)];
        if (wide.Length > 0)
        {
            _faults.Add(FileFaults.RowsBeyondHeadings, new FaultLocation(_table.Name, _table.LineOf(wide[0])), wide.Length, _table.Lines(wide), headings);
        }
    }

    /// <summary>Those who are hidden, if these do not count.</summary>
    private List<int> HiddenStep(List<int> people)
    {
        List<int> hidden = [.. people.Where(_table.IsHidden)];
        if (_mapping.Table.HiddenRows is TableForm.LeaveOutHidden)
        {
            hidden.ForEach(row => Note(row, PersonActionKind.LeftOutHidden, null));
            return hidden;
        }

        if (Open.Is(_mapping.Table.HiddenRows) || (hidden.Count > 0 && _mapping.Table.HiddenRows is null))
        {
            _faults.Add(FileFaults.AskHiddenRows, _place.At("$.table.hiddenRows"), hidden.Count, _table.Lines(hidden));
        }

        return [];
    }

    /// <summary>Those who do not take part.</summary>
    private List<int> StatusStep(List<int> people)
    {
        List<int> left = [];
        if (_status < 0)
        {
            return left;
        }

        StatusRule rule = _mapping.Status!;
        HashSet<string> inside = [.. rule.In.Select(NameComparer.Key)];
        HashSet<string> outside = [.. rule.Out.Select(NameComparer.Key)];
        Tally others = new();
        foreach (int row in people)
        {
            string cell = _table.Cell(row, _status);
            string key = NameComparer.Key(cell);
            bool isOther = !inside.Contains(key) && !outside.Contains(key);
            if (isOther)
            {
                others.Add(cell, row);
            }

            if (outside.Contains(key) || (isOther && rule.Other is "out"))
            {
                left.Add(row);
                Note(row, PersonActionKind.LeftOutStatus, null);
            }
        }

        if (rule.Other is not ("in" or "out") && (others.Count > 0 || Open.Is(rule.Other)))
        {
            _faults.Add(FileFaults.AskStatus, _place.At("$.status.other"), rule.Column, others.InWords());
        }

        return left;
    }

    private void Note(int row, PersonActionKind kind, string? about) =>
        _actions.Add(new PersonAction(_table.LineOf(row), _ids!.Ids.GetValueOrDefault(row), kind, about));

    private PreparedPool Build(int[] rows, FeatureStep step, IdRegister register)
    {
        PoolColumns columns = new(_table, _mapping, rows);
        List<IReadOnlyList<string>> pool = [.. rows.Select(row => columns.Row(row, _ids!.Ids[row], step.ValuesOf(row)))];
        PersonAction[] actions = [.. _actions.OrderBy(a => a.Row).ThenBy(a => a.Kind)];
        IdRegister? kept = _mapping.Id.Column is null ? register : null;
        return new PreparedPool(_raw, columns, pool, [.. step.Defaults], actions, _ids!, kept, [.. _raw.Warnings, .. _faults.Warnings]);
    }
}

/// <summary>Where a mapping stands, so that faults can be placed, and the files it names opened.</summary>
/// <param name="Name">What faults call it.</param>
/// <param name="Open">Opens a file that it names.</param>
internal sealed record MappingPlace(string Name, Func<string, FileSource> Open)
{
    public FaultLocation At(string path) => new($"{Name} {path}");

    public static FaultLocation In(FaultLocation part, string member) => new($"{part.Source}.{member}");
}

/// <summary>Cells that are alike, with the rows in which they stand.</summary>
internal sealed class Tally
{
    private readonly Dictionary<string, (string Cell, List<int> Rows)> _rows = new(StringComparer.Ordinal);

    public int Count => _rows.Count;

    /// <summary>The cells as first written, in the order of the table.</summary>
    public IEnumerable<(string Cell, List<int> Rows)> Cells => _rows.Values;

    public void Add(string cell, int row)
    {
        string key = NameComparer.Key(cell);
        if (!_rows.TryGetValue(key, out (string, List<int> Rows) known))
        {
            _rows.Add(key, known = (cell, []));
        }

        known.Rows.Add(row);
    }

    /// <summary>Each cell with the number of its rows, the most frequent first.</summary>
    public string[] InWords() =>
        [.. _rows.Values.OrderByDescending(r => r.Rows.Count).Select(r => FormattableString.Invariant($"\"{r.Cell}\" ({r.Rows.Count})"))];
}
