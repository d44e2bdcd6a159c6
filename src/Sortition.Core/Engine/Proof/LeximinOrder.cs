using System.Numerics;
using Sortition.Core.Lotteries;

namespace Sortition.Core.Engine.Proof;

/// <summary>Whom each claim of a leximin proof settles, in what order, and what the claim then bounds.</summary>
/// <remarks>
/// <para>Let the claims be Σ w_i·π_i ≤ limit for all lotteries, w ≥ 0, and call a person settled by the first claim that gives them a weight. Suppose that our
/// lottery π* reaches each claim's limit; that all whom a claim settles have one value v; and that nobody settled later has less than v. Then π* is leximin.
/// For let π be a lottery that is at least as good. By induction it gives those settled before what π* gives them. What is left of the sorted vectors still
/// compares so, hence π gives nobody else less than v. So it gives everybody whom the claim weighs at least what π* does, and as their weighted sum cannot be
/// above that of π*, it gives them just that.</para>
/// <para>The values are fractions: what a claim's limit leaves for those whom it settles, Σ w_i·v_i = limit, with the values of those settled before. That our
/// lottery has them is compared in whole numbers (<see cref="ExactChances"/>). If a lottery misses them, the others being left what they have, a person settled
/// by a claim could gain the slack divided by the person's weight at most; that, beside the person's value, is the claim's gap.</para>
/// <para>The argument needs no lottery that has the values: whatever lottery is at least as good as they are has them. So it holds for chances that no lottery
/// may have, and a lottery from which everybody is within ε of them is within ε of the best there could be (<see cref="CertificateStatus.EpsilonLeximin"/>).
/// That limits are nearly reached does not say so: where a thousand people and ten have 103 seats, 1e-6 of the seats of the first moves each of the others by
/// 1e-5.</para>
/// </remarks>
internal sealed class LeximinOrder
{
    private readonly int[] _people;
    private readonly double[] _entitlements;
    private readonly double[] _values;
    private readonly bool[] _isFull;
    private readonly bool[] _isSettled;
    private readonly StageValues _stages;
    private readonly ExactChances _chances;
    private Fraction _highest = 0L;
    private Fraction _farthest = 0L;

    /// <param name="people">How many people there are of each type.</param>
    /// <param name="covered">The types that count.</param>
    /// <param name="entitlements">What the chance of a type's members is measured by, above 0.</param>
    /// <param name="lottery">The lottery.</param>
    /// <param name="isNearEnough">Whether people are sure of a seat already who are so but for <see cref="Tolerances.LargestEpsilon"/>.</param>
    public LeximinOrder(int[] people, bool[] covered, double[] entitlements, IReadOnlyList<PanelComposition> lottery, bool isNearEnough = false)
    {
        _people = people;
        _entitlements = entitlements;
        _chances = new ExactChances(lottery, people.Length);
        _values = new double[people.Length];
        _isFull = new bool[people.Length];
        _isSettled = new bool[people.Length];
        Int128[] expected = PanelLottery.SeatWeights(people.Length, lottery);
        for (int t = 0; t < people.Length; t++)
        {
            // Whoever is sure of a seat cannot have more: a claim that needs no proof, placed among the others by its value.
            _values[t] = covered[t] ? (double)expected[t] / PanelLottery.WeightTotal / (people[t] * entitlements[t]) : 0;
            Fraction missing = covered[t] ? _chances.DistanceTo(t, people[t], (long)people[t]) : 1L;
            _isFull[t] = covered[t]
                && (isNearEnough ? missing <= Fraction.Of(Tolerances.LargestEpsilon) : _chances.Compare(t, people[t], people[t]) == 0);
            _farthest = _isFull[t] && missing > _farthest ? missing : _farthest;
            _isSettled[t] = !covered[t] || _isFull[t];
        }

        _stages = new StageValues(people, covered, entitlements, t => _isFull[t]);
    }

    /// <summary>The first type that no claim has settled yet and that is not sure of its seats; null if there is none.</summary>
    public int? FirstOpen => Array.IndexOf(_isSettled, false) is >= 0 and int type ? type : null;

    /// <summary>How far the chance of anybody settled so far is from what the claims leave.</summary>
    public Fraction Farthest => _farthest;

    /// <summary>The lowest limit with which the next claim is in order.</summary>
    /// <param name="weights">Its weights.</param>
    public BigInteger LimitInOrder(IReadOnlyList<long> weights) => _stages.LimitFor(weights, _highest);

    /// <summary>Settles those whom the next claim weighs.</summary>
    /// <param name="weights">The claim's weights.</param>
    /// <returns>What it settles, to be judged by <see cref="Judge"/> before the next claim; null if nobody.</returns>
    public SettledStage? Settle(IReadOnlyList<long> weights)
    {
        double lowest = double.PositiveInfinity;
        double settledLowest = double.PositiveInfinity;
        double highest = 0;
        double gainPerSlack = 0;
        List<int> types = [];
        for (int t = 0; t < _values.Length; t++)
        {
            if (_isSettled[t])
            {
                continue;
            }

            lowest = Math.Min(lowest, _values[t]);
            if (weights[t] > 0)
            {
                types.Add(t);
                settledLowest = Math.Min(settledLowest, _values[t]);
                highest = Math.Max(highest, _values[t]);
                gainPerSlack = Math.Max(gainPerSlack, 1 / (weights[t] * _entitlements[t]));
                _isSettled[t] = true;
            }
        }

        return types.Count == 0 ? null : new SettledStage(types, lowest, settledLowest, highest, gainPerSlack);
    }

    /// <summary>Whether a claim may be used at its place, and whether the lottery gives just what it leaves to those whom it settles.</summary>
    /// <param name="stage">What the claim settles.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="limit">Its limit.</param>
    public (bool IsInOrder, bool IsReached) Judge(SettledStage stage, IReadOnlyList<long> weights, long limit)
    {
        Fraction value = _stages.Settle(weights, limit) ?? throw new InvalidOperationException("The claim settles nobody.");

        // Nobody settled before has more, and who is sure of a seat and counts is settled by now.
        bool isInOrder = value >= _highest
            && Enumerable.Range(0, weights.Count).All(t => !_isFull[t] || weights[t] == 0 || _stages.FillsSeats(value, t));
        bool isReached = stage.Types.All(t => _chances.Compare(t, _people[t], _stages.SeatsOf(t)!.Value) == 0);
        _highest = value;
        foreach (int t in stage.Types)
        {
            Fraction distance = _chances.DistanceTo(t, _people[t], _stages.SeatsOf(t)!.Value);
            _farthest = distance > _farthest ? distance : _farthest;
        }

        return (isInOrder, isReached);
    }
}

/// <summary>What one claim settles.</summary>
/// <param name="Types">The types.</param>
/// <param name="Value">The lowest value of those who were not settled before.</param>
/// <param name="SettledLowest">The lowest value of those settled now.</param>
/// <param name="SettledHighest">The highest value of those settled now.</param>
/// <param name="GainPerSlack">What one of them can gain for each unit by which the lottery misses the claim's limit.</param>
internal sealed record SettledStage(IReadOnlyList<int> Types, double Value, double SettledLowest, double SettledHighest, double GainPerSlack)
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
