namespace Sortition.Core.Lotteries;

/// <summary>What kind of rule people break who are no panel.</summary>
public enum PanelBreachKind
{
    /// <summary>There are more or fewer of them than the panel size.</summary>
    PanelSize = 0,

    /// <summary>Somebody is named more than once.</summary>
    NamedTwice = 1,

    /// <summary>Some must be out.</summary>
    MustBeOut = 2,

    /// <summary>Some who must be in are missing.</summary>
    MustBeIn = 3,

    /// <summary>More are of one household than the limit allows.</summary>
    HouseholdLimit = 4,

    /// <summary>Fewer match a quota than its minimum.</summary>
    QuotaMinimum = 5,

    /// <summary>More match a quota than its maximum.</summary>
    QuotaMaximum = 6,
}

/// <summary>One rule that some people break, so that they are no panel. Found by <see cref="PanelRules.FindBreaches"/>.</summary>
/// <remarks>Immutable and safe to read from any thread.</remarks>
public sealed class PanelBreach
{
    internal PanelBreach(PanelBreachKind kind, int count, IReadOnlyList<int> people, Quota? quota = null)
    {
        Kind = kind;
        Count = count;
        People = people;
        Quota = quota;
    }

    /// <summary>What kind of rule.</summary>
    public PanelBreachKind Kind { get; }

    /// <summary>The quota, where a minimum or a maximum of one is broken; null for the other kinds.</summary>
    public Quota? Quota { get; }

    /// <summary>
    /// How many members were counted, 0 or more: all of them for the panel size; how often the person is named; those who must be out; those who must be in and
    /// are; those of the household; those who match the quota.
    /// </summary>
    public int Count { get; }

    /// <summary>
    /// Whom it is about, each once, as ascending indices into <see cref="SelectionProblem.People"/>: the members counted, or for
    /// <see cref="PanelBreachKind.MustBeIn"/> those who are missing.
    /// </summary>
    public IReadOnlyList<int> People { get; }
}
