namespace Sortition.Core.Fairness;

/// <summary>What it would do for those worst off if one constraint gave by a seat, from solving the changed problem.</summary>
public sealed class SeatTradeOff
{
    internal SeatTradeOff(Constraint constraint, int seats, double currentMinimum, double? newMinimum, double? lowestThen)
    {
        Constraint = constraint;
        Seats = seats;
        CurrentMinimum = currentMinimum;
        NewMinimum = newMinimum;
        LowestThen = lowestThen;
    }

    /// <summary>The constraint.</summary>
    public Constraint Constraint { get; }

    /// <summary>By how many seats it gives: 1, or −1 for a smaller panel.</summary>
    public int Seats { get; }

    /// <summary>The lowest chance of a covered person as it is.</summary>
    public double CurrentMinimum { get; }

    /// <summary>
    /// The lowest chance of the same people in the best lottery of the changed problem; null if the time limit was reached before there was one.
    /// </summary>
    public double? NewMinimum { get; }

    /// <summary>The lowest chance of all who are covered then, who may be more; null if <see cref="NewMinimum"/> is.</summary>
    internal double? LowestThen { get; }

    /// <summary>Tries every constraint that binds those worst off: no other can raise their chance by giving a seat.</summary>
    /// <param name="lottery">The lottery as it is, of leximin or maximin, with its certificate.</param>
    /// <param name="algorithm">By which lottery to compare; null for leximin.</param>
    /// <param name="options">Limits and progress, for each lottery; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The constraints, those that help most first; empty if nothing is known to bind.</returns>
    /// <remarks>Who must be in cannot give, and the household limit gives by one for everybody.</remarks>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IReadOnlyList<SeatTradeOff> Compute(
        PanelLottery lottery, ILotteryAlgorithm? algorithm = null, SolveOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lottery);
        algorithm ??= new Leximin();
        double[] chances = lottery.SelectionProbabilities();
        bool[] covered = LotteryMetrics.CoveredBy(lottery);
        int[] people = [.. Enumerable.Range(0, chances.Length).Where(i => covered[i])];
        int worstOff = people.MinBy(i => chances[i]);
        IEnumerable<BindingConstraint> binding = SelectionExplanation.ForPerson(lottery, lottery.Problem.People[worstOff].Id).Parts[0].Constraints
            .Where(
                b => b.Constraint.Kind != ConstraintKind.MustBeIn
                    && (b.Constraint.Kind != ConstraintKind.PanelSize || lottery.Problem.PanelSize + b.Seats > 0));
        List<SeatTradeOff> tradeOffs = [];
        foreach (BindingConstraint constraint in binding)
        {
            SolveResult result = algorithm.Solve(lottery.Problem.Loosen(constraint.Constraint, constraint.Seats), options, cancellationToken);
            PanelLottery? other = result.BestLottery;
            double[]? then = other?.SelectionProbabilities();
            tradeOffs.Add(new SeatTradeOff(
                constraint.Constraint,
                constraint.Seats,
                chances[worstOff],
                then is null ? null : people.Min(i => then[i]),
                other is null ? null : LotteryMetrics.Compute(other).MinProbability));
        }

        return [.. tradeOffs.OrderByDescending(t => t.NewMinimum ?? double.NegativeInfinity)];
    }
}
