using Sortition.Core.Ballots;
using Sortition.Core.Lotteries;

namespace Sortition.Core.Sampling;

/// <summary>
/// Counts panels by runs that begin with any people in the open seats, drawn exactly, and end with a panel, the quotas being enforced bit by bit on the way.
/// Each run's weight is the product of the ratios between sets of people one and the next, and on average just the number of panels.
/// </summary>
/// <remarks>
/// <para>What is enforced is softened: a choice of people weighs exp(−β·V), V being the seats by which it breaks quotas and households, and β grows from 0. At
/// first people are drawn by odds that come near the quotas; these odds fade at the same pace. A step exchanges one to three people at random and is accepted
/// by Metropolis' rule. However little a run forgets on its way, the mean of the weights has no bias (annealed importance sampling: Neal, Statistics and
/// Computing 11, 2001); a run too short only makes them vary more. How long runs are is settled beforehand, by runs that do not count.</para>
/// <para>Immutable; a run has a state of its own.</para>
/// </remarks>
internal sealed class AnnealedPanels
{
    private const int PilotRuns = 32;
    private const long ShortestRun = 2_000;
    private const double EnoughOfPilot = 0.5;
    private const int RunsAtOnce = 64;
    private const double LastBeta = 7;
    private const int StepsPerStage = 64;
    private const int Bisections = 80;
    private const double LargestLogOdds = 40;

    private readonly PanelSpace _space;
    private readonly SeatKind[] _kinds;
    private readonly int[] _people;
    private readonly double[] _pull;
    private readonly int[][] _rowsOf;
    private readonly int[] _violation;
    private readonly double[][] _terms;
    private readonly double[][] _left;
    private readonly double _logAll;
    private readonly int _width;

    /// <param name="space">The panels.</param>
    /// <param name="model">By what odds people come near the quotas.</param>
    public AnnealedPanels(PanelSpace space, SeatModel model)
    {
        _space = space;
        _kinds = space.Kinds;
        _people = [.. _kinds.SelectMany(k => k.Members)];
        _width = space.Seats + 1;
        double[] pulls = [.. _kinds.Select(k => k.Rows.Sum(r => model.Logarithms[r]))];
        double level = Level(pulls);
        _pull = [.. _kinds.SelectMany((k, j) => Enumerable.Repeat(pulls[j], k.Members.Length))];
        int[] householdOf = HouseholdOf();
        _rowsOf = [.. _people.Select(i => householdOf[i] < 0 ? space.RowsOfPerson[i] : [.. space.RowsOfPerson[i], space.Rows.Length + householdOf[i]])];
        (int Min, int Max)[] bounds = [.. space.Rows.Select(r => (r.Min, r.Max)), .. space.Households.Select(h => (0, h.Limit))];
        _violation = [.. bounds.SelectMany(b => Enumerable.Range(0, _width).Select(c => Math.Max(0, Math.Max(b.Min - c, c - b.Max))))];

        // Choices of people as if independent: chances instead of weights, so that numbers stay in range.
        _terms = new double[_kinds.Length][];
        _left = new double[_kinds.Length + 1][];
        _left[^1] = new double[_width];
        _left[^1][0] = 1;
        double logOut = 0;
        for (int j = _kinds.Length - 1; j >= 0; j--)
        {
            double odds = Math.Exp(level + pulls[j]);
            int people = _kinds[j].Members.Length;
            double nobody = -people * double.LogP1(odds);
            logOut -= nobody;
            _terms[j] = [.. SeatStep.Binomials(people, space.Seats, odds).Select(t => t * Math.Exp(nobody))];
            _left[j] = new double[_width];
            for (int c = 0; c < _width; c++)
            {
                for (int d = 0; d < _terms[j].Length && d <= c; d++)
                {
                    _left[j][c] += _terms[j][d] * _left[j + 1][c - d];
                }
            }
        }

        _logAll = logOut + Math.Log(_left[0][space.Seats]) - (space.Seats * level);
    }

    /// <summary>Whether numbers stay in the range of doubles.</summary>
    public bool IsSound => double.IsFinite(_logAll);

    /// <summary>Makes runs until the number is known well enough, or until so many steps were made.</summary>
    /// <param name="generator">Run i uses its stream i; those that do not count come from <paramref name="pilots"/>.</param>
    /// <param name="pilots">Chance for the runs by which their length is settled.</param>
    /// <param name="maxSteps">About the most steps.</param>
    /// <param name="options">Threads, progress, and the error wanted.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public AnnealedSums Run(
        SeededRandomSource generator, SeededRandomSource pilots, double maxSteps, UniformOptions options, CancellationToken cancellationToken)
    {
        long steps = ShortestRun;
        for (int round = 0; ; round++)
        {
            AnnealedSums pilot = Runs(pilots, round * PilotRuns, PilotRuns, steps, options.MaxThreads, cancellationToken);
            if (pilot.EffectiveHits >= EnoughOfPilot * PilotRuns || 4.0 * steps * PanelCount.NormalHits > maxSteps)
            {
                break;
            }

            steps *= 2;
        }

        AnnealedSums sums = new(_logAll, []);
        while (steps * (double)sums.Count < maxSteps && !(sums.Log10Error <= options.TargetLog10Error))
        {
            sums = sums.With(Runs(generator, sums.Count, RunsAtOnce, steps, options.MaxThreads, cancellationToken));
            double missing = sums.Log10Error / options.TargetLog10Error;
            options.Progress?.Report(Math.Min(1, Math.Max(steps * (double)sums.Count / maxSteps, missing > 0 ? 1 / (missing * missing) : 0)));
        }

        return sums;
    }

    private AnnealedSums Runs(SeededRandomSource generator, int first, int count, long steps, int threads, CancellationToken cancellationToken)
    {
        double[] logWeights = new double[count];
        Parallel.For(
            0,
            count,
            new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = threads },
            i => logWeights[i] = LogWeight(new QuickRandomSource(generator.Stream(first + i)), steps, cancellationToken));
        return new AnnealedSums(_logAll, logWeights);
    }

    /// <summary>The logarithm of a run's weight; negative infinity if it ends with no panel.</summary>
    private double LogWeight(QuickRandomSource random, long steps, CancellationToken cancellationToken)
    {
        State state = new(this, Start(random));
        long stages = Math.Max(1, steps / StepsPerStage);
        double log = 0;
        double at = 0;
        for (long stage = 1; stage <= stages; stage++)
        {
            double next = stage / (double)stages;
            log -= (next - at) * (state.Pull + (LastBeta * state.Violations));
            at = next;
            if (stage % StepsPerStage == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            for (int s = 0; s < StepsPerStage && stage < stages; s++)
            {
                state.Step(random, 1 - at, LastBeta * at);
            }
        }

        return state.Violations == 0 ? log : double.NegativeInfinity;
    }

    /// <summary>People for the open seats, by their odds, as positions; those seated first.</summary>
    private int[] Start(QuickRandomSource random)
    {
        List<int> seated = [];
        List<int> others = [];
        int left = _space.Seats;
        int first = 0;
        for (int j = 0; j < _kinds.Length; j++)
        {
            int people = _kinds[j].Members.Length;
            double number = Unit(random) * _left[j][left];
            int chosen = 0;
            for (; chosen < _terms[j].Length - 1 && chosen < left; chosen++)
            {
                number -= _terms[j][chosen] * _left[j + 1][left - chosen];
                if (number < 0)
                {
                    break;
                }
            }

            int[] members = [.. Enumerable.Range(first, people)];
            for (int c = 0; c < chosen; c++)
            {
                int other = c + (int)random.NextBelow(people - c);
                (members[c], members[other]) = (members[other], members[c]);
            }

            seated.AddRange(members[..chosen]);
            others.AddRange(members[chosen..]);
            left -= chosen;
            first += people;
        }

        return [.. seated, .. others];
    }

    private static double Unit(QuickRandomSource random) => (random.NextUInt64() >> 11) * (1.0 / (1L << 53));

    /// <summary>What to add to all logarithms of odds so that as many people are chosen on average as there are seats.</summary>
    private double Level(double[] pulls)
    {
        (double low, double high) = (-LargestLogOdds - pulls.Max(), LargestLogOdds - pulls.Min());
        for (int i = 0; i < Bisections; i++)
        {
            double middle = (low + high) / 2;
            double expected = pulls.Select((p, j) => _kinds[j].Members.Length / (1 + Math.Exp(-middle - p))).Sum();
            (low, high) = expected < _space.Seats ? (middle, high) : (low, middle);
        }

        return low;
    }

    private int[] HouseholdOf()
    {
        int[] householdOf = new int[_space.Problem.People.Count];
        Array.Fill(householdOf, -1);
        for (int h = 0; h < _space.Households.Length; h++)
        {
            foreach (int i in _space.Households[h].Members)
            {
                householdOf[i] = h;
            }
        }

        return householdOf;
    }

    /// <summary>The people seated in the course of a run.</summary>
    private sealed class State
    {
        private const int MostExchanged = 3;

        private readonly AnnealedPanels _panels;
        private readonly int[] _order;
        private readonly int[] _counts;
        private readonly int _seats;
        private readonly int _mostExchanged;

        public State(AnnealedPanels panels, int[] order)
        {
            _panels = panels;
            _order = order;
            _seats = panels._space.Seats;
            _counts = new int[panels._violation.Length / panels._width];
            Violations = Enumerable.Range(0, _counts.Length).Sum(r => panels._violation[r * panels._width]);
            for (int i = 0; i < _seats; i++)
            {
                Violations += Move(order[i], 1);
                Pull += panels._pull[order[i]];
            }

            _mostExchanged = Math.Min(MostExchanged, Math.Min(_seats, order.Length - _seats));
        }

        /// <summary>The seats by which quotas and households are broken.</summary>
        public int Violations { get; private set; }

        /// <summary>The logarithm of the odds of those seated, but for what is the same for all.</summary>
        public double Pull { get; private set; }

        public void Step(QuickRandomSource random, double pull, double beta)
        {
            if (_mostExchanged == 0)
            {
                return;
            }

            int exchanged = 1 + random.NearlyBelow(_mostExchanged);
            int violations = 0;
            double pulls = 0;
            for (int e = 0; e < exchanged; e++)
            {
                int leaving = _seats - 1 - e;
                int coming = _seats + e;
                Swap(leaving, random.NearlyBelow(leaving + 1));
                Swap(coming, coming + random.NearlyBelow(_order.Length - coming));
                violations += Move(_order[leaving], -1) + Move(_order[coming], 1);
                pulls += _panels._pull[_order[coming]] - _panels._pull[_order[leaving]];
            }

            double log = (pull * pulls) - (beta * violations);
            bool isAccepted = log >= 0 || Unit(random) < Math.Exp(log);
            for (int e = 0; e < exchanged; e++)
            {
                int leaving = _seats - 1 - e;
                int coming = _seats + e;
                if (isAccepted)
                {
                    Swap(leaving, coming);
                }
                else
                {
                    // In this order, so that no count passes the seats.
                    Move(_order[coming], -1);
                    Move(_order[leaving], 1);
                }
            }

            Violations += isAccepted ? violations : 0;
            Pull += isAccepted ? pulls : 0;
        }

        /// <summary>Seats a person, or takes the seat away; by how many seats more is broken then.</summary>
        private int Move(int person, int by)
        {
            int more = 0;
            foreach (int row in _panels._rowsOf[person])
            {
                int at = (row * _panels._width) + _counts[row];
                more += _panels._violation[at + by] - _panels._violation[at];
                _counts[row] += by;
            }

            return more;
        }

        private void Swap(int one, int other) => (_order[one], _order[other]) = (_order[other], _order[one]);
    }
}

/// <summary>The weights of some runs.</summary>
/// <param name="LogScale">The logarithm of a weight's unit.</param>
/// <param name="LogWeights">The logarithm of each weight; negative infinity for a run that came to no panel.</param>
internal sealed record AnnealedSums(double LogScale, double[] LogWeights)
{
    public int Count => LogWeights.Length;

    /// <summary>How many runs ended with a panel.</summary>
    public int Hits => LogWeights.Count(double.IsFinite);

    public double EffectiveHits => Relative() is { Length: > 0 } weights ? weights.Sum() * weights.Sum() / weights.Sum(w => w * w) : 0;

    /// <summary>The decimal logarithm of the mean.</summary>
    public double Log10Mean => (LogScale + LogWeights.Max() + Math.Log(Relative().Sum() / Count)) / Math.Log(10);

    /// <summary>
    /// Its standard error, never less than what one run more would make; infinite where there are too few hits for it to mean anything.
    /// </summary>
    public double Log10Error
    {
        get
        {
            if (Hits < PanelCount.NormalHits || EffectiveHits < PanelCount.NormalHits)
            {
                return double.PositiveInfinity;
            }

            double[] weights = Relative();
            double mean = weights.Average();
            double variance = weights.Sum(w => (w - mean) * (w - mean)) / (Count - 1);
            return Math.Max(Math.Sqrt(variance / Count) / mean, 1.0 / Count) / Math.Log(10);
        }
    }

    public AnnealedSums With(AnnealedSums more) => this with { LogWeights = [.. LogWeights, .. more.LogWeights] };

    /// <summary>The weights over the largest; none if no run came to a panel.</summary>
    private double[] Relative()
    {
        double most = LogWeights.DefaultIfEmpty(double.NegativeInfinity).Max();
        return double.IsFinite(most) ? [.. LogWeights.Select(w => Math.Exp(w - most))] : [];
    }
}
