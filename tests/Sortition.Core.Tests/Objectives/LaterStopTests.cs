using Sortition.Core.Algorithms;
using Sortition.Core.Certificates;
using Sortition.Core.Lotteries;
using Xunit;

namespace Sortition.Core.Tests.Objectives;

/// <summary>
/// What a time limit leaves never gets worse as the limit grows. Limits are counted effort: a run is stopped at its reports, at random ones. Worse is decided
/// here by fractions of a person each: more people without a chance who are not proven to be on no panel, then the objective over the others.
/// </summary>
public sealed class LaterStopTests
{
    private const int Stops = 50;

    /// <summary>Pools of the kinds that organisers have, small; some with people on no panel, households, or different entitlements.</summary>
    public static TheoryData<string> Pools => ["exact", "band", "slack1", "wards", "house", "tightpool"];

    [Theory]
    [MemberData(nameof(Pools))]
    public void Fifty_random_limits_a_pool(string pool)
    {
        foreach (ILotteryAlgorithm algorithm in Chances.Algorithms)
        {
            AssertNeverWorse(algorithm, Instances.Load(pool + "_12", 12), Random(pool.Length));
        }
    }

    [Theory]
    [Trait("Lane", "Slow")]
    [InlineData("mass_like_24", 24)]
    [InlineData("sf_c_like_44", 44)]
    [InlineData("hd_like_30", 30)]
    [InlineData("albertslund", 36)]
    public void Fifty_random_limits_an_instance(string instance, int panelSize)
    {
        foreach (ILotteryAlgorithm algorithm in Chances.Algorithms)
        {
            AssertNeverWorse(algorithm, Instances.Load(instance, panelSize), Random(panelSize));
        }
    }

    [Theory]
    [InlineData("exact")]
    [InlineData("band")]
    public void What_a_limit_leaves_does_not_depend_on_threads(string pool)
    {
        SelectionProblem problem = Instances.Load(pool + "_12", 12);
        foreach (ILotteryAlgorithm algorithm in Chances.Algorithms)
        {
            for (int at = 0; StoppedRun.At(algorithm, problem, (_, index) => index == at, maxThreads: 1) is { } one; at += 1 + at / 2)
            {
                SolveResult.Stopped two = StoppedRun.At(algorithm, problem, (_, index) => index == at, maxThreads: 2)!;
                Assert.Equal(one.Best?.SelectionProbabilities(), two.Best?.SelectionProbabilities());
                Assert.Equal((one.LowerBound, one.UpperBound), (two.LowerBound, two.UpperBound));
            }
        }
    }

    /// <summary>The bound of maximin is proven by prices before any panel is looked for, and the certificate of whatever is left says how.</summary>
    [Fact]
    public void A_stopped_maximin_states_a_bound_with_its_proof()
    {
        SelectionProblem problem = Instances.Load("mass_like_24", 24);
        SolveResult.Stopped stopped = StoppedRun.At(new Core.Algorithms.Maximin(), problem, (p, _) => p.Phase == SolvePhase.Panels)!;
        Certificate certificate = stopped.Best!.Certificate;
        Assert.Equal(0.25, certificate.Bound, 1e-12);
        Assert.Single(certificate.Claims);
        CertificateReport report = CertificateVerifier.Verify(stopped.Best);
        Assert.Equal(CertificateVerdict.NotProven, report.Verdict);
        Assert.Contains(report.Points, p => p.Kind == CertificatePointCode.LimitByPrices && p.Faults.Count == 0);
    }

    private static Func<int, int[]> Random(int seed) => reports =>
    {
        RandomSource random = RandomSource.Seeded(FormattableString.Invariant($"stops {seed}"));
        return [.. Enumerable.Range(0, Stops).Select(_ => (int)random.NextBelow(reports)).Distinct().Order()];
    };

    private static void AssertNeverWorse(ILotteryAlgorithm algorithm, SelectionProblem problem, Func<int, int[]> stops)
    {
        int reports = 0;
        SolveOptions whole = new() { TimeLimit = TimeSpan.FromDays(1), Progress = new Listener<SolveProgress>(_ => reports++) };
        PanelLottery full = algorithm.Solve(problem, whole).GetLotteryOrThrow();
        int[] people = [.. Enumerable.Range(0, problem.People.Count).Except(full.Uncovered.Select(u => u.Person))];
        (SolveResult.Stopped Result, Standing? Standing)? last = null;
        foreach (int at in stops(reports))
        {
            SolveResult.Stopped stopped = StoppedRun.At(algorithm, problem, (_, index) => index == at)!;
            Standing? standing = stopped.Best is { } best ? Standing.Of(best, people, algorithm) : null;
            if (last is (SolveResult.Stopped before, var earlier))
            {
                string what = FormattableString.Invariant($"{algorithm.Name}, stop {at} of {reports}: {standing} after {earlier}");
                Assert.True(earlier is null || standing?.CompareTo(earlier) >= 0, what);
                Assert.True(stopped.LowerBound >= before.LowerBound && stopped.UpperBound <= before.UpperBound, what);
            }

            last = (stopped, standing);
        }

        // A run that comes to its end hands over chances that are fractions but for the rounding of probabilities.
        Assert.True(last?.Standing is null || Standing.Of(full, people, algorithm).IsAsGoodAs(last.Value.Standing), FormattableString.Invariant($"{algorithm.Name}, the end"));
    }

    /// <summary>How a lottery stands among others: whom it leaves without a chance, and everybody else's chance, divided by entitlement for weighted leximin.</summary>
    private sealed record Standing(ILotteryAlgorithm Algorithm, int Without, BigRational[] Sorted, double Value)
    {
        private const double Rounding = 1e-12;

        public static Standing Of(PanelLottery lottery, int[] people, ILotteryAlgorithm algorithm)
        {
            BigRational[] seats = new BigRational[lottery.Types.Count];
            foreach (PanelComposition panel in lottery.Panels)
            {
                foreach ((int type, int number) in panel.Seats)
                {
                    seats[type] += new BigRational(panel.Weight, PanelLottery.WeightTotal) * number;
                }
            }

            BigRational[] all = [.. people.Select(i => seats[lottery.Problem.TypeOf(i)] / new BigRational(lottery.Types[lottery.Problem.TypeOf(i)].Members.Count, 1) / Entitlement(i))];
            BigRational[] served = [.. all.Where(c => !c.Equals(BigRational.Zero)).Order()];
            double[] chances = lottery.SelectionProbabilities();
            return new Standing(algorithm, all.Length - served.Length, served, new Chances(lottery.Problem, chances, [.. chances.Select(c => c > 0)]).Value(algorithm));

            // The entitlements of these pools are multiples of a half.
            BigRational Entitlement(int i) => algorithm is WeightedLeximin ? new BigRational((int)(2 * lottery.Problem.People[i].Entitlement), 2) : BigRational.One;
        }

        public int CompareTo(Standing other)
        {
            int byChance = other.Without.CompareTo(Without);
            int byValue = Algorithm switch
            {
                Core.Algorithms.Maximin => Sorted[0].CompareTo(other.Sorted[0]),
                Minimax => other.Sorted[^1].CompareTo(Sorted[^1]),
                Leximin or WeightedLeximin => Sorted.Zip(other.Sorted, (mine, theirs) => mine.CompareTo(theirs)).FirstOrDefault(c => c != 0),
                _ => Chances.IsMinimised(Algorithm) ? -Apart(Value, other.Value) : Apart(Value, other.Value),
            };
            return Algorithm is Minimax ? (byValue != 0 ? byValue : byChance) : byChance != 0 ? byChance : byValue;
        }

        /// <summary>Whether it is no worse than another but for rounding.</summary>
        public bool IsAsGoodAs(Standing other) =>
            CompareTo(other) >= 0 || ((Without <= other.Without || Algorithm is Minimax) && Math.Abs(Value - other.Value) <= 1e-7 * Math.Abs(Value));

        public override string ToString() => FormattableString.Invariant($"{Without} without a chance and {Value}");

        /// <summary>The sign of a difference that is more than rounding: Nash and Goldilocks are compared here by values that are not fractions.</summary>
        private static int Apart(double a, double b) => Math.Abs(a - b) <= Rounding * Math.Abs(a) ? 0 : a.CompareTo(b);
    }
}
