using FsCheck.Fluent;
using FsCheck.Xunit;
using Sortition.Core.Ballots;
using Sortition.Core.Certificates;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Xunit;

namespace Sortition.Core.Tests.Lotteries;

/// <summary>Mixing a lottery: nobody's chance may change, proofs must stay, and more must be left to chance.</summary>
public sealed class LotteryMixingTests
{
    [Property(MaxTest = 2000)]
    [Trait("Lane", "Slow")]
    public void Chances_stay_in_thousands_of_lotteries(int seed) => Every_panel_is_one_and_everybody_keeps_the_chance(seed);

    [Property(MaxTest = 60)]
    public void Every_panel_is_one_and_everybody_keeps_the_chance(int seed)
    {
        SelectionProblem problem = seed % 3 == 0 ? TinyLotteries.HouseholdProblem(seed) : TinyPools.Problem(seed);
        PanelLottery lottery = TinyLotteries.Of(problem, seed) ?? throw Prop.Discard<Exception>();
        LotteryMixing mixing = LotteryMixing.Run(lottery);
        PanelLottery mixed = mixing.Lottery;
        Assert.Equal(lottery.Panels.Count, mixing.PanelsFound);
        Assert.Same(lottery.Certificate, mixed.Certificate);

        // The weights and the rules are checked by the one door for lotteries from elsewhere; each panel is there once.
        PanelLottery.Create(problem, mixed.Panels.Select(p => (p.Seats, p.Weight)), [], lottery.Certificate);
        Assert.Equal(mixed.Panels.Count, mixed.Panels.Select(p => string.Join(' ', p.Seats)).Distinct().Count());
        HashSet<string> possible = [.. TinyPools.AllPanels(problem).Select(p => string.Join(' ', TinyLotteries.SeatsOf(problem, p)))];
        Assert.All(mixed.Panels, p => Assert.Contains(string.Join(' ', p.Seats), possible));
        Int128[] before = SeatWeights(lottery);
        Int128[] after = SeatWeights(mixed);
        Assert.All(
            Enumerable.Range(0, before.Length),
            t => Assert.True(Int128.Abs(before[t] - after[t]) <= (Int128)mixed.Panels.Count * problem.Types[t].Members.Count));
    }

    [Property(MaxTest = 25)]
    public void What_was_proven_stays_proven(int seed)
    {
        IReadOnlyList<ILotteryAlgorithm> algorithms = [.. LotteryAlgorithms.All.Where(a => a is not Algorithms.WeightedLeximin)];
        SelectionProblem problem = seed % 2 == 0 ? TinyLotteries.HouseholdProblem(seed) : TinyPools.Problem(seed);
        SolveResult result = algorithms[(int)((uint)seed % (uint)algorithms.Count)].Solve(problem);
        PanelLottery lottery = (result as SolveResult.Solved ?? throw Prop.Discard<Exception>()).Lottery;
        CertificateReport report = CertificateVerifier.Verify(LotteryMixing.Run(lottery).Lottery);
        Assert.Equal(CertificateVerifier.Verify(lottery).Verdict, report.Verdict);
        Assert.All(report.Points, point => Assert.Empty(point.Faults));
    }

    [Fact]
    public void Features_no_longer_go_hand_in_hand_where_they_need_not()
    {
        // Whoever is x is u and whoever is y is v, on both panels found; with equal chances for all four, six panels are possible, and all may be as likely.
        SelectionProblem problem = new SelectionProblemBuilder(2).Feature("f", "x", "y").Feature("g", "u", "v")
            .People(["xu", "xv", "yu", "yv"], id => id, _ => null, id => new Dictionary<string, string> { ["f"] = id[..1], ["g"] = id[1..] }).Build();
        PanelLottery found = PanelLottery.FromProbabilities(
            problem,
            [(Panel.Create(problem, ["xu", "yv"]), 0.5), (Panel.Create(problem, ["xv", "yu"]), 0.5)],
            new Leximin().Objective,
            []);
        LotteryMixing mixing = LotteryMixing.Run(found);
        Assert.True(mixing.IsMixed);
        Assert.Equal((2, 6), (mixing.PanelsFound, mixing.Lottery.Panels.Count));
        Assert.All(mixing.Lottery.Panels, p => Assert.InRange(p.Probability, 0.13, 0.2));
        Assert.All(mixing.Lottery.SelectionProbabilities(), p => Assert.Equal(0.5, p, 1e-15));
    }

    [Fact]
    public void A_lottery_over_few_panels_becomes_one_over_many_and_is_proven_as_before()
    {
        SelectionProblem problem = Instances.Load("mass_like_24", 24);
        PanelLottery found = new Leximin().Solve(problem).GetLotteryOrThrow();
        LotteryMixing mixing = LotteryMixing.Run(found, new ComputeOptions { MaxThreads = 1 });
        Assert.True(mixing.IsMixed);
        Assert.InRange(mixing.Lottery.Panels.Count, 990, 1000 + found.Panels.Count);
        Assert.Equal(CertificateVerdict.Confirmed, CertificateVerifier.Verify(mixing.Lottery).Verdict);

        // More is left to chance: fewer than a hundred panels by type before, as many as a thousand equally likely ones after.
        Assert.InRange(Math.Exp(EntropyOf(found)), 10, 100);
        Assert.InRange(Math.Exp(EntropyOf(mixing.Lottery)), 950, 1100);

        // Anybody sits with anybody, nearly as often as by chance.
        Assert.InRange(ExcessOf(found), 15, 40);
        Assert.InRange(ExcessOf(mixing.Lottery), 1.1, 1.7);

        // Threads make no difference.
        Assert.Equal(mixing.Lottery.Panels.Select(p => p.Weight), LotteryMixing.Run(found, new ComputeOptions { MaxThreads = 2 }).Lottery.Panels.Select(p => p.Weight));
    }

    /// <summary>A thousand people of each of four types, too many for all pairs of people to be written down; nobody can take the seat of another type alone.</summary>
    [Fact]
    public void Pairs_change_places_in_a_large_pool()
    {
        SelectionProblem problem = LargePool(seats: 40);
        LotteryMixing mixing = LotteryMixing.Run(TwoPanels(problem, seats: 40));
        Assert.True(mixing.IsMixed);

        // With x seats of each of two types and 20 − x of the others there are (C(1000, x)·C(1000, 20 − x))² ways: x is 10 on average, with a variance of 2.54.
        (double Seats, double Probability)[] first = [.. mixing.Lottery.Panels.Select(p => ((double)p.Seats.Where(s => s.Type == 0).Sum(s => s.Seats), p.Probability))];
        (double Seats, double Probability)[] others = [.. first.Where(p => p.Seats is not (0 or 20))];
        Assert.InRange(others.Sum(p => p.Probability), 0.975, 0.985);
        Assert.InRange(others.Sum(p => p.Probability * Math.Pow(p.Seats - 10, 2)) / others.Sum(p => p.Probability), 2.2, 2.8);
    }

    /// <summary>Of as many people for four seats hardly any two are found on a ballot together, so that pairs hardly ever change places: that must be said.</summary>
    [Fact]
    public void Types_that_stay_where_they_were_are_not_called_mixed() => Assert.False(LotteryMixing.Run(TwoPanels(LargePool(seats: 4), seats: 4)).IsMixed);

    [Fact]
    public void Where_nobody_can_change_places_the_lottery_stays()
    {
        // One person for each row and column of a square of three, one of each row and each column on a panel.
        SelectionProblemBuilder builder = new(3);
        foreach ((string feature, string value) in from f in (string[])["row", "column"] from v in (string[])["1", "2", "3"] select (f, v))
        {
            builder.Quota(feature, value, 1, 1);
        }

        SelectionProblem problem = builder.People(
            Enumerable.Range(0, 9), i => $"p{i}", _ => null, i => new Dictionary<string, string> { ["row"] = $"{1 + (i / 3)}", ["column"] = $"{1 + (i % 3)}" }).Build();
        PanelLottery square = PanelLottery.FromProbabilities(
            problem,
            ((string[][])[["p0", "p4", "p8"], ["p1", "p5", "p6"], ["p2", "p3", "p7"]]).Select(ids => (Panel.Create(problem, ids), 1 / 3.0)),
            new Leximin().Objective,
            []);
        LotteryMixing mixing = LotteryMixing.Run(square);
        Assert.False(mixing.IsMixed);
        Assert.Same(square, mixing.Lottery);
    }

    [Fact]
    public void Where_there_is_one_panel_there_is_nothing_to_mix()
    {
        SelectionProblem problem = new SelectionProblemBuilder(2).People(["a", "b"], id => id, _ => null, _ => new Dictionary<string, string>()).Build();
        PanelLottery lottery = new Leximin().Solve(problem).GetLotteryOrThrow();
        LotteryMixing mixing = LotteryMixing.Run(lottery);
        Assert.True(mixing.IsMixed);
        Assert.Same(lottery, mixing.Lottery);
    }

    [Fact]
    public void Misuse_and_cancellation_throw()
    {
        PanelLottery lottery = new Leximin().Solve(Instances.Load("mass_like_24", 24)).GetLotteryOrThrow();
        Assert.Throws<ArgumentNullException>(() => LotteryMixing.Run(null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => LotteryMixing.Run(lottery, new ComputeOptions { MaxThreads = 0 }));
        Assert.Throws<OperationCanceledException>(() => LotteryMixing.Run(lottery, null, new CancellationToken(canceled: true)));
    }

    private static SelectionProblem LargePool(int seats) => new SelectionProblemBuilder(seats)
        .Quota("f", "x", seats / 2, seats / 2).Quota("f", "y", seats / 2, seats / 2).Quota("g", "u", seats / 2, seats / 2).Quota("g", "v", seats / 2, seats / 2)
        .People(Enumerable.Range(0, 4000), i => $"p{i}", _ => null, i => new Dictionary<string, string> { ["f"] = i % 4 < 2 ? "x" : "y", ["g"] = i % 2 < 1 ? "u" : "v" })
        .Build();

    /// <summary>Whoever is x is u and whoever is y is v, or the other way round.</summary>
    private static PanelLottery TwoPanels(SelectionProblem problem, int seats)
    {
        return PanelLottery.FromProbabilities(problem, [(Of(0, 3), 0.5), (Of(1, 2), 0.5)], new Leximin().Objective, []);

        Panel Of(int one, int other) => Panel.Create(problem, Enumerable.Range(0, seats / 2).SelectMany(i => (string[])[$"p{(4 * i) + one}", $"p{(4 * i) + other}"]));
    }

    private static Int128[] SeatWeights(PanelLottery lottery)
    {
        Int128[] sums = new Int128[lottery.Types.Count];
        foreach ((PanelComposition panel, TypeSeats seats) in lottery.Panels.SelectMany(p => p.Seats, (p, s) => (p, s)))
        {
            sums[seats.Type] += (Int128)panel.Weight * seats.Seats;
        }

        return sums;
    }

    private static double EntropyOf(PanelLottery lottery) => -lottery.Panels.Sum(p => p.Probability * Math.Log(p.Probability));

    private static double ExcessOf(PanelLottery lottery) => BallotMixing.Measure(
        PanelTable.FromBallots(lottery.Problem, [.. lottery.Draw(RandomSource.Seeded("excess"), 1000).Select(p => p.Ids.ToArray())])).PairExcess;
}
