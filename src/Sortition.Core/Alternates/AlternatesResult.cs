using Sortition.Core.Engine;

namespace Sortition.Core.Alternates;

/// <summary>What the choice of alternates answers: <see cref="AlternatesChosen"/> or <see cref="TooFewCandidates"/>.</summary>
public abstract record AlternatesResult
{
    private protected AlternatesResult()
    {
    }
}

/// <summary>There are not so many people who could be alternates together.</summary>
/// <param name="Candidates">How many people could be an alternate: <see cref="AlternateSelection.Candidates"/>.</param>
/// <param name="MostTogether">How many of them can be alternates at once; fewer where too many of them share a household.</param>
public sealed record TooFewCandidates(int Candidates, int MostTogether) : AlternatesResult;

/// <summary>Alternates chosen against a sample of scenarios.</summary>
/// <param name="Alternates">The alternates.</param>
/// <param name="ExpectedBreach">Their expected breach over the sample, exactly.</param>
/// <param name="LowerBound">
/// No alternates of the same number have an expected breach below this over the sample, whichever of those who live together they are; proven.
/// </param>
/// <param name="IsComplete">Whether the work ended by itself; false if the time limit cut it off.</param>
public sealed record AlternatesChosen(AlternateSet Alternates, double ExpectedBreach, double LowerBound, bool IsComplete) : AlternatesResult
{
    /// <summary>By how much others could be better at most, 0 or more.</summary>
    public double Gap => Math.Max(0, ExpectedBreach - LowerBound);

    /// <summary>Whether none are better by more than 10⁻⁷.</summary>
    public bool IsProvenOptimal => Gap <= Tolerances.LowerBreach;
}

/// <summary>How alternates are chosen.</summary>
public sealed record AlternatesOptions
{
    /// <summary>Options with all defaults.</summary>
    public static AlternatesOptions Default { get; } = new();

    /// <summary>After this time the best found so far is returned, with its gap. Above 0; null (the default) for no limit.</summary>
    /// <remarks>
    /// Efforts are limited in any case, by counting, so that work that ends by itself is repeatable; what a time limit cuts off depends on the machine.
    /// </remarks>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Told what has been reached, now and then; null for nobody.</summary>
    public IProgress<AlternatesProgress>? Progress { get; init; }
}

/// <summary>How far the choice of alternates is.</summary>
/// <param name="ExpectedBreach">That of the best so far.</param>
/// <param name="LowerBound">None can be below this.</param>
public sealed record AlternatesProgress(double ExpectedBreach, double LowerBound);
