using System.Globalization;
using System.Text.Json;
using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files.Storage;
using Sortition.Files.Tables.Model;
using Sortition.Shared;

namespace Sortition.Files.Documents;

/// <summary>Reads a document of the format <c>sortition-problem/1</c>.</summary>
internal sealed class ProblemDocument
{
    public const string Format = "sortition-problem/1";
    public const string MustBeIn = "mustBeIn";
    public const string MustBeOut = "mustBeOut";

    private const string People = "$.people";
    private const string Quotas = "$.quotas[";
    private const int AnyMaximum = 1_000_000_000;

    private readonly JsonFaults _faults;
    private readonly SelectionProblemBuilder _builder;
    private readonly CellPool _values = new();
    private readonly Dictionary<string, int> _features = new(NameComparer.Instance);
    private int _featureCount;

    private ProblemDocument(JsonFaults faults, SelectionProblemBuilder builder)
    {
        _faults = faults;
        _builder = builder;
    }

    /// <summary>Reads the problem of a document; null for one that could not be parsed, for which there is a fault.</summary>
    /// <exception cref="MalformedInputException">The document is malformed.</exception>
    public static SelectionProblem Read(JsonDocument? json, JsonFaults faults)
    {
        if (json is null || faults.Members(json.RootElement, "$", "format", "panelSize", "householdLimit?", "features", "quotas", "people") is not { } members)
        {
            throw faults.Found.ToException();
        }

        faults.CheckFormat(members[0], Format);

        // Where the size is missing or no number, that is a fault already; any other one will do to check the rest.
        SelectionProblemBuilder builder = new(faults.WholeNumber(members[1], "$.panelSize") ?? 1);
        if (faults.WholeNumber(members[2], "$.householdLimit") is int limit)
        {
            builder.HouseholdLimit(limit);
        }

        return new ProblemDocument(faults, builder).Build(members);
    }

    private SelectionProblem Build(JsonElement?[] members)
    {
        ReadFeatures(members[3]);
        ReadQuotas(members[4]);
        List<Entry> people = ReadPeople(members[5]);
        _builder.People(people, new PersonReader<Entry>
        {
            Id = p => p.Id,
            Value = (p, feature) => _features.TryGetValue(feature, out int f) ? p.Values[f] : null,
            Household = p => p.Household?.ToString(CultureInfo.InvariantCulture),
            Status = p => p.Status,
            Entitlement = p => p.Entitlement,
            Source = People,
            Line = p => p.Index + 1,
            IdColumn = "id",
            Column = feature => _features.TryGetValue(feature, out int f) ? FormattableString.Invariant($"values[{f}]") : "values",
        });
        _builder.Faults.AddAll(_faults.Found);
        try
        {
            return _builder.Build();
        }
        catch (MalformedInputException e)
        {
            throw new MalformedInputException([.. e.Faults.Select(f => f.At(PathOf(f.Location)))], e.FaultCount);
        }
    }

    private void ReadFeatures(JsonElement? features)
    {
        foreach ((JsonElement element, string path) in _faults.Items(features, "$.features"))
        {
            int f = _featureCount++;
            if (_faults.Members(element, path, "name", "values") is { } members)
            {
                string? name = NameOrFault(members[0], JsonFaults.Join(path, "name"), CoreFaults.MissingFeatureName);
                List<string> values = [];
                foreach ((JsonElement value, string valuePath) in _faults.Items(members[1], JsonFaults.Join(path, "values")))
                {
                    if (NameOrFault(value, valuePath, CoreFaults.MissingValueName) is string text)
                    {
                        values.Add(text);
                    }
                }

                if (name is not null)
                {
                    _builder.Feature(name, values);
                    if (!_features.TryAdd(NameComparer.Clean(name), f))
                    {
                        _faults.Add(FileFaults.DuplicateFeature, JsonFaults.Join(path, "name"), name);
                    }
                }
            }
        }
    }

    private string? NameOrFault(JsonElement? element, string path, FaultCode blank)
    {
        string? name = _faults.Text(element, path);
        if (name is not null && string.IsNullOrWhiteSpace(name))
        {
            _faults.Add(blank, path);
            return null;
        }

        return name;
    }

    private void ReadQuotas(JsonElement? quotas)
    {
        foreach ((JsonElement element, string path) in _faults.Items(quotas, "$.quotas"))
        {
            if (_faults.Members(element, path, "condition", "min", "max", "minFlex?", "maxFlex?") is not { } members)
            {
                continue;
            }

            List<FeatureValue> condition = [];
            foreach ((JsonElement term, string termPath) in _faults.Items(members[0], JsonFaults.Join(path, "condition")))
            {
                if (_faults.Members(term, termPath, "feature", "value") is { } names
                    && _faults.Text(names[0], JsonFaults.Join(termPath, "feature")) is string feature
                    && _faults.Text(names[1], JsonFaults.Join(termPath, "value")) is string value)
                {
                    condition.Add(new FeatureValue(feature, value));
                }
            }

            int? min = Number(1, "min");
            int? max = Number(2, "max");
            int? minFlex = Number(3, "minFlex");
            int? maxFlex = Number(4, "maxFlex");
            if (condition.Count != (members[0] is { ValueKind: JsonValueKind.Array } array ? array.GetArrayLength() : -1))
            {
                continue;
            }

            // A number that cannot be read is a fault already; everything else about the quota is still checked.
            _builder.Quota(new QuotaInput
            {
                Condition = condition,
                Min = min ?? 0,
                Max = max ?? AnyMaximum,
                MinFlex = min is null ? null : minFlex,
                MaxFlex = max is null ? null : maxFlex,
                Location = new FaultLocation(path),
                Column = MemberOf,
            });

            int? Number(int member, string name) => _faults.WholeNumber(members[member], JsonFaults.Join(path, name));
        }
    }

    /// <summary>The member that holds a number of a quota, given what quotas call it; its names are both in the condition.</summary>
    private static string MemberOf(string column) => column switch
    {
        "feature" or "value" => "condition",
        "min_flex" => "minFlex",
        "max_flex" => "maxFlex",
        _ => column,
    };

    private List<Entry> ReadPeople(JsonElement? people)
    {
        List<Entry> entries = [];
        int index = -1;
        foreach ((JsonElement element, string path) in _faults.Items(people, People))
        {
            index++;
            if (_faults.Members(element, path, "id", "values", "household?", "status?", "entitlement?") is not { } members)
            {
                continue;
            }

            string? id = _faults.Text(members[0], JsonFaults.Join(path, "id"));
            int? household = _faults.NaturalNumber(members[2], JsonFaults.Join(path, "household"));
            PersonStatus? status = Status(members[3], JsonFaults.Join(path, "status"));
            double? entitlement = members[4] is null ? 1 : _faults.Number(members[4], JsonFaults.Join(path, "entitlement"));
            if (Values(members[1], JsonFaults.Join(path, "values")) is string[] values && id is not null && status is not null && entitlement is not null)
            {
                entries.Add(new Entry(id, values, household, status.Value, entitlement.Value, index));
            }
        }

        return entries;

        string[]? Values(JsonElement? element, string path)
        {
            if (_faults.Array(element, path) is not JsonElement array)
            {
                return null;
            }

            if (array.GetArrayLength() != _featureCount)
            {
                _faults.Add(FileFaults.WrongValueCount, path, array.GetArrayLength(), _featureCount);
                return null;
            }

            string[] values = new string[_featureCount];
            bool isWhole = true;
            int f = 0;
            foreach ((JsonElement value, string valuePath) in _faults.Items(array, path))
            {
                string? text = _faults.Text(value, valuePath);
                isWhole &= text is not null;
                values[f] = _values.Get(f, text);
                f++;
            }

            return isWhole ? values : null;
        }
    }

    private PersonStatus? Status(JsonElement? element, string path)
    {
        if (element is null)
        {
            return PersonStatus.Free;
        }

        string? text = _faults.Text(element, path);
        switch (text)
        {
            case MustBeIn:
                return PersonStatus.MustBeIn;
            case MustBeOut:
                return PersonStatus.MustBeOut;
            case null:
                return null;
            default:
                _faults.Add(JsonFaultCodes.UnknownWord, path, text, (string[])[MustBeIn, MustBeOut]);
                return null;
        }
    }

    /// <summary>The builder names places by source, line and column; a document has paths.</summary>
    private static FaultLocation PathOf(FaultLocation location) => location switch
    {
        { Source: FaultLocation.PanelSize } => new FaultLocation("$.panelSize"),
        { Source: FaultLocation.HouseholdLimit } => new FaultLocation("$.householdLimit"),
        { Source: People, Line: int ordinal, Column: string column } => new FaultLocation(FormattableString.Invariant($"{People}[{ordinal - 1}].{column}")),
        { Source: People, Line: int ordinal } => new FaultLocation(FormattableString.Invariant($"{People}[{ordinal - 1}]")),
        { Source: People } => new FaultLocation(People),
        { Column: string column } when location.Source.StartsWith(Quotas, StringComparison.Ordinal) => new FaultLocation($"{location.Source}.{column}"),
        _ => location,
    };

    private sealed record Entry(string Id, string[] Values, int? Household, PersonStatus Status, double Entitlement, int Index);
}
