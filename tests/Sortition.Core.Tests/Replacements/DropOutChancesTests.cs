using FsCheck.Xunit;
using Sortition.Core.DropOuts;
using Sortition.Core.Problems;
using Sortition.Core.Tests.Problems;
using Xunit;
using static Sortition.Core.Tests.Problems.FaultAssert;

namespace Sortition.Core.Tests.Replacements;

public sealed class DropOutChancesTests
{
    private static readonly SelectionProblem Problem = new SelectionProblemBuilder(2)
        .Quota("gender", "female", 0, 2).Quota("gender", "male", 0, 2).Quota("age", "young", 0, 2).Quota("age", "old", 0, 2)
        .With(
            Row("p1", null, "gender=female", "age=young"), Row("p2", null, "gender=female", "age=old"),
            Row("p3", null, "gender=male", "age=young"), Row("p4", null, "gender=male", "age=old"))
        .Build();

    [Theory]
    [InlineData(0)]
    [InlineData(0.25)]
    [InlineData(1)]
    public void Everybody_is_equally_likely(double chance)
    {
        DropOutChances chances = DropOutChances.Equal(Problem, chance);
        Assert.Same(Problem, chances.Problem);
        Assert.Equal([chance, chance, chance, chance], chances.Chances);
    }

    [Fact]
    public void Those_named_have_their_own_chance()
    {
        PersonDropOut[] people = [new() { Id = " p3 ", Chance = 0.5 }, new() { Id = "p1", Chance = 1 }, new() { Id = "p3", Chance = 0.5 }];
        Assert.Equal([1, 0.1, 0.5, 0.1], DropOutChances.ByPerson(Problem, people, 0.1).Chances);
    }

    [Fact]
    public void Reasons_of_several_groups_add_up_as_independent_ones()
    {
        GroupDropOut[] groups =
        [
            Group(0.2, ("AGE", " Young ")),
            Group(0.5, ("gender", "female"), ("age", "young")),
            Group(0.25, ("age", "old"), ("gender", "female")),
        ];
        Assert.Equal([0.6, 0.25, 0.2, 0.125], DropOutChances.ByGroup(Problem, groups, 0.125).Chances.Select(c => Math.Round(c, 12)));
    }

    /// <summary>The share of repeated draws of reasons in which somebody has none is the product: checked in fractions, over all outcomes.</summary>
    [Property(MaxTest = 200)]
    public void The_chance_to_stay_is_that_no_reason_holds(int seed)
    {
        RandomSource random = RandomSource.Seeded(FormattableString.Invariant($"groups {seed}"));
        SelectionProblem problem = TinyPools.Problem(seed);
        List<GroupDropOut> groups = [];
        foreach (Feature feature in problem.Features)
        {
            groups.AddRange(feature.Values.Where(_ => random.NextBelow(2) == 0).Select(v => Group(random.NextBelow(5) / 4.0, (feature.Name, v))));
        }

        if (problem.Features.Count > 1)
        {
            groups.AddRange(problem.Features[1].Values.Select(v => Group(random.NextBelow(5) / 4.0, (problem.Features[0].Name, problem.Features[0].Values[0]), (problem.Features[1].Name, v))));
        }

        IReadOnlyList<double> chances = DropOutChances.ByGroup(problem, groups, 0.75).Chances;
        for (int i = 0; i < problem.People.Count; i++)
        {
            GroupDropOut[] own = [.. groups.Where(g => g.Condition.All(t => problem.People[i].Values[problem.Features.ToList().FindIndex(f => f.Name == t.Feature)] == t.Value))];
            double dropped = own.Length == 0 ? 0.75 : 0;
            for (int outcome = 1; outcome < 1 << own.Length; outcome++)
            {
                dropped += own.Select((g, bit) => (outcome >> bit & 1) == 1 ? g.Chance : 1 - g.Chance).Aggregate(1.0, (a, b) => a * b);
            }

            Assert.Equal(dropped, chances[i], 1e-12);
        }
    }

    [Fact]
    public void Every_fault_of_people_is_listed()
    {
        PersonDropOut[] people =
        [
            new() { Id = "p1", Chance = 0.1 },
            new() { Id = "p9", Chance = -0.1 },
            new() { Id = " ", Chance = 0.1 },
            new() { Id = "p1", Chance = 0.2, Location = new FaultLocation("chances.csv", 5, "chance") },
            new() { Id = "p2", Chance = double.NaN },
        ];
        Assert.Equal(
            """
            drop-out chances, line 2: a chance is out of range (p9), found "-0.1"; expected a chance from 0 to 1
            drop-out chances, line 2: nobody in the pool has this id (p9); expected the id of somebody in the pool
            drop-out chances, line 3: a person has no id; expected the id of somebody in the pool
            drop-out chances, line 5: a chance is out of range (p2), found "NaN"; expected a chance from 0 to 1
            chances.csv, line 5: two rows have this id and differ (p1); expected one chance for each id; another one stands at drop-out chances, line 1
            """,
            Faults(() => DropOutChances.ByPerson(Problem, people, 0)));
    }

    [Fact]
    public void Every_fault_of_groups_is_listed()
    {
        GroupDropOut[] groups =
        [
            Group(0.1, ("age", "young")),
            Group(1.5, ("Age", "YOUNG")),
            Group(0.1, ("age", "middle")),
            Group(0.1, ("income", "low"), ("gender", "")),
            Group(0.1),
            Group(0.1, ("age", "young"), ("age", "old")),
            Group(0.1, ("gender", "male"), ("age", "old")),
            new()
            {
                Condition = [new("age", "old"), new("gender", "male")],
                Chance = 0.1,
                Location = new FaultLocation("chances.csv", 9, "chance"),
            },
        ];
        Assert.Equal(
            """
            drop-out chances, line 2: a chance is out of range (Age = YOUNG), found "1.5"; expected a chance from 0 to 1
            drop-out chances, line 2: this group has a number already (Age = YOUNG); expected one row for each group
            drop-out chances, line 3: a value that no quota names (age = middle), found "middle"; expected one of: young, old
            drop-out chances, line 4: the quotas name no such feature (income = low & gender = ), found "income"; expected one of: gender, age
            drop-out chances, line 4: a feature or value has no name (income = low & gender = ); expected a name for every feature and value
            drop-out chances, line 5: a feature or value has no name; expected at least one feature and its value
            drop-out chances, line 6: a condition names one feature twice (age = young & age = old)
            chances.csv, line 9: this group has a number already (age = old & gender = male); expected one row for each group
            """,
            Faults(() => DropOutChances.ByGroup(Problem, groups, 0)));
    }

    [Theory]
    [InlineData(-1e-9)]
    [InlineData(1.0000001)]
    [InlineData(double.NaN)]
    public void A_chance_outside_its_range_is_misuse(double chance)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => DropOutChances.Equal(Problem, chance));
        Assert.Throws<ArgumentOutOfRangeException>(() => DropOutChances.ByPerson(Problem, [], chance));
        Assert.Throws<ArgumentOutOfRangeException>(() => DropOutChances.ByGroup(Problem, [], chance));
    }

    private static GroupDropOut Group(double chance, params (string Feature, string Value)[] terms) =>
        new() { Condition = [.. terms.Select(t => new FeatureValue(t.Feature, t.Value))], Chance = chance };

    private static string Faults(Func<object> make) => string.Join('\n', Assert.Throws<MalformedInputException>(make).Faults.Select(TextRenderer.English.Describe));
}
