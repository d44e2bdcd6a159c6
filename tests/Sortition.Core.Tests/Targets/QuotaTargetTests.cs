using FsCheck.Xunit;
using Sortition.Core.Feasibility;
using Sortition.Core.Problems;
using Sortition.Core.Targets;
using Xunit;
using static Sortition.Core.Tests.Targets.Populations;

namespace Sortition.Core.Tests.Targets;

/// <summary>Quotas from a population: bands and tolerances, cross tables, and what changes nothing.</summary>
public sealed class QuotaTargetTests
{
    [Fact]
    public void A_band_is_the_target_rounded_down_and_up()
    {
        // 3 of 10: 1.5, 0.9 and 0.6 seats; nobody is in the last group. A whole target leaves no room.
        Assert.Equal("a 1-2, b 0-1, c 0-1, d 0-0", Quotas(Of(5, 3, 2, 0), 3, new TargetOptions()));
        Assert.Equal("a 5-5, b 3-3, c 2-2, d 0-0", Quotas(Of(5, 3, 2, 0), 10, new TargetOptions()));
    }

    [Fact]
    public void A_whole_target_is_not_missed_by_a_rounding_error() =>

        // In doubles 0.07 · 100 is 7.000000000000001.
        Assert.Equal("a 7-7, b 93-93", Quotas(Of(("a", 0.07m), ("b", 0.93m)), 100, new TargetOptions()));

    [Theory]
    [InlineData(TargetMethod.Band, 1, "a 0-3, b 0-2, c 0-2")]
    [InlineData(TargetMethod.Band, 9, "a 0-3, b 0-3, c 0-3")]
    [InlineData(TargetMethod.LargestRemainder, 1, "a 0-2, b 0-2, c 0-2")]
    [InlineData(TargetMethod.SainteLague, 2, "a 0-3, b 0-3, c 0-3")]
    public void A_tolerance_in_seats_is_cut_at_0_and_the_panel_size(TargetMethod method, int seats, string expected) =>
        Assert.Equal(expected, Quotas(Of(5, 3, 2), 3, new TargetOptions { Method = method, ToleranceSeats = seats }));

    [Fact]
    public void A_tolerance_in_percent_is_one_of_the_panel_size()
    {
        // 2.5 % of 40 is one seat exactly; 2.4 % is less, which a band rounds outwards and an apportionment does not reach.
        Assert.Equal("a 9-11, b 29-31", Quotas(Of(1, 3), 40, new TargetOptions { TolerancePercent = 2.5m }));
        Assert.Equal("a 9-11, b 29-31", Quotas(Of(1, 3), 40, new TargetOptions { TolerancePercent = 2.4m }));
        Assert.Equal("a 9-11, b 29-31", Quotas(Of(1, 3), 40, new TargetOptions { Method = TargetMethod.SainteLague, TolerancePercent = 2.5m }));
        Assert.Equal("a 10-10, b 30-30", Quotas(Of(1, 3), 40, new TargetOptions { Method = TargetMethod.SainteLague, TolerancePercent = 2.4m }));
    }

    [Property(MaxTest = 300)]
    public void Bands_hold_the_exact_target_and_leave_room_for_the_panel(int seed)
    {
        RandomCase random = new(seed);
        TargetOptions options = random.Below(2) == 0 ? new() { ToleranceSeats = random.Below(3) } : new() { TolerancePercent = random.Below(100) / 10m };
        IReadOnlyList<QuotaTarget> targets = QuotaTargets.Compute(Of(random.Counts), random.Size, options);
        long total = random.Counts.Sum(c => (long)c);
        Assert.All(targets.Zip(random.Counts), t =>
        {
            Assert.True(t.First.Min * total <= (long)t.Second * random.Size);
            Assert.True(t.First.Max * total >= (long)t.Second * random.Size);
            Assert.InRange(t.First.Min, 0, t.First.Max);
            Assert.InRange(t.First.Max, 0, random.Size);
        });
        Assert.InRange(random.Size, targets.Sum(t => t.Min), targets.Sum(t => t.Max));
    }

    [Property(MaxTest = 200)]
    public void Neither_the_order_of_rows_nor_the_unit_of_numbers_nor_case_changes_a_quota(int seed)
    {
        RandomCase random = new(seed);
        PopulationInput[] rows = CrossTable([2, 1 + random.Below(3), 2], random.Count);
        rows[0] = rows[0].Change(number: 1);
        TargetOptions options = new() { Method = (TargetMethod)random.Below(3), Intersections = [["f0", "f2"]] };
        string[] expected = Lines(QuotaTargets.Compute(Of(rows), random.Size, options));
        Assert.Equal(expected, Lines(QuotaTargets.Compute(Of(random.Shuffled(rows)), random.Size, options)));
        Assert.Equal(expected, Lines(QuotaTargets.Compute(Of(rows.Select(r => r.Change(number: r.Number * 0.37m))), random.Size, options)));
        Assert.Equal(
            expected,
            Lines(QuotaTargets.Compute(
                Of(rows.Select(r => r.Change(condition: [.. r.Condition.Select(t => random.Below(2) == 0 ? t : new FeatureValue(" " + t.Feature.ToUpperInvariant(), t.Value.ToUpperInvariant()))]))),
                random.Size,
                options)));

        static string[] Lines(IEnumerable<QuotaTarget> targets) => [.. targets.Select(t => Line(t).ToLowerInvariant()).Order(StringComparer.Ordinal)];
    }

    [Property(MaxTest = 100)]
    public void A_panel_meets_the_quotas_of_two_features_and_of_their_combinations(int seed)
    {
        RandomCase random = new(seed);
        PopulationInput[] rows = CrossTable([2 + random.Below(2), 2 + random.Below(3)], random.Count);
        rows[0] = rows[0].Change(number: 1);
        int size = 1 + random.Below(12);
        SelectionProblemBuilder builder = new(size);
        foreach (QuotaTarget target in QuotaTargets.Compute(Of(rows), size, new TargetOptions { Method = (TargetMethod)random.Below(3), Intersections = [["f0", "f1"]] }))
        {
            builder.Quota(target.ToQuota());
        }

        // Enough people of every combination that the population has.
        var people = rows.Where(r => r.Number > 0).SelectMany((r, i) => Enumerable.Range(0, size).Select(p => (Id: $"{i}/{p}", Values: r.Condition.ToDictionary(t => t.Feature, t => t.Value))));
        builder.People(people, p => p.Id, _ => null, p => p.Values);
        Assert.True(FeasibilityAnalysis.Check(builder.Build()).IsFeasible);
    }

    [Property(MaxTest = 100)]
    public void Seats_of_combinations_add_up_within_the_quotas_of_their_parts(int seed)
    {
        RandomCase random = new(seed);
        PopulationInput[] rows = CrossTable([2, 3, 2], random.Count);
        rows[0] = rows[0].Change(number: 1);
        TargetMethod method = random.Below(2) == 0 ? TargetMethod.LargestRemainder : TargetMethod.SainteLague;
        IReadOnlyList<QuotaTarget> targets = QuotaTargets.Compute(Of(rows), random.Size, new TargetOptions { Method = method, Intersections = [["f0", "f1"], ["f0", "f1", "f2"]] });
        foreach (QuotaTarget target in targets)
        {
            Assert.Equal(target.IsWidened, target.Min != target.Seats || target.Max != target.Seats);
            foreach (int features in Enumerable.Range(2, 2).Where(f => f >= target.Group.Condition.Count))
            {
                QuotaTarget[] finer = [.. targets.Where(t => t.Group.Condition.Count == features && target.Group.Condition.All(t.Group.Condition.Contains))];
                if (finer.Length > 0)
                {
                    Assert.InRange(finer.Sum(t => t.Seats!.Value), target.Min, target.Max);
                }
            }
        }
    }

    [Fact]
    public void Values_of_a_sparse_cross_table_keep_the_order_of_its_rows()
    {
        Population population = Of([Row("young", "late", 3), Row("old", "early", 1), Row("old", "late", 2), Row("old", "later", 2)]);
        Assert.Equal(["early", "late", "later"], population.By("moved").Groups.Select(g => g.Condition[0].Value));
        Assert.Equal([1, 5, 2], population.By("moved").Groups.Select(g => (int)g.Weight));
        Assert.Equal(["late & young", "early & old", "late & old", "later & old"], population.By("Moved", " AGE ").Groups
            .OrderBy(g => g.Condition[1].Value == "old").Select(g => string.Join(" & ", g.Condition.Select(t => t.Value))));

        // Rows that contradict each other: as first named.
        Population unsorted = Of([Row("young", "late", 3), Row("young", "early", 1), Row("old", "early", 2), Row("old", "late", 2)]);
        Assert.Equal(["late", "early"], unsorted.By("moved").Groups.Select(g => g.Condition[0].Value));

        static PopulationInput Row(string age, string moved, int count) => new() { Condition = [new("age", age), new("moved", moved)], Number = count };
    }

    [Fact]
    public void Combinations_take_a_cross_table_that_has_them()
    {
        Population margins = Of(1, 2);
        Population table = Of(CrossTable([2, 2], () => 1));
        Assert.Throws<MalformedInputException>(() => QuotaTargets.Compute(margins, 3, new TargetOptions { Intersections = [["feature", "other"]] }));
        foreach (string[] combination in (string[][])[["f0"], ["f0", "f0"], ["f0", "f2"], []])
        {
            Assert.Throws<MalformedInputException>(() => QuotaTargets.Compute(table, 3, new TargetOptions { Intersections = [combination] }));
        }

        Assert.Throws<MalformedInputException>(() => QuotaTargets.Compute(table, 3, new TargetOptions { Intersections = [["f0", "f1"], ["F1", "f0"]] }));
        Assert.Throws<ArgumentOutOfRangeException>(() => QuotaTargets.Compute(table, 0));
    }

    private static string Quotas(Population population, int size, TargetOptions options) => string.Join(", ", QuotaTargets.Compute(population, size, options).Select(Line));

    private static string Line(QuotaTarget target) =>
        FormattableString.Invariant($"{string.Join(" & ", target.Group.Condition.Select(t => t.Value))} {target.Min}-{target.Max}");
}
