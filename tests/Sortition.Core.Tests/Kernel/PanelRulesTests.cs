using FsCheck.Xunit;
using Sortition.Core.Lotteries;
using Xunit;

namespace Sortition.Core.Tests.Kernel;

/// <summary>The quick check of a panel against the definition, person by person.</summary>
public class PanelRulesTests
{
    [Property(MaxTest = 200)]
    public void Any_list_of_people_is_judged_as_by_the_definition_and_every_breach_is_told(int seed)
    {
        SelectionProblem problem = TinyPools.Problem(seed);
        PanelRules rules = new(problem);
        RandomSource random = RandomSource.Seeded(FormattableString.Invariant($"lists {seed}"));
        for (int list = 0; list < 40; list++)
        {
            // Mostly as many as there are seats; in any order, and people may come twice.
            int count = random.NextBelow(4) == 0 ? (int)random.NextBelow(6) : problem.PanelSize;
            int[] members = [.. Enumerable.Range(0, count).Select(_ => (int)random.NextBelow(problem.People.Count))];
            string expected = string.Join('\n', Breaches(problem, members));
            Assert.Equal(expected, string.Join('\n', rules.FindBreaches(members).Select(Told)));
            Assert.Equal(expected.Length == 0, rules.IsFeasible(members));
            Assert.Equal(TinyPools.IsPanel(problem, members), rules.IsFeasible(members));
        }

        foreach (int[] panel in TinyPools.AllPanels(problem).Take(20))
        {
            Assert.True(rules.IsFeasible([.. panel.Reverse()]));
            Assert.Empty(rules.FindBreaches(panel));
        }
    }

    [Fact]
    public void Large_panels_are_judged_too()
    {
        const int People = 3000;
        SelectionProblem problem = new SelectionProblemBuilder(1000)
            .Quota("f", "v", 500, 500)
            .Quota("f", "w", 500, 1000)
            .HouseholdLimit(2)
            .People(Enumerable.Range(0, People), i => $"{i:0000}", i => $"{i / 3}", i => new Dictionary<string, string> { ["f"] = i % 2 == 0 ? "v" : "w" })
            .Build();
        PanelRules rules = new(problem);
        int[] members = [.. Enumerable.Range(0, 1500).Where(i => i % 3 != 2)];
        Assert.True(rules.IsFeasible(members));

        // 1 is exchanged for its housemate 2, so that one more has v; then 4 for 2, so that three live together.
        Assert.False(rules.IsFeasible(With(1, 2)));
        Assert.Equal([PanelBreachKind.QuotaMaximum, PanelBreachKind.QuotaMinimum], rules.FindBreaches(With(1, 2)).Select(b => b.Kind));
        Assert.False(rules.IsFeasible(With(4, 2)));
        Assert.Equal([PanelBreachKind.HouseholdLimit], rules.FindBreaches(With(4, 2)).Select(b => b.Kind));

        int[] With(int leaves, int comes) => [.. members.Select(i => i == leaves ? comes : i)];
    }

    [Fact]
    public void A_check_allocates_nothing()
    {
        SelectionProblem problem = Instances.Load("albertslund", 36, builder => builder.HouseholdLimit(1));
        PanelRules rules = new(problem);
        int[] members = [.. Enumerable.Range(0, 36)];
        rules.IsFeasible(members);
        long before = GC.GetAllocatedBytesForCurrentThread();
        bool isFeasible = rules.IsFeasible(members);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.False(isFeasible);
    }

    [Fact]
    public void People_must_be_in_the_pool()
    {
        SelectionProblem problem = TinyPools.Problem(3);
        PanelRules rules = new(problem);
        int[] members = [.. Enumerable.Range(0, problem.PanelSize)];
        foreach (int nobody in new[] { -1, problem.People.Count })
        {
            members[0] = nobody;
            Assert.Throws<ArgumentOutOfRangeException>("members", () => rules.IsFeasible(members));
            Assert.Throws<ArgumentOutOfRangeException>("members", () => rules.FindBreaches(members));
        }

        Assert.Throws<ArgumentNullException>(() => new PanelRules(null!));
    }

    private static string Told(PanelBreach b) => $"{b.Kind} {b.Quota} {b.Count}: {string.Join(',', b.People)}";

    private static IEnumerable<string> Breaches(SelectionProblem problem, int[] members)
    {
        if (members.Length != problem.PanelSize)
        {
            yield return $"PanelSize  {members.Length}: {List(members)}";
        }

        foreach (int i in members.Distinct().Order().Where(i => members.Count(m => m == i) > 1))
        {
            yield return $"NamedTwice  {members.Count(m => m == i)}: {i}";
        }

        int[] outside = [.. members.Where(i => problem.People[i].Status == PersonStatus.MustBeOut)];
        if (outside.Length > 0)
        {
            yield return $"MustBeOut  {outside.Length}: {List(outside)}";
        }

        int[] inside = [.. Enumerable.Range(0, problem.People.Count).Where(i => problem.People[i].Status == PersonStatus.MustBeIn)];
        if (!inside.All(members.Contains))
        {
            yield return $"MustBeIn  {inside.Count(members.Contains)}: {List(inside.Except(members))}";
        }

        if (problem.HouseholdLimit is int limit)
        {
            int[][] households = [.. members.Where(i => problem.People[i].Household is not null).GroupBy(i => problem.People[i].Household).Select(g => g.Order().ToArray())];
            foreach (int[] household in households.Where(h => h.Length > limit).OrderBy(h => h[0]))
            {
                yield return $"HouseholdLimit  {household.Length}: {List(household)}";
            }
        }

        foreach (Quota quota in problem.Quotas)
        {
            int[] matching = [.. members.Where(i => problem.Matches(problem.People[i], quota))];
            if (matching.Length < quota.Min || matching.Length > quota.Max)
            {
                yield return $"{(matching.Length < quota.Min ? "QuotaMinimum" : "QuotaMaximum")} {quota} {matching.Length}: {List(matching)}";
            }
        }
    }

    private static string List(IEnumerable<int> people) => string.Join(',', people.Distinct().Order());
}
