using Sortition.Core.Lotteries;

namespace Sortition.Core.Engine.Proof;

/// <summary>Whom each claim of a leximin proof settles, in what order, and what the claim then bounds.</summary>
/// <remarks>
/// <para>Let the claims be Σ w_i·π_i ≤ limit for all lotteries, w ≥ 0, and call a person settled by the first claim that gives them a weight. Suppose that our
/// lottery π* reaches each claim's limit; that all whom a claim settles have one value v; and that nobody settled later has less than v. Then π* is leximin.
/// For let π be a lottery that is at least as good. By induction it gives those settled before what π* gives them. What is left of the sorted vectors still
/// compares so, hence π gives nobody else less than v. So it gives everybody whom the claim weighs at least what π* does, and as their weighted sum cannot be
/// above that of π*, it gives them just that.</para>
/// <para>In floating-point arithmetic a limit is missed by a hair. If the others are left what they have, a person settled by a claim can gain the slack
/// divided by the person's weight; that, beside the person's value, is the claim's gap.</para>
/// </remarks>
internal sealed class LeximinOrder
{
    /// <summary>The largest relative gap of a claim that counts as none.</summary>
    public const double ProvenGap = 1e-9;

    private readonly double[] _values;
    private readonly double[] _people;
    private readonly double[] _shares;
    private readonly bool[] _isFull;
    private readonly bool[] _isSettled;

    /// <param name="people">How many people there are of each type.</param>
    /// <param name="covered">The types that count.</param>
    /// <param name="shares">What a type's seats are measured by: its members, times what each is entitled to.</param>
    /// <param name="lottery">The lottery.</param>
    public LeximinOrder(int[] people, bool[] covered, double[] shares, IReadOnlyList<PanelComposition> lottery)
    {
        _people = Array.ConvertAll(people, p => (double)p);
        _shares = shares;
        _values = new double[covered.Length];
        _isFull = new bool[covered.Length];
        _isSettled = new bool[covered.Length];
        double[] seats = ExpectedSeats(lottery, covered.Length);
        for (int t = 0; t < _values.Length; t++)
        {
            // Whoever is sure of a seat cannot have more: a claim that needs no proof, placed among the others by its value.
            _values[t] = covered[t] ? seats[t] / shares[t] : 0;
            _isFull[t] = covered[t] && seats[t] >= people[t] * (1 - ProvenGap);
            _isSettled[t] = !covered[t] || _isFull[t];
        }
    }

    /// <summary>The first type that no claim has settled yet and that is not sure of its seats; null if there is none.</summary>
    public int? FirstOpen => Array.IndexOf(_isSettled, false) is >= 0 and int type ? type : null;

    /// <summary>Settles those whom the next claim weighs.</summary>
    /// <param name="weights">The claim's weights.</param>
    /// <returns>What it settles; null if nobody.</returns>
    public SettledStage? Settle(IReadOnlyList<long> weights)
    {
        double lowest = double.PositiveInfinity;
        double settledLowest = double.PositiveInfinity;
        for (int t = 0; t < _values.Length; t++)
        {
            if (!_isSettled[t])
            {
                lowest = Math.Min(lowest, _values[t]);
                if (weights[t] > 0)
                {
                    settledLowest = Math.Min(settledLowest, _values[t]);
                }
            }
        }

        if (double.IsInfinity(settledLowest))
        {
            return null;
        }

        double highest = 0;
        double gainPerSlack = 0;

        // Nobody settled later has less, and who is sure of a seat and counts is settled by now; that all settled now have the same is left to the gap.
        bool isInOrder = lowest >= settledLowest * (1 - ProvenGap);
        for (int t = 0; t < _values.Length; t++)
        {
            isInOrder &= !_isFull[t] || weights[t] == 0 || _values[t] <= settledLowest * (1 + ProvenGap);
            if (!_isSettled[t] && weights[t] > 0)
            {
                highest = Math.Max(highest, _values[t]);
                gainPerSlack = Math.Max(gainPerSlack, _people[t] / (weights[t] * _shares[t]));
                _isSettled[t] = true;
            }
        }

        return new SettledStage(lowest, settledLowest, highest, gainPerSlack, isInOrder);
    }

    private static double[] ExpectedSeats(IReadOnlyList<PanelComposition> lottery, int types)
    {
        Int128[] sums = new Int128[types];
        foreach (PanelComposition panel in lottery)
        {
            foreach ((int type, int seats) in panel.Seats)
            {
                sums[type] += (Int128)panel.Weight * seats;
            }
        }

        return Array.ConvertAll(sums, s => (double)s / PanelLottery.WeightTotal);
    }
}

/// <summary>What one claim settles.</summary>
/// <param name="Value">The lowest value of those who were not settled before.</param>
/// <param name="SettledLowest">The lowest value of those settled now.</param>
/// <param name="SettledHighest">The highest value of those settled now.</param>
/// <param name="GainPerSlack">What one of them can gain for each unit by which the lottery misses the claim's limit.</param>
/// <param name="IsInOrder">Whether the claim may be used at this place.</param>
internal sealed record SettledStage(double Value, double SettledLowest, double SettledHighest, double GainPerSlack, bool IsInOrder)
{
    /// <summary>What the claim bounds.</summary>
    /// <param name="limit">What no panel weighs more than.</param>
    /// <param name="expected">What the lottery's panels weigh on average, over 2⁶².</param>
    public double Bound(long limit, Int128 expected)
    {
        double slack = (double)(((Int128)limit * PanelLottery.WeightTotal) - expected) / PanelLottery.WeightTotal;
        return SettledHighest + Math.Max(0, slack * GainPerSlack);
    }
}
