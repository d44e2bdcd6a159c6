using BenchmarkDotNet.Attributes;
using Sortition.Core;
using Sortition.Core.Algorithms;
using Sortition.Core.Feasibility;
using Sortition.Files;

namespace Sortition.Benchmarks;

/// <summary>36 of 547 people by every objective, certificate included, beside merely finding out whether there is a panel and who can be on one.</summary>
public class ObjectiveBenchmarks
{
    private readonly SelectionProblem _problem = ProblemFiles.Load(Instance.Files(Instance.Albertslund, panelSize: 36)).Problem;

    [Benchmark(Baseline = true), BenchmarkCategory("solve")]
    public FeasibilityReport Feasibility() => FeasibilityAnalysis.Check(_problem);

    [Benchmark, BenchmarkCategory("solve")]
    public PanelLottery SolveMaximin() => Certified(new Maximin());

    [Benchmark, BenchmarkCategory("solve")]
    public PanelLottery SolveLeximin() => Certified(new Leximin());

    [Benchmark, BenchmarkCategory("solve")]
    public PanelLottery SolveNash() => Certified(new Nash());

    [Benchmark, BenchmarkCategory("solve")]
    public PanelLottery SolveMinimax() => Certified(new Minimax());

    [Benchmark, BenchmarkCategory("solve")]
    public PanelLottery SolveGoldilocks() => Certified(new Goldilocks());

    private PanelLottery Certified(ILotteryAlgorithm objective)
    {
        PanelLottery lottery = objective.Solve(_problem).GetLotteryOrThrow();
        return lottery.Certificate.Status == CertificateStatus.ProvenOptimal ? lottery : throw new InvalidOperationException($"{objective.Name} is not proven.");
    }
}
