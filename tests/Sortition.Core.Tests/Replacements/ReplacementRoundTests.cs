using Sortition.Core.Algorithms;
using Sortition.Core.Problems;
using Sortition.Core.Replacements;
using Xunit;

namespace Sortition.Core.Tests.Replacements;

public sealed class ReplacementRoundTests
{
    private const int Pools = 3_000;

    /// <summary>Property 12, and more: the panels of the residual problem are exactly the ways to make those who stay whole.</summary>
    [Fact]
    public void The_residual_problem_has_exactly_the_panels_that_make_the_survivors_whole()
    {
        int open = 0;
        int impossible = 0;
        int partlyUsedHouseholds = 0;
        for (int seed = 0; seed < Pools; seed++)
        {
            SelectionProblem problem = TinyPools.Problem(seed);
            RandomSource random = RandomSource.Seeded(FormattableString.Invariant($"dropouts {seed}"));
            (int[] confirmed, int[] declined) = Dropouts(problem, random, seed);
            int[][] wholes = [.. TinyPools.AllPanels(WithoutStatusOf(problem, declined)).Where(p => confirmed.All(p.Contains) && !declined.Any(p.Contains))];
            switch (ReplacementRound.Start(problem, Ids(problem, confirmed), Ids(problem, declined)))
            {
                case ReplacementResult.Infeasible none:
                    impossible++;
                    Assert.Empty(wholes);
                    Assert.NotEmpty(none.Report.Reasons);
                    Assert.All(none.Report.Reasons, reason => Assert.NotEmpty(TextRenderer.English.Describe(reason, none.Problem)));
                    break;
                case ReplacementResult.NotNeeded whole:
                    Assert.Equal(confirmed, whole.Panel.Members);
                    Assert.Equal(confirmed, Assert.Single(wholes));
                    break;
                case ReplacementResult.Open { Round: var round }:
                    open++;
                    partlyUsedHouseholds += round.Residual.Features.Count > problem.Features.Count ? 1 : 0;
                    List<int[]> replacements = TinyPools.AllPanels(round.Residual);
                    string[] found = [.. replacements.Select(r => string.Join(' ', r.Select(i => problem.IndexOf(round.Residual.People[i].Id)).Concat(confirmed).Order())).Order(StringComparer.Ordinal)];
                    Assert.Equal(wholes.Select(w => string.Join(' ', w)).Order(StringComparer.Ordinal), found);
                    break;
                default:
                    Assert.Fail("Unknown answer.");
                    break;
            }
        }

        Assert.True(open > 500 && impossible > 500 && partlyUsedHouseholds > 20, FormattableString.Invariant($"{open}, {impossible}, {partlyUsedHouseholds}"));
    }

    [Fact]
    public void Whatever_algorithm_draws_the_replacements_the_panel_is_whole()
    {
        int drawn = 0;
        IPanelAlgorithm[] algorithms = [new Leximin(), new Core.Algorithms.Maximin(), new Nash(), new Minimax(), new Goldilocks(1), new WeightedLeximin(), new Greedy()];
        for (int seed = 0; seed < 700; seed++)
        {
            SelectionProblem problem = TinyPools.Problem(seed);
            RandomSource random = RandomSource.Seeded(FormattableString.Invariant($"dropouts {seed}"));
            (int[] confirmed, int[] declined) = Dropouts(problem, random, seed);
            if (ReplacementRound.Start(problem, Ids(problem, confirmed), Ids(problem, declined)) is not ReplacementResult.Open { Round: var round }
                || algorithms[seed % algorithms.Length].DrawPanel(round.Residual, random) is not PanelResult.Drawn replacements)
            {
                continue;
            }

            drawn++;
            Panel whole = round.Complete(replacements.Panel);
            Assert.True(TinyPools.IsPanel(WithoutStatusOf(problem, declined), whole.Members));
            Assert.All(confirmed, i => Assert.Contains(i, whole.Members));
            Assert.All(declined, i => Assert.DoesNotContain(i, whole.Members));
            bool lostSomebodySure = declined.Any(i => problem.People[i].Status == PersonStatus.MustBeIn);
            Assert.Equal(!lostSomebodySure, ReferenceEquals(problem, whole.Problem));
        }

        Assert.True(drawn > 100, FormattableString.Invariant($"{drawn}"));
    }

    [Fact]
    public void Five_of_thirty_six_decline_and_are_replaced()
    {
        SelectionProblem problem = Instances.Load("albertslund", 36);
        Panel panel = new Leximin().Solve(problem).GetLotteryOrThrow().Draw(RandomSource.Seeded("4 2 6 1 3"));
        string[] declined = [.. panel.Ids.Take(5)];
        ReplacementRound round = ReplacementRound.Start(problem, panel.Ids.Skip(5), declined).GetRoundOrThrow();
        Assert.Equal((5, 547 - 36), (round.Residual.PanelSize, round.Residual.People.Count));
        PanelLottery lottery = Assert.IsType<SolveResult.Solved>(new Leximin().Solve(round.Residual)).Lottery;
        Assert.Equal(CertificateStatus.ProvenOptimal, lottery.Certificate.Status);
        Panel first = round.Complete(lottery.Draw(RandomSource.Seeded("a")));
        Assert.True(TinyPools.IsPanel(problem, first.Members));
        Assert.Equal(31, first.Ids.Intersect(panel.Ids).Count());

        // The same again gives the same.
        ReplacementRound again = ReplacementRound.Start(problem, panel.Ids.Skip(5).Reverse(), declined.Reverse()).GetRoundOrThrow();
        Assert.Equal(first.Members, again.Complete(new Leximin().Solve(again.Residual).GetLotteryOrThrow().Draw(RandomSource.Seeded("a"))).Members);
    }

    [Fact]
    public void Every_fault_is_listed()
    {
        SelectionProblem problem = Houses(limit: 1).MustBeOut("e").Build();
        MalformedInputException e = Assert.Throws<MalformedInputException>(() => ReplacementRound.Start(problem, ["a", "nobody", "b", "e"], ["b", " noone "]));
        Assert.Equal(
            [
                (CoreFaults.UnknownPerson, "confirmed", (object?)"nobody"),
                (CoreFaults.ContradictoryStatus, "confirmed", (object?)"e"),
                (CoreFaults.UnknownPerson, "declined", (object?)"noone"),
                (CoreFaults.ConfirmedAndDeclined, "declined", (object?)"b"),
            ],
            e.Faults.Select(f => (f.Code, f.Location.Source, f["subject"])));
        Assert.Contains("core/confirmed-and-declined (b)", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_confirmed_break_themselves_is_the_reason()
    {
        Assert.Contains("x: 1: 3 matching people must be in, but the maximum is 2.", Reasons(limit: 1, "a", "c", "e"), StringComparison.Ordinal);
        Assert.Contains("2 people of one household must be in, but the limit is 1.", Reasons(limit: 1, "a", "b"), StringComparison.Ordinal);
        Assert.Contains("5 people must be in, but the panel has 4 seats.", Reasons(limit: 2, "a", "b", "c", "d", "f"), StringComparison.Ordinal);

        static string Reasons(int limit, params string[] confirmed)
        {
            ReplacementResult.Infeasible none = Assert.IsType<ReplacementResult.Infeasible>(ReplacementRound.Start(Houses(limit).Build(), confirmed, []));
            Assert.Throws<InvalidOperationException>(none.GetRoundOrThrow);
            return string.Join('\n', none.Report.Reasons.Select(r => TextRenderer.English.Describe(r, none.Problem)));
        }
    }

    [Fact]
    public void Housemates_of_survivors_are_left_as_much_as_the_limit_leaves()
    {
        // Of limit 1 nothing is left.
        SelectionProblem one = ReplacementRound.Start(Houses(limit: 1).Build(), ["a"], []).GetRoundOrThrow().Residual;
        Assert.Equal(["d", "e", "f", "g"], one.People.Select(p => p.Id).Where(id => id != "c"));
        Assert.Single(one.Features);

        // Of limit 2 one seat is left to b and h together, and d lives with nobody who stays.
        SelectionProblem two = ReplacementRound.Start(Houses(limit: 2).Build(), ["a"], []).GetRoundOrThrow().Residual;
        Assert.Equal(["b", "c", "d", "e", "f", "g", "h"], two.People.Select(p => p.Id));
        Assert.Equal("lives with a survivor: household 1 0-1", two.Quotas[^1].ToString());
        Assert.Equal(["b", "h"], two.People.Where(p => two.Matches(p, two.Quotas[^1])).Select(p => p.Id));
        Assert.Equal(2, two.HouseholdLimit);
    }

    [Fact]
    public void Replacements_of_another_round_do_not_fit()
    {
        SelectionProblem problem = Houses(limit: 1).Build();
        ReplacementRound round = ReplacementRound.Start(problem, ["a"], []).GetRoundOrThrow();
        Panel other = new Leximin().Solve(problem).GetLotteryOrThrow().Draw(RandomSource.Seeded("a"));
        Assert.Throws<ArgumentException>(() => round.Complete(other));
    }

    /// <summary>Households a b h, c d, and e, f, g alone; at most two of x = 1 (a, c, e).</summary>
    private static SelectionProblemBuilder Houses(int limit) => new SelectionProblemBuilder(4)
        .Quota("x", "1", 0, 2)
        .Quota("x", "2", 0, 4)
        .HouseholdLimit(limit)
        .People(
            new[] { ("a", "1", "H"), ("b", "2", "H"), ("h", "2", "H"), ("c", "1", "I"), ("d", "2", "I"), ("e", "1", ""), ("f", "2", ""), ("g", "2", "") },
            p => p.Item1,
            p => p.Item3,
            p => new Dictionary<string, string> { ["x"] = p.Item2 });

    /// <summary>Mostly some of a panel and dropouts from it, so that there is something to replace; sometimes anybody.</summary>
    private static (int[] Confirmed, int[] Declined) Dropouts(SelectionProblem problem, RandomSource random, int seed)
    {
        List<int[]> panels = TinyPools.AllPanels(problem);
        int[] panel = panels.Count > 0 && seed % 5 > 0 ? panels[(int)random.NextBelow(panels.Count)] : [.. Enumerable.Range(0, problem.People.Count)];
        int[] free = [.. panel.Where(i => problem.People[i].Status != PersonStatus.MustBeOut)];
        int[] confirmed = [.. free.Where(_ => random.NextBelow(100) < 55)];
        int[] declined = [.. Enumerable.Range(0, problem.People.Count).Where(i => !confirmed.Contains(i) && random.NextBelow(100) < (panel.Contains(i) ? 60 : 10))];
        return (confirmed, declined);
    }

    /// <summary>The problem as it stands once people are gone: nobody of them must be in.</summary>
    private static SelectionProblem WithoutStatusOf(SelectionProblem problem, int[] declined)
    {
        Person[] people = [.. problem.People];
        foreach (int i in declined)
        {
            people[i] = new Person(people[i].Id, people[i].Vector, people[i].Household, PersonStatus.Free, 1);
        }

        return new SelectionProblem(problem.PanelSize, problem.Features, problem.Quotas, people, problem.HouseholdLimit, []);
    }

    private static IEnumerable<string> Ids(SelectionProblem problem, int[] people) => people.Select(i => problem.People[i].Id);
}
