using Sortition.Core.Problems;
using Xunit;

namespace Sortition.Core.Tests.Problems;

/// <summary>Problems and panels as values: equality, the content hash, the way back to a builder.</summary>
public class ContentTests
{
    [Fact]
    public void Problems_with_one_content_are_equal_whatever_the_order_of_rows()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            SelectionProblem one = TinyPools.Problem(seed);
            SelectionProblem again = TinyPools.Problem(seed);
            Assert.NotSame(one, again);
            Assert.Equal(one, again);
            Assert.Equal(one.GetHashCode(), again.GetHashCode());
            Assert.Equal(one.ContentHash, again.ContentHash);
            Assert.Equal(one.Quotas, again.Quotas);
            Assert.Matches("^[0-9a-f]{64}$", one.ContentHash);
        }
    }

    [Fact]
    public void Whatever_changes_a_problem_changes_its_hash()
    {
        string[] hashes =
        [
            .. Changes().Select(change => change(new SelectionProblemBuilder(2)).Build().ContentHash),
            new SelectionProblemBuilder(3).Build().ContentHash,
        ];
        Assert.Equal(hashes.Length, hashes.Distinct().Count());
    }

    [Fact]
    public void A_problem_taken_back_to_its_builder_is_the_same()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            SelectionProblem problem = TinyPools.Problem(seed);
            SelectionProblem again = problem.ToBuilder().Build();
            Assert.Equal(problem, again);
            Assert.Equal(problem.TypeTable.TypeOf, again.TypeTable.TypeOf);
        }
    }

    [Fact]
    public void A_builder_taken_from_a_problem_takes_changes()
    {
        SelectionProblem problem = new SelectionProblemBuilder(2).HouseholdLimit(1).Quota("side", "left", 1, 1).Quota("side", "right", 1, 1)
            .People(["a", "b", "c"], id => id, id => id == "c" ? null : "home", id => new Dictionary<string, string> { ["side"] = id == "a" ? "left" : "right" })
            .Build();
        SelectionProblem changed = problem.ToBuilder().ClearQuotas().Quota("side", "left", 0, 2).MustBeOut("c")
            .People(["d"], new PersonReader<string> { Id = id => id, Value = (_, _) => "left", Household = _ => "0" })
            .Build();
        Assert.Equal(["a", "b", "c", "d"], changed.People.Select(p => p.Id));
        Assert.Equal(PersonStatus.MustBeOut, changed.People[2].Status);
        Assert.Equal([0, 0, null, 0], changed.People.Select(p => p.Household));
        Assert.Equal("side: left 0-2", Assert.Single(changed.Quotas).ToString());
        Assert.NotEqual(problem, changed);
        MalformedInputException twice = Assert.Throws<MalformedInputException>(() => problem.ToBuilder().Quota("side", "left", 0, 2).Build());
        Assert.Same(CoreFaults.DuplicateQuota, Assert.Single(twice.Faults).Code);
    }

    [Fact]
    public void Panels_of_equal_problems_with_the_same_members_are_equal()
    {
        SelectionProblem problem = Instances.Alternate(8, 2);
        SelectionProblem again = Instances.Alternate(8, 2);
        Panel panel = new Leximin().Solve(problem).GetLotteryOrThrow().Draw(RandomSource.Seeded("one"));
        Panel same = Panel.Create(again, panel.Ids.Reverse());
        Assert.Equal(panel, same);
        Assert.Equal(panel.GetHashCode(), same.GetHashCode());
        Assert.Equal(string.Join(", ", panel.Ids), panel.ToString());
        Assert.Single(new HashSet<Panel> { panel, same });
        Assert.NotEqual(panel, Panel.Create(again.Loosen(new Constraint(ConstraintKind.QuotaMaximum, again.Quotas[0])), panel.Ids));
        Assert.NotEqual(panel, new Leximin().Solve(again).GetLotteryOrThrow().Draw(RandomSource.Seeded("one"), 50).First(p => !p.Ids.SequenceEqual(panel.Ids)));
    }

    [Fact]
    public void Chances_by_id_are_those_by_person()
    {
        PanelLottery lottery = new Leximin().Solve(Instances.Load("mass_like_24", 24)).GetLotteryOrThrow();
        IReadOnlyDictionary<string, double> chances = lottery.ProbabilitiesById();
        Assert.Equal(lottery.Problem.People.Select(p => p.Id), chances.Keys);
        Assert.Equal(lottery.SelectionProbabilities(), chances.Values);
        Assert.All(chances, c => Assert.Equal(lottery.ProbabilityOf(c.Key), c.Value));
    }

    [Fact]
    public void Nulls_from_a_host_are_faults_with_their_rows()
    {
        string?[] rows = ["a", null, "c", "d"];
        SelectionProblemBuilder builder = new SelectionProblemBuilder(1).Quota("side", "left", 0, 1)
            .People(rows, id => id == "c" ? null : id, null, id => id == "d" ? null! : new Dictionary<string, string> { ["side"] = "left" });
        MalformedInputException exception = Assert.Throws<MalformedInputException>(builder.Build);
        Assert.Equal(
            [
                "people, line 2: there is no person in this row; expected a person",
                "people, line 3, column \"id\": a person has no id; expected an id",
                "people, line 4, column \"side\": a value is missing (d); expected left",
            ],
            exception.Faults.Select(TextRenderer.English.Describe));
    }

    [Fact]
    public void Values_say_what_they_are_in_a_debugger()
    {
        SelectionProblem problem = Instances.Alternate(8, 2);
        Assert.Equal("2 of 8, 4 quotas", problem.ToString());
        Assert.Matches("^leximin: [0-9]+ panels, proven optimal$", new Leximin().Solve(problem).GetLotteryOrThrow().ToString());
    }

    private static IEnumerable<Func<SelectionProblemBuilder, SelectionProblemBuilder>> Changes()
    {
        yield return b => b;
        yield return b => b.HouseholdLimit(1);
        yield return b => b.HouseholdLimit(2);
        yield return b => b.Feature("f", "a");
        yield return b => b.Feature("f", "a", "b");
        yield return b => b.Feature("f", "b", "a");
        yield return b => b.Feature("fa");
        yield return b => b.Quota("f", "a", 0, 1);
        yield return b => b.Quota("f", "a", 0, 2);
        yield return b => b.Quota("f", "a", 1, 1);
        yield return b => b.Quota("f", "a", 0, 1, 0);
        yield return b => b.Quota("f", "a", 0, 1, null, 1);
        yield return b => b.Quota("f", "a", 0, 1).Quota("f", "b", 0, 1);
        yield return b => b.Feature("f", "a", "b").Quota("f", "b", 0, 1).Quota("f", "a", 0, 1);
        yield return b => b.People(["x"], Reader());
        yield return b => b.People(["y"], Reader());
        yield return b => b.People(["x", "y"], Reader());
        yield return b => b.People(["x", "y"], Reader(household: _ => "h"));
        yield return b => b.People(["x"], Reader()).MustBeIn("x");
        yield return b => b.People(["x"], Reader()).MustBeOut("x");
        yield return b => b.People(["x"], Reader(entitlement: _ => 2));

        static PersonReader<string> Reader(Func<string, string?>? household = null, Func<string, double>? entitlement = null) =>
            new() { Id = id => id, Value = (_, _) => "a", Household = household, Entitlement = entitlement };
    }
}
