using Sortition.Core.Engine;
using Sortition.Core.Engine.Polytope;
using Sortition.Core.Engine.Search;
using Sortition.Core.Lotteries;

namespace Sortition.Core.Ballots;

/// <summary>
/// Finds M panels, equally likely, in which everybody is as often as in a given lottery, to less than one panel: with μ_t = M·π_t, every person of type t is on
/// ⌊μ_t⌋ or ⌈μ_t⌉ of them, and near to μ_t in the sum of squares.
/// </summary>
/// <remarks>
/// <para>Panels of the lottery are taken as often as M·λ_P rounded down says; herding finds the others. Then one panel after the other is taken out, and the
/// panel put in its place that does most for the sum of what all people miss: Σ_i (c_i − μ_i)², and much more for people who miss a whole panel. As long as the
/// people of a type take turns, c_i is s_t/n_t rounded down or up, where s_t are the type's seats on all M panels, so that a further seat of the type changes
/// the sum by 2·(⌊s_t/n_t⌋ − μ_t) + 1: a weight for the search of panels.</para>
/// <para>Better than rounding on the lottery's own panels, since new ones may come in. That the sum is the least possible is not promised.</para>
/// </remarks>
internal sealed class BallotRounder
{
    private const double MissedPanel = 30;
    private const int LeastSweeps = 40;
    private const int LeastSearches = 8_000;
    private const int SweepsOnceGood = 2;
    private const long Nodes = 500;

    private readonly QuotaPolytope _polytope;
    private readonly double[] _ideal;
    private readonly long[] _seats;
    private readonly List<int[]> _ballots = [];
    private readonly double[] _weights;
    private readonly double[] _penalty;

    private BallotRounder(QuotaPolytope polytope, double[] ideal)
    {
        _polytope = polytope;
        _ideal = ideal;
        _seats = new long[ideal.Length];
        _weights = new double[ideal.Length];
        _penalty = [.. Enumerable.Repeat(MissedPanel, ideal.Length)];
    }

    /// <summary>Finds the panels.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="lottery">The lottery to come close to.</param>
    /// <param name="count">M.</param>
    /// <param name="maxThreads">The most threads that may compute at the same time.</param>
    /// <param name="progress">Told how much is done, 0..1; may be null.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>M panels as seats by type; equal ones stand together.</returns>
    public static IReadOnlyList<int[]> Round(
        SelectionProblem problem,
        IReadOnlyList<PanelComposition> lottery,
        int count,
        int maxThreads,
        Action<double>? progress,
        CancellationToken cancellationToken)
    {
        QuotaPolytope polytope = QuotaPolytope.Of(problem);
        double[] chances = PanelLottery.ChanceOfTypes(problem.TypeTable.Types, lottery);
        BallotRounder rounder = new(polytope, Array.ConvertAll(chances, c => AlmostWhole(c * count)));
        rounder.Start(lottery, count, maxThreads, progress, cancellationToken);
        rounder.Improve(chances, progress, cancellationToken);
        return rounder._ballots;
    }

    /// <summary>What is whole but for rounding is whole, so that nobody is asked to have a panel less for it.</summary>
    private static double AlmostWhole(double number) => Math.Abs(number - Math.Round(number)) < Tolerances.WholeBallots ? Math.Round(number) : number;

    private void Start(IReadOnlyList<PanelComposition> lottery, int count, int maxThreads, Action<double>? progress, CancellationToken cancellationToken)
    {
        int types = _polytope.TypeCount;
        double[] rest = new double[types];
        int left = count;
        foreach (PanelComposition panel in lottery)
        {
            int copies = (int)((Int128)panel.Weight * count / PanelLottery.WeightTotal);
            double fraction = (double)((Int128)panel.Weight * count % PanelLottery.WeightTotal) / PanelLottery.WeightTotal;
            int[] seats = new int[types];
            foreach ((int type, int number) in panel.Seats)
            {
                seats[type] = number;
                rest[type] += fraction * number;
            }

            left -= copies;
            for (int c = 0; c < copies; c++)
            {
                Add(seats);
            }
        }

        if (left == 0)
        {
            return;
        }

        double[] target = Array.ConvertAll(rest, r => r / left);
        Face face = new(_polytope, target);
        List<int[]> found = [];
        int done = 0;
        new Herding(face.Search, face.Expected).Run(
            left, maxThreads, () => progress?.Invoke(0.5 * Math.Min(1, (done += 2) / (double)left)), found.Add, cancellationToken);

        // Some more may come, for rare types; some may be missing, where the search gave up.
        foreach (int[] panel in found.Take(left))
        {
            Add(panel);
        }

        for (int i = Math.Min(left, found.Count); i < left; i++)
        {
            Add(_ballots.Count > 0 ? _ballots[0] : FirstOf(lottery[0]));
        }

        int[] FirstOf(PanelComposition panel)
        {
            int[] seats = new int[types];
            foreach ((int type, int number) in panel.Seats)
            {
                seats[type] = number;
            }

            return seats;
        }
    }

    private void Improve(double[] chances, Action<double>? progress, CancellationToken cancellationToken)
    {
        double[] expected = [.. chances.Select((c, t) => c * _polytope.Upper[t])];
        PanelSearch search = new Face(_polytope, expected).Search();
        bool isFace = true;
        int[][] best = [.. _ballots];
        (double Outside, double Squares) bestMissed = Missed();
        int sweeps = Math.Max(LeastSweeps, LeastSearches / _ballots.Count);
        int good = 0;
        for (int sweep = 0; sweep < sweeps && good < SweepsOnceGood; sweep++)
        {
            bool changed = false;
            for (int b = 0; b < _ballots.Count; b++)
            {
                changed |= Replace(b, search, cancellationToken);
                progress?.Invoke(Math.Min(1, 0.5 + (0.5 * (sweep + (b / (double)_ballots.Count)) / SweepsOnceGood)));
            }

            (double Outside, double Squares) missed = Missed();
            if (missed.CompareTo(bestMissed) < 0)
            {
                (best, bestMissed) = ([.. _ballots], missed);
            }

            good += missed.Outside == 0 ? 1 : 0;
            if (changed)
            {
                continue;
            }

            if (missed.Outside == 0)
            {
                break;
            }

            if (isFace)
            {
                // Nothing on the face helps: perhaps a panel beside it does.
                search = new PanelSearch(_polytope);
                isFace = false;
                continue;
            }

            // One exchange does not help any more. What is missed by a panel counts for more from now on, so that others give way who have room.
            for (int t = 0; t < _seats.Length; t++)
            {
                _penalty[t] += Outside(t) > 0 ? MissedPanel : 0;
            }
        }

        _ballots.Clear();
        _ballots.AddRange(best);
        _ballots.Sort(Compare);
    }

    /// <summary>By how many seats types are outside of what they may have, and the sum of squares of what people miss.</summary>
    private (double Outside, double Squares) Missed()
    {
        (double outside, double squares) = (0, 0);
        for (int t = 0; t < _seats.Length; t++)
        {
            outside += Outside(t);
            (long turns, long further) = Math.DivRem(_seats[t], _polytope.Upper[t]);
            squares += (_polytope.Upper[t] - further) * Square(turns - _ideal[t]) + (further * Square(turns + 1 - _ideal[t]));
        }

        return (outside, squares);
    }

    private double Outside(int type)
    {
        double low = _polytope.Upper[type] * Math.Floor(_ideal[type]);
        double high = _polytope.Upper[type] * Math.Ceiling(_ideal[type]);
        return Math.Max(0, Math.Max(low - _seats[type], _seats[type] - high));
    }

    /// <summary>Puts a better panel in the place of one, if there is one.</summary>
    private bool Replace(int ballot, PanelSearch search, CancellationToken cancellationToken)
    {
        int[] old = _ballots[ballot];
        Take(old, -1);
        int[] chosen = Better(old, search, cancellationToken) ?? old;
        Take(chosen, 1);
        _ballots[ballot] = chosen;
        return chosen != old;
    }

    /// <summary>A panel that costs less than another one, or null.</summary>
    private int[]? Better(int[] old, PanelSearch search, CancellationToken cancellationToken)
    {
        for (int t = 0; t < _weights.Length; t++)
        {
            _weights[t] = -Change(t, _seats[t]);
        }

        // The first seats of a type can do more than its further ones, so that weights may promise too much: what none reaches by its weights, none is worth.
        // Where a panel turns out to be worth less than it promised, the types that did so are held to the seats that keep the promise.
        double worth = -Cost(old);
        List<(int Type, int Lower, int Upper)> held = [];
        try
        {
            while (search.Search(_weights, worth + (10 * Tolerances.BallotGain), firstOnly: true, Nodes, null, cancellationToken) is int[] found)
            {
                if (Cost(found) < -worth - Tolerances.BallotGain)
                {
                    return found;
                }

                int before = held.Count;
                for (int t = 0; t < found.Length; t++)
                {
                    int kept = (int)(_polytope.Upper[t] - (_seats[t] % _polytope.Upper[t]));
                    (int lower, int upper) = search.BoundsOf(t);
                    if (found[t] > kept && kept >= lower)
                    {
                        held.Add((t, lower, upper));
                        search.RestrictType(t, lower, kept);
                    }
                }

                if (held.Count == before)
                {
                    return null;
                }
            }

            return null;
        }
        finally
        {
            foreach ((int type, int lower, int upper) in held)
            {
                search.RestrictType(type, lower, upper);
            }
        }
    }

    /// <summary>By how much more all people together miss their ideal if these seats are added.</summary>
    private double Cost(int[] panel)
    {
        double cost = 0;
        for (int t = 0; t < panel.Length; t++)
        {
            for (int x = 0; x < panel[t]; x++)
            {
                cost += Change(t, _seats[t] + x);
            }
        }

        return cost;
    }

    /// <summary>By how much a type's members miss their ideal more if the type has one seat more than so many.</summary>
    private double Change(int type, long seats)
    {
        long turns = seats / _polytope.Upper[type];
        return Missed(type, turns + 1) - Missed(type, turns);
    }

    private double Missed(int type, long panels)
    {
        double outside = Math.Max(0, Math.Max(panels - Math.Ceiling(_ideal[type]), Math.Floor(_ideal[type]) - panels));
        return Square(panels - _ideal[type]) + (_penalty[type] * outside);
    }

    private static double Square(double number) => number * number;

    private void Add(int[] panel)
    {
        _ballots.Add(panel);
        Take(panel, 1);
    }

    private void Take(int[] panel, int times)
    {
        for (int t = 0; t < panel.Length; t++)
        {
            _seats[t] += times * panel[t];
        }
    }

    private static int Compare(int[] a, int[] b)
    {
        int t = a.AsSpan().CommonPrefixLength(b);
        return t == a.Length ? 0 : b[t].CompareTo(a[t]);
    }
}
