using Sortition.Core.Problems;
using Sortition.Core.Targets;
using Xunit;

namespace Sortition.Core.Tests.Targets;

/// <summary>What is wrong with a population, all at once; and percentages, whose sum is seldom 100.</summary>
public sealed class PopulationFaultTests
{
    [Fact]
    public void Every_fault_is_listed_with_its_place()
    {
        PopulationBuilder builder = new PopulationBuilder(PopulationMeasure.Count)
            .Group("gender", "female", -1)
            .Group("gender", " Female ", 2)
            .Group("gender", "", 2)
            .Group("age", "old", 1_000_000_000_000_001)
            .Group(new PopulationInput { Condition = [new("a", "x"), new("A", "y")], Number = 1 })
            .Group(new PopulationInput { Condition = [new("a", "x"), new("b", "y")], Number = 1 })
            .Group(new PopulationInput { Condition = [], Number = 1 });
        Assert.Equal(
            [
                (CoreFaults.NegativeNumber, 1), (CoreFaults.DuplicateGroup, 2), (CoreFaults.MissingName, 3), (CoreFaults.NumberTooLarge, 4), (CoreFaults.FeatureTwiceInCondition, 5),
                (CoreFaults.MixedGroups, 6), (CoreFaults.EmptyCondition, 7),
            ],
            Faults(builder).Select(f => (f.Code, f.Location.Line!.Value)));
    }

    [Fact]
    public void A_cross_table_has_the_same_features_in_every_row_in_any_order()
    {
        PopulationInput first = new() { Condition = [new("a", "x"), new("b", "y")], Number = 1 };
        Assert.Equal(2, Populations.Of([first, new() { Condition = [new("B", "z"), new("A", "x")], Number = 1 }]).By("b").Groups.Count);
        Assert.Equal(CoreFaults.DuplicateGroup, Assert.Single(Faults(Builder(first, new() { Condition = [new("b", "Y"), new("a", "x")], Number = 1 }))).Code);
        Assert.Equal(CoreFaults.MixedGroups, Assert.Single(Faults(Builder(first, new() { Condition = [new("a", "x")], Number = 1 }))).Code);
        Assert.Equal(CoreFaults.MixedGroups, Assert.Single(Faults(Builder(first, new() { Condition = [new("a", "x"), new("c", "x")], Number = 1 }))).Code);
    }

    [Fact]
    public void Somebody_must_be_counted()
    {
        Assert.Equal(CoreFaults.EmptyPopulation, Assert.Single(Faults(new PopulationBuilder(PopulationMeasure.Count))).Code);
        Assert.Equal("gender", Assert.Single(Faults(new PopulationBuilder(PopulationMeasure.Count).Group("gender", "female", 0).Group("gender", "male", 0).Group("age", "old", 1)))["subject"]);
    }

    [Theory]
    [InlineData("50 50", null)]
    [InlineData("33.3 33.3 33.3", "99.9")]
    [InlineData("33.4 33.3 33.4", "100.1")]
    [InlineData("33.3 33.3 33.0", "99.6")]
    [InlineData("20 20 20 20 20.5", "100.5")]
    public void Percentages_add_up_but_for_rounding(string numbers, string? sum) =>
        Assert.Equal(sum, Percentages(numbers).Build().Breakdowns[0].PercentageSum?.ToString(System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("0.5 0.50", null)]
    [InlineData("0.333 0.333 0.333", "0.999")]
    [InlineData("0.335 0.335 0.335", "1.005")]
    public void Parts_of_one_add_up_but_for_rounding(string numbers, string? sum)
    {
        Assert.Equal(sum, Numbers(PopulationMeasure.Share, numbers).Build().Breakdowns[0].PercentageSum?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(CoreFaults.SharesOrPercent, Assert.Single(Faults(Numbers(PopulationMeasure.Percentage, numbers))).Code);
    }

    [Theory]
    [InlineData("50 48")]
    [InlineData("33 33 33")]
    [InlineData("50 50.6")]
    [InlineData("1 1 0")]
    [InlineData("0.3 0.3 0.2")]
    public void Other_sums_are_faults(string numbers) => Assert.Equal(CoreFaults.PercentagesDoNotAddUp, Assert.Single(Faults(Percentages(numbers))).Code);

    private static PopulationBuilder Percentages(string numbers) => Numbers(PopulationMeasure.Percentage, numbers);

    private static PopulationBuilder Numbers(PopulationMeasure measure, string numbers)
    {
        PopulationBuilder builder = new(measure);
        foreach ((string number, int index) in numbers.Split(' ').Select((n, i) => (n, i)))
        {
            builder.Group("f", $"v{index}", decimal.Parse(number, System.Globalization.CultureInfo.InvariantCulture));
        }

        return builder;
    }

    private static PopulationBuilder Builder(params PopulationInput[] groups)
    {
        PopulationBuilder builder = new(PopulationMeasure.Count);
        Array.ForEach(groups, g => builder.Group(g));
        return builder;
    }

    private static IReadOnlyList<Fault> Faults(PopulationBuilder builder) => Assert.Throws<MalformedInputException>(builder.Build).Faults;
}
