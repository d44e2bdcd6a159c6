namespace Sortition.Core.Problems;

/// <summary>People whom no quota and no household rule can tell apart: exchangeable for the lottery.</summary>
/// <remarks>
/// They agree in all feature values, in status, in entitlement and, under a household limit, in the kinds of people they live with, as far as the limit can
/// matter to them. A fair lottery need only say how many of a type are on a panel, and choose uniformly among them. Immutable and safe to read from any thread.
/// </remarks>
public sealed class PersonType
{
    internal PersonType(IReadOnlyList<string> values, PersonStatus status, double entitlement, int? householdClass, int[] members)
    {
        Values = values;
        Status = status;
        Entitlement = entitlement;
        HouseholdClass = householdClass;
        Members = members;
    }

    /// <summary>The values all members share: entry f is a value of <see cref="SelectionProblem.Features"/>[f].</summary>
    public IReadOnlyList<string> Values { get; }

    /// <summary>The status all members share; never <see cref="PersonStatus.MustBeOut"/>, since those people are of no type.</summary>
    public PersonStatus Status { get; }

    /// <summary>The entitlement all members share, above 0; 1 unless the problem's poser says otherwise.</summary>
    public double Entitlement { get; }

    /// <summary>The number of the household class, for members of households that the limit can bind; null for all others.</summary>
    public int? HouseholdClass { get; }

    /// <summary>Indices into <see cref="SelectionProblem.People"/>, ascending; at least one.</summary>
    public IReadOnlyList<int> Members { get; }
}
