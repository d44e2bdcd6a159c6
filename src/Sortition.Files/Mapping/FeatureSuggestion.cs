using Sortition.Core.Problems;

namespace Sortition.Files.Mapping;

/// <summary>Suggests from which column a feature comes, and how. What cannot be told is left open.</summary>
internal sealed class FeatureSuggestion
{
    /// <summary>The share of a column's cells that must be values of a feature, for its heading not to matter.</summary>
    private const double TellingShare = 0.6;

    /// <summary>A column with more different cells than this holds no values of a feature, but names, addresses or sentences.</summary>
    private const int MostKinds = 1000;

    private readonly IReadOnlyList<ColumnProfile> _columns;
    private readonly HashSet<int> _taken;

    /// <param name="columns">What the columns look like.</param>
    /// <param name="taken">Those that mean something else.</param>
    public FeatureSuggestion(IReadOnlyList<ColumnProfile> columns, HashSet<int> taken) => (_columns, _taken) = (columns, taken);

    public FeatureRule Suggest(Feature feature)
    {
        ValueSuggestion values = new(feature.Values);
        Band[] bands = [.. feature.Values.Select(BandNames.TryRead).OfType<Band>()];
        ColumnProfile? named = _columns.FirstOrDefault(c => NameComparer.Instance.Equals(c.Heading, feature.Name));
        if (bands.Length < 2 || (named is not null && IsPlain(named, values)))
        {
            return OfValues(feature, values, named ?? ByValues(values) ?? ByWords(feature));
        }

        ColumnProfile? column = named is not null && KindOf(named) is not null ? named : Dated(feature) ?? ByValues(values) ?? named;
        return column is null ? Ask(feature, bands)
            : KindOf(column) is not FeatureKind kind || IsPlain(column, values) ? OfValues(feature, values, column)
            : OfBands(feature, values, column, kind, bands);
    }

    private static bool IsPlain(ColumnProfile column, ValueSuggestion values) => column.Filled > 0 && Share(column, values.Same) >= TellingShare;

    private static double Share(ColumnProfile column, Func<string, string?> find) =>
        column.Filled == 0 ? 0 : column.Cells.Where(c => find(c.Cell) is not null).Sum(c => c.Rows) / (double)column.Filled;

    private static FeatureKind? KindOf(ColumnProfile column) =>
        column.AreDates ? FeatureKind.BirthDate
        : column.AreYears ? FeatureKind.BirthYear
        : column.AreAges ? FeatureKind.Number
        : null;

    /// <summary>The column whose cells are the values, if it is one only.</summary>
    private ColumnProfile? ByValues(ValueSuggestion values)
    {
        ColumnProfile[] fitting = [.. Free().Where(c => c.Cells.Count <= MostKinds && Share(c, values.Find) >= TellingShare)];
        return fitting.Length == 1 ? fitting[0] : null;
    }

    /// <summary>The column in whose heading the name of the feature stands, or another word for it, if it is one only.</summary>
    private ColumnProfile? ByWords(Feature feature)
    {
        string own = Words.Plain(feature.Name);
        string[] words = Words.AreOneOf(Words.GenderHeadings, feature.Name) ? [own, .. Words.GenderHeadings] : [own];
        ColumnProfile[] fitting = [.. Free().Where(c => Words.StandIn(words, c.Heading))];
        return fitting.Length == 1 ? fitting[0] : null;
    }

    /// <summary>The column that tells ages best: dates of birth, then years, then ages; by its heading, or because there is no other.</summary>
    private ColumnProfile? Dated(Feature feature)
    {
        bool isAge = Words.StandIn(Words.Ages, feature.Name);
        string own = Words.Plain(feature.Name);
        string[] words = isAge ? [own, .. Words.Births, .. Words.Ages] : [own];
        ColumnProfile[] fitting = [.. Free().Where(c => KindOf(c) is not null && Words.StandIn(words, c.Heading)).OrderBy(Rank)];
        return fitting.Length == 0 || (fitting.Length > 1 && Rank(fitting[0]) == Rank(fitting[1])) ? null : fitting[0];

        static int Rank(ColumnProfile column) => column.AreDates ? 0 : column.AreYears ? 1 : 2;
    }

    private IEnumerable<ColumnProfile> Free() => _columns.Where(c => !_taken.Contains(c.Column) && c.Filled > 0);

    private static FeatureRule Ask(Feature feature, Band[] bands) => new()
    {
        Name = feature.Name,
        Column = Open.Mark,
        Kind = FeatureKind.BirthYear,
        Bands = bands,
        AreBandsOpen = Overlap(bands),
        Edge = Open.Mark,
    };

    private FeatureRule OfValues(Feature feature, ValueSuggestion suggestion, ColumnProfile? column)
    {
        if (column is null)
        {
            return new FeatureRule { Name = feature.Name, Column = Open.Mark, Values = [.. feature.Values.Select(value => new Spellings(value, []))] };
        }

        _taken.Add(column.Column);
        return new FeatureRule
        {
            Name = feature.Name,
            Column = column.Heading,
            Values = SpellingsOf(feature.Values, suggestion, column),
            Blank = column.Blank > 0 ? Fallback.Asked : default,
            Other = column.Cells.Count > MostKinds || column.Cells.Any(c => suggestion.Find(c.Cell) is null) ? Fallback.Asked : default,
        };
    }

    private static Spellings[] SpellingsOf(IEnumerable<string> values, ValueSuggestion suggestion, ColumnProfile column)
    {
        IEnumerable<string> others = column.Cells.Take(MostKinds).Select(c => c.Cell).Where(cell => suggestion.Same(cell) is null);
        ILookup<string?, string> meant = others.ToLookup(suggestion.Find, StringComparer.Ordinal);
        return [.. values.Select(value => new Spellings(value, [.. meant[value]]))];
    }

    private FeatureRule OfBands(Feature feature, ValueSuggestion suggestion, ColumnProfile column, FeatureKind kind, Band[] bands)
    {
        _taken.Add(column.Column);
        string[] others = [.. feature.Values.Except(bands.Select(b => b.Name), StringComparer.Ordinal)];
        bool IsRead(string cell) => suggestion.Same(cell) is not null || BirthText.TryRead(cell) is not null || cell.All(char.IsAsciiDigit);
        return new FeatureRule
        {
            Name = feature.Name,
            Column = column.Heading,
            Kind = kind,
            Bands = Overlap(bands) ? [] : bands,
            AreBandsOpen = Overlap(bands),
            Edge = kind == FeatureKind.BirthYear ? Open.Mark : null,
            Values = others.Length == 0 ? null : [.. others.Select(value => new Spellings(value, []))],
            Blank = column.Blank > 0 ? Fallback.Asked : default,
            Other = column.Cells.All(c => IsRead(c.Cell)) ? default : Fallback.Asked,
        };
    }

    private static bool Overlap(Band[] bands) =>
        bands.OrderBy(b => b.From).Zip(bands.OrderBy(b => b.From).Skip(1)).Any(pair => pair.First.To is null || pair.First.To >= pair.Second.From);
}
