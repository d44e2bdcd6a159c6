using BenchmarkDotNet.Attributes;
using Sortition.Core;
using Sortition.Core.Algorithms;
using Sortition.Core.Ballots;
using Sortition.Core.Lotteries;
using Sortition.Files;

namespace Sortition.Benchmarks;

/// <summary>36 of 547 people: each step beside the simplest thing that could stand in its place.</summary>
public class PanelBenchmarks
{
    private readonly SelectionProblem _problem = ProblemFiles.Load(Instance.Files(Instance.Albertslund, panelSize: 36)).Problem;
    private readonly RandomSource _random = RandomSource.Seeded("benchmark");
    private readonly int[] _members = new int[36];
    private PanelLottery _lottery = null!;
    private GreedyDraw _greedy = null!;

    [GlobalSetup]
    public void Prepare()
    {
        _lottery = new Maximin().Solve(_problem).GetLotteryOrThrow();
        _greedy = new GreedyDraw(new GreedyPool(_problem));
    }

    [Benchmark(Baseline = true), BenchmarkCategory("one panel")]
    public Panel DrawFromLottery() => _lottery.Draw(_random);

    /// <summary>One successful draw with its failed attempts; the pool is prepared once, as when chances are estimated.</summary>
    [Benchmark, BenchmarkCategory("one panel")]
    public int DrawGreedily()
    {
        int attempts = _greedy.Run(_random, _members, Greedy.MaxAttempts, CancellationToken.None);
        return attempts > 0 ? attempts : throw new InvalidOperationException("A greedy draw failed.");
    }

    [Benchmark(Baseline = true), BenchmarkCategory("1000 panels")]
    public IReadOnlyList<Panel> DrawSeparately() => _lottery.Draw(_random, 1000);

    [Benchmark, BenchmarkCategory("1000 panels")]
    public PanelTable RoundToBallots() => DependentRounding.Round(_lottery, 1000, _random);
}
