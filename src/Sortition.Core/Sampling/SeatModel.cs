namespace Sortition.Core.Sampling;

/// <summary>
/// A rough picture of random panels: everybody is in or out independently, with odds that multiply over the rows, fitted to what the rows ask for.
/// </summary>
/// <remarks>Good for choosing what to track and for first weights. Nothing that is said to be exact rests on it.</remarks>
internal sealed class SeatModel
{
    private const int Sweeps = 60;
    private const double LargestLogOdds = 12;
    private const double LargestMove = 1.5;

    private readonly PanelSpace _space;
    private readonly double[] _chance;
    private readonly int[][] _kindsOf;
    private double _base;

    public SeatModel(PanelSpace space)
    {
        _space = space;
        _chance = new double[space.Kinds.Length];
        _kindsOf = new int[space.Rows.Length][];
        Logarithms = new double[space.Rows.Length];
        Means = new double[space.Rows.Length];
        Deviations = new double[space.Rows.Length];
        for (int r = 0; r < _kindsOf.Length; r++)
        {
            _kindsOf[r] = [.. Enumerable.Range(0, space.Kinds.Length).Where(j => Array.IndexOf(space.Kinds[j].Rows, r) >= 0)];
        }

        int[] all = [.. Enumerable.Range(0, space.Kinds.Length)];
        for (int sweep = 0; sweep < Sweeps; sweep++)
        {
            Refresh(all);
            (double mean, double variance) = Moments(all);
            _base += Move(space.Seats - mean, variance);
            Refresh(all);
            for (int r = 0; r < _kindsOf.Length; r++)
            {
                (mean, variance) = Moments(_kindsOf[r]);
                (Means[r], Deviations[r]) = (mean, Deviation(r, variance));
                double move = Move(Target(r, mean, Deviations[r]) - mean, variance);
                Logarithms[r] = Math.Clamp(Logarithms[r] + move, -LargestLogOdds, LargestLogOdds);
                Refresh(_kindsOf[r]);
            }
        }
    }

    /// <summary>The logarithm of each row's weight.</summary>
    public double[] Logarithms { get; }

    /// <summary>How many seats each row is expected to have.</summary>
    public double[] Means { get; }

    /// <summary>By how much the seats of each row vary.</summary>
    public double[] Deviations { get; }

    /// <summary>Where the mean of a row should be: as it comes where the bounds leave room, else away from the bounds.</summary>
    public double Target(int row, double mean, double deviation)
    {
        SeatRow bounds = _space.Rows[row];
        double margin = Math.Min((bounds.Max - bounds.Min) / 2.0, deviation);
        return Math.Clamp(mean, bounds.Min + margin, bounds.Max - margin);
    }

    /// <summary>A step of Newton's method for a logarithm, held short.</summary>
    public static double Move(double missing, double variance) => Math.Clamp(missing / Math.Max(variance, 1e-3), -LargestMove, LargestMove);

    /// <summary>The share of proposals that keep a group's rows, if they are not tracked, times the share of those that are accepted.</summary>
    public double LogAcceptance(int group)
    {
        double log = 0;
        int[] rows = [.. _space.Groups[group].OrderByDescending(r => Deviations[r])];

        // Where everybody is in one of the rows, the last count follows from the others.
        int free = _space.OthersOf(group) == 0 ? 1 : 0;
        double high = rows.Max(r => Logarithms[r]);
        for (int a = 0; a < rows.Length; a++)
        {
            SeatRow row = _space.Rows[rows[a]];
            int choices = row.Max - row.Min + 1;
            double hit = a < free ? 1 : Math.Min(1, choices / (2.5 * Math.Max(Deviations[rows[a]], 0.2)));
            double tilt = Math.Abs(Logarithms[rows[a]] - high);
            double spread = Math.Min(choices, 2.5 * Deviations[rows[a]] + 1);
            double kept = tilt < 1e-6 ? 1 : (1 - Math.Exp(-tilt * spread)) / (spread * (1 - Math.Exp(-tilt)));
            log += Math.Log(hit) + Math.Log(kept);
        }

        return log;
    }

    private double Deviation(int row, double variance) =>
        Math.Sqrt(Math.Max(0, variance * (1 - (_space.Seats == 0 ? 0 : Means[row] / _space.Seats))));

    private void Refresh(int[] kinds)
    {
        foreach (int j in kinds)
        {
            double log = _base;
            foreach (int r in _space.Kinds[j].Rows)
            {
                log += Logarithms[r];
            }

            _chance[j] = 1 / (1 + Math.Exp(-log));
        }
    }

    private (double Mean, double Variance) Moments(int[] kinds)
    {
        double mean = 0;
        double variance = 0;
        foreach (int j in kinds)
        {
            int people = _space.Kinds[j].Members.Length;
            mean += people * _chance[j];
            variance += people * _chance[j] * (1 - _chance[j]);
        }

        return (mean, variance);
    }
}
