using System.Numerics;
using Sortition.Core.Problems;

namespace Sortition.Core.Targets;

/// <summary>Collects the groups of a population and checks them together.</summary>
/// <remarks>
/// <para>Groups of one value each tell the population feature by feature. Groups of several values are a cross table, which then has to be the only one: all
/// its groups name the same features. Names are matched in Unicode NFC, trimmed and without regard to case.</para>
/// <para>Nothing is checked before <see cref="Build"/>, which then reports every fault at once; sums are checked where every number is sound.</para>
/// <para>Not safe for use from several threads at once.</para>
/// </remarks>
/// <param name="measure">What the numbers are.</param>
public sealed class PopulationBuilder(PopulationMeasure measure)
{
    private const decimal MaxNumber = 1_000_000_000_000_000;

    /// <summary>How far percentages may be from adding up to 100 because each was rounded.</summary>
    private const decimal PercentOff = 0.5m;

    private readonly List<PopulationInput> _groups = [];

    /// <summary>The faults that are found while the input is read, to be reported with all others.</summary>
    public FaultList Faults { get; } = new();

    /// <summary>Adds the group that has one value of a feature.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="value">The value.</param>
    /// <param name="number">How many people there are, or how large their share is.</param>
    /// <returns>This builder.</returns>
    public PopulationBuilder Group(string feature, string value, decimal number) =>
        Group(new PopulationInput { Condition = [new FeatureValue(feature, value)], Number = number });

    /// <summary>Adds a group that has one value or several at once.</summary>
    /// <param name="group">The group as given.</param>
    /// <returns>This builder.</returns>
    public PopulationBuilder Group(PopulationInput group)
    {
        ArgumentNullException.ThrowIfNull(group);
        _groups.Add(group);
        return this;
    }

    /// <summary>Checks everything and makes the population.</summary>
    /// <returns>The population.</returns>
    /// <exception cref="MalformedInputException">Something is malformed; the exception lists all of it.</exception>
    public Population Build()
    {
        FaultList faults = new();
        faults.AddAll(Faults);
        IReadOnlyList<Table> tables = ReadTables(faults);
        if (faults.Count == 0)
        {
            CheckSums(tables, faults);
        }

        faults.ThrowIfAny();

        // All numbers in units of the last decimal that any of them has.
        int decimals = _groups.Max(g => g.Number.Scale);
        return new Population([.. tables.Select(t => new Breakdown(
            t.Features,
            [.. t.Rows.Select(r => new PopulationGroup(r.Condition, Units(r.Input.Number, decimals), r.Input.Source, r.Input.Comment))],
            IsOff(t) ? t.Sum : null))], faults.Warnings);
    }

    internal static BigInteger Units(decimal number, int decimals)
    {
        int[] bits = decimal.GetBits(number);
        BigInteger digits = (((BigInteger)(uint)bits[2]) << 64) + (((BigInteger)(uint)bits[1]) << 32) + (uint)bits[0];
        return digits * BigInteger.Pow(10, decimals - number.Scale);
    }

    private List<Table> ReadTables(FaultList faults)
    {
        List<Table> tables = [];
        Dictionary<string, Table> tableOf = new(NameComparer.Instance);
        for (int g = 0; g < _groups.Count; g++)
        {
            PopulationInput input = _groups[g];
            FaultLocation location = input.Location ?? new FaultLocation("population", g + 1);
            FeatureValue[] condition = [.. input.Condition.Select(t => new FeatureValue(NameComparer.Clean(t.Feature), NameComparer.Clean(t.Value)))];
            string subject = string.Join(" & ", condition.Select(t => t.ToString()));
            FaultLocation place = location.In(null);
            CheckNumber(input.Number, location, subject, faults);
            if (condition.Length == 0 || condition.Any(t => t.Feature.Length == 0 || t.Value.Length == 0))
            {
                faults.Add(condition.Length == 0 ? new Fault(CoreFaults.EmptyCondition, place) : new Fault(CoreFaults.MissingName, place, subject));
                continue;
            }

            if (condition.DistinctBy(t => t.Feature, NameComparer.Instance).Count() < condition.Length)
            {
                faults.Add(CoreFaults.FeatureTwiceInCondition, place, subject);
                continue;
            }

            // In a cross table the features stand in the order of its first row.
            string key = Key(condition.Select(t => NameComparer.Key(t.Feature)).Order(StringComparer.Ordinal));
            if (!tableOf.TryGetValue(key, out Table? table))
            {
                table = new Table([.. condition.Select(t => t.Feature)], location);
                tableOf.Add(key, table);
                tables.Add(table);
                if (tables.Count > 1 && (condition.Length > 1 || tables[0].Features.Length > 1))
                {
                    faults.Add(CoreFaults.MixedGroups, place, subject, string.Join(" & ", tables[0].Features));
                }
            }

            if (!table.Add(condition, input))
            {
                faults.Add(CoreFaults.DuplicateGroup, place, subject);
            }
        }

        if (_groups.Count == 0 && faults.Count == 0)
        {
            faults.Add(CoreFaults.EmptyPopulation, new FaultLocation("population"));
        }

        return tables;
    }

    private static void CheckNumber(decimal number, FaultLocation location, string subject, FaultList faults)
    {
        if (number < 0)
        {
            faults.Add(CoreFaults.NegativeNumber, location, subject, number);
        }
        else if (number > MaxNumber)
        {
            faults.Add(CoreFaults.NumberTooLarge, location, subject, number, MaxNumber);
        }
    }

    private void CheckSums(IReadOnlyList<Table> tables, FaultList faults)
    {
        foreach (Table table in tables)
        {
            string subject = string.Join(" & ", table.Features);
            if (table.Sum == 0)
            {
                faults.Add(CoreFaults.NobodyCounted, table.Location, subject);
            }
            else if (measure == PopulationMeasure.Percentage && Math.Abs(table.Sum - 1) <= PercentOff / 100)
            {
                faults.Add(CoreFaults.SharesOrPercent, table.Location, subject, table.Sum);
            }
            else if (measure != PopulationMeasure.Count && Math.Abs(table.Sum - Whole) > PercentOff * Whole / 100)
            {
                faults.Add(CoreFaults.PercentagesDoNotAddUp, table.Location, subject, table.Sum, Whole);
            }
        }
    }

    /// <summary>What percentages or parts add up to.</summary>
    private decimal Whole => measure == PopulationMeasure.Percentage ? 100 : 1;

    private bool IsOff(Table table) => measure != PopulationMeasure.Count && table.Sum != Whole;

    /// <summary>Lengths keep names apart that run together in one way.</summary>
    private static string Key(IEnumerable<string> names) => string.Concat(names.Select(n => FormattableString.Invariant($"{n.Length}:{n}")));

    /// <summary>The groups that name the same features.</summary>
    private sealed class Table(string[] features, FaultLocation location)
    {
        private readonly HashSet<string> _keys = new(StringComparer.Ordinal);

        /// <summary>The first spelling of each value, by feature.</summary>
        private readonly Dictionary<string, string>[] _spellings = [.. features.Select(_ => new Dictionary<string, string>(NameComparer.Instance))];

        public string[] Features => features;

        public FaultLocation Location => location;

        public List<(FeatureValue[] Condition, PopulationInput Input)> Rows { get; } = [];

        public decimal Sum { get; private set; }

        public bool Add(FeatureValue[] condition, PopulationInput input)
        {
            FeatureValue[] sorted =
            [
                .. features.Select((f, i) => new FeatureValue(f, Spelling(i, condition.First(t => NameComparer.Instance.Equals(t.Feature, f)).Value)))
            ];
            if (!_keys.Add(Key(sorted.Select(t => NameComparer.Key(t.Value)))))
            {
                return false;
            }

            Rows.Add((sorted, input));
            Sum += Math.Clamp(input.Number, 0, MaxNumber);
            return true;
        }

        private string Spelling(int feature, string value) => _spellings[feature].TryAdd(value, value) ? value : _spellings[feature][value];
    }
}
