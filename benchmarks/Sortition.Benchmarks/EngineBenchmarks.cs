using BenchmarkDotNet.Attributes;
using Sortition.Core;
using Sortition.Core.Algorithms;
using Sortition.Core.Engine.Mixing;
using Sortition.Core.Engine.Polytope;
using Sortition.Core.Engine.Proof;
using Sortition.Core.Engine.Relaxation;
using Sortition.Core.Engine.Search;
using Sortition.Core.Problems;
using Sortition.Files;

namespace Sortition.Benchmarks;

/// <summary>The parts of the engine on 36 of 547 people, as leximin uses them, each beside the simplest thing that could stand in its place.</summary>
public class EngineBenchmarks
{
    private const int WeightVectors = 8;
    private const int LargestWeight = 1000;

    private readonly SelectionProblem _problem = ProblemFiles.Load(Instance.Files(Instance.Albertslund, panelSize: 36)).Problem;
    private readonly int[] _members = new int[36];
    private readonly PanelCollection _panels = new();
    private QuotaPolytope _polytope = null!;
    private bool[] _covered = [];
    private double[] _people = [];
    private TypeSeats[][] _survey = [];
    private long[][] _weights = [];
    private PanelSearch _warm = null!;
    private Face _face = null!;
    private int _wanted;
    private GreedyDraw _greedy = null!;
    private RandomSource _random = null!;
    private double[] _start = [];
    private bool[] _isWanted = [];
    private double[] _open = [];

    /// <summary>Goes the way of a leximin computation up to its mix, and checks that the search and the judge agree.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        _polytope = QuotaPolytope.Of(_problem);
        PoolSurvey survey = new(_polytope);
        survey.Run(null, CancellationToken.None);
        _covered = survey.Covered;
        _people = [.. _polytope.Upper.Select((n, t) => _covered[t] ? (double)n : 0)];
        PanelCollection surveyed = new();
        survey.Panels.ForEach(panel => surveyed.Add(panel));
        _survey = [.. surveyed.Items];

        _random = RandomSource.Seeded("benchmark");
        _weights = [.. Enumerable.Range(0, WeightVectors).Select(_ => _people.Select(_ => 1 + _random.NextBelow(LargestWeight)).ToArray())];
        _warm = new PanelSearch(_polytope);
        if (Judge() != SearchCold() || SearchCold() != SearchWarm())
        {
            throw new InvalidOperationException("The search and the judge disagree.");
        }

        _face = new Face(_polytope, LeximinTarget());
        double[] target = _face.Expected;
        _wanted = (int)(1.15 * (target.Count(y => y != Math.Round(y)) + 10));
        _greedy = new GreedyDraw(new GreedyPool(_problem));

        Herding herding = new(_face.Search, target);
        herding.Run(_wanted, 2, () => { }, panel => _panels.Add(panel), CancellationToken.None);
        while (Realisation.Solve(_panels.Items, Start(), target, CancellationToken.None, out double[] separator) is null)
        {
            if (!herding.Separate(separator, panel => _panels.Add(panel), CancellationToken.None))
            {
                throw new InvalidOperationException("The target is not a mix of panels.");
            }

            herding.Run(_wanted / 64, 2, () => { }, panel => _panels.Add(panel), CancellationToken.None);
        }

        _start = Start();
        _isWanted = Array.ConvertAll(target, y => y > 0);
        _open = Array.ConvertAll(target, _ => double.NaN);

        double[] Start() => [.. _panels.Counts.Select(c => c / (double)_panels.Total)];
    }

    /// <summary>The lowest chance alone, by one stage and the raising of some others.</summary>
    [Benchmark(Baseline = true), BenchmarkCategory("relaxation")]
    public double LowestChance() => RelaxedLeximin.SolveLowest(_polytope, _covered, CancellationToken.None).Value;

    [Benchmark, BenchmarkCategory("relaxation")]
    public double LeximinStages() => LeximinTarget()[0];

    [Benchmark, BenchmarkCategory("relaxation")]
    public double NashRelaxation() => RelaxedNash.Solve(_polytope, _covered, _survey, CancellationToken.None).Seats[0];

    /// <summary>The heaviest panel for given weights, by CP-SAT.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = WeightVectors), BenchmarkCategory("pricing")]
    public long Judge()
    {
        long sum = 0;
        foreach (long[] weights in _weights)
        {
            sum += ExactJudge.HeaviestPanel(_polytope, weights, null, null, CancellationToken.None).Weight;
        }

        return sum;
    }

    /// <summary>By a new search for each weight vector.</summary>
    [Benchmark(OperationsPerInvoke = WeightVectors), BenchmarkCategory("pricing")]
    public long SearchCold() => _weights.Sum(weights => Heaviest(new PanelSearch(_polytope), weights));

    /// <summary>By one search that keeps its basis from one weight vector to the next.</summary>
    [Benchmark(OperationsPerInvoke = WeightVectors), BenchmarkCategory("pricing")]
    public long SearchWarm() => _weights.Sum(weights => Heaviest(_warm, weights));

    /// <summary>As many panels as herding finds, drawn greedily: they meet the quotas, but their mix is near nothing in particular.</summary>
    [Benchmark(Baseline = true), BenchmarkCategory("herding")]
    public int DrawGreedily()
    {
        int attempts = 0;
        for (int i = 0; i < _wanted; i++)
        {
            attempts += _greedy.Run(_random, _members, Greedy.MaxAttempts, CancellationToken.None);
        }

        return attempts;
    }

    [Benchmark, BenchmarkCategory("herding")]
    public int HerdOnOneThread() => Herd(1);

    [Benchmark, BenchmarkCategory("herding")]
    public int HerdOnTwoThreads() => Herd(2);

    /// <summary>The same question as a linear program over the same panels: max z with Σ λ·x ≥ z·target, which is 1 exactly where they have such a mix.</summary>
    [Benchmark(Baseline = true), BenchmarkCategory("realisation")]
    public double MixByLinearProgram() => PanelMix.Solve(_face.Expected, _isWanted, _open, _panels.Items, 1, CancellationToken.None).Value;

    [Benchmark, BenchmarkCategory("realisation")]
    public double MixNearestInEntropy() =>
        (Realisation.Solve(_panels.Items, _start, _face.Expected, CancellationToken.None, out _) ?? throw new InvalidOperationException("The target is not a mix of panels."))[0];

    private static long Heaviest(PanelSearch search, long[] weights)
    {
        double[] inexact = Array.ConvertAll(weights, w => (double)w);
        int[] panel = search.Search(inexact, double.NegativeInfinity, firstOnly: false, long.MaxValue, null, CancellationToken.None)!;
        return panel.Select((seats, t) => seats * weights[t]).Sum();
    }

    private double[] LeximinTarget() =>
        RelaxedLeximin.Solve(_polytope, _covered, _people, Array.ConvertAll(_polytope.Upper, u => (double)u), CancellationToken.None).Target;

    private int Herd(int threads)
    {
        int panels = 0;
        new Herding(_face.Search, _face.Expected).Run(_wanted, threads, () => { }, _ => panels++, CancellationToken.None);
        return panels;
    }
}
