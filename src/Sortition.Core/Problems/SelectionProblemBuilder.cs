using Sortition.Core.Problems;

namespace Sortition.Core;

/// <summary>Collects quotas and people in any order and checks them together.</summary>
/// <remarks>
/// <para>Nothing is checked before <see cref="Build"/>, which then reports every fault at once. Names of features and values are matched in Unicode NFC,
/// trimmed and without regard to case; ids are trimmed and then compared exactly.</para>
/// <para>A feature's values are those its own quotas name, and those declared with <see cref="Feature"/>. A feature that is named by intersectional quotas only
/// takes any value: cells that no quota lists are free.</para>
/// <para>Not safe for use from several threads at once.</para>
/// </remarks>
/// <example>
/// <code>
/// SelectionProblem problem = new SelectionProblemBuilder(panelSize: 36)
///     .Quota("gender", "female", min: 18, max: 19)
///     .Quota("gender", "male", min: 17, max: 18)
///     .Quota(new QuotaInput { Condition = [new("gender", "female"), new("age", "16-24")], Min = 2, Max = 4 }) // two at once
///     .Feature("age", "16-24", "25-64", "65+")                         // values without a quota of their own
///     .HouseholdLimit(1)
///     .People(volunteers, v =&gt; v.Id, v =&gt; v.Address, v =&gt; new Dictionary&lt;string, string&gt; { ["gender"] = v.Gender, ["age"] = v.Age })
///     .Build();                                                        // throws all faults at once
/// </code>
/// </example>
/// <param name="panelSize">The number of people on a panel, 1 or more.</param>
public sealed class SelectionProblemBuilder(int panelSize)
{
    /// <summary>The most seats that a panel size, a quota or a household limit may name.</summary>
    public const int MaxSeats = 1_000_000_000;

    private const string Quotas = "quotas";

    private readonly List<(string Name, string[] Values)> _declared = [];
    private readonly List<QuotaInput> _quotas = [];
    private readonly List<Action<PeopleTable>> _sources = [];
    private readonly List<(string Id, PersonStatus Status, FaultLocation Location)> _statuses = [];
    private int? _householdLimit;

    /// <summary>
    /// The faults and warnings that are found while the input is read, to be reported with all others. The problem builds all the same if they are only
    /// warnings.
    /// </summary>
    public FaultList Faults { get; } = new();

    /// <summary>Declares values of a feature that need no quota of their own.</summary>
    /// <param name="name">The feature.</param>
    /// <param name="values">The values.</param>
    /// <returns>This builder.</returns>
    public SelectionProblemBuilder Feature(string name, params IEnumerable<string> values)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(values);
        _declared.Add((name, [.. values]));
        return this;
    }

    /// <summary>Adds a quota on one feature value.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="value">The value.</param>
    /// <param name="min">The fewest members with this value, in seats.</param>
    /// <param name="max">The most members with this value, in seats.</param>
    /// <param name="minFlex">See <see cref="Quota.MinFlex"/>.</param>
    /// <param name="maxFlex">See <see cref="Quota.MaxFlex"/>.</param>
    /// <returns>This builder.</returns>
    public SelectionProblemBuilder Quota(string feature, string value, int min, int max, int? minFlex = null, int? maxFlex = null) =>
        Quota(new QuotaInput { Condition = [new FeatureValue(feature, value)], Min = min, Max = max, MinFlex = minFlex, MaxFlex = maxFlex });

    /// <summary>Adds a quota on one feature value or several at once.</summary>
    /// <param name="quota">The quota as given.</param>
    /// <returns>This builder.</returns>
    public SelectionProblemBuilder Quota(QuotaInput quota)
    {
        ArgumentNullException.ThrowIfNull(quota);
        _quotas.Add(quota);
        return this;
    }

    /// <summary>Forgets all quotas given so far. The values that they name are forgotten with them, unless they were declared.</summary>
    /// <returns>This builder.</returns>
    public SelectionProblemBuilder ClearQuotas()
    {
        _quotas.Clear();
        return this;
    }

    /// <summary>Switches the household rule on.</summary>
    /// <param name="limit">The most members one household may have on a panel, 1 or more.</param>
    /// <returns>This builder.</returns>
    public SelectionProblemBuilder HouseholdLimit(int limit)
    {
        _householdLimit = limit;
        return this;
    }

    /// <summary>Adds people.</summary>
    /// <typeparam name="T">The kind of row.</typeparam>
    /// <param name="rows">The rows; enumerated once, by <see cref="Build"/>.</param>
    /// <param name="id">The id of a row.</param>
    /// <param name="household">A text that is equal for people of one household; null or blank where it is unknown.</param>
    /// <param name="features">The values of a row, by the names of their features.</param>
    /// <returns>This builder.</returns>
    public SelectionProblemBuilder People<T>(
        IEnumerable<T> rows, Func<T, string?> id, Func<T, string?>? household, Func<T, IReadOnlyDictionary<string, string>> features)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(features);
        return People(rows, new PersonReader<T> { Id = id, Household = household, Value = (row, feature) => Lookup(features(row), feature) });
    }

    /// <summary>Adds people, with full control over how rows are read and how faults name their places.</summary>
    /// <typeparam name="T">The kind of row.</typeparam>
    /// <param name="rows">The rows; enumerated once, by <see cref="Build"/>.</param>
    /// <param name="reader">How to read a row.</param>
    /// <returns>This builder.</returns>
    public SelectionProblemBuilder People<T>(IEnumerable<T> rows, PersonReader<T> reader)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(reader);
        _sources.Add(table => table.Read(rows, reader));
        return this;
    }

    /// <summary>Says that a person sits on every panel.</summary>
    /// <param name="id">The person's id.</param>
    /// <param name="location">Where that was said.</param>
    /// <returns>This builder.</returns>
    public SelectionProblemBuilder MustBeIn(string id, FaultLocation? location = null)
    {
        ArgumentNullException.ThrowIfNull(id);
        _statuses.Add((id.Trim(), PersonStatus.MustBeIn, location ?? new FaultLocation("must be in")));
        return this;
    }

    /// <summary>Says that a person sits on no panel.</summary>
    /// <param name="id">The person's id.</param>
    /// <param name="location">Where that was said.</param>
    /// <returns>This builder.</returns>
    public SelectionProblemBuilder MustBeOut(string id, FaultLocation? location = null)
    {
        ArgumentNullException.ThrowIfNull(id);
        _statuses.Add((id.Trim(), PersonStatus.MustBeOut, location ?? new FaultLocation("must be out")));
        return this;
    }

    /// <summary>Checks everything and makes the problem.</summary>
    /// <returns>The problem.</returns>
    /// <exception cref="MalformedInputException">Something is malformed; the exception lists all of it.</exception>
    public SelectionProblem Build()
    {
        FaultList faults = new();
        faults.AddAll(Faults);
        CheckSizes(faults);
        FeatureTable features = new();
        IReadOnlyList<Quota> quotas = ReadQuotas(features, faults);
        PeopleTable table = new(features, faults);
        foreach (Action<PeopleTable> source in _sources)
        {
            source(table);
        }

        table.SetStatuses(_statuses);
        Person[] people = table.ToPeople(warnOfHouseholds: _householdLimit is not null);
        faults.ThrowIfAny();
        return new SelectionProblem(panelSize, features.ToFeatures(), quotas, people, _householdLimit, faults.Warnings);
    }

    private static string? Lookup(IReadOnlyDictionary<string, string>? features, string feature)
    {
        if (features is null)
        {
            return null;
        }

        if (features.TryGetValue(feature, out string? value))
        {
            return value;
        }

        foreach ((string name, string candidate) in features)
        {
            if (NameComparer.Instance.Equals(NameComparer.Clean(name), feature))
            {
                return candidate;
            }
        }

        return null;
    }

    private void CheckSizes(FaultList faults)
    {
        CheckPositive(panelSize, CoreFaults.PanelSizeNotPositive, FaultLocation.PanelSize);
        if (_householdLimit is int limit)
        {
            CheckPositive(limit, CoreFaults.HouseholdLimitNotPositive, FaultLocation.HouseholdLimit);
        }

        void CheckPositive(int number, FaultCode code, string source)
        {
            if (number < 1)
            {
                faults.Add(code, new FaultLocation(source), number);
            }
            else if (number > MaxSeats)
            {
                faults.Add(CoreFaults.NumberTooLarge, new FaultLocation(source), null, number, MaxSeats);
            }
        }
    }

    private List<Quota> ReadQuotas(FeatureTable features, FaultList faults)
    {
        // Values that quotas on one feature name, and declared ones, are a feature's values; only then can the terms of intersectional quotas be checked
        // against them.
        foreach (QuotaInput input in _quotas)
        {
            foreach (FeatureValue term in input.Condition)
            {
                Declare(term.Feature, input.Condition.Count == 1 ? [term.Value] : []);
            }
        }

        for (int d = 0; d < _declared.Count; d++)
        {
            (string name, string[] values) = _declared[d];
            FaultLocation location = new("features", d + 1);
            if (NameComparer.IsBlank(name))
            {
                faults.Add(CoreFaults.MissingFeatureName, location);
            }

            foreach (string _ in values.Where(NameComparer.IsBlank))
            {
                faults.Add(CoreFaults.MissingValueName, location, name);
            }

            Declare(name, values);
        }

        List<Quota> quotas = [];
        HashSet<string> conditions = new(StringComparer.Ordinal);
        for (int q = 0; q < _quotas.Count; q++)
        {
            QuotaInput input = _quotas[q];
            FaultLocation location = input.Location ?? new FaultLocation(Quotas, q + 1);
            List<FeatureValue>? condition = ReadCondition(features, faults, input, location);
            CheckNumbers(faults, input, location);
            if (condition is null)
            {
                continue;
            }

            // Lengths keep names apart that run together in one way.
            string key = string.Concat(
                condition.OrderBy(t => t.Feature, StringComparer.Ordinal)
                    .Select(t => FormattableString.Invariant($"{t.Feature.Length}:{t.Feature}{t.Value.Length}:{t.Value}")));
            if (!conditions.Add(key))
            {
                faults.Add(CoreFaults.DuplicateQuota, location.In(input.ColumnOf("value")), Subject(input));
            }

            quotas.Add(new Quota(condition, input.Min, input.Max, input.MinFlex, input.MaxFlex));
        }

        return quotas;

        void Declare(string name, string[] values)
        {
            string clean = NameComparer.Clean(name);
            if (clean.Length == 0)
            {
                return;
            }

            FeatureTable.Entry feature = features.GetOrAdd(clean);
            foreach (string value in values.Select(NameComparer.Clean).Where(v => v.Length > 0))
            {
                feature.IsClosed = true;
                feature.AddValue(value);
            }
        }
    }

    private static string Subject(QuotaInput input) => string.Join(" & ", input.Condition.Select(t => t.ToString()));

    private static List<FeatureValue>? ReadCondition(FeatureTable features, FaultList faults, QuotaInput input, FaultLocation location)
    {
        List<FeatureValue> condition = [];
        HashSet<int> seen = [];
        bool sound = true;
        if (input.Condition.Count == 0)
        {
            Report(CoreFaults.EmptyCondition, "feature");
        }

        foreach (FeatureValue term in input.Condition)
        {
            bool hasFeature = !NameComparer.IsBlank(term.Feature);
            bool hasValue = !NameComparer.IsBlank(term.Value);
            if (!hasFeature)
            {
                Report(CoreFaults.MissingFeatureName, "feature", Subject(input));
            }

            if (!hasValue)
            {
                Report(CoreFaults.MissingValueName, "value", Subject(input));
            }

            if (!hasFeature || !hasValue)
            {
                continue;
            }

            FeatureTable.Entry feature = features.GetOrAdd(NameComparer.Clean(term.Feature));
            int value = feature.IsClosed ? feature.Find(term.Value) : feature.AddValue(NameComparer.Clean(term.Value));
            if (!seen.Add(feature.Index))
            {
                Report(CoreFaults.FeatureTwiceInCondition, "feature", Subject(input), feature.Name);
            }
            else if (value < 0)
            {
                Report(CoreFaults.UnknownValue, "value", Subject(input), term.Value, feature.Values);
            }
            else
            {
                condition.Add(new FeatureValue(feature.Name, feature.Values[value]));
            }
        }

        return sound ? condition : null;

        void Report(FaultCode code, string column, params IReadOnlyList<object?> values)
        {
            sound = false;
            faults.Add(code, location.In(input.ColumnOf(column)), values);
        }
    }

    private static void CheckNumbers(FaultList faults, QuotaInput input, FaultLocation location)
    {
        bool plain = CheckRange(input.Min, "min") & CheckRange(input.Max, "max")
            & CheckRange(input.MinFlex, "min_flex") & CheckRange(input.MaxFlex, "max_flex");
        if (!plain)
        {
            return;
        }

        if (input.Min > input.Max)
        {
            Report(CoreFaults.MinAboveMax, "min", input.Min, input.Max);
        }

        if (input.MinFlex > input.Min)
        {
            Report(CoreFaults.MinFlexAboveMin, "min_flex", input.MinFlex.Value, input.Min);
        }

        if (input.MaxFlex < input.Max)
        {
            Report(CoreFaults.MaxFlexBelowMax, "max_flex", input.MaxFlex.Value, input.Max);
        }

        bool CheckRange(int? number, string column)
        {
            if (number < 0)
            {
                Report(CoreFaults.NegativeNumber, column, number.Value);
            }
            else if (number > MaxSeats)
            {
                Report(CoreFaults.NumberTooLarge, column, number.Value, MaxSeats);
            }
            else
            {
                return true;
            }

            return false;
        }

        void Report(FaultCode code, string column, params IReadOnlyList<object?> numbers) =>
            faults.Add(code, location.In(input.ColumnOf(column)), [Subject(input), .. numbers]);
    }
}
