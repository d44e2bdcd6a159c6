using Sortition.Core.Engine.Polytope;
using Sortition.Core.Engine.Search;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;

namespace Sortition.Core.Sampling;

/// <summary>Several chains from panels far apart, run until they agree or until no more steps may be made.</summary>
/// <remarks>
/// After each doubling the first half is thrown away and the rest looked at by <see cref="ChainDiagnosis"/>. Chains keep at most so many panels, evenly spaced:
/// when there are twice as many, every second one is dropped.
/// </remarks>
internal sealed class ChainRun
{
    /// <summary>How many chains there are.</summary>
    public const int Chains = 4;

    private const int LeastKept = 1024;
    private const long FirstSteps = 100_000;
    private const long NodesOfSearch = 20_000;

    private readonly PanelSpace _space;
    private readonly UniformOptions _options;
    private readonly PanelChain[] _chains;
    private readonly List<int[]>[] _kept;
    private readonly int _mostKept;
    private readonly CancellationToken _cancellationToken;

    public ChainRun(PanelSpace space, int draws, SeededRandomSource generator, UniformOptions options, CancellationToken cancellationToken)
    {
        _space = space;
        _options = options;
        _cancellationToken = cancellationToken;

        // Half of what is kept is thrown away, and the draws are to come from the rest.
        _mostKept = Math.Max(LeastKept, 2 * (int)Math.Min(int.MaxValue / 4, (draws + Chains - 1L) / Chains));
        Polytope = QuotaPolytope.Of(space.Problem);
        _chains = [.. Starts(generator).Select((members, c) => new PanelChain(space, members, generator.Stream(c)))];
        _kept = [.. _chains.Select(_ => new List<int[]>())];
    }

    public QuotaPolytope Polytope { get; }

    /// <summary>The steps of all chains together.</summary>
    public long Steps { get; private set; }

    /// <summary>The panels of each chain that count, in their order.</summary>
    public int[][][] Panels => [.. _kept.Select(k => k.Skip(k.Count / 2).ToArray())];

    /// <summary>Runs the chains.</summary>
    /// <returns>What their agreement was like in the end.</returns>
    public ChainDiagnosis Run()
    {
        long spacing = Math.Max(1, FirstSteps / _mostKept);
        long stepsOfChain = 0;
        while (true)
        {
            Advance(spacing, _mostKept - _kept[0].Count);
            stepsOfChain = spacing * _mostKept;
            Steps = Chains * stepsOfChain;
            _options.Progress?.Report(Math.Min(1, Steps / (double)_options.MaxProposals));
            ChainDiagnosis diagnosis = new(_space.Problem, Panels, Polytope, _cancellationToken);
            if (diagnosis.IsConverged || 2 * Steps > _options.MaxProposals)
            {
                return diagnosis;
            }

            foreach (List<int[]> kept in _kept)
            {
                int at = 0;
                kept.RemoveAll(_ => at++ % 2 == 0);
            }

            spacing *= 2;
        }
    }

    private void Advance(long spacing, int panels) => Parallel.For(
        0,
        Chains,
        new ParallelOptions { CancellationToken = _cancellationToken, MaxDegreeOfParallelism = _options.MaxThreads },
        c =>
        {
            for (int p = 0; p < panels; p++)
            {
                _cancellationToken.ThrowIfCancellationRequested();
                for (long s = 0; s < spacing; s++)
                {
                    _chains[c].Step();
                }

                _kept[c].Add(_chains[c].Members());
            }
        });

    /// <summary>Panels that are heaviest for random weights, so that they lie at different corners; people within types are chosen at random.</summary>
    private List<int[]> Starts(SeededRandomSource generator)
    {
        PanelSearch search = new(Polytope);
        List<int[]> starts = [];
        for (int c = 0; c < Chains; c++)
        {
            RandomSource random = generator.Stream(Chains + c);
            double[] weights = [.. Enumerable.Range(0, Polytope.TypeCount).Select(_ => random.NextBelow(1_000_000) / 1e6)];
            int[] seats = search.Search(weights, double.NegativeInfinity, firstOnly: false, NodesOfSearch, null, _cancellationToken)
                ?? search.Search(weights, double.NegativeInfinity, firstOnly: true, long.MaxValue, null, _cancellationToken)
                ?? throw new InvalidOperationException("The quotas can be met, but no panel was found.");
            TypeSeats[] taken = [.. Enumerable.Range(0, seats.Length).Where(t => seats[t] > 0).Select(t => new TypeSeats(t, seats[t]))];
            starts.Add(PeopleOfTypes.Choose(_space.Problem, taken, random));
        }

        return starts;
    }
}
