using Sortition.Core.Algorithms;
using Sortition.Core.Certificates;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Sortition.Core.Tests.Objectives;
using Xunit;
using static Sortition.Core.Certificates.CertificateFaultCode;

namespace Sortition.Core.Tests.Certificates;

/// <summary>Every kind of fault, made by hand. Two of four women and men; Quinn can be on no panel, Rob must be out.</summary>
public class WrongCertificateTests
{
    // In the order of the pool; the types are those of Ann, Ben with Bob and Bud, and Quinn.
    private static readonly (string Id, string Gender)[] s_people = [("ann", "f"), ("ben", "m"), ("bob", "m"), ("bud", "m"), ("quinn", "x"), ("rob", "m")];
    private const int Ann = 0;
    private const int Quinn = 4;
    private const int Rob = 5;

    [Fact]
    public void A_right_one_is_confirmed_point_by_point()
    {
        PanelLottery lottery = Lottery(new Core.Algorithms.Maximin());
        CertificateReport report = CertificateVerifier.Verify(lottery);
        Assert.Equal(CertificateVerdict.Confirmed, report.Verdict);
        Assert.Empty(report.Faults);
        Assert.Equal(
            [
                "The certificate is well-formed.",
                "Who is listed as being on no panel can be on none, and everybody else can be on one: 4 of 6 people.",
                "Claim 1: no panel weighs more than the limit. The prices of the constraints add up to 1.",
                "The lottery's value is 0.3333333333333333.",
                "The claims prove that no lottery's value is better than 0.3333333333333333.",
                "The lottery is optimal, to a relative 0.",
            ],
            report.Points.Select(TextRenderer.English.Describe));
    }

    [Fact]
    public void A_claim_without_prices_is_searched()
    {
        PanelLottery lottery = WithClaim(Lottery(new Core.Algorithms.Maximin()), c => c.Change(prices: []));
        CertificateReport report = CertificateVerifier.Verify(lottery);
        Assert.Equal(CertificateVerdict.Confirmed, report.Verdict);
        Assert.Equal(TextRenderer.English.Describe(new CertificatePoint(CertificatePointCode.LimitBySearch, 0, "1", [])), TextRenderer.English.Describe(report.Points[2]));
    }

    [Fact]
    public void A_limit_that_is_true_but_not_tight_proves_less()
    {
        // In thousandths a limit of one more is no proof of a third, but a bound.
        PanelLottery loose = WithClaim(Lottery(new Core.Algorithms.Maximin()), c => c.Change(weights: [0, 1000, 0], limit: 1001, prices: [], bound: 1001 / 3000.0));
        CertificateAssert.Faults(With(loose, c => c.Change(bound: 1001 / 3000.0)), GapTooLarge);
        CertificateAssert.Is(CertificateVerdict.NotProven, With(loose, c => c.Change(bound: 1001 / 3000.0, status: CertificateStatus.NotProven)));
        CertificateAssert.Faults(With(loose, c => c.Change(status: CertificateStatus.NotProven)), WrongBound);
    }

    [Fact]
    public void Names_statuses_and_gammas_are_checked()
    {
        PanelLottery lottery = Lottery(new Core.Algorithms.Maximin());
        CertificateAssert.Is(CertificateVerdict.NotChecked, With(lottery, c => c.Change(objective: LotteryAlgorithms.FindObjective("Maximin", null))));
        CertificateAssert.Faults(With(lottery, c => c.Change(status: (CertificateStatus)5)), UnknownStatus);
        CertificateAssert.Faults(With(lottery, c => c.Change(objective: LotteryAlgorithms.FindObjective(c.Objective.Name, 1))), SuperfluousGamma);
        PanelLottery goldilocks = Lottery(new Goldilocks(2));
        CertificateAssert.Confirmed(goldilocks);
        foreach (double? gamma in new double?[] { null, 0, -2, 1e-7, 1e7, double.NaN, double.PositiveInfinity })
        {
            CertificateAssert.Faults(With(goldilocks, c => c.Change(objective: LotteryAlgorithms.FindObjective(c.Objective.Name, gamma))), WrongGamma);
        }

        Assert.Contains(WrongValue, CertificateVerifier.Verify(With(goldilocks, c => c.Change(objective: LotteryAlgorithms.FindObjective(c.Objective.Name, 2.0000001)))).Faults.Select(f => f.Kind));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Numbers_must_be_finite(double number)
    {
        foreach (ILotteryAlgorithm algorithm in Chances.Algorithms)
        {
            PanelLottery lottery = Lottery(algorithm);
            CertificateAssert.Faults(With(lottery, c => c.Change(value: number)), NotFinite);
            CertificateAssert.Faults(With(lottery, c => c.Change(bound: number)), NotFinite);
            CertificateAssert.Faults(WithClaim(lottery, c => c.Change(value: number)), NotFinite);
            CertificateAssert.Faults(WithClaim(lottery, c => c.Change(bound: number)), NotFinite);
        }
    }

    [Fact]
    public void Values_and_bounds_must_be_those_that_follow()
    {
        foreach (ILotteryAlgorithm algorithm in Chances.Algorithms)
        {
            PanelLottery lottery = Lottery(algorithm);
            foreach (double factor in new[] { 1 + 1e-10, 1 - 1e-10, 0.5, 2, -1, 0 })
            {
                CertificateAssert.Faults(With(lottery, c => c.Change(value: c.Value * factor)), WrongValue);
                CertificateAssert.Faults(With(lottery, c => c.Change(bound: c.Bound * factor)), WrongBound);
                CertificateAssert.Faults(WithClaim(lottery, c => c.Change(value: c.Value * factor)), WrongValue);
                CertificateAssert.Faults(WithClaim(lottery, c => c.Change(bound: c.Bound * factor)), WrongBound);
            }
        }
    }

    [Fact]
    public void Weights_are_checked()
    {
        PanelLottery lottery = Lottery(new Core.Algorithms.Maximin());
        CertificateAssert.Faults(WithClaim(lottery, c => c.Change(weights: [0, 1])), WrongWeightCount);
        CertificateAssert.Faults(WithClaim(lottery, c => c.Change(weights: [0, 1, 0, 0])), WrongWeightCount);
        CertificateAssert.Faults(WithClaim(lottery, c => c.Change(capWeights: [0, 0, 0])), WrongWeightCount);
        CertificateAssert.Faults(WithClaim(Lottery(new Minimax()), c => c.Change(capWeights: [])), WrongWeightCount);
        CertificateAssert.Faults(WithClaim(lottery, c => c.Change(weights: [-1, 1, 0])), NegativeWeight);
        CertificateAssert.Faults(WithClaim(lottery, c => c.Change(weights: [0, long.MaxValue, 0])), WeightsTooLarge);
        CertificateAssert.Faults(WithClaim(lottery, c => c.Change(weights: [0, long.MaxValue, 0], prices: [])), WeightsTooLarge);
        CertificateAssert.Faults(WithClaim(lottery, c => c.Change(weights: [1, 1, 0])), PricesProveLess, WrongBound, GapTooLarge);
        CertificateAssert.Faults(WithClaim(lottery, c => c.Change(weights: [1, 1, 0], prices: [])), HeavierPanel, WrongBound, GapTooLarge);

        // Large, but within what can be added up, and consistent.
        PanelLottery large = WithClaim(lottery, c => c.Change(weights: [0, 1L << 59, 0], limit: 1L << 59, prices: []));
        CertificateAssert.Confirmed(large);
        CertificateAssert.Faults(WithClaim(large, c => c.Change(limit: (1L << 59) - 1)), HeavierPanel, GapTooLarge);
    }

    [Fact]
    public void Limits_are_checked_whatever_their_size()
    {
        foreach (ILotteryAlgorithm algorithm in Chances.Algorithms)
        {
            PanelLottery lottery = Lottery(algorithm);
            foreach (bool isSearched in new[] { false, true })
            {
                PanelLottery one = isSearched ? WithClaim(lottery, c => c.Change(prices: [])) : lottery;
                CertificateAssert.Confirmed(one);
                foreach (long limit in new[] { long.MinValue, -1L << 62, lottery.Certificate.Claims[0].Limit - 1 })
                {
                    IEnumerable<CertificateFault> faults = CertificateVerifier.Verify(WithClaim(one, c => c.Change(limit: limit))).Faults;
                    Assert.Contains(isSearched ? HeavierPanel : PricesProveLess, faults.Select(f => f.Kind));
                }

                CertificateAssert.Faults(WithClaim(one, c => c.Change(limit: long.MaxValue)), WrongBound, GapTooLarge);
            }
        }
    }

    [Fact]
    public void Prices_are_checked()
    {
        PanelLottery lottery = Lottery(new Core.Algorithms.Maximin());
        Quota women = lottery.Problem.Quotas[0];
        Quota men = lottery.Problem.Quotas[1];
        ConstraintPrice right = new(new Constraint(ConstraintKind.QuotaMaximum, men), 1);
        CertificateAssert.Confirmed(Priced(right));
        CertificateAssert.Faults(Priced(right, right), PriceTwice);
        CertificateAssert.Faults(Priced(right, new ConstraintPrice(new Constraint(ConstraintKind.QuotaMinimum, men), -1)), PriceTwice);
        CertificateAssert.Faults(Priced(new ConstraintPrice(right.Constraint, 0, right.HouseholdClass)), WrongSignOfPrice);
        CertificateAssert.Faults(Priced(new ConstraintPrice(right.Constraint, -1, right.HouseholdClass)), WrongSignOfPrice);
        CertificateAssert.Faults(Priced(right, new ConstraintPrice(new Constraint(ConstraintKind.QuotaMinimum, women), 1)), WrongSignOfPrice);
        CertificateAssert.Faults(Priced(new ConstraintPrice(right.Constraint, right.Price, 0)), ForeignPrice);
        CertificateAssert.Faults(Priced(new ConstraintPrice(new Constraint(ConstraintKind.QuotaMaximum, Instances.Alternate(8, 2).Quotas[0]), 1)), ForeignPrice);
        CertificateAssert.Faults(Priced(new ConstraintPrice(new Constraint(ConstraintKind.QuotaMaximum), 1)), ForeignPrice);
        CertificateAssert.Faults(Priced(new ConstraintPrice(new Constraint(ConstraintKind.PanelSize, men), 1)), ForeignPrice);
        CertificateAssert.Faults(Priced(right, new ConstraintPrice(new Constraint(ConstraintKind.MustBeIn), 1)), ForeignPrice);
        CertificateAssert.Faults(Priced(right, new ConstraintPrice(new Constraint(ConstraintKind.HouseholdLimit), 1, 0)), ForeignPrice);
        CertificateAssert.Faults(Priced(new ConstraintPrice(new Constraint(ConstraintKind.QuotaMaximum, women), right.Price, right.HouseholdClass)), PricesProveLess);
        CertificateAssert.Faults(Priced(new ConstraintPrice(right.Constraint, long.MaxValue, right.HouseholdClass)), PricesProveLess);

        // Enormous, but as every panel has one woman it cancels out: a proof all the same, if nothing overflows.
        CertificateAssert.Confirmed(Priced(right, new ConstraintPrice(new Constraint(ConstraintKind.QuotaMinimum, women), long.MinValue)));
        CertificateAssert.Faults(Priced(right, new ConstraintPrice(new Constraint(ConstraintKind.PanelSize), long.MinValue)), PricesProveLess);

        PanelLottery Priced(params ConstraintPrice[] prices) => WithClaim(lottery, c => c.Change(prices: prices));
    }

    [Fact]
    public void Prices_of_household_limits_are_checked()
    {
        PanelLottery lottery = Households();
        ConstraintPrice right = Assert.Single(lottery.Certificate.Claims[0].Prices, p => p.Constraint.Kind == ConstraintKind.HouseholdLimit);
        CertificateAssert.Confirmed(lottery);
        foreach (int? number in new int?[] { null, -1, 1, int.MaxValue })
        {
            CertificateAssert.Faults(Changed(new ConstraintPrice(right.Constraint, right.Price, number)), ForeignPrice);
        }

        CertificateAssert.Faults(Changed(new ConstraintPrice(right.Constraint, -right.Price, right.HouseholdClass)), WrongSignOfPrice);
        CertificateAssert.Faults(Changed(new ConstraintPrice(right.Constraint, right.Price + 1, right.HouseholdClass)), PricesProveLess);

        PanelLottery Changed(ConstraintPrice price) => WithClaim(lottery, c => c.Change(prices: [.. c.Prices.Select(p => p == right ? price : p)]));
    }

    [Fact]
    public void Who_is_uncovered_is_checked()
    {
        PanelLottery lottery = Lottery(new Core.Algorithms.Maximin());
        (UnselectablePerson quinn, UnselectablePerson rob) = (lottery.Uncovered[0], lottery.Uncovered[1]);
        Assert.Equal([Quinn, Rob], lottery.Uncovered.Select(u => u.Person));
        CertificateAssert.Faults(Listed(rob), UncoveredPersonMissing);
        CertificateAssert.Faults(Listed(quinn), UncoveredPersonMissing);
        CertificateAssert.Faults(Listed(), UncoveredPersonMissing);
        CertificateAssert.Faults(Listed(rob, quinn), PersonOutOfOrder);
        CertificateAssert.Faults(Listed(quinn, quinn, rob), PersonOutOfOrder);
        CertificateAssert.Faults(Listed(quinn.Change(person: Ann), quinn, rob), CoveredPersonListed);
        CertificateAssert.Faults(Listed(quinn.Change(person: -1), quinn, rob), UnknownPerson);
        CertificateAssert.Faults(Listed(quinn, rob, rob.Change(person: 6)), UnknownPerson);

        PanelLottery Listed(params UnselectablePerson[] people) => Of(lottery, people, lottery.Certificate);
    }

    [Fact]
    public void Why_they_are_uncovered_is_checked()
    {
        PanelLottery lottery = Lottery(new Core.Algorithms.Maximin());
        Constraint none = new(ConstraintKind.QuotaMaximum, lottery.Problem.Quotas[2]);
        Constraint women = new(ConstraintKind.QuotaMinimum, lottery.Problem.Quotas[0]);
        Constraint men = new(ConstraintKind.QuotaMinimum, lottery.Problem.Quotas[1]);
        Constraint size = new(ConstraintKind.PanelSize);
        CertificateAssert.Confirmed(Excluded(none));
        CertificateAssert.Confirmed(Excluded(women, men, size));
        CertificateAssert.Confirmed(Excluded(none, women, none));
        CertificateAssert.Faults(Excluded(), WrongReason);
        CertificateAssert.Faults(Excluded(women, size), WrongReason);
        CertificateAssert.Faults(Excluded(women, men), WrongReason);
        CertificateAssert.Faults(Excluded(none, new Constraint(none.Kind, Instances.Alternate(8, 2).Quotas[0])), ForeignReason);
        CertificateAssert.Faults(Excluded(none, new Constraint(ConstraintKind.HouseholdLimit)), ForeignReason);
        CertificateAssert.Faults(Excluded(none, new Constraint((ConstraintKind)9)), ForeignReason);
        CertificateAssert.Faults(Of(lottery, [lottery.Uncovered[0], lottery.Uncovered[1].Change(constraints: [none])], lottery.Certificate), WrongReason);

        PanelLottery Excluded(params Constraint[] constraints) => Of(lottery, [lottery.Uncovered[0].Change(constraints: constraints), lottery.Uncovered[1]], lottery.Certificate);
    }

    /// <summary>Minimax may leave people without a chance; they are not uncovered for that, and not to be listed.</summary>
    [Fact]
    public void Somebody_without_a_chance_is_covered_if_some_panel_seats_them()
    {
        PanelLottery lottery = Lottery(new Minimax());
        PanelLottery one = PanelLottery.Create(lottery.Problem, [([new TypeSeats(0, 1), new TypeSeats(1, 1)], PanelLottery.WeightTotal)], lottery.Uncovered, lottery.Certificate);
        CertificateAssert.Confirmed(one);
        SelectionProblem problem = new SelectionProblemBuilder(1).Feature("gender", ["f", "m"]).People(
            s_people[..2], new PersonReader<(string Id, string Gender)> { Id = p => p.Id, Value = (p, _) => p.Gender }).Build();
        PanelLottery ann = PanelLottery.Create(problem, [([new TypeSeats(0, 1)], PanelLottery.WeightTotal)], [], Claimless("minimax", value: 1, bound: 0.5));
        CertificateAssert.Is(CertificateVerdict.NotProven, ann);
        CertificateAssert.Faults(Of(ann, [new UnselectablePerson(1, [])], ann.Certificate), CoveredPersonListed);
    }

    [Fact]
    public void Claims_must_be_as_many_as_the_objective_has()
    {
        PanelLottery lottery = Lottery(new Core.Algorithms.Maximin());
        CertificateAssert.Faults(With(lottery, c => c.Change(claims: [])), WrongClaimCount);
        CertificateAssert.Faults(With(lottery, c => c.Change(claims: [.. c.Claims, .. c.Claims])), WrongClaimCount);
    }

    [Fact]
    public void Without_claims_nothing_is_confirmed_but_what_can_be_seen()
    {
        PanelLottery lottery = Lottery(new Core.Algorithms.Maximin());
        CertificateAssert.Is(CertificateVerdict.NotProven, Of(lottery, lottery.Uncovered, Claimless("maximin", 1 / 3.0, 0.9)));
        CertificateAssert.Faults(Of(lottery, lottery.Uncovered, Claimless("maximin", 1 / 3.0, 0.3)), BoundPassed);
        CertificateAssert.Faults(Of(lottery, lottery.Uncovered, Claimless("maximin", 0.4, 0.9)), WrongValue);
        CertificateAssert.Faults(Of(lottery, lottery.Uncovered, Claimless("minimax", 1, 1.1)), BoundPassed);
        CertificateAssert.Faults(Of(lottery, [], Claimless("maximin", 1 / 3.0, 0.9)), WrongValue);

        // Cut short before it was known who is covered: nobody is listed, and the value is the one that always holds.
        CertificateAssert.Is(CertificateVerdict.NotProven, Of(lottery, [], Claimless("maximin", 0, 1)));
        CertificateAssert.Is(CertificateVerdict.NotProven, Of(lottery, [], Claimless("minimax", 1, 0.4)));
        CertificateAssert.Is(CertificateVerdict.NotProven, Of(lottery, [], Claimless("goldilocks", double.PositiveInfinity, 2).Change(objective: LotteryAlgorithms.FindObjective("goldilocks", 1))));
    }

    /// <summary>The lowest chance is as high as it can be, and the claims of leximin are true, but others could have more.</summary>
    [Fact]
    public void A_maximin_lottery_is_not_leximin()
    {
        SelectionProblem problem = Instances.Load("mass_like_24", 24);
        PanelLottery maximin = new Core.Algorithms.Maximin().Solve(problem).GetLotteryOrThrow();
        Certificate leximin = new Leximin().Solve(problem).GetLotteryOrThrow().Certificate;
        CertificateAssert.Faults(With(maximin, c => c.Change(objective: LotteryAlgorithms.FindObjective("leximin", null))), NotSettled);
        Assert.Equal(CertificateVerdict.Refuted, CertificateVerifier.Verify(Of(maximin, [], leximin)).Verdict);
        Assert.Contains(
            CertificateVerifier.Verify(Mutation.Repaired(Of(maximin, [], leximin))).Faults,
            f => f.Kind is GapTooLarge or ClaimOutOfOrder or NotSettled);
    }

    [Fact]
    public void A_leximin_lottery_with_weight_shifted_between_two_panels_is_caught()
    {
        SelectionProblem problem = Instances.Load("mass_like_24", 24);
        PanelLottery lottery = new Leximin().Solve(problem).GetLotteryOrThrow();
        long shift = lottery.Panels[1].Weight / 1000;
        (IReadOnlyList<TypeSeats> Seats, long Weight)[] panels = [.. lottery.Panels.Select((p, i) => (p.Seats, p.Weight + (i == 0 ? shift : i == 1 ? -shift : 0)))];
        PanelLottery shifted = PanelLottery.Create(problem, panels, [], lottery.Certificate);
        Assert.Equal(CertificateVerdict.Refuted, CertificateVerifier.Verify(shifted).Verdict);
        Assert.Contains(GapTooLarge, CertificateVerifier.Verify(Mutation.Repaired(shifted)).Faults.Select(f => f.Kind));
    }

    [Fact]
    public void Claims_of_leximin_must_be_all_there_once_and_in_order()
    {
        PanelLottery lottery = new Leximin().Solve(Instances.Load("mass_like_24", 24)).GetLotteryOrThrow();
        int claims = lottery.Certificate.Claims.Count;
        Assert.True(claims > 3);
        for (int c = 0; c < claims; c++)
        {
            PanelLottery dropped = Mutation.Repaired(With(lottery, l => l.Change(claims: [.. l.Claims.Where((_, i) => i != c)])));
            Assert.Contains(CertificateVerifier.Verify(dropped).Faults, f => f.Kind is NotSettled or ClaimOutOfOrder or GapTooLarge);
            CertificateAssert.Faults(With(lottery, l => l.Change(claims: [.. l.Claims.Append(l.Claims[c])])), ClaimSettlesNobody);

            // Those whose people have equal chances may settle them in either order.
            if (c > 0 && lottery.Certificate.Claims[c].Value > lottery.Certificate.Claims[c - 1].Value * 1.001)
            {
                WeightClaim[] turned = [.. lottery.Certificate.Claims];
                (turned[c - 1], turned[c]) = (turned[c], turned[c - 1]);
                PanelLottery reordered = Mutation.Repaired(With(lottery, l => l.Change(claims: turned)));
                Assert.Contains(CertificateVerifier.Verify(reordered).Faults, f => f.Kind is NotSettled or ClaimOutOfOrder or GapTooLarge);
            }
        }

        CertificateAssert.Faults(With(lottery, l => l.Change(claims: [], bound: l.Value)), NotSettled);
    }

    [Fact]
    public void A_check_can_be_cancelled()
    {
        PanelLottery lottery = Lottery(new Core.Algorithms.Maximin());
        Assert.Throws<OperationCanceledException>(() => CertificateVerifier.Verify(lottery, new CancellationToken(canceled: true)));
        Assert.Throws<ArgumentNullException>(() => CertificateVerifier.Verify(null!));
    }

    private static PanelLottery Lottery(ILotteryAlgorithm algorithm)
    {
        SelectionProblemBuilder builder = new SelectionProblemBuilder(2).Quota("gender", "f", 1, 1).Quota("gender", "m", 1, 1).Quota("gender", "x", 0, 0);
        builder.People(s_people, new PersonReader<(string Id, string Gender)> { Id = p => p.Id, Value = (p, _) => p.Gender }).MustBeOut("rob");
        return algorithm.Solve(builder.Build()).GetLotteryOrThrow();
    }

    /// <summary>Three of one house, of whom one may sit, and one who lives alone: two of the four. The house has a third each.</summary>
    private static PanelLottery Households()
    {
        SelectionProblemBuilder builder = new SelectionProblemBuilder(2).HouseholdLimit(1);
        builder.People(Enumerable.Range(0, 5), new PersonReader<int> { Id = i => FormattableString.Invariant($"p{i}"), Value = (_, _) => null, Household = i => i < 3 ? "house" : null });
        return new Core.Algorithms.Maximin().Solve(builder.Build()).GetLotteryOrThrow();
    }

    private static Certificate Claimless(string objective, double value, double bound) =>
        new(LotteryAlgorithms.FindObjective(objective, null), CertificateStatus.NotProven, value, bound, []);

    private static PanelLottery With(PanelLottery lottery, Func<Certificate, Certificate> change) => Of(lottery, lottery.Uncovered, change(lottery.Certificate));

    /// <summary>With the first claim changed.</summary>
    private static PanelLottery WithClaim(PanelLottery lottery, Func<WeightClaim, WeightClaim> change) =>
        With(lottery, c => c.Change(claims: [change(c.Claims[0]), .. c.Claims.Skip(1)]));

    private static PanelLottery Of(PanelLottery lottery, IReadOnlyList<UnselectablePerson> uncovered, Certificate certificate) =>
        PanelLottery.Create(lottery.Problem, lottery.Panels.Select(p => (p.Seats, p.Weight)), uncovered, certificate);
}
