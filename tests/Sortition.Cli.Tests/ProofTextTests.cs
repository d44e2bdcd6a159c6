using Sortition.Core;

namespace Sortition.Cli.Tests;

/// <summary>What is said of lotteries that are not proven to be the best.</summary>
public sealed class ProofTextTests
{
    private static readonly PanelLottery s_lottery = Lottery();

    [Theory]
    [InlineData("leximin", 0.25, 0.5, "this lottery gives everyone at least 25.000 %; all that is known is that no lottery can give everyone more than 50.000 % (gap 0.5).")]
    [InlineData("maximin", 0.25, 0.5, "this lottery gives everyone at least 25.000 %; all that is known is that no lottery can give everyone more than 50.000 % (gap 0.5).")]
    [InlineData("maximin", 0.25, 1, "this lottery gives everyone at least 25.000 %; how much better another could be is not known.")]
    [InlineData("weighted-leximin", 0.25, 0.5, "at least 25.000 % for each unit of what they are entitled to; all that is known is that no lottery can give everyone more than 50.000 % for each unit")]
    [InlineData("nash", 0.25, 0.5, "chances with a geometric mean of 25.000 %; all that is known is that no lottery gives everyone chances with a geometric mean above 50.000 % (gap 0.5).")]
    [InlineData("minimax", 0.5, 0.25, "this lottery gives nobody more than 50.000 %; all that is known is that in every lottery somebody has a chance of 25.000 % or more (gap 0.5).")]
    [InlineData("goldilocks", 4, 3, "its balance of the highest and the lowest chance is 4.0000 (γ = 2); all that is known is that no lottery's can be below 3.0000 (gap 0.25).")]
    [InlineData("goldilocks", double.PositiveInfinity, 3, "how much better another could be is not known.")]
    public void What_is_known_is_said(string objective, double value, double bound, string expected)
    {
        PanelLottery lottery = With(objective, value, bound);
        Assert.StartsWith("Not proven, since the time limit cut the work off: ", ProofText.Of(Language.English, lottery, isCutOff: true), StringComparison.Ordinal);
        Assert.StartsWith("Not proven to be the best: ", ProofText.Of(Language.English, lottery, isCutOff: false), StringComparison.Ordinal);
        Assert.Contains(expected, ProofText.Of(Language.English, lottery, isCutOff: false), StringComparison.Ordinal);
    }

    [Fact]
    public void Epsilon_is_said_and_counts_as_proven_also_where_the_work_was_cut_off_after_it()
    {
        Certificate near = new(
            objective: LotteryAlgorithms.FindObjective("leximin", null), status: CertificateStatus.EpsilonLeximin, value: 0.5, bound: 0.5, claims: [], epsilon: 2.4e-9);
        PanelLottery lottery = PanelLottery.Create(s_lottery.Problem, s_lottery.Panels.Select(p => (p.Seats, p.Weight)), [], near);
        foreach (bool isCutOff in (bool[])[false, true])
        {
            string text = ProofText.Of(Language.English, lottery, isCutOff);
            Assert.StartsWith("Proven, but for ε = 2.4E-09: no lottery is better than chances from which nobody's here is further than ε; ", text, StringComparison.Ordinal);
        }

        Assert.True(ProofText.IsProven(lottery));
        Assert.False(ProofText.IsProven(With("leximin", 0.25, 0.5)));
    }

    private static PanelLottery With(string objective, double value, double bound) => PanelLottery.Create(
        s_lottery.Problem,
        s_lottery.Panels.Select(p => (p.Seats, p.Weight)),
        [],
        new Certificate(objective: LotteryAlgorithms.FindObjective(objective, objective == "goldilocks" ? 2 : null), status: CertificateStatus.NotProven, value: value, bound: bound, claims: []));

    private static PanelLottery Lottery()
    {
        SelectionProblem problem = new SelectionProblemBuilder(1).People(["a", "b"], id => id, null, _ => new Dictionary<string, string>()).Build();
        return new Leximin().Solve(problem).GetLotteryOrThrow();
    }
}
