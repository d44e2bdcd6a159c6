using Sortition.Core.Problems;

namespace Sortition.Core.Alternates;

/// <summary>How alternates do beside as many from the simple practices in use, against the same scenarios.</summary>
/// <remarks>Immutable and safe to read from any thread.</remarks>
public sealed class AlternatesComparison
{
    internal AlternatesComparison(DropOutSample sample, BreachEstimate chosen, BaselineEstimate sameProfile, BaselineEstimate atRandom)
    {
        Sample = sample;
        Chosen = chosen;
        SameProfile = sameProfile;
        AtRandom = atRandom;
    }

    /// <summary>The scenarios.</summary>
    public DropOutSample Sample { get; }

    /// <summary>The alternates.</summary>
    public BreachEstimate Chosen { get; }

    /// <summary>Reserves of the same profile: like members drawn by lot, each like another one as far as the pool has such people.</summary>
    public BaselineEstimate SameProfile { get; }

    /// <summary>Alternates drawn by lot from all candidates.</summary>
    public BaselineEstimate AtRandom { get; }

    /// <summary>Compares. Both practices leave something to the lot, so each is drawn anew several times.</summary>
    /// <param name="alternates">The alternates.</param>
    /// <param name="sample">Scenarios for their panel; fresh ones, if the alternates were chosen against a sample that is not complete.</param>
    /// <param name="draws">How often each practice is drawn, 2 or more.</param>
    /// <param name="forSameProfile">The lot of the reserves of the same profile.</param>
    /// <param name="forRandom">The lot of the random alternates.</param>
    /// <param name="unavailable">Ids of people who cannot be asked; null for nobody.</param>
    /// <param name="options">Progress; null for the defaults. The work is done on one thread.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The comparison.</returns>
    /// <exception cref="ArgumentException">The sample is for another panel, or without those who are unavailable there are fewer candidates.</exception>
    /// <exception cref="MalformedInputException">Somebody who is unavailable is unknown.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static AlternatesComparison Run(
        AlternateSet alternates,
        DropOutSample sample,
        int draws,
        RandomSource forSameProfile,
        RandomSource forRandom,
        IEnumerable<string>? unavailable = null,
        ComputeOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(alternates);
        ArgumentNullException.ThrowIfNull(sample);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 2);
        ArgumentNullException.ThrowIfNull(forSameProfile);
        ArgumentNullException.ThrowIfNull(forRandom);
        options = ComputeOptions.Checked(options);
        string[] excluded = [.. unavailable ?? []];
        if (new Reserve(alternates.Panel, excluded, alternates.People.Count, RandomSource.Seeded("any")).TooFew is not null)
        {
            throw new ArgumentException("There are fewer candidates than alternates; some of the alternates are unavailable.", nameof(unavailable));
        }

        double assessments = 1 + (2 * draws);
        int done = 0;
        BreachEstimate chosen = Assess(alternates);
        BaselineEstimate sameProfile = BaselineEstimate.Of(
            Repeat(() => AlternateSelection.SameProfile(alternates.Panel, alternates.People.Count, forSameProfile, excluded)));
        BaselineEstimate atRandom = BaselineEstimate.Of(
            Repeat(() => AlternateSelection.AtRandom(alternates.Panel, alternates.People.Count, forRandom, excluded)));
        return new AlternatesComparison(sample, chosen, sameProfile, atRandom);

        BreachEstimate[] Repeat(Func<AlternateSet?> draw) => [.. Enumerable.Range(0, draws).Select(_ => Assess(draw()!))];

        BreachEstimate Assess(AlternateSet some)
        {
            BreachEstimate estimate = some.Assess(sample, cancellationToken);
            done++;
            options.Progress?.Report(done / assessments);
            return estimate;
        }
    }
}
