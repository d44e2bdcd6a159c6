using System.Collections.Frozen;

namespace Sortition.Core.Problems;

/// <summary>A selection to be made: the pool, the quotas, the panel size and the household rule, all checked.</summary>
/// <remarks>
/// <para>Made by <see cref="SelectionProblemBuilder"/>; every instance is well-formed. Well-formed does not mean feasible: that no panel meets the quotas is an answer of the
/// feasibility check and of every algorithm, not a fault of the problem.</para>
/// <para>People are kept in the ordinal order of their ids, whatever order they came in, so that nothing computed from a problem depends on the order of the rows.
/// Features and quotas keep the order in which they were given, because the greedy algorithm breaks ties by it.</para>
/// <para>Immutable and safe to read from any thread.</para>
/// </remarks>
public sealed class SelectionProblem
{
    private readonly FrozenDictionary<string, int> _indexOfId;
    private readonly Lazy<TypeTable> _types;

    internal SelectionProblem(
        int panelSize,
        IReadOnlyList<Feature> features,
        IReadOnlyList<Quota> quotas,
        IReadOnlyList<Person> people,
        int? householdLimit,
        IReadOnlyList<ProblemFault> warnings)
    {
        PanelSize = panelSize;
        Features = features;
        Quotas = quotas;
        People = people;
        HouseholdLimit = householdLimit;
        Warnings = warnings;
        _indexOfId = Enumerable.Range(0, people.Count).ToFrozenDictionary(i => people[i].Id, StringComparer.Ordinal);
        _types = new(() => TypeTable.Of(this));
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
    public IReadOnlyList<ProblemFault> Warnings { get; }

    /// <summary>People grouped by what the lottery can tell apart.</summary>
    internal TypeTable Types => _types.Value;

    /// <summary>Finds a person by id.</summary>
    /// <param name="id">The id, exactly as in <see cref="Person.Id"/>.</param>
    /// <returns>The index into <see cref="People"/>, or -1 if nobody has the id.</returns>
    public int IndexOf(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return _indexOfId.TryGetValue(id, out int index) ? index : -1;
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
