using Sortition.Core.Engine.Numerics;

namespace Sortition.Core.Engine.Search;

/// <summary>Finds panels whose mix comes close to given expected seats.</summary>
/// <remarks>
/// <para>Each panel favours the types that the panels before it have served least (Welling, Herding dynamical weights to learn, ICML 2009): after N panels
/// every type's mean is within O(1/N) of its target. The first panel that branch and bound comes upon is good enough.</para>
/// <para>Two series of panels are found side by side, each on its own. In each, every type starts somewhere between two of its seats, and half a turn further
/// on in the second: so the series differ, and together are as even as one.</para>
/// </remarks>
internal sealed class Herding
{
    private const long NodeLimit = 20_000;
    private static readonly double s_turn = (Math.Sqrt(5) - 1) / 2;

    private readonly double[] _target;
    private readonly Series[] _series;

    /// <param name="face">Makes a search of its own among the panels wanted.</param>
    /// <param name="target">Expected seats by type; types without any are avoided.</param>
    /// <param name="spread">
    /// What counts as equally far off, by type. Null for the root of the expected seats, which favours types that are often seated; for few panels of many
    /// types the standard deviation is better.
    /// </param>
    public Herding(Func<PanelSearch> face, double[] target, double[]? spread = null)
    {
        _target = target;
        spread ??= Array.ConvertAll(target, Math.Sqrt);
        _series = [new Series(face(), target, spread, 0), new Series(face(), target, spread, 0.5)];
    }

    /// <summary>Looks for more panels, until every type wanted is among them.</summary>
    /// <param name="count">How many, repeated ones counted, if every type wanted is among them.</param>
    /// <param name="maxThreads">The most threads that may compute at the same time.</param>
    /// <param name="found">Told after each pair of panels, one of either series; never from two threads at once.</param>
    /// <param name="keep">
    /// Given every panel, in an order that does not depend on the threads; after a cancellation the pairs found before. So what a cancellation leaves depends
    /// on how many pairs were told, and on nothing else.
    /// </param>
    /// <param name="cancellationToken">Stops the search.</param>
    public void Run(int count, int maxThreads, Action found, Action<int[]> keep, CancellationToken cancellationToken)
    {
        Find(count, maxThreads, found, keep, cancellationToken);
        SeatRareTypes(found, keep, cancellationToken);
    }

    /// <summary>Looks for more panels, whatever types are among them. As for <see cref="Run"/>.</summary>
    public void Find(int count, int maxThreads, Action found, Action<int[]> keep, CancellationToken cancellationToken)
    {
        bool areWhole = false;
        Lock gate = new();
        try
        {
            RunBoth(count, maxThreads, Told, cancellationToken);
            areWhole = true;
        }
        finally
        {
            HandOver(keep, areWhole);
        }

        void Told(Series told)
        {
            lock (gate)
            {
                told.Told++;
                if (told.Told == Math.Min(_series[0].Told, _series[1].Told))
                {
                    found();
                }
            }
        }
    }

    /// <summary>Goes on from other panels than those found.</summary>
    /// <param name="panels">How many.</param>
    /// <param name="seats">Entry t: the seats of type t on all of them.</param>
    public void GoOn(int panels, double[] seats)
    {
        double[] half = Array.ConvertAll(seats, s => s / 2);
        Array.ForEach(_series, series => series.GoOn(panels / 2, half));
    }

    private void RunBoth(int count, int maxThreads, Action<Series> told, CancellationToken cancellationToken)
    {
        Array.ForEach(_series, series => series.Told = 0);
        if (maxThreads > 1)
        {
            SideBySide.Run(
                maxThreads, () => _series[0].Run((count + 1) / 2, told, cancellationToken), () => _series[1].Run(count / 2, told, cancellationToken));
            return;
        }

        for (int i = 0; i < count; i++)
        {
            _series[i % 2].Run(1, told, cancellationToken);
        }
    }

    /// <summary>Gives the panels found in pairs, one of either series, and (if all are wanted) what is left of them.</summary>
    private void HandOver(Action<int[]> keep, bool areWhole)
    {
        List<int[]> first = _series[0].Found;
        List<int[]> second = _series[1].Found;
        int pairs = Math.Min(first.Count, second.Count);
        for (int i = 0; i < pairs; i++)
        {
            keep(first[i]);
            keep(second[i]);
        }

        if (areWhole)
        {
            first[pairs..].ForEach(keep);
            second[pairs..].ForEach(keep);
        }

        first.Clear();
        second.Clear();
    }

    /// <summary>Looks for one more panel that weighs no less than the target.</summary>
    /// <param name="weights">A weight for each type.</param>
    /// <param name="keep">Given the panel.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>Whether there was one.</returns>
    public bool Separate(double[] weights, Action<int[]> keep, CancellationToken cancellationToken)
    {
        double floor = Vectors.Dot(weights, _target);
        bool found = _series[0].SeatOne(weights, floor - (Tolerances.TargetWeight * Math.Abs(floor)), cancellationToken);
        HandOver(keep, areWhole: true);
        return found;
    }

    /// <summary>
    /// Few panels do not get round to types that are wanted much less than once in so many. They must be on some panel all the same. As for <see cref="Run"/>.
    /// </summary>
    public void SeatRareTypes(Action found, Action<int[]> keep, CancellationToken cancellationToken)
    {
        Series series = _series[0];
        double[] weights = new double[_target.Length];
        bool[] isUnseen = new bool[_target.Length];
        do
        {
            for (int t = 0; t < isUnseen.Length; t++)
            {
                isUnseen[t] = _target[t] > 0 && _series[0].Given[t] == 0 && _series[1].Given[t] == 0;
            }

            UnseenTypes.Weigh(series.Search.Polytope, isUnseen, weights);
        }
        while (isUnseen.Contains(true) && SeatOne());

        bool SeatOne()
        {
            if (!series.SeatOne(weights, UnseenTypes.Floor, cancellationToken))
            {
                return false;
            }

            found();
            HandOver(keep, areWhole: true);
            return true;
        }
    }

    private sealed class Series(PanelSearch search, double[] target, double[] spread, double phase)
    {
        private readonly double[] _weights = new double[target.Length];
        private int _done;

        /// <summary>The panels found since the last were handed over.</summary>
        public List<int[]> Found { get; } = [];

        /// <summary>How many panels of the present run were told of.</summary>
        public int Told { get; set; }

        public PanelSearch Search => search;

        public double[] Given { get; } = new double[target.Length];

        /// <summary>Goes on as if so many panels had been found, which gave these seats.</summary>
        public void GoOn(int done, double[] given)
        {
            _done = done;
            given.CopyTo(Given, 0);
        }

        public void Run(int count, Action<Series> told, CancellationToken cancellationToken)
        {
            for (int i = 0; i < count; i++)
            {
                double mean = 0;
                for (int t = 0; t < _weights.Length; t++)
                {
                    double ahead = (((t + 1) * s_turn) + phase) % 1 - 0.5;
                    _weights[t] = target[t] > 0 ? (((_done + 1) * target[t]) + ahead - Given[t]) / spread[t] : -1;
                    mean += _weights[t] * target[t];
                }

                // A panel that weighs what the target weighs keeps the sums near: some panel does, as the target is a mean of panels. (The perceptron's
                // argument.)
                double floor = mean - (Tolerances.TargetWeight * Math.Abs(mean));
                if (!SeatOne(_weights, floor, cancellationToken) && !SeatOne(_weights, double.NegativeInfinity, cancellationToken))
                {
                    return;
                }

                _done++;
                told(this);
            }
        }

        public bool SeatOne(double[] weights, double floor, CancellationToken cancellationToken)
        {
            int[]? panel = search.Search(weights, floor, firstOnly: true, NodeLimit, null, cancellationToken);
            if (panel is null)
            {
                return false;
            }

            Found.Add(panel);
            for (int t = 0; t < Given.Length; t++)
            {
                Given[t] += panel[t];
            }

            return true;
        }
    }
}
