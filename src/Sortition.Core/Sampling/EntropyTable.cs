namespace Sortition.Core.Sampling;

/// <summary>A table of seats whose people are in or out with odds of their own, fitted so that the table gives everybody the chance wanted.</summary>
/// <remarks>
/// Weights are chances of independent choices, so that they stay in range: the odds w of a person weigh as much as being in with chance w/(1 + w), times 1 + w.
/// </remarks>
internal sealed class EntropyTable
{
    private const int Rounds = 60;
    private const double LargestMove = 2;
    private const double SureChance = 1e-9;
    private const double EnoughGain = 1e-7;
    private const double ShortestStep = 1 / 16.0;

    private readonly SeatTable _table;
    private readonly TrackedRows _tracked;
    private readonly double[] _wanted;
    private readonly double[] _totals;
    private readonly double[][] _options;
    private double[] _logOdds;
    private double[][][] _terms = [];
    private double[][][] _firsts = [];

    /// <param name="table">The table.</param>
    /// <param name="wanted">How many people of each of its kinds are wanted on average.</param>
    public EntropyTable(SeatTable table, double[] wanted)
    {
        _table = table;
        _tracked = table.Tracked;
        _wanted = wanted;
        _totals = new double[table.StateCount];
        _options = new double[_tracked.Steps.Length][];
        _logOdds = [.. wanted.Select((seats, j) => LogOdds(seats, j))];
    }

    /// <summary>ln Z − θ·π for the best odds found: the logarithms of the odds are θ.</summary>
    public double Bound { get; private set; } = double.PositiveInfinity;

    /// <summary>Whether all rules are counted.</summary>
    public bool IsComplete => _tracked.IsComplete;

    /// <summary>
    /// Moves the logarithms by how much the chances that come of them miss those wanted, shorter if that did not help. Any odds give a bound, so that it can be
    /// given up at any time.
    /// </summary>
    public void Fit(CancellationToken cancellationToken)
    {
        double[] best = _logOdds;
        double[] move = new double[best.Length];
        double step = 1;
        for (int round = 0; round < Rounds; round++)
        {
            double value = Evaluate(cancellationToken);
            bool isBetter = value < Bound;
            double gain = Bound - value;
            if (isBetter)
            {
                (Bound, best) = (value, _logOdds);
                double[] means = TableFit.Means(_table, _totals, _options, [.. _logOdds.Select(Math.Exp)], cancellationToken);
                move = [.. means.Select((mean, j) => _wanted[j] == 0 ? 0 : Math.Clamp(LogOdds(_wanted[j], j) - LogOdds(mean, j), -LargestMove, LargestMove))];
            }

            step = isBetter ? Math.Min(1, 1.5 * step) : step / 2;
            if (gain is >= 0 and < EnoughGain || step < ShortestStep || !double.IsFinite(Bound))
            {
                break;
            }

            _logOdds = [.. best.Select((odds, j) => odds + (step * move[j]))];
        }

        _logOdds = best;
        _ = Evaluate(cancellationToken);
    }

    /// <summary>Chooses people as the odds have it; whether they keep the rows that the table leaves out.</summary>
    public bool Walk(RandomSource random)
    {
        int[] counts = new int[_tracked.Space.Rows.Length];
        int state = 0;
        for (int i = 0; i < _tracked.Steps.Length; i++)
        {
            (int from, int to) = _table.WaysOf(state);
            double left = Unit(random) * _totals[state];
            int way = from;
            for (; way < to - 1; way++)
            {
                left -= _options[i][_table.OptionOf(way)] * _totals[_table.NextOf(way)];
                if (left < 0)
                {
                    break;
                }
            }

            Seat(i, _table.OptionOf(way), counts, random);
            state = _table.NextOf(way);
        }

        return Array.TrueForAll(_tracked.Untracked, g => Array.TrueForAll(_tracked.Space.Groups[g], Keeps));

        bool Keeps(int row) => counts[row] >= _tracked.Space.Rows[row].Min && counts[row] <= _tracked.Space.Rows[row].Max;
    }

    private static double Unit(RandomSource random) => (random.NextUInt64() >> 11) * (1.0 / (1L << 53));

    /// <summary>Chooses of which kinds the people of an option are, and counts them.</summary>
    private void Seat(int i, int option, int[] counts, RandomSource random)
    {
        SeatStep step = _tracked.Steps[i];
        if (step is HouseholdStep household)
        {
            for (int j = 0; j < step.Kinds.Length; j++)
            {
                Count(step.Kinds[j], household.Choices[option][j]);
            }

            return;
        }

        int people = step.Options[option][0];
        for (int j = step.Kinds.Length - 1; j >= 0 && people > 0; j--)
        {
            double[] terms = _terms[i][j];
            double left = Unit(random) * _firsts[i][people][j + 1];
            int chosen = 0;
            for (; chosen < terms.Length - 1 && chosen < people; chosen++)
            {
                left -= terms[chosen] * _firsts[i][people - chosen][j];
                if (left < 0)
                {
                    break;
                }
            }

            Count(step.Kinds[j], chosen);
            people -= chosen;
        }

        void Count(int kind, int number)
        {
            foreach (int row in number > 0 ? _tracked.Kinds[kind].Rows : [])
            {
                counts[row] += number;
            }
        }
    }

    /// <summary>The totals for the odds, and the bound that they give; not a number where they leave the range of doubles.</summary>
    private double Evaluate(CancellationToken cancellationToken)
    {
        double[] odds = [.. _logOdds.Select(Math.Exp)];
        int steps = _tracked.Steps.Length;
        double log = 0;
        _terms = new double[steps][][];
        _firsts = new double[steps][][];
        _totals[^1] = 1;
        for (int i = steps - 1; i >= 0; i--)
        {
            cancellationToken.ThrowIfCancellationRequested();
            SeatStep step = _tracked.Steps[i];
            double nobodyLog = 0;
            foreach (int kind in step.Kinds)
            {
                nobodyLog += _tracked.Kinds[kind].Members.Length * double.LogP1(odds[kind]);
            }

            log += nobodyLog;
            double nobody = Math.Exp(-nobodyLog);
            if (step is CellStep cell)
            {
                _firsts[i] = cell.Firsts<double>(odds);
                _terms[i] = [.. cell.Kinds.Select((kind, j) => SeatStep.Binomials(cell.People[j], cell.Most, odds[kind]))];
                _options[i] = [.. _firsts[i].Select(f => f[^1] * nobody)];
            }
            else
            {
                _options[i] = [.. step.OptionWeights<double>(odds).Select(w => w * nobody)];
            }

            _table.Total(i, _options[i], Layer(i + 1), Layer(i));
        }

        // Nobody is wanted of some kinds: then their odds are 0, and count for nothing.
        double paired = _wanted.Select((seats, j) => seats > 0 ? seats * _logOdds[j] : 0).Sum();
        double value = log + Math.Log(_totals[0]) - paired;
        return _totals[0] > 0 && double.IsFinite(value) ? value : double.NaN;
    }

    private Span<double> Layer(int layer) => _totals.AsSpan(_table.Layers[layer], _table.SizeOf(layer));

    private double LogOdds(double seats, int kind)
    {
        int people = _tracked.Kinds[kind].Members.Length;
        double chance = Math.Min(seats / people, 1 - SureChance);
        return _wanted[kind] == 0 ? double.NegativeInfinity : Math.Log(Math.Max(chance, SureChance) / (1 - Math.Max(chance, SureChance)));
    }
}
