using Sortition.Core.Problems;

namespace Sortition.Core.Feasibility;

/// <summary>Constraints that cannot be met together, although they can as soon as any one of them is left out.</summary>
/// <remarks>Immutable and safe to read from any thread.</remarks>
public sealed record Conflict
{
    internal Conflict()
    {
    }

    /// <summary>The conflict in its simplest terms: the constraints, and numbers where counting shows it.</summary>
    public required InfeasibilityReason Reason { get; init; }

    /// <summary>The constraints.</summary>
    public IReadOnlyList<Constraint> Constraints => Reason.Constraints;

    /// <summary>
    /// How far single constraints would have to give, the others staying, to end this conflict. Those for which there is no such number are not listed.
    /// </summary>
    public required IReadOnlyList<ConflictRemedy> Remedies { get; init; }

    /// <summary>
    /// The fewest further volunteers who could end this conflict, as one way to have so few: how many of which kind. Empty if no number of volunteers could;
    /// null if there are too many combinations of values to tell.
    /// </summary>
    public required IReadOnlyList<VolunteerProfile>? Volunteers { get; init; }

    /// <summary>How many people match a minimum of the conflict, but must be out.</summary>
    public required int ExcludedCount { get; init; }
}

/// <summary>How far one constraint would have to give, the others staying, to end a conflict.</summary>
/// <param name="Constraint">The constraint: a quota's minimum or maximum, or the panel size.</param>
/// <param name="To">What its number would have to be: the nearest to what it is.</param>
public sealed record ConflictRemedy(Constraint Constraint, int To);

/// <summary>Further volunteers of one kind.</summary>
/// <param name="Count">How many, 1 or more.</param>
/// <param name="RequiredValues">Values they must have.</param>
/// <param name="ExcludedValues">Values they must not have; of features not named they may have any.</param>
public sealed record VolunteerProfile(int Count, IReadOnlyList<FeatureValue> RequiredValues, IReadOnlyList<FeatureValue> ExcludedValues)
{
    /// <summary>Whether anybody would do.</summary>
    public bool IsAnybody => RequiredValues.Count == 0 && ExcludedValues.Count == 0;
}
