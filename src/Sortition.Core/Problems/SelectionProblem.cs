using System.Diagnostics;
using System.Globalization;
using Sortition.Core.Problems;

namespace Sortition.Core;

/// <summary>A selection to be made: the pool, the quotas, the panel size and the household rule, all checked.</summary>
/// <remarks>
/// <para>Made by <see cref="SelectionProblemBuilder"/>; every instance is well-formed. Well-formed does not mean feasible: that no panel meets the quotas is an
/// answer of the feasibility check and of every algorithm, not a fault of the problem.</para>
/// <para>People are kept in the ordinal order of their ids, whatever order they came in, so that nothing computed from a problem depends on the order of the
/// rows. Features and quotas keep the order in which they were given, because the greedy algorithm breaks ties by it.</para>
/// <para>Two problems are equal if their content is: panel size, features, quotas, people and household limit. Warnings are about where they came from.</para>
/// <para>Immutable and safe to read from any thread.</para>
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class SelectionProblem : IEquatable<SelectionProblem>
{
    private readonly IdIndex _indexOfId = new();
    private readonly Lazy<TypeTable> _types;
    private readonly Lazy<string> _contentHash;
    private readonly Lazy<int[][]> _quotasOf;

    internal SelectionProblem(
        int panelSize,
        IReadOnlyList<Feature> features,
        IReadOnlyList<Quota> quotas,
        IReadOnlyList<Person> people,
        int? householdLimit,
        IReadOnlyList<Fault> warnings)
    {
        PanelSize = panelSize;
        Features = features;
        Quotas = quotas;
        People = people;
        HouseholdLimit = householdLimit;
        Warnings = warnings;
        _indexOfId.EnsureCapacity(people.Count);
        for (int i = 0; i < people.Count; i++)
        {
            _indexOfId.Add(people[i].Id, i);
        }

        _types = new(() => TypeTable.Of(this));
        _contentHash = new(() => Problems.ContentHash.Of(this));
        _quotasOf = new(QuotasOfPeople);
    }

    /// <summary>The number of people on a panel, k, 1 or more.</summary>
    public int PanelSize { get; }

    /// <summary>The features, in the order in which quotas and declarations name them first.</summary>
    public IReadOnlyList<Feature> Features { get; }

    /// <summary>The quotas, in the order given; no two have one condition.</summary>
    public IReadOnlyList<Quota> Quotas { get; }

    /// <summary>The pool: n people in the ordinal order of their ids. "Person i" elsewhere means entry i of this list.</summary>
    public IReadOnlyList<Person> People { get; }

    /// <summary>The most members one household may have on a panel, 1 or more; null where the rule is off.</summary>
    public int? HouseholdLimit { get; }

    /// <summary>What the poser of the problem should know although it builds: rows merged, addresses shared by many.</summary>
    public IReadOnlyList<Fault> Warnings { get; }

    /// <summary>A SHA-256 of the content, 64 hexadecimal digits in lower case: equal for two problems exactly if they are equal.</summary>
    /// <remarks>
    /// Two loads of one file have one hash, and any change of a person, a quota or an order of quotas gives another. Computed once, when asked for.
    /// </remarks>
    public string ContentHash => _contentHash.Value;

    /// <summary>
    /// The types: people whom no quota and no household rule can tell apart. "Type t" elsewhere means entry t of this list. Their order depends on names only.
    /// Whoever must be out is of no type.
    /// </summary>
    public IReadOnlyList<PersonType> Types => TypeTable.Types;

    /// <summary>People grouped by what the lottery can tell apart.</summary>
    internal TypeTable TypeTable => _types.Value;

    /// <summary>Entry i: the quotas that count person i, as indices into <see cref="Quotas"/>, ascending.</summary>
    internal int[][] QuotasOf => _quotasOf.Value;

    /// <summary>Finds a person by id.</summary>
    /// <param name="id">The id; compared as names are (<see cref="NameComparer"/>).</param>
    /// <returns>The index into <see cref="People"/>, or -1 if nobody has the id.</returns>
    public int IndexOf(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return _indexOfId.Find(id);
    }

    /// <summary>The type of a person.</summary>
    /// <param name="person">Index into <see cref="People"/>.</param>
    /// <returns>The index into <see cref="Types"/>, or -1 for somebody who must be out.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Nobody has this index.</exception>
    public int TypeOf(int person)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(person);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(person, People.Count);
        return TypeTable.TypeOf[person];
    }

    /// <summary>Finds people by ids that somebody gave.</summary>
    /// <param name="ids">The ids; white space around them does not count.</param>
    /// <param name="location">Where they were given.</param>
    /// <param name="faults">Is told of whoever is not in the pool.</param>
    /// <returns>Indices into <see cref="People"/>, in the order of the ids.</returns>
    internal List<int> Find(IEnumerable<string> ids, FaultLocation location, FaultList faults)
    {
        List<int> found = [];
        foreach (string id in ids.Select(id => id.Trim()))
        {
            int i = IndexOf(id);
            if (i >= 0)
            {
                found.Add(i);
            }
            else
            {
                faults.Add(CoreFaults.UnknownPerson, location, id);
            }
        }

        return found;
    }

    /// <summary>Whether a person counts towards a quota.</summary>
    /// <param name="person">One of <see cref="People"/>.</param>
    /// <param name="quota">One of <see cref="Quotas"/>.</param>
    public bool Matches(Person person, Quota quota)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(quota);
        foreach (FeatureValue term in quota.Condition)
        {
            int feature = FeatureIndex(term.Feature);
            if (feature < 0 || !string.Equals(person.Values[feature], term.Value, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Finds a feature value by its names as somebody wrote them: compared as <see cref="NameComparer"/> does.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="value">The value.</param>
    /// <returns>The names as this problem spells them; null if there is no such feature or value.</returns>
    public FeatureValue? FindValue(string feature, string value)
    {
        ArgumentNullException.ThrowIfNull(feature);
        ArgumentNullException.ThrowIfNull(value);
        (string cleanFeature, string cleanValue) = (NameComparer.Clean(feature), NameComparer.Clean(value));
        Feature? found = Features.FirstOrDefault(f => NameComparer.Instance.Equals(f.Name, cleanFeature));
        return found?.Values.FirstOrDefault(v => NameComparer.Instance.Equals(v, cleanValue)) is string name ? new FeatureValue(found.Name, name) : null;
    }

    /// <summary>A builder that has everything this problem has, to add people, quotas or statuses.</summary>
    /// <returns>A new builder. Built at once, it gives an equal problem, without the warnings.</returns>
    /// <remarks>
    /// Addresses are not kept: households are known by their number (<see cref="Person.Household"/>), as text, so that somebody who is added lives with nobody
    /// here unless the reader gives that number. A feature takes no other values than it has. To change quotas, start with
    /// <see cref="SelectionProblemBuilder.ClearQuotas"/> or use <see cref="Loosen"/> and <see cref="Tighten"/>.
    /// </remarks>
    public SelectionProblemBuilder ToBuilder()
    {
        SelectionProblemBuilder builder = new(PanelSize);
        Dictionary<string, int> indexOfFeature = new(NameComparer.Instance);
        foreach (Feature feature in Features)
        {
            indexOfFeature.Add(feature.Name, indexOfFeature.Count);
            builder.Feature(feature.Name, feature.Values);
        }

        foreach (Quota quota in Quotas)
        {
            builder.Quota(new QuotaInput
            {
                Condition = quota.Condition,
                Min = quota.Min,
                Max = quota.Max,
                MinFlex = quota.MinFlex,
                MaxFlex = quota.MaxFlex,
            });
        }

        if (HouseholdLimit is int limit)
        {
            builder.HouseholdLimit(limit);
        }

        return builder.People(People, new PersonReader<Person>
        {
            Id = person => person.Id,
            Value = (person, feature) => person.Values[indexOfFeature[feature]],
            Household = person => person.Household?.ToString(CultureInfo.InvariantCulture),
            Status = person => person.Status,
            Entitlement = person => person.Entitlement,
        });
    }

    /// <summary>The same problem with one constraint loosened, to see what it costs: solve both and compare.</summary>
    /// <param name="constraint">The constraint: a quota's minimum or maximum, the household limit or the panel size.</param>
    /// <param name="seats">
    /// By how many seats it gives, 1 or more: so much lower is a minimum (but no lower than 0), so much higher a maximum or the household limit. The panel size
    /// has no loose side: it becomes so much larger, or smaller where this is below 0.
    /// </param>
    /// <returns>A new problem with the same people at the same places.</returns>
    /// <exception cref="ArgumentException">The constraint is none of this problem, or one of those who must be in.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Nothing would be loosened, or a number would be out of its range.</exception>
    public SelectionProblem Loosen(Constraint constraint, int seats = 1)
    {
        ArgumentNullException.ThrowIfNull(constraint);
        bool isPanelSize = constraint.Kind == ConstraintKind.PanelSize;
        ArgumentOutOfRangeException.ThrowIfLessThan(seats, isPanelSize ? 1 - PanelSize : 1);
        ArgumentOutOfRangeException.ThrowIfZero(seats);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(seats, SelectionProblemBuilder.MaxSeats - Present());
        Quota[] quotas = [.. Quotas.Select(q => q.Equals(constraint.Quota) ? Looser(q) : q)];
        return constraint.Kind switch
        {
            ConstraintKind.PanelSize => new SelectionProblem(PanelSize + seats, Features, Quotas, People, HouseholdLimit, Warnings),
            ConstraintKind.HouseholdLimit => new SelectionProblem(PanelSize, Features, Quotas, People, HouseholdLimit + seats, Warnings),
            _ => new SelectionProblem(PanelSize, Features, quotas, People, HouseholdLimit, Warnings),
        };

        int Present() => constraint.Kind switch
        {
            ConstraintKind.PanelSize => PanelSize,
            ConstraintKind.HouseholdLimit when HouseholdLimit is int limit => limit,
            ConstraintKind.QuotaMinimum when Quotas.Contains(constraint.Quota) => 0,
            ConstraintKind.QuotaMaximum when Quotas.Contains(constraint.Quota) => constraint.Quota!.Max,
            _ => throw new ArgumentException("The problem has no such constraint that could be loosened.", nameof(constraint)),
        };

        Quota Looser(Quota quota)
        {
            bool isMinimum = constraint.Kind == ConstraintKind.QuotaMinimum;
            int min = isMinimum ? Math.Max(0, quota.Min - seats) : quota.Min;
            int max = isMinimum ? quota.Max : quota.Max + seats;
            return new Quota(
                quota.Condition, min, max, quota.MinFlex is int low ? Math.Min(low, min) : null, quota.MaxFlex is int high ? Math.Max(high, max) : null);
        }
    }

    /// <summary>The same problem with one constraint tightened, to see what it costs: solve both and compare.</summary>
    /// <param name="constraint">The constraint: a quota's minimum or maximum, or the household limit.</param>
    /// <param name="seats">By how many seats, 1 or more: so much higher is a minimum, so much lower a maximum or the household limit.</param>
    /// <returns>A new problem with the same people at the same places.</returns>
    /// <exception cref="ArgumentException">The constraint is none of this problem, or one that cannot be tightened by a number.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// Nothing would be tightened, a minimum would pass its maximum, or a household limit would be below 1.
    /// </exception>
    public SelectionProblem Tighten(Constraint constraint, int seats = 1)
    {
        ArgumentNullException.ThrowIfNull(constraint);
        ArgumentOutOfRangeException.ThrowIfLessThan(seats, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(seats, Room());
        return constraint.Kind == ConstraintKind.HouseholdLimit
            ? new SelectionProblem(PanelSize, Features, Quotas, People, HouseholdLimit - seats, Warnings)
            : new SelectionProblem(PanelSize, Features, [.. Quotas.Select(q => q.Equals(constraint.Quota) ? Tighter(q) : q)], People, HouseholdLimit, Warnings);

        int Room() => constraint.Kind switch
        {
            ConstraintKind.HouseholdLimit when HouseholdLimit is int limit => limit - 1,
            ConstraintKind.QuotaMinimum or ConstraintKind.QuotaMaximum when Quotas.Contains(constraint.Quota) => constraint.Quota!.Max - constraint.Quota.Min,
            _ => throw new ArgumentException("The problem has no such constraint that could be tightened.", nameof(constraint)),
        };

        Quota Tighter(Quota quota) => constraint.Kind == ConstraintKind.QuotaMinimum
            ? new Quota(quota.Condition, quota.Min + seats, quota.Max, quota.MinFlex, quota.MaxFlex)
            : new Quota(quota.Condition, quota.Min, quota.Max - seats, quota.MinFlex, quota.MaxFlex);
    }

    /// <summary>Whether another problem has the same content.</summary>
    /// <param name="other">The other; may be null.</param>
    /// <returns>Whether their <see cref="ContentHash"/> is the same.</returns>
    public bool Equals(SelectionProblem? other) =>
        ReferenceEquals(this, other)
        || (other is not null && PanelSize == other.PanelSize && People.Count == other.People.Count
            && string.Equals(ContentHash, other.ContentHash, StringComparison.Ordinal));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SelectionProblem);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(ContentHash);

    /// <summary>For logs: sizes only.</summary>
    public override string ToString() => FormattableString.Invariant($"{PanelSize} of {People.Count}, {Quotas.Count} quotas");

    /// <summary>The same problem with other bounds of its quotas.</summary>
    internal SelectionProblem WithBounds(IReadOnlyDictionary<Quota, (int Min, int Max)> bounds) => new(
        PanelSize, Features, [
            .. Quotas.Select(q => new Quota(q.Condition, bounds[q].Min, bounds[q].Max, q.MinFlex, q.MaxFlex))
        ], People, HouseholdLimit, Warnings);

    private int[][] QuotasOfPeople()
    {
        Dictionary<ValueVector, int[]> ofVectors = [];
        return [.. People.Select(OfPerson)];

        int[] OfPerson(Person person)
        {
            if (!ofVectors.TryGetValue(person.Vector, out int[]? quotas))
            {
                ofVectors.Add(person.Vector, quotas = [.. Enumerable.Range(0, Quotas.Count).Where(q => Matches(person, Quotas[q]))]);
            }

            return quotas;
        }
    }

    private int FeatureIndex(string name)
    {
        for (int f = 0; f < Features.Count; f++)
        {
            if (string.Equals(Features[f].Name, name, StringComparison.Ordinal))
            {
                return f;
            }
        }

        return -1;
    }
}
