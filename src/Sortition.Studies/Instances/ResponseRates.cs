using System.Numerics;
using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Core.Targets;

namespace Sortition.Studies.Instances;

/// <summary>How readily people of each type volunteer, estimated from the pool and the population by iterative proportional fitting.</summary>
/// <remarks>
/// <para>The pool's numbers of people by type are scaled, one feature after the other and again and again, until each value of each feature has its share
/// of the population (Deming, Stephan, Annals of Mathematical Statistics 11, 1940). What comes of it is what each type's share of the population is if
/// volunteers of one value differ from others in nothing else; the response rate of a type is its people in the pool over its people in the population.
/// Only types that are in the pool are known of, and values that nobody in the pool has are left out.</para>
/// <para>The chance of a resident from end to end, to be invited, to volunteer and to be drawn, is in proportion to response rate times selection probability
/// (Flanigan, Gölz, Gupta, Procaccia, Neutralizing self-selection bias in sampling for sortition, NeurIPS 2020). Immutable and safe to read from any
/// thread.</para>
/// </remarks>
public sealed class ResponseRates
{
    private const int MostRounds = 10_000;

    // Far below what any count of people can tell.
    private const double Converged = 1e-10;

    private readonly double[] _shares;
    private readonly double _people;

    private ResponseRates(SelectionProblem problem, double[] shares, bool isConverged)
    {
        Problem = problem;
        _shares = shares;
        _people = problem.Types.Sum(type => (double)type.Members.Count);
        IsConverged = isConverged;
    }

    /// <summary>The problem.</summary>
    public SelectionProblem Problem { get; }

    /// <summary>Whether all shares could be met at once. If not, the pool lacks people with combinations of values that the population must have.</summary>
    public bool IsConverged { get; }

    /// <summary>Estimates the rates.</summary>
    /// <param name="problem">The pool.</param>
    /// <param name="population">The population, with one or more of the features of the pool.</param>
    /// <returns>The rates.</returns>
    /// <exception cref="ArgumentException">The population has none of the pool's features, or nobody with any of the pool's values.</exception>
    public static ResponseRates Estimate(SelectionProblem problem, Population population)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(population);
        (int[] GroupOf, double[] Wanted)[] features =
        [
            .. Enumerable.Range(0, problem.Features.Count)
                .Where(f => population.Features.Contains(problem.Features[f].Name, NameComparer.Instance))
                .Select(f => Margin(problem, population, f)),
        ];
        if (features.Length == 0)
        {
            throw new ArgumentException("The population has none of the pool's features.", nameof(population));
        }

        double people = problem.Types.Sum(type => (double)type.Members.Count);
        double[] shares = [.. problem.Types.Select(type => type.Members.Count / people)];
        double off = double.PositiveInfinity;
        for (int round = 0; round < MostRounds && off > Converged; round++)
        {
            off = 0;
            foreach ((int[] groupOf, double[] wanted) in features)
            {
                double[] sums = new double[wanted.Length];
                for (int t = 0; t < shares.Length; t++)
                {
                    sums[groupOf[t]] += shares[t];
                }

                for (int t = 0; t < shares.Length; t++)
                {
                    shares[t] = sums[groupOf[t]] > 0 ? shares[t] * wanted[groupOf[t]] / sums[groupOf[t]] : 0;
                }

                off = Math.Max(off, wanted.Zip(sums, (w, s) => Math.Abs(w - s)).Max());
            }
        }

        return new ResponseRates(problem, shares, off <= Converged);
    }

    /// <summary>A type's estimated share of the population, of those whose type is in the pool.</summary>
    /// <param name="type">Index into <see cref="SelectionProblem.Types"/>.</param>
    /// <returns>A number 0..1; over all types they add up to 1.</returns>
    public double ShareOfType(int type) => _shares[type];

    /// <summary>How readily people of a type volunteer, as a multiple of the mean, which is people in the pool over people in the population.</summary>
    /// <param name="type">Index into <see cref="SelectionProblem.Types"/>.</param>
    /// <returns>A number above 0; infinite where the population has nobody of the type.</returns>
    public double RelativeRate(int type) => Problem.Types[type].Members.Count / _people / _shares[type];

    /// <summary>The same problem, in which everybody is entitled to 1 / response rate: weighted leximin then aims at equal chances from end to end.</summary>
    /// <returns>A new problem with the same people at the same places; entitlements are multiples of the mean, within what problems allow.</returns>
    public SelectionProblem WithEntitlements()
    {
        SelectionProblemBuilder builder = new(Problem.PanelSize);
        Dictionary<string, int> indexOf = new(StringComparer.Ordinal);
        foreach (Feature feature in Problem.Features)
        {
            indexOf.Add(feature.Name, indexOf.Count);
            builder.Feature(feature.Name, feature.Values);
        }

        foreach (Quota quota in Problem.Quotas)
        {
            builder.Quota(new QuotaInput { Condition = quota.Condition, Min = quota.Min, Max = quota.Max });
        }

        if (Problem.HouseholdLimit is int limit)
        {
            builder.HouseholdLimit(limit);
        }

        return builder.People(Problem.People, new PersonReader<Person>
        {
            Id = person => person.Id,
            Value = (person, feature) => person.Values[indexOf[feature]],
            Household = person => person.Household?.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Status = person => person.Status,
            Entitlement = person => Problem.TypeOf(Problem.IndexOf(person.Id)) is >= 0 and int type
                ? Math.Clamp(1 / RelativeRate(type), (double)Person.MinEntitlement, (double)Person.MaxEntitlement)
                : 1,
        }).Build();
    }

    /// <summary>The value of each type, and the share that each value of a feature has among those that the pool has.</summary>
    private static (int[] GroupOf, double[] Wanted) Margin(SelectionProblem problem, Population population, int feature)
    {
        Breakdown breakdown = population.By(problem.Features[feature].Name);
        IReadOnlyList<string> values = problem.Features[feature].Values;
        int[] groupOf = [.. problem.Types.Select(type => values.ToList().IndexOf(type.Values[feature]))];
        BigInteger[] weights = [.. values.Select((value, v) => groupOf.Contains(v) ? WeightOf(value) : BigInteger.Zero)];
        BigInteger total = Sum(weights);
        return total.IsZero
            ? throw new ArgumentException("The population has nobody with a value that the pool has.", nameof(population))
            : (groupOf, [.. weights.Select(weight => (double)weight / (double)total)]);

        BigInteger WeightOf(string value) =>
            Sum(breakdown.Groups.Where(group => NameComparer.Instance.Equals(group.Condition[0].Value, value)).Select(group => group.Weight));

        static BigInteger Sum(IEnumerable<BigInteger> weights) => weights.Aggregate(BigInteger.Zero, (sum, weight) => sum + weight);
    }
}
