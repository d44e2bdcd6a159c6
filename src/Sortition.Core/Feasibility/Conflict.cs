using Sortition.Core.Problems;

namespace Sortition.Core.Feasibility;

/// <summary>Constraints that cannot be met together, although they can as soon as any one of them is left out.</summary>
/// <remarks>Immutable and safe to read from any thread.</remarks>
public sealed class Conflict
{
    internal Conflict(
        InfeasibilityReason reason, IReadOnlyList<ConstraintChange> remedies, IReadOnlyList<VolunteerProfile>? volunteers, int excludedCount)
    {
        Reason = reason;
        Remedies = remedies;
        Volunteers = volunteers;
        ExcludedCount = excludedCount;
    }

    /// <summary>
    /// The conflict in its simplest terms: the constraints (<see cref="InfeasibilityReason.Constraints"/>), and numbers where counting shows it.
    /// </summary>
    public InfeasibilityReason Reason { get; }

    /// <summary>The constraints.</summary>
    internal IReadOnlyList<Constraint> Constraints => Reason.Constraints;

    /// <summary>
    /// How far single constraints would have to give, the others staying, to end this conflict. Those for which there is no such number are not listed.
    /// </summary>
    public IReadOnlyList<ConstraintChange> Remedies { get; }

    /// <summary>
    /// The fewest further volunteers who could end this conflict, as one way to have so few: how many of which kind. Empty if no number of volunteers could;
    /// null if there are too many combinations of values to tell.
    /// </summary>
    public IReadOnlyList<VolunteerProfile>? Volunteers { get; }

    /// <summary>How many people match a minimum of the conflict, but must be out.</summary>
    public int ExcludedCount { get; }
}

/// <summary>Further volunteers of one kind.</summary>
public sealed class VolunteerProfile
{
    internal VolunteerProfile(int count, IReadOnlyList<FeatureValue> requiredValues, IReadOnlyList<FeatureValue> excludedValues)
    {
        Count = count;
        RequiredValues = requiredValues;
        ExcludedValues = excludedValues;
    }

    /// <summary>How many, 1 or more.</summary>
    public int Count { get; }

    /// <summary>Values they must have.</summary>
    public IReadOnlyList<FeatureValue> RequiredValues { get; }

    /// <summary>Values they must not have; of features not named they may have any.</summary>
    public IReadOnlyList<FeatureValue> ExcludedValues { get; }

    /// <summary>Whether anybody would do.</summary>
    internal bool IsAnybody => RequiredValues.Count == 0 && ExcludedValues.Count == 0;
}
