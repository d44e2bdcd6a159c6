using System.Numerics;

namespace Sortition.Core.Sampling;

/// <summary>One step of the counting: how a few people, whom no later step seats, take seats.</summary>
/// <remarks>An option is what the tracked rows notice of it. Weights are computed in whole numbers or in doubles by the same lines.</remarks>
internal abstract class SeatStep(int[] slots)
{
    /// <summary>The tracked counters that the step can raise, ascending; the first is 0, all open seats.</summary>
    public int[] Slots => slots;

    /// <summary>Entry o: by how much option o raises each of <see cref="Slots"/>. Option 0 seats nobody.</summary>
    public required int[][] Options { get; init; }

    /// <summary>How many kinds of people the step is about, as indices into the weights.</summary>
    public required int[] Kinds { get; init; }

    /// <summary>Roundings in a weight of an option, where it is computed in doubles.</summary>
    public abstract long Roundings { get; }

    /// <summary>The weight of every option: the sum over all choices of people of the product of their weights.</summary>
    /// <param name="weights">The weight of a person of each kind.</param>
    public abstract T[] OptionWeights<T>(ReadOnlySpan<T> weights)
        where T : INumber<T>;

    /// <summary>How many people of a kind are expected under each option; adds probability times that.</summary>
    /// <param name="weights">The weight of a person of each kind.</param>
    /// <param name="probabilities">How likely each option is.</param>
    /// <param name="means">Receives, for each kind of the space, what is added.</param>
    public abstract void AddMeans(ReadOnlySpan<double> weights, ReadOnlySpan<double> probabilities, Span<double> means);

    /// <summary>The weights of 0, 1, … people of one kind: C(n, d)·wᵈ.</summary>
    public static T[] Binomials<T>(int people, int most, T weight)
        where T : INumber<T>
    {
        T[] terms = new T[Math.Min(people, most) + 1];
        terms[0] = T.One;
        for (int d = 1; d < terms.Length; d++)
        {
            // The division leaves no remainder: C(n, d) is whole.
            terms[d] = terms[d - 1] * weight * T.CreateChecked(people - d + 1) / T.CreateChecked(d);
        }

        return terms;
    }
}

/// <summary>People whom the tracked rows cannot tell apart.</summary>
internal sealed class CellStep(int[] slots, int[] people, int most) : SeatStep(slots)
{
    /// <summary>Entry j: how many people there are of the kind <see cref="SeatStep.Kinds"/>[j].</summary>
    public int[] People => people;

    /// <summary>The most seats the cell can have.</summary>
    public int Most => most;

    /// <inheritdoc/>
    public override long Roundings => (long)People.Length * (Most + 1) + 12L * Most;

    /// <inheritdoc/>
    public override T[] OptionWeights<T>(ReadOnlySpan<T> weights)
    {
        T[][] firsts = Firsts(weights);
        return [.. firsts.Select(f => f[^1])];
    }

    /// <summary>Entry c, j: the weight of all choices of c people from the first j kinds.</summary>
    public T[][] Firsts<T>(ReadOnlySpan<T> weights)
        where T : INumber<T>
    {
        T[][] firsts = [.. Enumerable.Range(0, Most + 1).Select(_ => new T[People.Length + 1])];
        Array.ForEach(firsts, f => Array.Fill(f, T.Zero));
        firsts[0][0] = T.One;
        for (int j = 0; j < People.Length; j++)
        {
            T[] terms = Binomials(People[j], Most, weights[Kinds[j]]);
            for (int c = 0; c <= Most; c++)
            {
                T sum = T.Zero;
                for (int d = 0; d < terms.Length && d <= c; d++)
                {
                    sum += terms[d] * firsts[c - d][j];
                }

                firsts[c][j + 1] = sum;
            }
        }

        return firsts;
    }

    /// <inheritdoc/>
    public override void AddMeans(ReadOnlySpan<double> weights, ReadOnlySpan<double> probabilities, Span<double> means)
    {
        double[][] firsts = Firsts(weights);
        double[] lasts = new double[Most + 1];
        lasts[0] = 1;
        for (int j = People.Length - 1; j >= 0; j--)
        {
            double[] terms = Binomials(People[j], Most, weights[Kinds[j]]);
            double[] counted = Product([.. terms.Select((term, d) => d * term)], lasts);
            for (int c = 1; c <= Most; c++)
            {
                double sum = 0;
                for (int d = 1; d <= c; d++)
                {
                    sum += counted[d] * firsts[c - d][j];
                }

                means[Kinds[j]] += firsts[c][^1] > 0 ? probabilities[c] * sum / firsts[c][^1] : 0;
            }

            lasts = Product(terms, lasts);
        }
    }

    private double[] Product(double[] a, double[] b)
    {
        double[] product = new double[Most + 1];
        for (int i = 0; i < a.Length; i++)
        {
            for (int j = 0; i + j < product.Length; j++)
            {
                product[i + j] += a[i] * b[j];
            }
        }

        return product;
    }
}

/// <summary>One household, some of whose members may sit on the panel.</summary>
internal sealed class HouseholdStep(int[] slots, int[] people, int[][] choices) : SeatStep(slots)
{
    /// <summary>Entry o, j: how many of the kind <see cref="SeatStep.Kinds"/>[j] option o seats.</summary>
    public int[][] Choices => choices;

    /// <summary>Entry j: how many people there are of the kind <see cref="SeatStep.Kinds"/>[j].</summary>
    public int[] People => people;

    /// <inheritdoc/>
    public override long Roundings => 16L * people.Sum();

    /// <inheritdoc/>
    public override T[] OptionWeights<T>(ReadOnlySpan<T> weights)
    {
        T[][] terms = new T[People.Length][];
        for (int j = 0; j < terms.Length; j++)
        {
            terms[j] = Binomials(People[j], People[j], weights[Kinds[j]]);
        }

        T[] totals = new T[Choices.Length];
        for (int o = 0; o < totals.Length; o++)
        {
            totals[o] = T.One;
            for (int j = 0; j < terms.Length; j++)
            {
                totals[o] *= terms[j][Choices[o][j]];
            }
        }

        return totals;
    }

    /// <inheritdoc/>
    public override void AddMeans(ReadOnlySpan<double> weights, ReadOnlySpan<double> probabilities, Span<double> means)
    {
        for (int o = 0; o < Choices.Length; o++)
        {
            for (int j = 0; j < Kinds.Length; j++)
            {
                means[Kinds[j]] += probabilities[o] * Choices[o][j];
            }
        }
    }
}
