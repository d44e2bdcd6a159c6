using FsCheck.Xunit;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Xunit;
using static Sortition.Core.Tests.Problems.FaultAssert;

namespace Sortition.Core.Tests.Lotteries;

/// <summary>A panel is what every rule allows, and nothing else.</summary>
public sealed class PanelTests
{
    [Fact]
    public void A_panel_knows_its_members_in_order()
    {
        SelectionProblem problem = Pool();
        Panel panel = Panel.Create(problem, ["in", "b"]);
        Assert.Equal(["b", "in"], panel.Ids);
        Assert.Equal([problem.IndexOf("b"), problem.IndexOf("in")], panel.Members);
        Assert.Same(problem, panel.Problem);
    }

    [Theory]
    [InlineData("nobody in the pool has this id (z); expected the id of somebody in the pool", "z", "in")]
    [InlineData("there are 1 members, not 2", "in")]
    [InlineData("there are 3 members, not 2", "in", "a", "b")]
    [InlineData("in is named twice", "in", "in")]
    [InlineData("out must be out", "in", "out")]
    [InlineData("in must be in", "a", "c")]
    [InlineData("more than 1 member(s) share a household with in", "in", "d")]
    [InlineData("2 members match the quota f: w 0-1", "in", "c")]
    public void People_who_break_a_rule_are_refused_with_the_rule(string reason, params string[] ids) =>
        Assert.Contains("panel: " + reason, Assert.Throws<MalformedInputException>(() => Panel.Create(Pool(), ids)).Faults.Select(TextRenderer.English.Describe));

    [Fact]
    public void Every_rule_that_people_break_is_told() => Assert.Equal(
        ["panel: there are 3 members, not 2", "panel: out must be out", "panel: more than 1 member(s) share a household with in"],
        Assert.Throws<MalformedInputException>(() => Panel.Create(Pool(), ["in", "d", "out"])).Faults.Select(TextRenderer.English.Describe));

    [Fact]
    public void Missing_arguments_are_misuse()
    {
        Assert.Throws<ArgumentNullException>(() => Panel.Create(null!, []));
        Assert.Throws<ArgumentNullException>(() => Panel.Create(Pool(), null!));
    }

    [Property(MaxTest = 200)]
    public void Sets_of_people_are_panels_exactly_if_the_definition_says_so(int seed)
    {
        SelectionProblem problem = TinyPools.Problem(seed);
        HashSet<string> panels = [.. TinyPools.AllPanels(problem).Select(p => string.Join(',', p))];
        for (int set = 0; set < 1 << problem.People.Count; set++)
        {
            int[] members = [.. Enumerable.Range(0, problem.People.Count).Where(i => (set >> i & 1) == 1)];
            FaultList faults = new();
            new PanelRules(problem).Check(members, new FaultLocation("panel"), faults);
            Assert.Equal(panels.Contains(string.Join(',', members)), faults.Count == 0);
        }
    }

    private static SelectionProblem Pool() =>
        new SelectionProblemBuilder(2).Quota("f", "w", 0, 1).Feature("f", "v").HouseholdLimit(1)
            .With(Row("a", null, "f=v"), Row("b", null, "f=v"), Row("c", null, "f=w"), Row("d", "1", "f=v"), Row("in", "1", "f=w"), Row("out", null, "f=v"))
            .MustBeIn("in").MustBeOut("out").Build();
}
