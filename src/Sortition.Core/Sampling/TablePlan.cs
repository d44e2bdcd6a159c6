namespace Sortition.Core.Sampling;

/// <summary>Chooses what a table tracks: the less is tracked, the smaller the table; the more, the fewer proposals are thrown away.</summary>
internal sealed class TablePlan
{
    // Measured on one core: seconds for a state with five rounds of fitting, and for a proposal and each of its seats.
    private const double SecondsPerState = 4e-6;
    private const double SecondsPerProposal = 0.3e-6;
    private const double SecondsPerSeat = 0.06e-6;

    // States share supply, which the prediction does not see: it comes out too high by about this.
    private const double Overestimate = 3;
    private const int SampledLayers = 12;
    private const int MostGroupsForAllSubsets = 8;

    private readonly PanelSpace _space;
    private readonly SeatModel _model;
    private readonly double _maxStates;
    private readonly CancellationToken _cancellationToken;

    public TablePlan(PanelSpace space, SeatModel model, double maxStates, CancellationToken cancellationToken)
    {
        _space = space;
        _model = model;
        _maxStates = maxStates;
        _cancellationToken = cancellationToken;
    }

    /// <summary>What could be tracked, the quickest first as far as that can be foreseen.</summary>
    /// <param name="draws">How many panels are wanted.</param>
    public IReadOnlyList<(TrackedRows Tracked, double Seconds)> Candidates(double draws)
    {
        List<(TrackedRows Tracked, double Seconds)> found = [];
        bool[] households = _space.Households.Length == 0 ? [false] : [false, true];
        foreach (bool withHouseholds in households)
        {
            HashSet<int> open = [0];
            List<int> sets = [0];
            for (int at = 0; at < sets.Count; at++)
            {
                _cancellationToken.ThrowIfCancellationRequested();
                if (Best(sets[at], withHouseholds) is not (TrackedRows tracked, double states))
                {
                    continue;
                }

                found.Add((tracked, Seconds(tracked, states, draws)));

                // What is too large stays so with more.
                foreach (int set in Larger(sets[at]).Where(open.Add))
                {
                    sets.Add(set);
                }
            }
        }

        return [.. found.OrderBy(f => f.Seconds).ThenByDescending(f => f.Tracked.Groups.Length)];
    }

    /// <summary>The number of states of a table, roughly; counting ends soon after a limit is passed.</summary>
    public static double PredictStates(TrackedRows tracked, double limit)
    {
        int layers = tracked.Steps.Length + 1;
        int stride = Math.Max(1, layers / SampledLayers);
        double sum = 0;
        int sampled = 0;
        for (int i = 0; i < layers; i += stride)
        {
            sum += StatesOfLayer(tracked, i);
            sampled++;
            if (sum * stride > limit)
            {
                break;
            }
        }

        return sum * stride;
    }

    private IEnumerable<int> Larger(int set)
    {
        if (_space.Groups.Length > 30)
        {
            yield break;
        }

        // With many groups only a few of them are ever tracked.
        bool isFull = _space.Groups.Length > MostGroupsForAllSubsets && int.PopCount(set) >= 3;
        for (int g = 0; g < _space.Groups.Length && !isFull; g++)
        {
            if ((set & (1 << g)) == 0)
            {
                yield return set | (1 << g);
            }
        }
    }

    /// <summary>The order of groups that needs the fewest states.</summary>
    private (TrackedRows Tracked, double States)? Best(int set, bool withHouseholds)
    {
        (TrackedRows Tracked, double States)? best = null;
        int[] groups = [.. Enumerable.Range(0, _space.Groups.Length).Where(g => (set & (1 << g)) != 0)];
        foreach (int first in groups.Length == 0 ? [-1] : groups)
        {
            int[] order = first < 0 ? [] : [first, .. groups.Where(g => g != first)];
            if (TrackedRows.Of(_space, order, withHouseholds) is not TrackedRows tracked || !SeatTable.Fits(tracked))
            {
                continue;
            }

            double limit = Math.Min(best?.States ?? double.PositiveInfinity, _maxStates * Overestimate);
            double states = PredictStates(tracked, limit);
            if (states <= limit)
            {
                best = (tracked, states);
            }
        }

        return best;
    }

    private double Seconds(TrackedRows tracked, double states, double draws)
    {
        double log = tracked.Untracked.Sum(_model.LogAcceptance);
        if (!tracked.WithHouseholds)
        {
            double seats = _space.Seats / (double)Math.Max(1, _space.Kinds.Sum(k => k.Members.Length));
            log += _space.Households.Sum(h => Math.Log(1 - Math.Min(0.9, ChanceOfTooMany(h, seats))));
        }

        return states / Overestimate * SecondsPerState + SecondsOf(tracked, draws * Math.Exp(-log));
    }

    /// <summary>How long so many proposals take.</summary>
    public static double SecondsOf(TrackedRows tracked, double proposals) => proposals * (SecondsPerProposal + tracked.Space.Seats * SecondsPerSeat);

    /// <summary>How likely it is, roughly, that one more than may of a household are drawn.</summary>
    private static double ChanceOfTooMany(SeatHousehold household, double seatsPerPerson)
    {
        double ways = 1;
        for (int i = 0; i <= household.Limit; i++)
        {
            ways *= (household.Members.Length - i) / (i + 1.0) * seatsPerPerson;
        }

        return ways;
    }

    private static double StatesOfLayer(TrackedRows tracked, int i)
    {
        int seats = tracked.Space.Seats;
        int[] supply = tracked.Supply[i];
        int low = Math.Max(0, seats - supply[0]);
        int high = Math.Min(seats, tracked.Supply[0][0] - supply[0]);
        double[] product = new double[seats + 1];
        Array.Fill(product, 1);
        for (int g = 0; g < tracked.SlotGroups.Length; g++)
        {
            int closedMin = 0;
            int closedMax = tracked.SupplyOfOthers[0][g] - tracked.SupplyOfOthers[i][g];
            double[] ways = new double[seats + 1];
            ways[0] = 1;
            foreach (int s in tracked.SlotGroups[g])
            {
                int passed = tracked.Supply[0][s] - supply[s];
                if (supply[s] == 0)
                {
                    closedMin += tracked.Min[s];
                    closedMax += tracked.Max[s];
                }
                else if (passed > 0)
                {
                    ways = Spread(ways, Math.Max(0, tracked.Min[s] - supply[s]), Math.Min(tracked.Max[s], passed));
                }
            }

            // What closed counters were is in the sum alone.
            ways = Spread(ways, closedMin, closedMax);
            for (int t = 0; t <= seats; t++)
            {
                product[t] *= ways[t];
            }
        }

        double states = 0;
        for (int t = low; t <= high; t++)
        {
            states += product[t];
        }

        return states;
    }

    /// <summary>Entry t: in how many ways t comes about if a number between two bounds is added.</summary>
    private static double[] Spread(double[] ways, int low, int high)
    {
        double[] spread = new double[ways.Length];
        for (int t = 0; t < ways.Length; t++)
        {
            for (int c = low; c <= high && t + c < ways.Length && ways[t] > 0; c++)
            {
                spread[t + c] += ways[t];
            }
        }

        return spread;
    }
}
