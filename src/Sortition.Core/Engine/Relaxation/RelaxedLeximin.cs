using Sortition.Core.Engine.Polytope;
using Sortition.Core.Engine.Proof;

namespace Sortition.Core.Engine.Relaxation;

/// <summary>Leximin over the linear relaxation of the panels: the expected seats to aim at, and the claims that no lottery can do better.</summary>
/// <remarks>
/// Stage by stage the lowest open value is made as high as it goes. Types with a dual weight have that value in every optimum: they are settled, and the next
/// stage raises the others. (Flanigan, Gölz, Gupta, Hennig, Procaccia, Fair algorithms for selecting citizens' assemblies, Nature 2021, supplementary
/// information; there over panels.) The values are computed from the whole-number claims, so that no error of one stage is handed on to the next.
/// </remarks>
internal sealed class RelaxedLeximin
{
    private const double AmpleRoom = 1.3;
    private const int RaisingStages = 4;

    private readonly QuotaPolytope _polytope;
    private readonly bool[] _covered;
    private readonly double[] _shares;
    private readonly double[] _caps;
    private readonly List<RelaxedStage> _stages = [];

    private RelaxedLeximin(QuotaPolytope polytope, bool[] covered, double[] shares, double[] caps)
    {
        _polytope = polytope;
        _covered = covered;
        _shares = shares;
        _caps = caps;
        Target = new double[polytope.TypeCount];
    }

    /// <summary>The first stage's optimum: no lottery's lowest value exceeds it.</summary>
    public double Value { get; private set; } = double.PositiveInfinity;

    /// <summary>Expected seats by type.</summary>
    public double[] Target { get; private set; }

    /// <summary>The stages with a claim, in their order.</summary>
    public IReadOnlyList<RelaxedStage> Stages => _stages;

    /// <summary>The whole leximin vector.</summary>
    /// <param name="polytope">The panels.</param>
    /// <param name="covered">The types that count; the others have no seats.</param>
    /// <param name="shares">What a type's seats are measured by: its members, times what each is entitled to.</param>
    /// <param name="caps">The most expected seats of each type.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    public static RelaxedLeximin Solve(QuotaPolytope polytope, bool[] covered, double[] shares, double[] caps, CancellationToken cancellationToken)
    {
        RelaxedLeximin relaxed = new(polytope, covered, shares, caps);
        relaxed.Run(int.MaxValue, double.PositiveInfinity, cancellationToken);
        return relaxed;
    }

    /// <summary>
    /// Only the lowest value. The other types are raised until they have room to spare: they are then not what an optimal lottery hinges on, and fewer panels
    /// will do.
    /// </summary>
    /// <param name="polytope">The panels.</param>
    /// <param name="covered">The types that count; the others have no seats.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    public static RelaxedLeximin SolveLowest(QuotaPolytope polytope, bool[] covered, CancellationToken cancellationToken)
    {
        double[] people = Array.ConvertAll(polytope.Upper, u => (double)u);
        RelaxedLeximin relaxed = new(polytope, covered, people, people);
        relaxed.Run(RaisingStages, AmpleRoom, cancellationToken);
        return relaxed;
    }

    private void Run(int maxStages, double room, CancellationToken cancellationToken)
    {
        using StageProgram program = new(_polytope, _covered, _shares, _caps);
        for (int t = 0; t < Target.Length; t++)
        {
            Target[t] = _covered[t] ? _polytope.Lower[t] : 0;
            Value = _covered[t] && _polytope.Lower[t] > 0 ? Math.Min(Value, Target[t] / _shares[t]) : Value;
        }

        double lowest = Value;

        for (int s = 0; program.IsOpen.Contains(true); s++)
        {
            StageProgram.Stage stage = program.Solve(cancellationToken);
            Value = s == 0 ? Math.Min(lowest, stage.Value) : Value;
            double highest = program.Highest;
            RelaxedStage? claim = ClaimOf(stage, program.IsOpen);

            // Where z is held down by a cap, duals or not, only the types at that cap are settled.
            claim = claim?.Value <= highest ? claim : null;
            double value = claim?.Value ?? highest;
            bool isSettled = false;
            for (int t = 0; t < Target.Length; t++)
            {
                bool isFull = program.IsOpen[t] && value * _shares[t] >= _caps[t] * (1 - Tolerances.AtCap);
                if (isFull || (program.IsOpen[t] && claim?.Weights[t] > 0))
                {
                    Target[t] = Math.Min(_caps[t], value * _shares[t]);
                    program.Settle(t, Target[t]);
                    isSettled = true;
                }
            }

            if (claim is not null)
            {
                _stages.Add(claim);
            }

            if (!isSettled)
            {
                throw new InvalidOperationException("A stage of the relaxation settles nobody.");
            }

            if (s + 1 >= maxStages || (s >= 2 && stage.Value >= room * Value))
            {
                Target = stage.Seats;
                return;
            }
        }
    }

    /// <summary>
    /// What a stage's duals prove, in whole numbers: a type weighs the prices of the constraints that count it, where that is above 0. Null where only the caps
    /// bind.
    /// </summary>
    private RelaxedStage? ClaimOf(StageProgram.Stage stage, IReadOnlyList<bool> isOpen)
    {
        double[] duals = [.. stage.RowDuals, .. stage.HouseholdDuals];
        if (!Array.Exists(duals, d => d != 0))
        {
            return null;
        }

        DualPolish polish = new(_polytope, t => _covered[t] && _polytope.Lower[t] == 0, duals);
        duals = polish.Sharpen();

        // All prove an upper bound, and the lowest is the best. Of bounds that are the same but for rounding, fractions are reached by what has small numbers.
        RelaxedStage? best = null;
        foreach (Func<long[]?> find in (Func<long[]?>[])[
            () => IntegerWeights.Small(duals),
            () => best is null ? polish.InWholeNumbers(duals, WeightCertifier.FineSize) : null,
            () => IntegerWeights.Fine(duals, WeightCertifier.FineSize)])
        {
            RelaxedStage? claim = find() is { } numbers ? Claim(numbers) : null;
            best = best is null || claim?.Value * (1 + Tolerances.SmallNumbers) < best.Value ? claim ?? best : best;
        }

        return best;

        RelaxedStage? Claim(long[] prices)
        {
            PriceList list = new(prices[..stage.RowDuals.Length], Array.ConvertAll(prices[stage.RowDuals.Length..], p => Math.Max(0, p)));
            Int128[] scores = QuotaArithmetic.Scores(_polytope, list);
            Int128 largest = 0;
            foreach (Int128 score in scores)
            {
                largest = Int128.Max(largest, score);
            }

            long[] weights = new long[scores.Length];
            double settled = 0;
            double open = 0;
            for (int t = 0; t < weights.Length; t++)
            {
                // A score that is 0 but for rounding is none.
                bool counts = _covered[t] && _polytope.Lower[t] == 0 && (double)scores[t] > Tolerances.NegligibleScore * (double)largest;
                weights[t] = counts ? (long)scores[t] : 0;
                settled += isOpen[t] ? 0 : weights[t] * Target[t];
                open += isOpen[t] ? weights[t] * _shares[t] : 0;
            }

            double limit = (double)QuotaArithmetic.Limit(_polytope, _covered, weights, list);
            for (int t = 0; t < weights.Length; t++)
            {
                // Caps below the number of members hold down more than the constraints do.
                Int128 excess = weights[t] - scores[t];
                limit -= _covered[t] && excess > 0 ? (double)excess * (_polytope.Upper[t] - _caps[t]) : 0;
            }

            return open > 0 ? new RelaxedStage((limit - settled) / open, weights, list) : null;
        }
    }
}

/// <summary>What one stage claims.</summary>
/// <param name="Value">The value of the open types that have a weight.</param>
/// <param name="Weights">A weight for each type, 0 or more.</param>
/// <param name="Prices">The prices that prove the limit.</param>
internal sealed record RelaxedStage(double Value, long[] Weights, PriceList Prices);
