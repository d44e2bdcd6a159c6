using System.Collections.Frozen;
using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files.Storage;

namespace Sortition.Files.Mapping;

/// <summary>A first look at a table: suggests a mapping, and leaves open what cannot be told.</summary>
internal sealed class MappingSuggestion
{
    private const string KeptIds = "ids.csv";
    private const int MostStatuses = 12;

    private readonly IReadOnlyList<ColumnProfile> _columns;
    private readonly HashSet<int> _taken = [];

    private MappingSuggestion(IReadOnlyList<ColumnProfile> columns) => _columns = columns;

    /// <exception cref="MalformedInputException">The table holds nothing below its headings.</exception>
    public static MappingModel Suggest(
        RawTable raw, IReadOnlyList<Feature> features, IdRegister register, DateOnly? asOf, MappingPlace place, CancellationToken cancellationToken)
    {
        TableForm form = HeaderSearch.Find(raw, features.Select(f => f.Name));
        FaultList faults = new();
        MappedTable table = MappedTable.Of(raw, form, faults) ?? throw faults.ToException();
        int[] rows = [.. Enumerable.Range(table.FirstRow, table.RowCount - table.FirstRow).Where(row => !table.IsNotPeople(row))];

        // Of two columns with one heading neither can be named; only for a feature it has to be told.
        HashSet<string> needed = new(features.Select(f => f.Name), NameComparer.Instance);
        ILookup<string, int> byHeading = Enumerable.Range(0, table.Header.Headings.Length).ToLookup(table.Header.Name, NameComparer.Instance);
        ColumnProfile[] columns =
        [
            .. byHeading.Where(h => h.Key.Length > 0 && (h.Count() == 1 || needed.Contains(h.Key))).Select(h => new ColumnProfile(table, h.First(), rows)),
        ];
        MappingModel model = new MappingSuggestion(columns).Suggest(form, features, asOf);

        // Spellings first, so that the rest is seen as it will be; then who looks like whom.
        model = Settled(raw, model, register, place, cancellationToken);
        Preparation? tried = Preparation.Run(raw, model, place, register, new FaultList(), cancellationToken);
        Decision[] decisions = [.. (tried?.Groups ?? []).Select(group => new Decision([.. group.Rows.Select(row => tried!.Ids[row])], Keep: null))];
        return model with { Duplicates = model.Duplicates with { Decisions = decisions } };
    }

    private MappingModel Suggest(TableForm form, IReadOnlyList<Feature> features, DateOnly? asOf)
    {
        // Columns named like features are theirs, whatever else they look like.
        _taken.UnionWith(_columns.Where(c => features.Any(f => NameComparer.Instance.Equals(f.Name, c.Heading))).Select(c => c.Column));
        IdRule id = Id();
        ContactRule contact = new()
        {
            Name = [.. new[] { FirstOf(Words.FirstNames) ?? FirstOf(Words.Names), FirstOf(Words.LastNames) }.OfType<string>()],
            Email = FirstOf(Words.Emails) ?? Take(_columns.FirstOrDefault(c => c.AreEmails && !_taken.Contains(c.Column))),
            Phone = FirstOf(Words.Phones),
        };
        string? street = FirstOf(Words.Streets);
        string[] household = street is null ? [] : [street, .. new[] { FirstOf(Words.HouseNumbers), Postcode() }.OfType<string>()];
        FeatureSuggestion suggestion = new(_columns, _taken);
        FeatureRule[] rules = [.. features.Select(suggestion.Suggest)];
        List<IReadOnlyList<IdentityPart>> by =
        [
            .. contact.Email is null ? (IdentityPart[][])[] : [[IdentityPart.Email]],
            .. contact.Phone is null ? (IdentityPart[][])[] : [[IdentityPart.Phone]],
            .. contact.Name.Count == 0 || household.Length == 0 ? (IdentityPart[][])[] : [[IdentityPart.Name, IdentityPart.Household]],
        ];
        return new MappingModel
        {
            Table = form,
            AsOf = asOf,
            IsAsOfOpen = asOf is null && rules.Any(r => r.IsBirth),
            Id = id,
            Status = Status(),
            Household = household,
            Contact = contact,
            Features = rules,
            Duplicates = new DuplicateRule { By = by },
        };
    }

    /// <summary>With a day, it can be seen whether anybody is too young, or has two ages; what concerns nobody is not asked.</summary>
    private static MappingModel Settled(RawTable raw, MappingModel model, IdRegister register, MappingPlace place, CancellationToken cancellationToken)
    {
        MappingModel plain = model with { Features = [.. model.Features.Select(f => f with { Edge = null })] };
        FaultList faults = new();
        Preparation.Run(raw, plain, place, register, faults, cancellationToken);
        return model with
        {
            Features =
            [
                .. model.Features.Select(f => f with
                {
                    Edge = model.AsOf is not null && !Open.Is(f.Column) && !Concerns(FileFaults.AskEdge, f) ? null : f.Edge,
                    Outside = Concerns(FileFaults.OutsideBands, f) ? Fallback.Asked : f.Outside,
                    DateOrder = Concerns(FileFaults.AskDateOrder, f) ? Open.Mark : f.DateOrder,
                }),
            ],
        };

        bool Concerns(FaultCode code, FeatureRule feature) =>
            faults.Faults.Any(fault => fault.Code == code && string.Equals((string?)fault["subject"], feature.Name, StringComparison.Ordinal));
    }

    /// <summary>A column of ids that are all there, and differ but for rows that stand twice; otherwise ids are made.</summary>
    private IdRule Id() =>
        _columns.FirstOrDefault(c => Words.AreOneOf(Words.Ids, c.Heading) && c.AreMostlyDifferent && !_taken.Contains(c.Column)) is ColumnProfile column
            ? new IdRule { Column = Take(column) }
            : new IdRule { Create = IdPattern.Default, Keep = KeptIds };

    private StatusRule? Status()
    {
        ColumnProfile? column = _columns.FirstOrDefault(c =>
            !_taken.Contains(c.Column) && c.Cells.Count is > 0 and <= MostStatuses && Words.StandIn(Words.Statuses, c.Heading)
            && c.Cells.Any(cell => Words.AreOneOf(Words.In, cell.Cell) || Words.AreOneOf(Words.Out, cell.Cell)));
        if (column is null)
        {
            return null;
        }

        string[] inside = [.. column.Cells.Select(c => c.Cell).Where(cell => Words.AreOneOf(Words.In, cell))];
        string[] outside = [.. column.Cells.Select(c => c.Cell).Where(cell => Words.AreOneOf(Words.Out, cell))];
        bool areAllSaid = column.Blank == 0 && column.Cells.Count == inside.Length + outside.Length;
        return new StatusRule(Take(column)!, inside, outside, areAllSaid ? null : Open.Mark);
    }

    /// <summary>A postcode may be what a feature is made of, too.</summary>
    private string? Postcode() => Named(Words.Postcodes)?.Heading;

    private string? FirstOf(FrozenSet<string> words) => Take(Named(words) is ColumnProfile found && !_taken.Contains(found.Column) ? found : null);

    private ColumnProfile? Named(FrozenSet<string> words) => _columns.FirstOrDefault(c => Words.AreOneOf(words, c.Heading));

    private string? Take(ColumnProfile? column)
    {
        if (column is not null)
        {
            _taken.Add(column.Column);
        }

        return column?.Heading;
    }
}
