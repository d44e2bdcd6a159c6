using MathNet.Numerics.Distributions;
using Sortition.Core.Algorithms;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;

namespace Sortition.Core.Sampling;

/// <summary>How often everybody was selected in many greedy draws, and what that says about their chances.</summary>
/// <remarks>Immutable and safe to read from any thread.</remarks>
public sealed class ProbabilityEstimate
{
    internal ProbabilityEstimate(int draws, int succeeded, int[] counts)
    {
        Draws = draws;
        Succeeded = succeeded;
        Counts = counts;
    }

    /// <summary>How many draws were made.</summary>
    public int Draws { get; }

    /// <summary>How many of them gave a panel, N.</summary>
    public int Succeeded { get; }

    /// <summary>Entry i: on how many of the N panels person i was, in the order of the pool.</summary>
    public IReadOnlyList<int> Counts { get; }

    /// <summary>The share of the N panels that a person was on.</summary>
    /// <param name="person">Index into the pool.</param>
    /// <returns>A number 0..1; 0 if there was no panel.</returns>
    public double Frequency(int person) => Succeeded == 0 ? 0 : Counts[person] / (double)Succeeded;

    /// <summary>An upper confidence bound on a person's chance, given that a panel is found.</summary>
    /// <param name="person">Index into the pool.</param>
    /// <param name="confidence">The one-sided confidence, between 0 and 1; the field reports 0.99.</param>
    /// <returns>The quantile <paramref name="confidence"/> of Beta(½ + s, ½ + N − s) (the Jeffreys interval's end), or 1 for s = N.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The confidence is not between 0 and 1.</exception>
    public double UpperBound(int person, double confidence = 0.99)
    {
        CheckConfidence(confidence);
        return Counts[person] == Succeeded ? 1 : Quantile(person, confidence);
    }

    /// <summary>A lower confidence bound on a person's chance, given that a panel is found.</summary>
    /// <param name="person">Index into the pool.</param>
    /// <param name="confidence">The one-sided confidence, between 0 and 1.</param>
    /// <returns>The quantile 1 − <paramref name="confidence"/> of Beta(½ + s, ½ + N − s) (the Jeffreys interval's end), or 0 for s = 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The confidence is not between 0 and 1.</exception>
    public double LowerBound(int person, double confidence = 0.99)
    {
        CheckConfidence(confidence);
        return Counts[person] == 0 ? 0 : Quantile(person, 1 - confidence);
    }

    /// <summary>Estimates everybody's chance by drawing many panels.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="draws">How many panels to draw, 1 or more.</param>
    /// <param name="seed">The seed; draw i uses stream i of its generator, so that the result does not depend on the number of threads.</param>
    /// <param name="options">How to compute; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the estimation.</param>
    /// <returns>How often everybody was drawn.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ProbabilityEstimate Run(
        SelectionProblem problem, int draws, string seed, ComputeOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        options = ComputeOptions.Checked(options);
        GreedyPool pool = new(problem);
        SeededRandomSource generator = new(seed);
        int[] counts = new int[problem.People.Count];
        int succeeded = 0;
        int done = 0;
        Lock merging = new();
        Parallel.For(
            0,
            draws,
            new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = options.MaxThreads },
            () => new Tally(pool, counts.Length, Greedy.RoomForMembers(problem)),
            (i, _, tally) =>
            {
                tally.Draw(generator.Stream(i), cancellationToken);
                int now = Interlocked.Increment(ref done);
                if (now % 1_000 == 0)
                {
                    options.Progress?.Report(now / (double)draws);
                }

                return tally;
            },
            tally =>
            {
                lock (merging)
                {
                    succeeded += tally.Succeeded;
                    for (int i = 0; i < counts.Length; i++)
                    {
                        counts[i] += tally.Counts[i];
                    }
                }
            });
        return new ProbabilityEstimate(draws, succeeded, counts);
    }

    private static void CheckConfidence(double confidence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(confidence, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(confidence, 1);
    }

    private double Quantile(int person, double probability) => Beta.InvCDF(0.5 + Counts[person], 0.5 + Succeeded - Counts[person], probability);

    /// <summary>What one thread has drawn.</summary>
    private sealed class Tally(GreedyPool pool, int people, int[] members)
    {
        private readonly GreedyDraw _draw = new(pool);

        public int[] Counts { get; } = new int[people];

        public int Succeeded { get; private set; }

        public void Draw(RandomSource random, CancellationToken cancellationToken)
        {
            if (_draw.Run(random, members, Greedy.MaxAttempts, cancellationToken) == 0)
            {
                return;
            }

            Succeeded++;
            foreach (int i in members)
            {
                Counts[i]++;
            }
        }
    }
}
