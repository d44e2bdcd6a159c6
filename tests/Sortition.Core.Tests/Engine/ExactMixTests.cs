using System.Numerics;
using Sortition.Core.Certificates;
using Sortition.Core.Engine.Mixing;
using Sortition.Core.Engine.Polytope;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Sortition.Core.Tests.Objectives;
using Xunit;

namespace Sortition.Core.Tests.Engine;

/// <summary>Mixes that are to have given fractions, by hand; and lotteries that miss theirs by a hair.</summary>
public class ExactMixTests
{
    // Pairs out of four people.
    private static readonly TypeSeats[][] s_pairs = [.. from a in Enumerable.Range(0, 4) from b in Enumerable.Range(a + 1, 3 - a) select (TypeSeats[])[new(a, 1), new(b, 1)]];

    [Theory]
    [InlineData(0.1, "3602879701896397/36028797018963968")]
    [InlineData(3, "3/1")]
    [InlineData(-2.5, "-5/2")]
    [InlineData(0, "0/1")]
    public void A_floating_point_number_is_a_fraction(double number, string fraction)
    {
        Fraction exact = Fraction.Of(number);
        Assert.Equal(fraction, $"{exact.Top}/{exact.Bottom}");
        Assert.Equal(number, exact.ToDouble());
    }

    [Fact]
    public void Fractions_are_kept_in_lowest_terms_and_rounded_to_the_nearest()
    {
        Fraction third = new(-2, -6);
        Assert.Equal((BigInteger.One, new BigInteger(3)), (third.Top, third.Bottom));
        Assert.Equal(new Fraction(5, 6), third + new Fraction(1, 2));
        Assert.Equal(new Fraction(-1, 6), third - new Fraction(1, 2));
        Assert.Equal(new Fraction(2, 3), third / new Fraction(1, 2));
        Assert.Equal(default, third - third);
        Assert.Equal(new BigInteger(85), third.RoundTo(8));
        Assert.Equal(new BigInteger(171), (third * 2L).RoundTo(8));
    }

    [Fact]
    public void Fractions_are_reached_to_the_last_unit()
    {
        Fraction[] wanted = [new(1, 7), new(3, 7), new(4, 7), new(6, 7)];
        IReadOnlyList<PanelComposition> mix = ExactMix.Solve(s_pairs, [1, 1, 1, 1], Nullable(wanted), default)!;
        Assert.Equal(PanelLottery.WeightTotal, mix.Sum(p => p.Weight));
        AssertReached(wanted, mix);
    }

    /// <summary>The last is on every panel, so that pairs without have no probability at all: the mix lies at the edge of what the panels can do.</summary>
    [Fact]
    public void Panels_that_must_not_be_used_are_not()
    {
        Fraction[] wanted = [new(1, 11), new(3, 11), new(7, 11), 1L];
        IReadOnlyList<PanelComposition> mix = ExactMix.Solve(s_pairs, [1, 1, 1, 1], Nullable(wanted), default)!;
        Assert.All(mix, panel => Assert.Contains(panel.Seats, s => s.Type == 3));
        AssertReached(wanted, mix);
    }

    [Fact]
    public void What_no_mix_has_is_not_found()
    {
        Assert.Null(ExactMix.Solve(s_pairs, [1, 1, 1, 1], Nullable([new(0, 1), new(1, 2), new(1, 2), new(11, 10)]), default));
        Assert.Null(ExactMix.Solve(s_pairs[..3], [1, 1, 1, 1], Nullable([new(1, 2), new(1, 2), new(1, 2), new(1, 2)]), default));
    }

    [Fact]
    public void A_mix_that_misses_by_a_hair_is_brought_to_its_fractions()
    {
        Fraction[] wanted = [new(1, 2), new(1, 2), new(1, 3), new(2, 3)];
        double[] near = [0.1, 0.1 + 1e-10, 0.3, 0.05, 0.35 - 1e-10, 0.1];
        IReadOnlyList<PanelComposition> mix = ExactMix.Refine(LotteryWeights.Of(s_pairs, near), [1, 1, 1, 1], Nullable(wanted), default)!;
        Assert.Equal(s_pairs.Length, mix.Count);
        AssertReached(wanted, mix);
    }

    /// <summary>The last person is on every panel, so that a claim about nobody else tells nothing; the others have what their own claim leaves.</summary>
    [Fact]
    public void A_claim_about_people_who_are_sure_of_their_seats_does_not_end_the_series()
    {
        SelectionProblem problem = new SelectionProblemBuilder(2)
            .Quota("f", "c", 1, 1).Feature("f", "a", "b")
            .People((string[])["a", "b", "c"], p => p, null, p => new Dictionary<string, string>(StringComparer.Ordinal) { ["f"] = p })
            .Build();
        (int a, int b, int sure) = (problem.TypeOf(0), problem.TypeOf(1), problem.TypeOf(2));
        TypeSeats[][] panels = [[.. Pair(a)], [.. Pair(b)]];
        ExactStages stages = new(QuotaPolytope.Of(problem), [true, true, true], [1, 1, 1], t => t == sure);
        Assert.Equal(0.5, stages.Settle([.. Enumerable.Range(0, 3).Select(t => t == sure ? 0L : 1L)], null, panels, 0.5 - 1e-12));
        Assert.Equal(1 - 1e-12, stages.Settle([.. Enumerable.Range(0, 3).Select(t => t == sure ? 1L : 0L)], null, panels, 1 - 1e-12));
        IReadOnlyList<PanelComposition> mix = stages.Refine(LotteryWeights.Of(panels, [0.5 + 1e-9, 0.5 - 1e-9]), default);
        Assert.Equal([PanelLottery.WeightTotal / 2, PanelLottery.WeightTotal / 2], mix.Select(p => p.Weight));

        IEnumerable<TypeSeats> Pair(int other) => new[] { other, sure }.Order().Select(t => new TypeSeats(t, 1));
    }

    /// <summary>A millionth of a millionth is far more than rounding takes, and far less than anybody would see.</summary>
    [Theory]
    [InlineData("leximin")]
    [InlineData("maximin")]
    [InlineData("minimax")]
    public void A_lottery_that_misses_its_fraction_by_a_hair_is_not_proven(string name)
    {
        SelectionProblem problem = Instances.Load("mass_like_24", 24);
        PanelLottery lottery = LotteryAlgorithms.Find(name)!.Solve(problem).GetLotteryOrThrow();
        Assert.Equal(CertificateVerdict.Confirmed, CertificateVerifier.Verify(lottery).Verdict);
        ExactCheck.Run(lottery);

        const long Hair = 1L << 20;
        (IReadOnlyList<TypeSeats> Seats, long Weight)[] panels = [.. lottery.Panels.Select(p => (p.Seats, p.Weight))];
        panels[0].Weight -= Hair;
        panels[^1].Weight += Hair;
        PanelLottery shifted = PanelLottery.Create(problem, panels, lottery.Uncovered, lottery.Certificate);
        Assert.Equal([CertificateFaultCode.GapTooLarge], CertificateVerifier.Verify(shifted).Faults.Select(f => f.Kind).Distinct());
    }

    private static Fraction?[] Nullable(Fraction[] fractions) => [.. fractions.Select(f => (Fraction?)f)];

    private static void AssertReached(Fraction[] wanted, IReadOnlyList<PanelComposition> mix)
    {
        ExactChances chances = new(mix, wanted.Length);
        Assert.All(wanted.Select((w, t) => (w, t)), pair => Assert.Equal(0, chances.Compare(pair.t, 1, pair.w)));
    }
}
