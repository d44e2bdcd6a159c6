using Sortition.Core.Algorithms;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Sortition.Core.Sampling;
using Xunit;

namespace Sortition.Core.Tests.GreedyDraws;

/// <summary>Chances of the greedy draw by counting, and the bounds that counts allow.</summary>
public sealed class ProbabilityEstimateTests
{
    [Fact]
    public void Counts_are_those_of_single_draws_one_after_the_other_by_streams()
    {
        foreach (int pool in new[] { 1, 5, 12, 40 })
        {
            SelectionProblem problem = TinyPools.Problem(pool);
            const int Draws = 400;
            int[] counts = new int[problem.People.Count];
            int succeeded = 0;
            SeededRandomSource generator = new("estimate");
            for (int i = 0; i < Draws; i++)
            {
                if (new Greedy().DrawPanel(problem, generator.Stream(i)) is PanelResult.Drawn drawn)
                {
                    succeeded++;
                    foreach (int member in drawn.Panel.Members)
                    {
                        counts[member]++;
                    }
                }
            }

            ProbabilityEstimate frequencies = ProbabilityEstimate.Run(problem, Draws, "estimate");
            Assert.Equal(Draws, frequencies.Draws);
            Assert.Equal(succeeded, frequencies.Succeeded);
            Assert.Equal(counts, frequencies.Counts);
            Assert.Equal(counts.Select(c => succeeded == 0 ? 0 : c / (double)succeeded), Enumerable.Range(0, counts.Length).Select(frequencies.Frequency));
        }
    }

    [Fact]
    public void Counts_do_not_depend_on_how_many_estimations_share_the_processors()
    {
        SelectionProblem problem = Instances.Load("mass_like_24", 24);
        int[] alone = [.. ProbabilityEstimate.Run(problem, 500, "shared").Counts];
        int[][] together = new int[4][];
        Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i => together[i] = [.. ProbabilityEstimate.Run(problem, 500, "shared").Counts]);
        Assert.All(together, counts => Assert.Equal(alone, counts));
        Assert.NotEqual(alone, ProbabilityEstimate.Run(problem, 500, "other").Counts);
    }

    [Fact]
    public void Progress_tells_of_every_thousand_draws()
    {
        Recorder recorder = new();
        ProbabilityEstimate.Run(TinyPools.Problem(1), 3500, "progress", new ComputeOptions { Progress = recorder });
        Assert.Equal([1000 / 3500.0, 2000 / 3500.0, 3000 / 3500.0], recorder.Told.Order());
    }

    [Fact]
    public void One_thread_draws_in_order_and_counts_the_same()
    {
        SelectionProblem problem = TinyPools.Problem(12);
        Recorder recorder = new();
        ProbabilityEstimate alone = ProbabilityEstimate.Run(problem, 20_000, "threads", new ComputeOptions { MaxThreads = 1, Progress = recorder });
        Assert.Equal(Enumerable.Range(1, 20).Select(i => i / 20.0), recorder.Told);
        Assert.Equal(alone.Counts, ProbabilityEstimate.Run(problem, 20_000, "threads", new ComputeOptions { MaxThreads = 4 }).Counts);
        Assert.Throws<ArgumentOutOfRangeException>(() => ProbabilityEstimate.Run(problem, 1, "threads", new ComputeOptions { MaxThreads = 0 }));
    }

    [Fact]
    public void Fewer_than_one_draw_is_misuse() => Assert.Throws<ArgumentOutOfRangeException>(() => ProbabilityEstimate.Run(TinyPools.Problem(1), 0, "x"));

    [Fact]
    public void The_person_worst_off_in_the_alternate_family_has_a_chance_below_the_published_bound()
    {
        // Flanigan et al., Nature 2021, supplementary information: at most 1.21 % with 99 % confidence, where a fair lottery gives 10 %. Followed by hand, nine people (f, l) and nine
        // (m, c) are seated first, all ratios being 0 then; f, listed first, wins the tie, and the one person (f, c) is among 91 remaining: her chance is 1/91. Ten thousand draws
        // bound that by 1.34 % on average; more draws come closer.
        SelectionProblem problem = Instances.Alternate(200, 20);
        ProbabilityEstimate few = ProbabilityEstimate.Run(problem, 10_000, "alternate");
        Assert.Equal(10_000, few.Succeeded);
        Assert.Equal(20 * 10_000, few.Counts.Sum());
        Assert.InRange(1 / 91.0, few.LowerBound(problem.IndexOf("p0")), few.UpperBound(problem.IndexOf("p0")));
        ProbabilityEstimate many = ProbabilityEstimate.Run(problem, 200_000, "alternate");
        Assert.InRange(1 / 91.0, many.LowerBound(problem.IndexOf("p0")), many.UpperBound(problem.IndexOf("p0")));
        Assert.InRange(Enumerable.Range(0, 200).Min(i => many.UpperBound(i)), 0, 0.0121);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(0, 100)]
    [InlineData(1, 100)]
    [InlineData(37, 100)]
    [InlineData(99, 100)]
    [InlineData(0, 10_000)]
    [InlineData(3, 10_000)]
    [InlineData(1000, 10_000)]
    [InlineData(9999, 10_000)]
    public void Bounds_are_the_quantiles_of_the_Jeffreys_distribution(int selected, int draws)
    {
        ProbabilityEstimate frequencies = new(draws, draws, [selected]);
        foreach (double confidence in new[] { 0.5, 0.95, 0.99, 0.999 })
        {
            Assert.Equal(confidence, BetaBelow(selected, draws, frequencies.UpperBound(0, confidence)), 1e-7);
            if (selected > 0)
            {
                Assert.Equal(1 - confidence, BetaBelow(selected, draws, frequencies.LowerBound(0, confidence)), 1e-7);
            }
        }
    }

    [Fact]
    public void Bounds_of_closed_form_hold()
    {
        // Beta(1/2, 3/2): F(sin² θ) = (2θ + sin 2θ)/π. θ = π/4 gives F(1/2) = 1/2 + 1/π; mirrored for Beta(3/2, 1/2).
        double confidence = 0.5 + (1 / Math.PI);
        Assert.Equal(0.5, new ProbabilityEstimate(1, 1, [0]).UpperBound(0, confidence), 1e-9);
        Assert.Equal(0.5, new ProbabilityEstimate(1, 1, [1]).LowerBound(0, confidence), 1e-9);
    }

    [Fact]
    public void Counts_at_the_ends_have_the_ends_as_bounds()
    {
        ProbabilityEstimate frequencies = new(10, 10, [0, 10]);
        Assert.Equal(0, frequencies.LowerBound(0));
        Assert.Equal(1, frequencies.UpperBound(1));
        Assert.InRange(frequencies.UpperBound(0), 0.2, 0.4);
        Assert.InRange(frequencies.LowerBound(1), 0.6, 0.8);
        ProbabilityEstimate none = new(10, 0, [0]);
        Assert.Equal((0, 0, 1), (none.Frequency(0), none.LowerBound(0), none.UpperBound(0)));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    [InlineData(-0.5)]
    [InlineData(99)]
    public void A_confidence_that_is_none_is_refused_whatever_the_counts(double confidence)
    {
        ProbabilityEstimate frequencies = new(10, 10, [0, 5, 10]);
        for (int i = 0; i < 3; i++)
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => frequencies.UpperBound(i, confidence));
            Assert.Throws<ArgumentOutOfRangeException>(() => frequencies.LowerBound(i, confidence));
        }
    }

    /// <summary>
    /// The distribution function of Beta(½ + s, ½ + N − s), by Simpson's rule: with x = sin² θ the density becomes sin^2s θ · cos^2(N−s) θ, which is smooth.
    /// </summary>
    private static double BetaBelow(int selected, int draws, double x)
    {
        double peak = Math.Asin(Math.Sqrt(selected / (double)draws));
        double scale = Log(peak);
        double upTo = Math.Asin(Math.Sqrt(x));
        double below = Integral(0, upTo);
        return below / (below + Integral(upTo, Math.PI / 2));

        double Log(double angle) =>
            (selected == 0 ? 0 : 2.0 * selected * Math.Log(Math.Sin(angle))) + (selected == draws ? 0 : 2.0 * (draws - selected) * Math.Log(Math.Abs(Math.Cos(angle))));

        double Integral(double from, double to)
        {
            const int Steps = 20_000;
            double step = (to - from) / Steps;
            double sum = 0;
            for (int i = 0; i <= Steps; i++)
            {
                double weight = i is 0 or Steps ? 1 : i % 2 == 1 ? 4 : 2;
                sum += weight * Math.Exp(Log(from + (i * step)) - scale);
            }

            return sum * step / 3;
        }
    }

    private sealed class Recorder : IProgress<double>
    {
        private readonly Lock _lock = new();

        public List<double> Told { get; } = [];

        public void Report(double value)
        {
            lock (_lock)
            {
                Told.Add(value);
            }
        }
    }
}
