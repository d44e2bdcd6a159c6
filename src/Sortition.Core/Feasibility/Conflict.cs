using Sortition.Core.Problems;

namespace Sortition.Core.Feasibility;

/// <summary>Constraints that cannot be met together, although they can as soon as any one of them is left out.</summary>
/// <remarks>Immutable and safe to read from any thread.</remarks>
public sealed record Conflict
{
    private const int RemediesTold = 5;

    internal Conflict()
    {
    }

    /// <summary>The conflict in its simplest terms: the constraints, and numbers where counting shows it.</summary>
    public required InfeasibilityReason Reason { get; init; }

    /// <summary>The constraints.</summary>
    public IReadOnlyList<Constraint> Constraints => Reason.Constraints;

    /// <summary>How far single constraints would have to give, the others staying, to end this conflict. Those for which there is no such number are not listed.</summary>
    public required IReadOnlyList<ConflictRemedy> Remedies { get; init; }

    /// <summary>
    /// The fewest further volunteers who could end this conflict, as one way to have so few: how many of which kind. Empty if no number of volunteers could; null if there are too many
    /// combinations of values to tell.
    /// </summary>
    public required IReadOnlyList<VolunteerKind>? Volunteers { get; init; }

    /// <summary>How many people match a minimum of the conflict, but must be out.</summary>
    public required int KeptOut { get; init; }

    /// <summary>The conflict in one English sentence.</summary>
    /// <param name="problem">The problem.</param>
    public string Describe(SelectionProblem problem) => Reason.Describe(problem);

    /// <summary>What would help, in English sentences. Each helps against this conflict; others may remain.</summary>
    /// <param name="problem">The problem.</param>
    public IEnumerable<string> DescribeHelp(SelectionProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        if (Remedies.Count > 0)
        {
            string any = Remedies.Count > 1 ? "Any one of these would do: " : "This would do: ";
            string more = Remedies.Count > RemediesTold ? FormattableString.Invariant($"; and {Remedies.Count - RemediesTold} more such changes") : "";
            yield return any + string.Join("; ", Remedies.Take(RemediesTold).Select(r => r.Describe(problem))) + more + ".";
        }

        if (Volunteers is { Count: > 0 } kinds)
        {
            int count = kinds.Sum(k => k.Count);
            string who = count == 1 ? "1 more volunteer" : FormattableString.Invariant($"{count} more volunteers, and no fewer");
            string more = $"{(Remedies.Count > 0 ? "So would" : "This would do:")} {who}";
            yield return (kinds.Count == 1 && kinds[0].IsAnybody ? more : $"{more}: {string.Join("; ", kinds.Select(k => k.Describe()))}") + ".";
        }
        else if (Volunteers is not null)
        {
            yield return "More volunteers would not help.";
        }

        if (KeptOut > 0)
        {
            yield return KeptOut == 1 ? "1 person who counts towards these minima must be out." : FormattableString.Invariant($"{KeptOut} people who count towards these minima must be out.");
        }
    }
}

/// <summary>How far one constraint would have to give, the others staying, to end a conflict.</summary>
/// <param name="Constraint">The constraint: a quota's minimum or maximum, or the panel size.</param>
/// <param name="To">What its number would have to be: the nearest to what it is.</param>
public sealed record ConflictRemedy(Constraint Constraint, int To)
{
    /// <summary>The change in English.</summary>
    /// <param name="problem">The problem.</param>
    public string Describe(SelectionProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return Constraint.Kind switch
        {
            ConstraintKind.QuotaMinimum => FormattableString.Invariant($"at least {To} instead of {Constraint.Quota!.Min} of {Constraint.Quota.FeatureLabel}: {Constraint.Quota.ValueLabel}"),
            ConstraintKind.QuotaMaximum => FormattableString.Invariant($"at most {To} instead of {Constraint.Quota!.Max} of {Constraint.Quota.FeatureLabel}: {Constraint.Quota.ValueLabel}"),
            _ => FormattableString.Invariant($"{To} instead of {problem.PanelSize} members in all"),
        };
    }
}

/// <summary>Further volunteers of one kind.</summary>
/// <param name="Count">How many, 1 or more.</param>
/// <param name="Has">Values they must have.</param>
/// <param name="HasNot">Values they must not have; of features not named they may have any.</param>
public sealed record VolunteerKind(int Count, IReadOnlyList<FeatureValue> Has, IReadOnlyList<FeatureValue> HasNot)
{
    /// <summary>Whether anybody would do.</summary>
    public bool IsAnybody => Has.Count == 0 && HasNot.Count == 0;

    /// <summary>How many of what kind, in English.</summary>
    public string Describe() => FormattableString.Invariant($"{Count} of ")
        + (IsAnybody ? "any kind" : string.Join(", ", Has.Select(v => $"{v.Feature}: {v.Value}").Concat(HasNot.Select(v => $"not {v.Feature}: {v.Value}"))));
}
