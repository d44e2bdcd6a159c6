using System.Globalization;
using Sortition.Core.Engine;
using Sortition.Core.Engine.Search;
using Sortition.Core.Lotteries;

namespace Sortition.Core.Ballots;

/// <summary>
/// Mixes ballots: people change places between them for so long that it no longer matters who sat with whom at first, while everybody stays on as many ballots.
/// </summary>
/// <remarks>
/// <para>Which exchanges are drawn, how often each list is used, and how many tries are made is settled before the run that counts, by trial runs with chance
/// of their own: stopping when the figures please would favour such arrangements. One trial begins with the ballots as they were found, one with ballots sorted
/// as far as exchanges allow. A trial ends when the ballots share hardly more with their beginning than with each other, or after so many tries.</para>
/// <para>The ballots count as mixed if that is so for all three runs, and the figures of the three agree.</para>
/// </remarks>
internal sealed class BallotExchange
{
    private const double ShareOfTrials = 0.2;
    private const int MostProbeTries = 4_000;
    private const double LeastSuccess = 1 / 256.0;
    private const long FirstTries = 1 << 8;
    private const long MostTries = 40_000_000;
    private const int ManyPeople = 20_000;
    private const long MostTriesForSeat = 1_500;
    private const long TriesBeforeStandstill = 50;
    private const double Standstill = 0.99;
    private const int RunPerTrial = 2;
    private const long EnoughExchanges = 100_000;
    private const long MostBits = 1L << 31;

    private const double Forgotten = 0.1;
    private const double SamePairs = 0.1;
    private const double SameDifferent = 0.01;
    private const double Noise = 4;

    private readonly SelectionProblem _problem;
    private readonly ExchangeRules _rules;
    private readonly IReadOnlyList<IReadOnlyList<int>> _found;
    private readonly List<ExchangeList> _lists = [];
    private readonly SeededRandomSource _seeds;
    private readonly double _chanceToMeet;
    private readonly CancellationToken _cancellationToken;

    private BallotExchange(
        SelectionProblem problem,
        IReadOnlyList<IReadOnlyList<int>> ballots,
        RandomSource random,
        CancellationToken cancellationToken,
        int maxGroups = ExchangeList.MaxGroups)
    {
        _problem = problem;
        _rules = new ExchangeRules(problem);
        _found = ballots;
        _cancellationToken = cancellationToken;
        _seeds = new SeededRandomSource(string.Concat(Enumerable.Range(0, 4).Select(_ => random.NextUInt64().ToString("x16", CultureInfo.InvariantCulture))));
        int[] times = new int[_rules.People];
        long[] totals = new long[_rules.Quotas];
        foreach (int i in ballots.SelectMany(b => b))
        {
            times[i]++;
            foreach (int q in _rules.QuotasOf[i])
            {
                totals[q]++;
            }
        }

        double seats = (double)ballots.Count * problem.PanelSize;
        _chanceToMeet = times.Sum(t => (double)t * t) / ballots.Count / seats;
        List(times, [.. totals.Select((sum, q) => sum == (long)ballots.Count * _rules.Min[q] || sum == (long)ballots.Count * _rules.Max[q])], maxGroups);
    }

    /// <summary>Mixes ballots.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="ballots">The members of each ballot, a panel.</param>
    /// <param name="random">Four words are taken from it, which decide everything.</param>
    /// <param name="maxThreads">The most threads that compute at the same time.</param>
    /// <param name="progress">Told how much is done, 0..1; may be null.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The members of each ballot, ascending, and how mixed they are.</returns>
    public static (IReadOnlyList<IReadOnlyList<int>> Ballots, BallotMixing Mixing) Run(
        SelectionProblem problem,
        IReadOnlyList<IReadOnlyList<int>> ballots,
        RandomSource random,
        int maxThreads,
        Action<double>? progress,
        CancellationToken cancellationToken)
    {
        BallotExchange exchange = new(problem, ballots, random, cancellationToken);
        return exchange.Mix(maxThreads, progress);
    }

    /// <summary>The lists of exchanges that ballots allow, for tests.</summary>
    internal static IReadOnlyList<ExchangeList> ListsOf(
        SelectionProblem problem, IReadOnlyList<IReadOnlyList<int>> ballots, int maxGroups = ExchangeList.MaxGroups) =>
        new BallotExchange(problem, ballots, RandomSource.Seeded(""), CancellationToken.None, maxGroups)._lists;

    private (IReadOnlyList<IReadOnlyList<int>> Ballots, BallotMixing Mixing) Mix(int maxThreads, Action<double>? progress)
    {
        if (_lists.Count == 0 || (long)_rules.People * _found.Count > MostBits)
        {
            // Nobody can change places: mixed if there was only one way to begin with.
            bool isForced = _chanceToMeet > 1 - Tolerances.SameBallots;
            return (_found, BallotMixing.Measure(_problem, _found, isMixed: isForced, changes: 0));
        }

        byte[] schedule = Schedule();
        Trial? asFound = null;
        Trial? sorted = null;
        SideBySide.Run(
            maxThreads, () => asFound = Try(_found, schedule, Source(1)), () => sorted = Try(Sorted(schedule), schedule, Source(2)));
        long tries = RunPerTrial * Math.Max(asFound!.Tries, sorted!.Tries);
        progress?.Invoke(ShareOfTrials);
        BallotChain chain = new(_rules, _found);
        QuickRandomSource random = Source(0);

        // One try more or less, so that it does not matter if every second arrangement can only be had by an odd number of them.
        long made = 0;
        long changes = chain.Run(_lists, schedule, tries + (long)(random.NextUInt64() >> 63), random, Report, _cancellationToken).Sum();
        int[][] ballots = chain.ToBallots();
        BallotMixing mixing = BallotMixing.Measure(_problem, ballots, isMixed: null, changes);
        bool isMixed = HaveChanged(ballots) && Memory(_found, ballots) < StillKnown() && asFound.Memory < StillKnown() && sorted.Memory < StillKnown()
            && Agree(mixing, asFound) && Agree(mixing, sorted);
        return (ballots, mixing.With(isMixed));

        void Report(long more)
        {
            made += more;
            progress?.Invoke(ShareOfTrials + ((1 - ShareOfTrials) * Math.Min(1, made / (double)tries)));
        }
    }

    /// <summary>Lists what can be exchanged: by the rules that have no room on any ballot, and by all rules, by which any exchange is allowed.</summary>
    private void List(int[] times, bool[] hasNoRoom, int maxGroups)
    {
        int count = _found.Count;
        int[][] people = [.. Enumerable.Range(0, times.Length).Where(i => times[i] > 0 && times[i] < count).Select(i => (int[])[i])];
        int[][] types = [.. people.GroupBy(one => _problem.TypeOf(one[0]), one => one[0]).OrderBy(g => g.Key).Select(g => g.ToArray())];
        long exchanges = 0;
        for (int size = 1; size <= AlikeGroups.MaxSize; size++)
        {
            int[][] kinds = AlikeGroups.CountOf(size, people.Length) <= maxGroups ? people : types;
            if (AlikeGroups.CountOf(size, kinds.Length) > maxGroups || (size == AlikeGroups.MaxSize && exchanges > EnoughExchanges))
            {
                return;
            }

            foreach (bool byAll in (bool[])[false, true])
            {
                _cancellationToken.ThrowIfCancellationRequested();
                ulong[] keys = Array.ConvertAll(
                    _rules.QuotasOf, of => of.Where(q => byAll || hasNoRoom[q]).Aggregate(0UL, (sum, q) => sum + AlikeGroups.KeyOf(q)));
                ExchangeList list = new(size, kinds, keys, i => times[i] / (double)count, count);
                exchanges = Math.Max(exchanges, list.Count);
                if (list.Count > 0)
                {
                    _lists.Add(list);
                }
            }
        }
    }

    /// <summary>Uses each list so often that all of them change about as much, measured from the ballots as found; entries are drawn evenly.</summary>
    private byte[] Schedule()
    {
        BallotChain chain = new(_rules, _found);
        QuickRandomSource random = Source(3);
        long tries = Math.Min(MostProbeTries, TriesAtFirst());
        List<byte> schedule = [];
        for (int l = 0; l < _lists.Count; l++)
        {
            long changes = chain.Run(_lists, [(byte)l], tries, random, null, _cancellationToken)[l];
            double success = Math.Max(LeastSuccess, changes / (double)tries);
            schedule.AddRange(Enumerable.Repeat((byte)l, (int)Math.Ceiling(1 / success)));
        }

        return [.. schedule];
    }

    /// <summary>Ballots sorted as far as exchanges allow: people who stand first in the pool on the first ones.</summary>
    private int[][] Sorted(byte[] schedule)
    {
        BallotChain chain = new(_rules, _found) { Sorts = true };
        chain.Run(_lists, schedule, TriesAtFirst(), Source(4), null, _cancellationToken);
        return chain.ToBallots();
    }

    private Trial Try(IReadOnlyList<IReadOnlyList<int>> start, byte[] schedule, QuickRandomSource random)
    {
        BallotChain chain = new(_rules, start);
        long made = 0;
        long next = TriesAtFirst();
        double before = 1;
        while (true)
        {
            chain.Run(_lists, schedule, next, random, null, _cancellationToken);
            made += next;
            next = made;
            int[][] ballots = chain.ToBallots();
            double memory = Memory(start, ballots);
            bool stands = made > TriesBeforeStandstill * _found.Count * _problem.PanelSize && memory > before * Standstill;
            if (memory < StillKnown() || stands || made + next > MostTrialTries())
            {
                (int different, double pairs, double excess) = BallotMixing.Compare(_problem, ballots);
                return new Trial(made, memory, different, pairs, excess);
            }

            before = memory;
        }
    }

    private long MostTrialTries() =>
        Math.Min(MostTries * ManyPeople / Math.Max(ManyPeople, _rules.People), MostTriesForSeat * _found.Count * _problem.PanelSize);

    private long TriesAtFirst() => Math.Max(FirstTries, 16L * _found.Count);

    /// <summary>
    /// How much of a beginning is left: 1 if every ballot is as it was, 0 if it shares as much with what it was as with any other ballot of the beginning. What
    /// counts is people or types, whichever is remembered better: in a large pool people of a type soon change places, while each ballot keeps its types.
    /// </summary>
    private double Memory(IReadOnlyList<IReadOnlyList<int>> start, int[][] now) =>
        Math.Max(Memory(start, now, i => i, _rules.People), Memory(start, now, _problem.TypeOf, _problem.TypeTable.Types.Length));

    private static double Memory(IReadOnlyList<IReadOnlyList<int>> start, int[][] now, Func<int, int> kindOf, int kinds)
    {
        double shared = 0;
        double sharedAtFirst = 0;
        int[] was = new int[kinds];
        double[] all = new double[kinds];
        for (int b = 0; b < now.Length; b++)
        {
            foreach (int i in start[b])
            {
                was[kindOf(i)]++;
                all[kindOf(i)]++;
            }

            shared += now[b].Sum(i => (double)was[kindOf(i)]);
            sharedAtFirst += start[b].Sum(i => (double)was[kindOf(i)]);
            foreach (int i in start[b])
            {
                was[kindOf(i)] = 0;
            }
        }

        double byChance = all.Sum(seats => seats * seats) / now.Length;
        return sharedAtFirst - byChance > Tolerances.SameBallots * byChance ? (shared - byChance) / (sharedAtFirst - byChance) : 0;
    }

    /// <summary>Whether other panels came of it than those at first; with one seat there are no others.</summary>
    private bool HaveChanged(int[][] now)
    {
        return _problem.PanelSize == 1 || !Panels(_found).SequenceEqual(Panels(now), StringComparer.Ordinal);

        static IEnumerable<string> Panels(IReadOnlyList<IReadOnlyList<int>> ballots) => ballots.Select(b => string.Join(' ', b)).Order(StringComparer.Ordinal);
    }

    /// <summary>How much memory chance alone may show.</summary>
    private double StillKnown() => Forgotten + (Noise / Math.Sqrt((double)_found.Count * _problem.PanelSize));

    private bool Agree(BallotMixing mixing, Trial trial)
    {
        double allowed = SamePairs + (Noise * Math.Sqrt(2 / Math.Max(1, trial.Pairs)));
        double different = Math.Abs(mixing.DifferentPanels - trial.DifferentPanels);
        return Math.Abs(mixing.PairExcess - trial.PairExcess) <= allowed * Math.Max(mixing.PairExcess, trial.PairExcess)
            && different <= (SameDifferent * _found.Count) + Math.Sqrt(Noise * _found.Count * (1 - (mixing.DifferentPanels / (double)_found.Count)));
    }

    private QuickRandomSource Source(int stream) => new(_seeds.Stream(stream));

    /// <summary>A trial run: how many tries it took, how much of its beginning was left, and the figures at its end.</summary>
    private sealed record Trial(long Tries, double Memory, int DifferentPanels, double Pairs, double PairExcess);
}
