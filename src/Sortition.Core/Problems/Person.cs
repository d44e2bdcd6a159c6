namespace Sortition.Core;

/// <summary>Whether the lot decides about a person.</summary>
public enum PersonStatus
{
    /// <summary>The lot decides.</summary>
    Free = 0,

    /// <summary>The person sits on every panel.</summary>
    MustBeIn = 1,

    /// <summary>The person sits on no panel.</summary>
    MustBeOut = 2,
}

/// <summary>A volunteer: an id, one value of every feature, a household and a status. Nothing else about a person enters a problem.</summary>
/// <remarks>Immutable and safe to read from any thread.</remarks>
public sealed class Person
{
    /// <summary>The least that a person may be entitled to.</summary>
    public const decimal MinEntitlement = 0.000001m;

    /// <summary>The most that a person may be entitled to.</summary>
    public const decimal MaxEntitlement = 1_000_000;

    internal Person(string id, ValueVector vector, int? household, PersonStatus status, double entitlement)
    {
        Id = id;
        Vector = vector;
        Household = household;
        Status = status;
        Entitlement = entitlement;
    }

    /// <summary>The id, trimmed; unique in the problem, compared character by character.</summary>
    public string Id { get; }

    /// <summary>The person's values: entry f is the value of <see cref="SelectionProblem.Features"/>[f].</summary>
    public IReadOnlyList<string> Values => Vector.Values;

    /// <summary>
    /// The number of the person's household within this problem, 0 or more, equal for people of one household; null if it is not known,
    /// which is never equal to another unknown one. Addresses themselves are not kept.
    /// </summary>
    public int? Household { get; }

    /// <summary>Whether the lot decides about this person.</summary>
    public PersonStatus Status { get; }

    /// <summary>
    /// What the person is entitled to, above 0, relative to others; 1 unless the problem's poser says otherwise. Only <c>WeightedLeximin</c> looks at it.
    /// </summary>
    public double Entitlement { get; }

    internal ValueVector Vector { get; }

    /// <summary>The id.</summary>
    public override string ToString() => Id;
}

/// <summary>One combination of values, shared by all people who have it.</summary>
internal sealed class ValueVector(int[] indices, string[] values)
{
    /// <summary>Entry f is an index into <c>Features[f].Values</c>.</summary>
    public int[] Indices { get; } = indices;

    public string[] Values { get; } = values;
}
