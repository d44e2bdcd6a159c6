using System.Numerics;
using Sortition.Core.Problems;

namespace Sortition.Core.Targets;

/// <summary>Makes quotas from a population: of a panel of k, a group with a share of s should have k·s seats.</summary>
/// <remarks>
/// <para>Every bound is computed from the numbers as given in whole-numbered arithmetic, so no rounding error decides whether a target is rounded up or down.
/// Neither the order of groups nor the unit of numbers changes a quota.</para>
/// <para>For every feature, and for every combination of features, minima add up to the panel size at most and maxima at least: bands hold the exact targets,
/// which add up to it, and apportionments hold the seats given, which do as well; bounds below 0 or above the panel size are cut to these.</para>
/// <para>Quotas of combinations agree with those of their parts. Bands all hold the exact targets of one table. The seats that an apportionment gives to the
/// combinations need not add up to those it gives to a value, so the value's quota is widened to hold their sum (<see cref="QuotaTarget.IsWidened"/>). There
/// are then whole numbers of seats for each combination of features that meet its quotas and those of its parts; for bands this is certain for combinations of
/// two features only.</para>
/// </remarks>
public static class QuotaTargets
{
    private const int MaxSeats = SelectionProblemBuilder.MaxSeats;

    /// <summary>Makes quotas for every feature, and for the combinations asked for.</summary>
    /// <param name="population">The population.</param>
    /// <param name="panelSize">The number of people on a panel, 1 to 1,000,000,000.</param>
    /// <param name="options">How; null for bands without tolerance.</param>
    /// <returns>A target for each value of each feature, then for each combination.</returns>
    /// <exception cref="MalformedInputException">
    /// A combination is asked for that the population does not tell, or twice, or of one feature; the exception lists all such faults, by the ordinals of the
    /// combinations.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The panel size or a tolerance is out of range.</exception>
    /// <example>
    /// <code>
    /// Population population = new PopulationBuilder(PopulationMeasure.Count).Group("gender", "female", 14_101).Group("gender", "male", 13_776).Build();
    /// SelectionProblemBuilder builder = new(panelSize: 36);
    /// foreach (QuotaTarget target in QuotaTargets.Compute(population, 36, new TargetOptions { ToleranceSeats = 1 }))
    /// {
    ///     builder.Quota(target.ToQuota());
    /// }
    /// </code>
    /// </example>
    public static IReadOnlyList<QuotaTarget> Compute(Population population, int panelSize, TargetOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(population);
        ArgumentOutOfRangeException.ThrowIfLessThan(panelSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(panelSize, MaxSeats);
        options ??= new TargetOptions();
        ArgumentOutOfRangeException.ThrowIfNegative(options.ToleranceSeats, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.TolerancePercent, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.TolerancePercent, 100, nameof(options));
        Check(population, options.Intersections);
        Breakdown[] breakdowns = [.. population.Features.Select(f => population.By(f)), .. options.Intersections.Select(i => population.By(i))];
        (Breakdown Breakdown, QuotaTarget[] Targets)[] made = [.. breakdowns.Select(b => (b, Of(b, panelSize, options)))];
        if (options.Method != TargetMethod.Band)
        {
            foreach ((Breakdown part, QuotaTarget[] targets) in made)
            {
                foreach ((Breakdown whole, QuotaTarget[] combined) in made.Where(m => IsPart(part, m.Breakdown)))
                {
                    ReachSums(targets, part, combined);
                }
            }
        }

        return [.. made.SelectMany(m => m.Targets)];
    }

    private static bool IsPart(Breakdown part, Breakdown whole) =>
        whole.Features.Count > part.Features.Count && !part.Features.Except(whole.Features, StringComparer.Ordinal).Any();

    private static void Check(Population population, IReadOnlyList<IReadOnlyList<string>> combinations)
    {
        FaultList faults = new();
        HashSet<string> seen = new(NameComparer.Instance);
        for (int c = 0; c < combinations.Count; c++)
        {
            FaultLocation location = new("combinations", c + 1);
            string[] names = [.. combinations[c].Select(NameComparer.Clean)];
            string subject = string.Join(" & ", names);
            if (names.Distinct(NameComparer.Instance).Count() < Math.Max(2, names.Length))
            {
                faults.Add(names.Length < 2 ? CoreFaults.CombinationOfOne : CoreFaults.FeatureTwiceInCondition, location, subject);
            }
            else if (names.FirstOrDefault(name => !population.Features.Contains(name, NameComparer.Instance)) is string unknown)
            {
                faults.Add(CoreFaults.FeatureNotInPopulation, location, subject, unknown, population.Features);
            }
            else if (!population.IsCrossTable)
            {
                faults.Add(CoreFaults.CombinationNotTold, location, subject);
            }
            else if (!seen.Add(string.Join('\n', names.Order(NameComparer.Instance))))
            {
                faults.Add(CoreFaults.CombinationTwice, location, subject);
            }
        }

        faults.ThrowIfAny();
    }

    private static QuotaTarget[] Of(Breakdown breakdown, int panelSize, TargetOptions options)
    {
        Rounding rounding = new(breakdown.Total, panelSize, options);
        GroupSeats[]? seats = options.Method switch
        {
            TargetMethod.Band => null,
            TargetMethod.LargestRemainder => Apportionment.LargestRemainder(breakdown, panelSize),
            TargetMethod.SainteLague => Apportionment.SainteLague(breakdown, panelSize),
            _ => throw new ArgumentOutOfRangeException(nameof(options)),
        };
        return
        [
            .. breakdown.Groups.Select((group, g) =>
            {
                (int min, int max) = seats is null ? rounding.Band(group.Weight) : (rounding.Around(seats[g].Least).Min, rounding.Around(seats[g].Most).Max);
                return new QuotaTarget(group, breakdown.Total, panelSize, seats?[g], min, max);
            }),
        ];
    }

    /// <summary>Widens the quotas of parts to hold what the combinations' seats add up to.</summary>
    private static void ReachSums(QuotaTarget[] parts, Breakdown part, QuotaTarget[] combined)
    {
        Dictionary<string, int> sums = new(StringComparer.Ordinal);
        foreach (QuotaTarget target in combined)
        {
            string key = Key(target.Group.Condition);
            sums[key] = sums.GetValueOrDefault(key) + target.Seats!.Value;
        }

        foreach (QuotaTarget target in parts)
        {
            target.Reach(sums.GetValueOrDefault(Key(target.Group.Condition)));
        }

        string Key(IReadOnlyList<FeatureValue> condition) =>
            string.Concat(
                part.Features
                    .Select(f => condition.First(t => string.Equals(t.Feature, f, StringComparison.Ordinal)).Value)
                    .Select(v => FormattableString.Invariant($"{v.Length}:{v}")));
    }

    /// <summary>Turns fractions of seats into bounds, exactly.</summary>
    private sealed class Rounding
    {
        private readonly BigInteger _total;
        private readonly int _panelSize;
        private readonly BigInteger _tolerance;
        private readonly BigInteger _unit;

        public Rounding(BigInteger total, int panelSize, TargetOptions options)
        {
            _total = total;
            _panelSize = panelSize;

            // The tolerance is _tolerance/_unit seats.
            int decimals = options.TolerancePercent.Scale;
            _unit = BigInteger.Pow(10, decimals) * 100;
            _tolerance = (PopulationBuilder.Units(options.TolerancePercent, decimals) * panelSize) + (options.ToleranceSeats * _unit);
        }

        /// <summary>The exact target less and plus the tolerance, rounded outwards.</summary>
        public (int Min, int Max) Band(BigInteger weight)
        {
            BigInteger target = weight * _panelSize * _unit;
            BigInteger tolerance = _tolerance * _total;
            BigInteger seat = _total * _unit;
            return (Clip(BigInteger.Max(0, target - tolerance) / seat), Clip((target + tolerance + seat - 1) / seat));
        }

        /// <summary>Seats less and plus the tolerance, no further than it allows.</summary>
        public (int Min, int Max) Around(int seats)
        {
            BigInteger tolerance = _tolerance / _unit;
            return (Clip(seats - tolerance), Clip(seats + tolerance));
        }

        private int Clip(BigInteger seats) => (int)BigInteger.Clamp(seats, 0, _panelSize);
    }
}
