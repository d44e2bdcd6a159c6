namespace Sortition.Core.Engine.Reserve;

/// <summary>Chooses alternates with the least expected breach: bound, search, and branch and bound over how many there are of each kind.</summary>
/// <remarks>
/// A search from the lowest point of the cuts and from disturbed copies of the best so far finds good alternates; cuts show how good they could be at most;
/// branching closes the gap where that takes no more than a limited effort. All efforts are counted, not timed, so that the same model has the same answer
/// everywhere.
/// </remarks>
/// <param name="model">The model.</param>
/// <param name="progress">Told how far it is; may be null.</param>
/// <param name="limit">Cuts the work short: the best so far remains.</param>
/// <param name="cancellationToken">Stops the work for good.</param>
internal sealed class ReserveChoice(ReserveModel model, Action<ReserveProgress>? progress, CancellationToken limit, CancellationToken cancellationToken)
{
    // In entries of the master program, some 0.3 to 1 microseconds each.
    private const long EffortAtRoot = 20_000_000;
    private const long EffortOfBranching = 20_000_000;

    // The search disturbs a copy of what it has by 2 to 4 exchanges, goes on from there unless that ends more than a tenth worse, and returns to the best from
    // time to time. Measured on the instances: without the tenth, or with fewer or more exchanges, it gets caught.
    private const int Patience = 300;
    private const long EffortOfSearch = 3_000_000_000;
    private const int DisturbancesBeforeReturn = 50;
    private const int FewestExchanges = 2;
    private const int MostExchanges = 4;
    private const double Tolerated = 1.1;

    private readonly SubstitutionProgram _substitution = new(model);
    private readonly RandomSource _random = RandomSource.Seeded("alternates");

    // No alternates among those who are available are below this, and, where that is fewer than possible, no others below that.
    private double _bound;
    private double _boundOfAll = double.PositiveInfinity;

    /// <summary>Entry c: how many alternates of kind c are the best so far.</summary>
    public IReadOnlyList<int> Alternates { get; private set; } = [];

    /// <summary>Their expected breach.</summary>
    public double Value { get; private set; } = double.PositiveInfinity;

    /// <summary>No alternates have an expected breach below this, whichever housemates the lot had left.</summary>
    public double Bound => Math.Min(Value, Math.Min(_bound, _boundOfAll));

    private bool IsDone => _bound >= Value - Tolerances.LowerBreach;

    /// <summary>Does it.</summary>
    /// <returns>Whether it ended by itself.</returns>
    /// <exception cref="OperationCanceledException">It was stopped for good.</exception>
    public bool Run()
    {
        double[] start = Spread();
        Keep(Round(start), cancellationToken);
        try
        {
            Choose(start);
            return true;
        }
        catch (OperationCanceledException)
        {
            // The caller knows its own token, not that of the deadline.
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
    }

    private void Choose(double[] start)
    {
        if (model.Gaps.Length == 0)
        {
            return;
        }

        using BreachBound bound = new(model);
        int[] least = new int[model.KindCount];
        int[] most = AtMost(model.Available);
        int[] possible = AtMost(model.Possible);
        if (!most.SequenceEqual(possible))
        {
            _boundOfAll = Tighten(possible);
        }

        _bound = Tighten(most);
        Report();
        Search(bound.Point);
        Branch(bound, new Node(least, most, _bound, bound.Point));

        int[] AtMost(int[] people) => [.. people.Select(n => Math.Min(n, model.Count))];

        double Tighten(int[] limits)
        {
            long effort = EffortAtRoot;
            return bound.Tighten(least, limits, start, double.PositiveInfinity, Tolerances.LowerBreach, ref effort, limit);
        }
    }

    /// <summary>Everybody who could be an alternate, in equal parts.</summary>
    private double[] Spread()
    {
        double people = model.Available.Sum();
        return [.. model.Available.Select(n => n * model.Count / people)];
    }

    /// <summary>Whole alternates near a point.</summary>
    private int[] Round(double[] point)
    {
        int[] alternates = [.. point.Select(x => (int)Math.Floor(x + Tolerances.LowerBreach))];
        int left = model.Count - alternates.Sum();
        foreach (int c in Enumerable.Range(0, alternates.Length).OrderByDescending(c => point[c] - alternates[c]))
        {
            int added = Math.Min(Math.Min(left, 1), model.Available[c] - alternates[c]);
            alternates[c] += added;
            left -= added;
        }

        return alternates;
    }

    private void Search(double[] point)
    {
        ReserveSearch best = new(model, _substitution, Round(point));
        best.Improve(EffortOfSearch, limit);
        Keep(best.Alternates, limit);
        Report();
        ReserveSearch here = best;
        long left = EffortOfSearch - best.Effort;
        for (int idle = 1; idle <= Patience && left > 0 && !IsDone && model.KindCount > 1; idle++)
        {
            ReserveSearch next = here.Copy();
            Disturb(next);
            next.Improve(here.Effort + left, limit);
            left -= next.Effort - here.Effort;
            here = idle % DisturbancesBeforeReturn == 0 ? best : next.Value < here.Value * Tolerated ? next : here;
            if (next.Value < best.Value - Tolerances.LowerBreach)
            {
                (best, here, idle) = (next, next, 0);
                Keep(best.Alternates, limit);
            }

            Report();
        }
    }

    private void Disturb(ReserveSearch search)
    {
        for (int left = FewestExchanges + (int)_random.NextBelow(MostExchanges - FewestExchanges + 1); left > 0; left--)
        {
            int slot = (int)_random.NextBelow(model.Count);
            int kind = (int)_random.NextBelow(model.KindCount);
            if (search.Alternates[kind] < model.Available[kind])
            {
                search.Exchange(slot, kind);
            }
        }
    }

    private void Branch(BreachBound bound, Node root)
    {
        PriorityQueue<Node, (double Bound, int Number)> open = new();
        int number = 0;
        open.Enqueue(root, (root.Bound, number++));
        for (long effort = EffortOfBranching; ;)
        {
            _bound = open.TryPeek(out Node? node, out _) ? Math.Min(Value, node.Bound) : Value;
            Report();
            if (effort <= 0 || IsDone)
            {
                return;
            }

            open.Dequeue();
            if (Whole(node!.Point) is int[] whole)
            {
                Keep(whole, limit);
            }

            foreach (Node child in node.Split(model.Count))
            {
                // The limit of effort can cut a child short; what was proven of its parent holds for it as well.
                double enough = Value - Tolerances.LowerBreach;
                double tightened = bound.Tighten(child.Least, child.Most, child.Point, enough, Tolerances.LowerBreach, ref effort, limit);
                double proven = Math.Max(node.Bound, tightened);
                if (proven < enough)
                {
                    open.Enqueue(child with { Bound = proven, Point = bound.Point }, (proven, number++));
                }
            }
        }
    }

    /// <summary>A point as whole alternates; null if it is none.</summary>
    private static int[]? Whole(double[] point) =>
        point.All(x => Math.Abs(x - Math.Round(x)) <= Tolerances.LowerBreach) ? [.. point.Select(x => (int)Math.Round(x))] : null;

    private void Keep(IReadOnlyList<int> alternates, CancellationToken token)
    {
        double value = _substitution.Expect(alternates, token);
        if (value < Value)
        {
            (Alternates, Value) = ([.. alternates], value);
        }
    }

    private void Report() => progress?.Invoke(new ReserveProgress(Value, Bound));

    /// <summary>Limits on how many there are of each kind, the bound within them, and where the cuts are lowest.</summary>
    private sealed record Node(int[] Least, int[] Most, double Bound, double[] Point)
    {
        /// <summary>Parts that together are the whole, each of which lets in the number of alternates; none where the limits leave no choice.</summary>
        public IEnumerable<Node> Split(int count)
        {
            int[] open = [.. Enumerable.Range(0, Least.Length).Where(c => Least[c] < Most[c])];
            if (open.Length == 0)
            {
                return [];
            }

            int split = open.MaxBy(c => Distance(Point[c]));
            (int low, int high) = ((int)Math.Floor(Point[split]), (int)Math.Floor(Point[split]) + 1);
            if (Distance(Point[split]) <= Tolerances.LowerBreach)
            {
                // The point is whole, but not all its substitutions are: then the number is fixed, and it goes on with the others.
                low = (int)Math.Round(Point[split]);
                high = low;
            }

            Node[] parts = low == high
                ? [With(split, Least[split], low - 1), With(split, low, low), With(split, low + 1, Most[split])]
                : [With(split, Least[split], low), With(split, high, Most[split])];
            return parts.Where(p => p.Least[split] <= p.Most[split] && p.Least.Sum() <= count && p.Most.Sum() >= count);
        }

        private static double Distance(double x) => Math.Abs(x - Math.Round(x));

        private Node With(int kind, int least, int most)
        {
            int[] low = [.. Least];
            int[] high = [.. Most];
            (low[kind], high[kind]) = (least, most);
            return this with { Least = low, Most = high };
        }
    }
}

/// <summary>How far the choice of alternates is: the best expected breach so far, and what none can be below.</summary>
internal sealed record ReserveProgress(double Value, double Bound);
