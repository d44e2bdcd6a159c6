namespace Sortition.Core.Problems;

/// <summary>Somebody who is on no feasible panel, whatever the lottery.</summary>
/// <param name="Person">Index into <see cref="SelectionProblem.People"/>.</param>
/// <param name="Constraints">Constraints that cannot all be met with this person on the panel; empty for somebody who must be out.</param>
public sealed record UnselectablePerson(int Person, IReadOnlyList<Constraint> Constraints);
