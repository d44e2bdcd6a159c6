using Sortition.Core.Algorithms;
using Xunit;

namespace Sortition.Core.Tests.Fairness;

/// <summary>The published choices of γ, worked out by hand.</summary>
public class GoldilocksGammaTests
{
    [Fact]
    public void From_lotteries_it_is_the_product_of_the_best_extremes_in_units_of_the_mean()
    {
        // Three seats, at most one for four red people: the lowest chance is 1/4 at best, the highest 2/6; n/k = 10/3.
        SelectionProblem problem = Problem(3, ("red", 4, 0, 1), ("blue", 6, 0, 3));
        PanelLottery maximin = new Core.Algorithms.Maximin().Solve(problem).GetLotteryOrThrow();
        PanelLottery minimax = new Minimax().Solve(problem).GetLotteryOrThrow();
        Assert.Equal(100 / 9.0 / 12, Goldilocks.GammaFromLotteries(maximin, minimax), 9);
        Assert.Equal(100 / 9.0 / 12, Goldilocks.GammaFromLotteries(new Leximin().Solve(problem).GetLotteryOrThrow(), minimax), 9);
        Assert.Throws<ArgumentException>(() => Goldilocks.GammaFromLotteries(maximin, new Minimax().Solve(Problem(1, ("red", 1, 1, 1))).GetLotteryOrThrow()));
    }

    [Fact]
    public void Only_covered_people_count()
    {
        // Five more people can be on no panel.
        SelectionProblem problem = Problem(3, ("red", 4, 0, 1), ("blue", 6, 0, 3), ("green", 5, 0, 0));
        PanelLottery maximin = new Core.Algorithms.Maximin().Solve(problem).GetLotteryOrThrow();
        Assert.Equal(100 / 9.0 / 12, Goldilocks.GammaFromLotteries(maximin, new Minimax().Solve(problem).GetLotteryOrThrow()), 9);
    }

    [Fact]
    public void From_quotas_it_is_the_product_of_the_extreme_ratios_of_quota_and_pool()
    {
        // red: middle 1 of 4 seats against 2 of 10 people: 1/4 · 10/2 = 5/4. blue: middle 3 of 4 against 8 of 10: 15/16. green, grey: nobody, and nothing allowed.
        Assert.Equal(5 / 4.0 * 15 / 16, Goldilocks.GammaFromQuotas(Problem(4, ("red", 2, 0, 2), ("blue", 8, 2, 4), ("green", 0, 0, 4))), 12);
        Assert.Equal(Math.Pow(2 / 12.0 * 15 / 2, 2), Goldilocks.GammaFromQuotas(Problem(6, ("red", 2, 0, 2), ("grey", 13, 0, 0))), 12);
    }

    [Fact]
    public void Without_quotas_it_is_1()
    {
        SelectionProblem problem = new SelectionProblemBuilder(1).People(["a", "b"], id => id, null, _ => new Dictionary<string, string>()).Build();
        Assert.Equal(1, Goldilocks.GammaFromQuotas(problem));
    }

    private static SelectionProblem Problem(int panelSize, params (string Colour, int People, int Min, int Max)[] groups)
    {
        SelectionProblemBuilder builder = new(panelSize);
        foreach ((string colour, _, int min, int max) in groups)
        {
            builder.Quota("colour", colour, min, max);
        }

        return builder.People(
            groups.SelectMany(g => Enumerable.Range(1, g.People).Select(i => FormattableString.Invariant($"{g.Colour} {i}"))),
            id => id,
            null,
            id => new Dictionary<string, string> { ["colour"] = id.Split(' ')[0] }).Build();
    }
}
