using Sortition.Core.Problems;

namespace Sortition.Core.Lotteries;

/// <summary>A lottery written out: one row a panel, with its members and its exact probability.</summary>
/// <remarks>
/// Either a lottery as computed (rows of different weight) or M equally likely ballots (rows of weight 1). The order of the rows is part of the table: a draw
/// is a row number. Immutable and safe to read from any thread.
/// </remarks>
public sealed class PanelTable
{
    internal PanelTable(SelectionProblem problem, IReadOnlyList<WeightedPanel> rows)
    {
        Problem = problem;
        Rows = rows;
        TotalWeight = rows.Sum(r => r.Weight);
    }

    /// <summary>Makes a table of given ballots, for example ones that were stored, after checking that each is a panel.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="ballots">The ids of the members of each ballot; at least one ballot.</param>
    /// <returns>The table: rows of weight 1 in the order given.</returns>
    /// <exception cref="MalformedInputException">There is no ballot, or some are no panels of the problem; the exception lists all of it.</exception>
    public static PanelTable FromBallots(SelectionProblem problem, IEnumerable<IEnumerable<string>> ballots)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(ballots);
        FaultList faults = new();
        PanelRules rules = new(problem);
        Panel?[] panels = [.. ballots.Select((ids, b) => Panel.Create(rules, ids, new FaultLocation("ballots", b + 1), faults))];
        if (panels.Length == 0)
        {
            faults.Add(CoreFaults.NoBallot, new FaultLocation("ballots"));
        }

        faults.ThrowIfAny();
        return new PanelTable(problem, [.. panels.Select(panel => new WeightedPanel(panel!, 1))]);
    }

    /// <summary>Makes a table of given panels with weights.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="rows">
    /// The panels and their weights, each 1 or more and below 2⁶³ in all; at least one row. A row's probability is its share of all weights. One panel may come
    /// several times.
    /// </param>
    /// <returns>The table, with the rows in the order given.</returns>
    /// <exception cref="ArgumentException">
    /// There is no row, a panel is one of another problem, a weight is below 1, or the weights add up to more than 64 bits hold.
    /// </exception>
    public static PanelTable Create(SelectionProblem problem, IEnumerable<(Panel Panel, long Weight)> rows)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(rows);
        WeightedPanel[] made = [.. rows.Select(r => new WeightedPanel(r.Panel, r.Weight))];
        string? fault = made.Length == 0 ? "There is no row."
            : Array.Exists(made, r => r.Panel?.Problem.Equals(problem) != true) ? "A panel is none of this problem."
            : Array.Exists(made, r => r.Weight < 1) ? "A weight is below 1."
            : made.Aggregate((Int128)0, (sum, r) => sum + r.Weight) > long.MaxValue ? "The weights add up to more than 64 bits hold."
            : null;
        return fault is null ? new PanelTable(problem, made) : throw new ArgumentException(fault, nameof(rows));
    }

    /// <summary>The problem whose quotas every panel meets.</summary>
    public SelectionProblem Problem { get; }

    /// <summary>The panels, at least one.</summary>
    public IReadOnlyList<WeightedPanel> Rows { get; }

    /// <summary>The sum of all weights: 2⁶² for a lottery written out, M for ballots.</summary>
    public long TotalWeight { get; }

    /// <summary>The probability of a row.</summary>
    /// <param name="row">Index into <see cref="Rows"/>.</param>
    /// <returns>Its weight over <see cref="TotalWeight"/>, to the nearest double.</returns>
    public double ProbabilityOf(int row) => Rows[row].Weight / (double)TotalWeight;

    /// <summary>Every person's selection probability.</summary>
    /// <returns>n numbers 0..1 in the order of <see cref="SelectionProblem.People"/>; they add up to the panel size.</returns>
    public double[] SelectionProbabilities() => Array.ConvertAll(SelectionWeights(), w => w / (double)TotalWeight);

    /// <summary>Every person's selection probability, exactly: for ballots, on how many of them the person is.</summary>
    /// <returns>
    /// n whole numbers over <see cref="TotalWeight"/>, in the order of <see cref="SelectionProblem.People"/>; they add up to the panel size times that.
    /// </returns>
    public long[] SelectionWeights()
    {
        long[] weights = new long[Problem.People.Count];
        foreach (WeightedPanel row in Rows)
        {
            foreach (int i in row.Panel.Members)
            {
                weights[i] += row.Weight;
            }
        }

        return weights;
    }

    /// <summary>Draws a row: the first one whose weight and all before it exceed a random number below <see cref="TotalWeight"/>.</summary>
    /// <param name="random">The source of chance; exactly one bounded number is taken.</param>
    /// <returns>Index into <see cref="Rows"/>.</returns>
    public int DrawRowIndex(RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(random);
        long number = random.NextBelow(TotalWeight);
        int row = 0;
        while (number >= Rows[row].Weight)
        {
            number -= Rows[row++].Weight;
        }

        return row;
    }
}

/// <summary>A panel with its weight.</summary>
public sealed class WeightedPanel
{
    /// <summary>Gives a panel a weight.</summary>
    /// <param name="panel">See <see cref="Panel"/>.</param>
    /// <param name="weight">See <see cref="Weight"/>.</param>
    internal WeightedPanel(Panel panel, long weight)
    {
        Panel = panel;
        Weight = weight;
    }

    /// <summary>The panel.</summary>
    public Panel Panel { get; }

    /// <summary>Its weight, 1 or more; its probability is the share of <see cref="PanelTable.TotalWeight"/>.</summary>
    public long Weight { get; }
}
