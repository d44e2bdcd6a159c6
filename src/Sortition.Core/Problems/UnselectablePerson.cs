namespace Sortition.Core.Problems;

/// <summary>Somebody who is on no feasible panel, whatever the lottery.</summary>
public sealed class UnselectablePerson
{
    /// <summary>Says who, and why.</summary>
    /// <param name="person">See <see cref="Person"/>.</param>
    /// <param name="constraints">See <see cref="Constraints"/>.</param>
    public UnselectablePerson(int person, IReadOnlyList<Constraint> constraints)
    {
        Person = person;
        Constraints = constraints;
    }

    /// <summary>Index into <see cref="SelectionProblem.People"/>.</summary>
    public int Person { get; }

    /// <summary>Constraints that cannot all be met with this person on the panel; empty for somebody who must be out.</summary>
    public IReadOnlyList<Constraint> Constraints { get; }
}
