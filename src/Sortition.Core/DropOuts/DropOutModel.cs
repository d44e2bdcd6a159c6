using Sortition.Core.Problems;

namespace Sortition.Core.DropOuts;

/// <summary>
/// Drop-out chances learnt from past assemblies: everybody's chance to stay is a base chance times one factor for each of the person's feature values.
/// </summary>
/// <remarks>
/// <para>p(stay) = β₀ · Π β of the person's values, no factor above 1, as in A. Assos, C. Baharav, B. Flanigan and A. Procaccia, <i>Alternates, Assemble!</i>
/// (2025), after the model of self-selection in B. Flanigan, P. Gölz, A. Gupta and A. Procaccia, <i>Neutralizing Self-Selection Bias in Sampling for
/// Sortition</i> (2020). The factors are those under which what past members did is most likely (maximum likelihood). In each feature the largest factor is 1,
/// so β₀ is the chance to stay of the likeliest kind of people.</para>
/// <para>An estimate is as good as the past is large and like the future; a value that few past members had has a factor that says little. It is an estimate
/// about groups, not a judgement of a person.</para>
/// <para>Immutable and safe to read from any thread.</para>
/// </remarks>
public sealed class DropOutModel
{
    private DropOutModel(SelectionProblem problem, PastKinds past, double baseChance, IReadOnlyList<RetentionFactor> factors)
    {
        BaseStayChance = baseChance;
        Factors = factors;
        Observations = past.Observations;
        DroppedOut = past.Kinds.Sum(k => k.Dropped);
        FeaturesWithoutPast = [.. problem.Features.Where((_, f) => !past.Features.Contains(f)).Select(f => f.Name)];
        IgnoredFeatures = past.Ignored;
        Dictionary<FeatureValue, double> factorOf = factors.ToDictionary(f => f.Value, f => f.Factor);
        LogLikelihood = past.Kinds.Sum(
            k => LogLikelihoodOf(k, StayChance(past.Features.Select((f, i) => new FeatureValue(problem.Features[f].Name, past.Values[i][k.Levels[i]])))));

        // People share few combinations of values.
        Dictionary<ValueVector, double> known = new(ReferenceEqualityComparer.Instance);
        double[] chances = new double[problem.People.Count];
        for (int i = 0; i < chances.Length; i++)
        {
            ValueVector vector = problem.People[i].Vector;
            if (!known.TryGetValue(vector, out chances[i]))
            {
                known.Add(vector, chances[i] = 1 - StayChance(past.Features.Select(f => new FeatureValue(problem.Features[f].Name, vector.Values[f]))));
            }
        }

        Chances = new DropOutChances(problem, chances);

        double StayChance(IEnumerable<FeatureValue> values) => values.Aggregate(baseChance, (chance, value) => chance * factorOf[value]);
    }

    /// <summary>β₀, 0..1: the chance to stay of people whose factors are all 1; 0 if nobody stayed.</summary>
    public double BaseStayChance { get; }

    /// <summary>
    /// The factors, by the features and values of the problem in its order; in each feature also those of values that only past members have, in ordinal order.
    /// Features in
    /// <see cref="FeaturesWithoutPast"/> have none.
    /// </summary>
    public IReadOnlyList<RetentionFactor> Factors { get; }

    /// <summary>How many past members there are, 1 or more.</summary>
    public int Observations { get; }

    /// <summary>How many of them dropped out.</summary>
    public int DroppedOut { get; }

    /// <summary>
    /// The natural logarithm of the probability that the model gives to what past members did, 0 or below: the highest that any factors give.
    /// </summary>
    internal double LogLikelihood { get; }

    /// <summary>Values of the problem that no past member had. Each has the mean factor of its feature, taken over all past members.</summary>
    public IReadOnlyList<FeatureValue> UnseenValues => [.. Factors.Where(f => f.Observations == 0).Select(f => f.Value)];

    /// <summary>Features of the problem of which no past member has a value. They are left out of the model.</summary>
    public IReadOnlyList<string> FeaturesWithoutPast { get; }

    /// <summary>Features of past members that the problem does not have, in ordinal order. They are ignored, as if nobody had noted them.</summary>
    public IReadOnlyList<string> IgnoredFeatures { get; }

    /// <summary>What the model says of the pool.</summary>
    public DropOutChances Chances { get; }

    /// <summary>Estimates the factors. The order of past members does not matter.</summary>
    /// <param name="problem">The problem whose pool the chances are for.</param>
    /// <param name="past">Members of past panels. Those who have a value of a feature of the problem must all have one.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The model.</returns>
    /// <exception cref="MalformedInputException">
    /// There are no past members, or one lacks a value or has two of one feature, or there are more than 500 values; the exception lists all such faults.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static DropOutModel Fit(SelectionProblem problem, IEnumerable<PastMember> past, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(past);
        PastKinds kinds = PastKinds.Read(problem, [.. past], cancellationToken);
        (double baseChance, double[][] factors) = StayLikelihood.Maximise(kinds.Kinds, [.. kinds.Values.Select(v => v.Length)], cancellationToken);
        List<RetentionFactor> named = [];
        for (int f = 0; f < factors.Length; f++)
        {
            int[] seen = Count(kinds, f, k => k.Stayed + k.Dropped);
            int[] dropped = Count(kinds, f, k => k.Dropped);
            double largest = factors[f].Where((_, v) => seen[v] > 0).Max();
            baseChance *= largest;
            double[] normal = [.. factors[f].Select(b => b / largest)];
            double mean = normal.Zip(seen, (b, n) => b * n).Sum() / seen.Sum();
            string feature = problem.Features[kinds.Features[f]].Name;
            named.AddRange(
                normal.Select((b, v) => new RetentionFactor(new FeatureValue(feature, kinds.Values[f][v]), seen[v] > 0 ? b : mean, seen[v], dropped[v])));
        }

        return new DropOutModel(problem, kinds, baseChance, named);
    }

    private static int[] Count(PastKinds kinds, int feature, Func<PastKind, int> of)
    {
        int[] counts = new int[kinds.Values[feature].Length];
        foreach (PastKind kind in kinds.Kinds)
        {
            counts[kind.Levels[feature]] += of(kind);
        }

        return counts;
    }

    private static double LogLikelihoodOf(PastKind kind, double stay)
    {
        double ofStaying = kind.Stayed == 0 ? 0 : kind.Stayed * Math.Log(stay);
        return kind.Dropped == 0 || stay <= 0 ? ofStaying : ofStaying + (kind.Dropped * StayLikelihood.LogOfDropOut(Math.Log(stay)));
    }
}
