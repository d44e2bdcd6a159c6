using Sortition.Core.Algorithms;
using Sortition.Core.Certificates;
using Sortition.Core.Engine.Polytope;
using Sortition.Core.Engine.Proof;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Sortition.Core.Tests.Objectives;
using Xunit;
using static Sortition.Core.Certificates.CertificateFaultCode;

namespace Sortition.Core.Tests.Certificates;

/// <summary>Lotteries that miss the leximin chances by something: ε is how much, to the last digit, and nothing else passes.</summary>
public sealed class EpsilonLeximinTests
{
    [Theory]
    [InlineData("mass_like_24", 24, "leximin", 1L << 20)]
    [InlineData("mass_like_24", 24, "leximin", 1L << 40)]
    [InlineData("band_12", 12, "leximin", 1L << 30)]
    [InlineData("exact_12", 12, "leximin", 1L << 30)]
    [InlineData("wards_12", 12, "weighted-leximin", 1L << 35)]
    [InlineData("band_12", 12, "weighted-leximin", 1L << 41)]
    public void Epsilon_is_the_distance_from_the_leximin_chances(string instance, int panelSize, string objective, long moved)
    {
        PanelLottery best = LotteryAlgorithms.Find(objective)!.Solve(Instances.Load(instance, panelSize)).GetLotteryOrThrow();
        CertificateAssert.Confirmed(best);
        PanelLottery near = Certified(Moved(best, moved), Proof(Moved(best, moved)).WithinEpsilon()!.Value);
        double epsilon = near.Certificate.Epsilon!.Value;
        double farthest = best.SelectionProbabilities().Zip(near.SelectionProbabilities(), (a, b) => Math.Abs(a - b)).Max();
        Assert.Equal(farthest, epsilon, 1e-15);
        Assert.InRange(epsilon, moved / Math.Pow(2, 62) / MostPeople(), 1e-6);
        CertificateAssert.Is(CertificateVerdict.ConfirmedWithinEpsilon, near);

        CertificateAssert.Faults(With(near, c => c.Change(epsilon: double.BitDecrement(epsilon))), BeyondEpsilon);
        CertificateAssert.Faults(With(near, c => c.Change(epsilon: 0)), BeyondEpsilon);
        CertificateAssert.Faults(With(near, c => c.Change(epsilon: 1.1e-6)), WrongEpsilon);
        CertificateAssert.Faults(With(near, c => c.Change(epsilon: -epsilon)), WrongEpsilon);
        CertificateAssert.Faults(With(near, c => c.Change(epsilon: double.NaN)), WrongEpsilon);
        CertificateReport optimal = CertificateVerifier.Verify(With(near, c => new Certificate(c.Objective, CertificateStatus.ProvenOptimal, c.Value, c.Bound, c.Claims)));
        Assert.Contains(optimal.Faults, f => f.Kind == GapTooLarge);
        Assert.Contains(
            CertificateVerifier.Verify(With(near, c => new Certificate(c.Objective, CertificateStatus.EpsilonLeximin, c.Value, c.Bound, c.Claims))).Faults, f => f.Kind == WrongEpsilon);
        Assert.Contains(CertificateVerifier.Verify(With(near, c => c.Change(status: CertificateStatus.NotProven))).Faults, f => f.Kind == WrongEpsilon);
        Assert.Contains(CertificateVerifier.Verify(With(near, c => c.Change(claims: [.. c.Claims.SkipLast(1)]))).Faults, f => f.Kind is NotSettled or ClaimOutOfOrder or BeyondEpsilon);

        double MostPeople() => best.Types.Max(t => t.Members.Count) * best.Problem.PanelSize;
    }

    [Fact]
    public void Far_from_it_is_not_within_epsilon()
    {
        PanelLottery best = new Leximin().Solve(Instances.Load("mass_like_24", 24)).GetLotteryOrThrow();
        Assert.Null(Proof(Moved(best, 1L << 48)).WithinEpsilon());
    }

    /// <summary>
    /// A thousand people with at most 101 of 103 seats, ten people with the rest. A lottery that gives the thousand all but a millionth of what they can have
    /// gives each of the ten a hundred-thousandth more: it reaches all limits but for a millionth, and yet it is not leximin but for a millionth.
    /// </summary>
    [Fact]
    public void Limits_that_are_nearly_reached_are_not_enough()
    {
        SelectionProblem problem = new SelectionProblemBuilder(103)
            .Quota("group", "many", 0, 101).Feature("group", "few")
            .People(Enumerable.Range(0, 1010), new PersonReader<int> { Id = i => $"p{i:0000}", Value = (i, _) => i < 1000 ? "many" : "few" }).Build();
        PanelLottery best = new Leximin().Solve(problem).GetLotteryOrThrow();
        Assert.Equal(0.101, best.ProbabilityOf("p0000"), 1e-15);
        int many = problem.TypeOf(0);
        int few = problem.TypeOf(1009);
        long other = (long)(PanelLottery.WeightTotal * 1.01e-4);
        PanelLottery lottery = PanelLottery.Create(
            problem,
            [([new TypeSeats(many, 101), new TypeSeats(few, 2)], PanelLottery.WeightTotal - other), ([new TypeSeats(many, 100), new TypeSeats(few, 3)], other)],
            [],
            best.Certificate);
        LeximinProof proof = Proof(lottery);
        Assert.All(proof.Claims, claim => Assert.InRange(Reached(claim) / claim.Limit, 1 - 1.02e-6, 1));
        Assert.False(proof.IsProven);
        Assert.Null(proof.WithinEpsilon());
        Certificate forged = new(best.Certificate.Objective, CertificateStatus.EpsilonLeximin, lottery.ProbabilityOf(0), proof.Claims[0].Bound, proof.Claims, 1e-6);
        CertificateAssert.Faults(With(lottery, _ => forged), BeyondEpsilon);

        double Reached(WeightClaim claim) => (double)WeightCertifier.ExpectedWeight(lottery.Panels, [.. claim.Weights]) / PanelLottery.WeightTotal;
    }

    [Fact]
    public void Other_objectives_have_no_epsilon()
    {
        PanelLottery maximin = new Core.Algorithms.Maximin().Solve(Instances.Load("mass_like_24", 24)).GetLotteryOrThrow();
        CertificateAssert.Faults(With(maximin, c => c.Change(status: CertificateStatus.EpsilonLeximin, epsilon: 1e-7)), WrongEpsilon);
        CertificateAssert.Faults(With(maximin, c => c.Change(epsilon: 1e-7)), WrongEpsilon);
    }

    /// <summary>Claims whose weights are the same but for rounding, so that a later stage can come out a hair below an earlier one.</summary>
    [Fact]
    public void A_claim_out_of_order_by_a_hair_gets_a_higher_limit()
    {
        // Two pairs side by side, each with one seat for two types: everybody has a chance of one half, by a claim for each pair.
        SelectionProblem problem = new SelectionProblemBuilder(2)
            .Quota("pair", "a", 1, 1).Quota("pair", "b", 1, 1).Quota("side", "left", 0, 2).Feature("side", "right")
            .People((string[])["a left", "a right", "b left", "b right"], p => p, null, p => new Dictionary<string, string> { ["pair"] = p[..1], ["side"] = p[2..] })
            .Build();
        PanelLottery best = new Leximin().Solve(problem).GetLotteryOrThrow();
        LeximinProof proof = new(QuotaPolytope.Of(problem), [true, true, true, true], [1, 1, 1, 1], best.Panels);
        long fine = 1L << 40;
        proof.Add(Weights("a", fine, fine - 1), null, default);
        proof.Add(Weights("b", fine, fine + 1), null, default);
        Assert.False(proof.IsProven);
        (IReadOnlyList<WeightClaim> claims, double epsilon) = proof.WithinEpsilon()!.Value;
        Assert.InRange(epsilon, 1e-14, 1e-11);
        CertificateAssert.Is(CertificateVerdict.ConfirmedWithinEpsilon, Certified(best, (claims, epsilon)));

        long[] Weights(string pair, long left, long right) =>
        [
            .. problem.Types.Select(t => t.Members[0]).Select(i => problem.People[i].Id).Select(id => !id.StartsWith(pair, StringComparison.Ordinal) ? 0 : id.EndsWith("left", StringComparison.Ordinal) ? left : right)
        ];
    }

    /// <summary>Whatever a run hands over as leximin but for ε is so, on pools where the bound of the relaxation is missed.</summary>
    [Fact]
    public void Runs_hand_over_nothing_that_is_not_confirmed()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            if (new Core.Algorithms.WeightedLeximin().Solve(GapPools.Problem(seed)) is SolveResult.Solved { Lottery: var lottery })
            {
                CertificateVerdict expected = lottery.Certificate.Status switch
                {
                    CertificateStatus.ProvenOptimal => CertificateVerdict.Confirmed,
                    CertificateStatus.EpsilonLeximin => CertificateVerdict.ConfirmedWithinEpsilon,
                    _ => CertificateVerdict.NotProven,
                };
                CertificateAssert.Is(expected, lottery);
            }
        }
    }

    /// <summary>A run that is cut off after it had a proof within ε hands it over, whatever it found and kept after it.</summary>
    [Fact]
    public void A_proof_within_epsilon_is_kept_when_a_limit_ends_the_run()
    {
        PanelLottery best = new Leximin().Solve(Instances.Load("band_12", 12)).GetLotteryOrThrow();
        PanelLottery moved = Moved(best, 1L << 30);
        PanelLottery near = Certified(moved, Proof(moved).WithinEpsilon()!.Value);
        PanelLottery other = new Core.Algorithms.Maximin().Solve(best.Problem).GetLotteryOrThrow();
        SolveResult.Stopped stopped = Assert.IsType<SolveResult.Stopped>(
            LotteryRun.Solve(o => new CutRun(o, near, [best, other]), new SolveOptions { TimeLimit = TimeSpan.FromDays(1) }, default));
        Assert.Same(near, stopped.Best);
        Assert.Same(near, stopped.GetLotteryOrThrow());
        Assert.True(stopped.LowerBound >= near.Certificate.Value && stopped.LowerBound <= stopped.UpperBound);
        SolveResult.Stopped without = Assert.IsType<SolveResult.Stopped>(
            LotteryRun.Solve(o => new CutRun(o, null, [other, best], best.Problem), new SolveOptions { TimeLimit = TimeSpan.FromDays(1) }, default));
        Assert.Equal(CertificateStatus.NotProven, without.Best!.Certificate.Status);
    }

    /// <summary>Has a lottery that is proven within ε, or none, then others; then the limit ends it.</summary>
    private sealed class CutRun(SolveOptions options, PanelLottery? near, PanelLottery[] others, SelectionProblem? problem = null)
        : LotteryRun(problem ?? near!.Problem, options, new Leximin().Objective)
    {
        protected override PanelLottery Best(CancellationToken cancellationToken)
        {
            if (near is not null)
            {
                KeepProven(near);
            }

            Array.ForEach(others, o => Keep(o.Panels));
            throw new OperationCanceledException();
        }

        protected override double[] QuickMix(CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    private static PanelLottery Moved(PanelLottery lottery, long weight)
    {
        (IReadOnlyList<TypeSeats> Seats, long Weight)[] panels = [.. lottery.Panels.Select(p => (p.Seats, p.Weight))];
        panels[0].Weight -= weight;
        panels[^1].Weight += weight;
        return PanelLottery.Create(lottery.Problem, panels, lottery.Uncovered, lottery.Certificate);
    }

    private static LeximinProof Proof(PanelLottery lottery)
    {
        bool[] covered = [.. LotteryMetrics.CoveredBy(lottery)];
        LeximinProof proof = new(
            QuotaPolytope.Of(lottery.Problem),
            [.. lottery.Types.Select(t => covered[t.Members[0]])],
            [.. lottery.Types.Select(lottery.Certificate.Objective.EntitlementOf)],
            lottery.Panels);
        foreach (WeightClaim claim in lottery.Certificate.Claims)
        {
            proof.Add([.. claim.Weights], null, default);
        }

        return proof;
    }

    private static PanelLottery Certified(PanelLottery lottery, (IReadOnlyList<WeightClaim> Claims, double Epsilon) near)
    {
        double value = lottery.Certificate.Objective.ValueOf(lottery);
        double bound = Math.Max(value, near.Claims[0].Bound);
        return With(lottery, c => new Certificate(c.Objective, CertificateStatus.EpsilonLeximin, value, bound, near.Claims, near.Epsilon));
    }

    private static PanelLottery With(PanelLottery lottery, Func<Certificate, Certificate> change) =>
        PanelLottery.Create(lottery.Problem, lottery.Panels.Select(p => (p.Seats, p.Weight)), lottery.Uncovered, change(lottery.Certificate));
}
