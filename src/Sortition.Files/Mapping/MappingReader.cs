using System.Globalization;
using System.Text.Json;
using Sortition.Core.Problems;
using Sortition.Files.Storage;
using Sortition.Shared;

namespace Sortition.Files.Mapping;

/// <summary>Reads mappings; whatever is wrong becomes a fault with its path.</summary>
internal sealed class MappingReader
{
    public const string Format = "sortition-mapping/1";

    private static readonly (FeatureKind, string)[] Kinds =
    [
        (FeatureKind.Value, "value"), (FeatureKind.BirthYear, "birthYear"), (FeatureKind.BirthDate, "birthDate"), (FeatureKind.Number, "number"),
    ];

    private static readonly (IdentityPart, string)[] Parts =
    [
        (IdentityPart.Email, "email"), (IdentityPart.Phone, "phone"), (IdentityPart.Name, "name"), (IdentityPart.Household, "household"),
    ];

    private readonly JsonFaults _faults;

    private MappingReader(JsonFaults faults) => _faults = faults;

    public static string NameOf(FeatureKind kind) => Array.Find(Kinds, k => k.Item1 == kind).Item2;

    public static string NameOf(IdentityPart part) => Array.Find(Parts, p => p.Item1 == part).Item2;

    /// <summary>The mapping of a document; where there are faults, something that no one should use.</summary>
    public static MappingModel Read(JsonElement root, JsonFaults faults) => new MappingReader(faults).Document(root);

    private MappingModel Document(JsonElement root)
    {
        if (_faults.Members(
            root, "$", "format", "table?", "asOf?", "id", "status?", "household?", "contact?", "features", "duplicates?") is not JsonElement?[] members)
        {
            return new MappingModel();
        }

        _faults.CheckFormat(members[0], Format);
        string? asOf = TextOrNull(members[2], "$.asOf");
        MappingModel model = new()
        {
            Table = Given(members[1]) is JsonElement table ? Table(table) : new TableForm(),
            AsOf = asOf is null || Open.Is(asOf) ? null : Day(asOf, "$.asOf"),
            IsAsOfOpen = Open.Is(asOf),
            Id = members[3] is JsonElement id ? Id(id) : new IdRule(),
            Status = Given(members[4]) is JsonElement status ? Status(status) : null,
            Household = Columns(members[5], "$.household"),
            Contact = Given(members[6]) is JsonElement contact ? Contact(contact) : new ContactRule(),
            Features = [.. _faults.Items(members[7], "$.features").Select(item => Feature(item.Element, item.Path)).OfType<FeatureRule>()],
            Duplicates = Given(members[8]) is JsonElement duplicates ? Duplicates(duplicates) : new DuplicateRule(),
        };
        CheckNames(model.Features);
        return model;
    }

    private TableForm Table(JsonElement element)
    {
        const string Path = "$.table";
        string[] names = ["sheet?", "headerRow?", "firstRow?", "notPeople?", "encoding?", "separator?", "decimal?", "hiddenRows?"];
        if (_faults.Members(element, Path, names) is not JsonElement?[] members)
        {
            return new TableForm();
        }

        int? header = Line(members[1], Path + ".headerRow");
        int? first = Line(members[2], Path + ".firstRow");
        if (first <= (header ?? 1))
        {
            _faults.Add(FileFaults.FirstRowAboveHeader, Path + ".firstRow", first, header ?? 1);
        }

        return new TableForm
        {
            Sheet = TextOrNull(members[0], Path + ".sheet"),
            HeaderRow = header,
            FirstRow = first,
            NotPeople = Texts(members[3], Path + ".notPeople"),
            Encoding = TextOrNull(members[4], Path + ".encoding"),
            Separator = Word(members[5], Path + ".separator", [";", ",", "\t"])?[0],
            Decimal = Word(members[6], Path + ".decimal", [".", ","])?[0],
            HiddenRows = Word(members[7], Path + ".hiddenRows", [TableForm.UseHidden, TableForm.LeaveOutHidden, Open.Mark]),
        };
    }

    private IdRule Id(JsonElement element)
    {
        const string Path = "$.id";
        if (_faults.Members(element, Path, "column?", "create?", "keep?") is not JsonElement?[] members)
        {
            return new IdRule();
        }

        string? column = Column(members[0], Path + ".column");
        string? create = TextOrNull(members[1], Path + ".create");
        if (column is null == create is null)
        {
            _faults.Add(FileFaults.EitherColumnOrCreate, Path);
            return new IdRule();
        }

        IdPattern? pattern = create is null ? null : IdPattern.TryParse(create);
        if (create is not null && pattern is null)
        {
            _faults.Add(FileFaults.MalformedIdPattern, Path + ".create", create);
        }

        string? keep = TextOrNull(members[2], Path + ".keep");
        if (column is not null && keep is not null)
        {
            _faults.Add(FileFaults.EitherColumnOrCreate, Path);
        }

        return new IdRule { Column = column, Create = pattern, Keep = keep };
    }

    private StatusRule? Status(JsonElement element)
    {
        const string Path = "$.status";
        if (_faults.Members(element, Path, "column", "in", "out", "other?") is not JsonElement?[] members)
        {
            return null;
        }

        string? column = Column(members[0], Path + ".column");
        StatusRule rule = new(
            column ?? "", Texts(members[1], Path + ".in"), Texts(members[2], Path + ".out"), Word(members[3], Path + ".other", ["in", "out", Open.Mark]));
        CheckOnce(rule.In.Concat(rule.Out), Path);
        return rule;
    }

    private ContactRule Contact(JsonElement element)
    {
        const string Path = "$.contact";
        return _faults.Members(element, Path, "name?", "email?", "phone?") is not JsonElement?[] members
            ? new ContactRule()
            : new ContactRule
            {
                Name = Columns(members[0], Path + ".name"),
                Email = Column(members[1], Path + ".email"),
                Phone = Column(members[2], Path + ".phone"),
            };
    }

    private FeatureRule? Feature(JsonElement element, string path)
    {
        string[] names = ["name", "column", "kind?", "bands?", "edge?", "dateOrder?", "lookup?", "values?", "blank?", "other?", "outside?"];
        if (_faults.Members(element, path, names) is not JsonElement?[] members)
        {
            return null;
        }

        string? name = Filled(members[0], path + ".name");
        string? column = Column(members[1], path + ".column");
        FeatureKind kind = members[2] is null ? FeatureKind.Value : _faults.OneOf(Kinds, members[2], path + ".kind") ?? FeatureKind.Value;
        bool areBandsOpen = IsOpen(members[3]);
        (string? edge, string? edgeColumn) = Edge(members[4], path + ".edge");
        FeatureRule rule = new()
        {
            Name = name ?? "",
            Column = column ?? "",
            Kind = kind,
            Bands = areBandsOpen ? [] : Bands(members[3], path + ".bands"),
            AreBandsOpen = areBandsOpen,
            Edge = edge,
            EdgeColumn = edgeColumn,
            DateOrder = Word(members[5], path + ".dateOrder", ["dmy", "mdy", Open.Mark]),
            Lookup = Given(members[6]) is JsonElement lookup ? Lookup(lookup, path + ".lookup") : null,
            Values = Given(members[7]) is JsonElement values ? Values(values, path + ".values") : null,
            Blank = OneFallback(members[8], path + ".blank"),
            Other = OneFallback(members[9], path + ".other"),
            Outside = OneFallback(members[10], path + ".outside"),
        };
        CheckParts(rule, members, path);
        return name is null || column is null ? null : rule;
    }

    /// <summary>Members that say nothing for a kind are faults: whoever wrote them meant something else.</summary>
    private void CheckParts(FeatureRule rule, JsonElement?[] members, string path)
    {
        bool hasBands = rule.Kind != FeatureKind.Value;
        if (hasBands && Given(members[3]) is null)
        {
            _faults.Add(JsonFaultCodes.MissingMember, path + ".bands");
        }

        ReadOnlySpan<(int Member, string Name, bool Fits)> parts =
        [
            (3, "bands", hasBands), (4, "edge", rule.IsBirth), (5, "dateOrder", rule.IsBirth), (6, "lookup", !hasBands), (10, "outside", hasBands),
        ];
        foreach ((int member, string name, bool fits) in parts)
        {
            if (!fits && Given(members[member]) is not null)
            {
                _faults.Add(FileFaults.MemberOfOtherKind, $"{path}.{name}", MappingReader.NameOf(rule.Kind));
            }
        }
    }

    private List<Band> Bands(JsonElement? element, string path)
    {
        List<Band> bands = [];
        if (Given(element) is not JsonElement given)
        {
            return bands;
        }

        foreach ((string name, JsonElement ends, string at) in Entries(given, path))
        {
            JsonElement[] pair = ends.ValueKind == JsonValueKind.Array ? [.. ends.EnumerateArray()] : [];
            if (pair.Length != 2)
            {
                _faults.Add(FileFaults.MalformedBand, at);
                continue;
            }

            int? from = pair[0].ValueKind == JsonValueKind.Null ? 0 : _faults.NaturalNumber(pair[0], at + "[0]");
            int? to = pair[1].ValueKind == JsonValueKind.Null ? null : _faults.NaturalNumber(pair[1], at + "[1]");
            if (to < from)
            {
                _faults.Add(FileFaults.MalformedBand, at);
                continue;
            }

            Band band = new(name, from ?? 0, to);
            if (bands.Find(b => (band.To is null || b.From <= band.To) && (b.To is null || band.From <= b.To)) is Band other)
            {
                _faults.Add(FileFaults.BandsOverlap, at, name, other.Name);
            }

            bands.Add(band);
        }

        return bands;
    }

    private (string? Edge, string? Column) Edge(JsonElement? element, string path) =>
        Given(element) is { ValueKind: JsonValueKind.Object } given
            ? (null, _faults.Members(given, path, "column") is [JsonElement column] ? Column(column, path + ".column") : null)
            : (Word(element, path, ["older", "younger", Open.Mark]), null);

    private LookupRule? Lookup(JsonElement element, string path)
    {
        if (_faults.Members(element, path, "file", "sheet?", "from", "to") is not JsonElement?[] members)
        {
            return null;
        }

        string? file = Filled(members[0], path + ".file");
        string? from = Column(members[2], path + ".from");
        string? to = Column(members[3], path + ".to");
        return file is null || from is null || to is null ? null : new LookupRule(file, TextOrNull(members[1], path + ".sheet"), from, to);
    }

    private Spellings[] Values(JsonElement element, string path)
    {
        Spellings[] values = [.. Entries(element, path).Select(entry => new Spellings(entry.Name, Texts(entry.Element, entry.Path)))];
        CheckOnce(values.SelectMany(v => v.Also.Where(a => !NameComparer.Instance.Equals(a, v.Value)).Append(v.Value)), path);
        return values;
    }

    private Fallback OneFallback(JsonElement? element, string path)
    {
        if (Given(element) is { ValueKind: JsonValueKind.Object } given)
        {
            return _faults.Members(given, path, "value") is [JsonElement value] && Filled(value, path + ".value") is string text
                ? new Fallback(FallbackKind.Value, text)
                : default;
        }

        return Word(element, path, ["fault", "leaveOut", Open.Mark]) switch
        {
            "leaveOut" => new Fallback(FallbackKind.LeaveOut),
            Open.Mark => Fallback.Asked,
            _ => default,
        };
    }

    private DuplicateRule Duplicates(JsonElement element)
    {
        const string Path = "$.duplicates";
        if (_faults.Members(element, Path, "by", "decisions?") is not JsonElement?[] members)
        {
            return new DuplicateRule();
        }

        List<IReadOnlyList<IdentityPart>> by = [];
        foreach ((JsonElement parts, string path) in _faults.Items(members[0], Path + ".by"))
        {
            IdentityPart[] all = [.. _faults.Items(parts, path).Select(p => _faults.OneOf(Parts, p.Element, p.Path)).OfType<IdentityPart>().Distinct()];
            if (all.Length > 0)
            {
                by.Add(all);
            }
        }

        Decision?[] decisions = [.. _faults.Items(members[1], Path + ".decisions").Select(item => OneDecision(item.Element, item.Path))];
        return new DuplicateRule { By = by, Decisions = [.. decisions.OfType<Decision>()] };
    }

    private Decision? OneDecision(JsonElement element, string path)
    {
        if (_faults.Members(element, path, "ids", "keep") is not [JsonElement ids, JsonElement keep])
        {
            return null;
        }

        IReadOnlyList<string> all = Texts(ids, path + ".ids");
        IReadOnlyList<string>? kept = IsOpen(keep) ? null
            : keep.ValueKind == JsonValueKind.Array ? Texts(keep, path + ".keep")
            : _faults.Text(keep, path + ".keep") is string one ? [one]
            : [];
        foreach (string stranger in (kept ?? []).Where(k => !all.Contains(k, StringComparer.Ordinal)))
        {
            _faults.Add(FileFaults.KeepsAnother, path + ".keep", stranger, all);
        }

        if (kept is { Count: 0 })
        {
            _faults.Add(JsonFaultCodes.MissingMember, path + ".keep");
        }

        return new Decision(all, kept);
    }

    private void CheckNames(IReadOnlyList<FeatureRule> features)
    {
        HashSet<string> seen = new(NameComparer.Instance);
        foreach (FeatureRule feature in features.Where(f => !seen.Add(f.Name)))
        {
            _faults.Add(FileFaults.DuplicateFeature, "$.features", feature.Name);
        }
    }

    /// <summary>Reports texts that would be read in two ways.</summary>
    private void CheckOnce(IEnumerable<string> texts, string path)
    {
        HashSet<string> seen = new(NameComparer.Instance);
        foreach (string text in texts.Where(t => !seen.Add(t)))
        {
            _faults.Add(FileFaults.SaidTwice, path, text);
        }
    }

    private DateOnly? Day(string text, string path)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day))
        {
            return day;
        }

        _faults.Add(FileFaults.NotADay, path, text);
        return null;
    }

    private int? Line(JsonElement? element, string path)
    {
        if (Given(element) is not JsonElement given || _faults.WholeNumber(given, path) is not int line)
        {
            return null;
        }

        if (line >= 1)
        {
            return line;
        }

        _faults.Add(CoreFaults.NegativeNumber, path, null, line);
        return null;
    }

    /// <summary>The members of an object whose names are the user's; each once.</summary>
    private IEnumerable<(string Name, JsonElement Element, string Path)> Entries(JsonElement element, string path)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            _faults.Add(JsonFaultCodes.NotAnObject, path, element.ValueKind.ToString().ToLowerInvariant());
            yield break;
        }

        HashSet<string> seen = new(NameComparer.Instance);
        foreach (JsonProperty property in element.EnumerateObject())
        {
            string? name = NameOf(property);
            if (NameComparer.IsBlank(name))
            {
                _faults.Add(JsonFaultCodes.UnknownMember, path, name);
            }
            else if (!seen.Add(name!))
            {
                _faults.Add(JsonFaultCodes.MemberTwice, JsonFaults.Join(path, name!));
            }
            else
            {
                yield return (NameComparer.Clean(name), property.Value, JsonFaults.Join(path, name!));
            }
        }
    }

    private static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, escaped.
            return null;
        }
    }

    private string[] Texts(JsonElement? element, string path) =>
        Given(element) is null ? [] : [.. _faults.Items(element, path).Select(item => _faults.Text(item.Element, item.Path)).OfType<string>()];

    private string[] Columns(JsonElement? element, string path) =>
        Given(element) is null ? [] : [.. _faults.Items(element, path).Select(item => Column(item.Element, item.Path)).OfType<string>()];

    private string? Column(JsonElement? element, string path) => Filled(element, path);

    private string? Filled(JsonElement? element, string path)
    {
        string? text = TextOrNull(element, path);
        if (text is null || !NameComparer.IsBlank(text))
        {
            return text is null ? null : NameComparer.Clean(text);
        }

        _faults.Add(JsonFaultCodes.MissingMember, path);
        return null;
    }

    private string? TextOrNull(JsonElement? element, string path) => Given(element) is JsonElement given ? _faults.Text(given, path) : null;

    private string? Word(JsonElement? element, string path, string[] allowed)
    {
        string? word = TextOrNull(element, path);
        if (word is null || allowed.Contains(word, StringComparer.Ordinal))
        {
            return word;
        }

        _faults.Add(JsonFaultCodes.UnknownWord, path, word, allowed);
        return null;
    }

    private static bool IsOpen(JsonElement? element) => element is { ValueKind: JsonValueKind.String } text && text.ValueEquals(Open.Mark);

    private static JsonElement? Given(JsonElement? element) => element is { ValueKind: not JsonValueKind.Null } ? element : null;
}
