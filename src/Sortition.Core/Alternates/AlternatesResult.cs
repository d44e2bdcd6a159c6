using Sortition.Core.Engine;

namespace Sortition.Core.Alternates;

/// <summary>What the choice of alternates answers: <see cref="Chosen"/> or <see cref="TooFewCandidates"/>.</summary>
public abstract class AlternatesResult
{
    private protected AlternatesResult()
    {
    }

    /// <summary>Alternates chosen against a sample of scenarios.</summary>
    public sealed class Chosen : AlternatesResult
    {
        /// <summary>Answers with alternates.</summary>
        /// <param name="alternates">See <see cref="Alternates"/>.</param>
        /// <param name="expectedBreach">See <see cref="ExpectedBreach"/>.</param>
        /// <param name="lowerBound">See <see cref="LowerBound"/>.</param>
        /// <param name="isComplete">See <see cref="IsComplete"/>.</param>
        public Chosen(AlternateSet alternates, double expectedBreach, double lowerBound, bool isComplete)
        {
            Alternates = alternates;
            ExpectedBreach = expectedBreach;
            LowerBound = lowerBound;
            IsComplete = isComplete;
        }

        /// <summary>The alternates.</summary>
        public AlternateSet Alternates { get; }

        /// <summary>Their expected breach over the sample, exactly.</summary>
        public double ExpectedBreach { get; }

        /// <summary>
        /// No alternates of the same number have an expected breach below this over the sample, whichever of those who live together they are; proven.
        /// </summary>
        public double LowerBound { get; }

        /// <summary>Whether the work ended by itself; false if the time limit cut it off.</summary>
        public bool IsComplete { get; }

        /// <summary>By how much others could be better at most, 0 or more.</summary>
        public double Gap => Math.Max(0, ExpectedBreach - LowerBound);

        /// <summary>Whether none are better by more than 10⁻⁷.</summary>
        public bool IsProvenOptimal => Gap <= Tolerances.LowerBreach;
    }

    /// <summary>There are not so many people who could be alternates together.</summary>
    public sealed class TooFewCandidates : AlternatesResult
    {
        internal TooFewCandidates(int candidates, int mostTogether)
        {
            Candidates = candidates;
            MostTogether = mostTogether;
        }

        /// <summary>How many people could be an alternate: <see cref="AlternateSelection.Candidates"/>.</summary>
        public int Candidates { get; }

        /// <summary>How many of them can be alternates at once; fewer where too many of them share a household.</summary>
        public int MostTogether { get; }
    }
}

/// <summary>How alternates are chosen.</summary>
public sealed class AlternatesOptions
{
    /// <summary>After this time the best found so far is returned, with its gap. Above 0; null (the default) for no limit.</summary>
    /// <remarks>
    /// Efforts are limited in any case, by counting, so that work that ends by itself is repeatable; what a time limit cuts off depends on the machine.
    /// </remarks>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Told what has been reached, now and then; null for nobody.</summary>
    public IProgress<AlternatesProgress>? Progress { get; init; }
}

/// <summary>How far the choice of alternates is.</summary>
public sealed class AlternatesProgress
{
    internal AlternatesProgress(double expectedBreach, double lowerBound)
    {
        ExpectedBreach = expectedBreach;
        LowerBound = lowerBound;
    }

    /// <summary>That of the best so far.</summary>
    public double ExpectedBreach { get; }

    /// <summary>None can be below this.</summary>
    public double LowerBound { get; }
}
