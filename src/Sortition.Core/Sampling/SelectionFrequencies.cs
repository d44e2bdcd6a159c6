using MathNet.Numerics.Distributions;

namespace Sortition.Core.Sampling;

/// <summary>How often everybody was selected in many draws, and what that says about their chances.</summary>
/// <remarks>Immutable and safe to read from any thread.</remarks>
public sealed class SelectionFrequencies
{
    internal SelectionFrequencies(int draws, int succeeded, int[] counts)
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

    private static void CheckConfidence(double confidence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(confidence, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(confidence, 1);
    }

    private double Quantile(int person, double probability) => Beta.InvCDF(0.5 + Counts[person], 0.5 + Succeeded - Counts[person], probability);
}
