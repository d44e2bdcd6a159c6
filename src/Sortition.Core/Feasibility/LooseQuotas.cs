using System.Numerics;
using Sortition.Core.Engine.Conflicts;
using Sortition.Core.Engine.Polytope;

namespace Sortition.Core.Feasibility;

/// <summary>Which bounds of quotas may give, how far and at what cost.</summary>
internal sealed class LooseQuotas
{
    /// <summary>Costs are whole numbers that add up to no more than this, so that the solver computes with room to spare.</summary>
    private static readonly BigInteger CostLimit = BigInteger.One << 50;

    private readonly SelectionProblem _problem;
    private readonly List<(Constraint Constraint, decimal Priority)> _bounds = [];

    public LooseQuotas(SelectionProblem problem, QuotaPolytope polytope, RelaxationOptions options)
    {
        _problem = problem;
        List<(int Row, bool IsMinimum, int Most)> sides = [];
        Dictionary<Quota, int> rowOf = Enumerable.Range(1, polytope.Rows.Count - 1).ToDictionary(r => polytope.Rows[r].MinReason.Quota!);
        foreach (Quota quota in problem.Quotas.Where(q => !options.IsKept(q)))
        {
            decimal priority = options.Priority(quota);
            if (priority <= 0)
            {
                throw new ArgumentException($"The priority of {quota.FeatureLabel}: {quota.ValueLabel} is not above 0.", nameof(options));
            }

            Add(quota, ConstraintKind.QuotaMinimum, quota.Min - (quota.MinFlex ?? 0));

            // No panel has more members than the panel size.
            Add(quota, ConstraintKind.QuotaMaximum, Math.Min(quota.MaxFlex ?? int.MaxValue, Math.Max(problem.PanelSize, quota.Max)) - quota.Max);

            void Add(Quota q, ConstraintKind kind, int most)
            {
                if (most > 0)
                {
                    sides.Add((rowOf[q], kind == ConstraintKind.QuotaMinimum, most));
                    _bounds.Add((new Constraint(kind, q), priority));
                }
            }
        }

        long[] costs = WholeCosts([.. sides.Select(s => s.Most)]);
        Sides = [.. sides.Select((s, i) => new LooseSide(s.Row, s.IsMinimum, s.Most, costs[i]))];
    }

    /// <summary>The bounds that may give.</summary>
    public IReadOnlyList<LooseSide> Sides { get; }

    /// <summary>The problem with every bound as loose as it may be.</summary>
    public SelectionProblem Loosest() => Apply([.. Sides.Select(s => s.Most)]);

    /// <summary>Changes in the terms of the problem.</summary>
    /// <param name="seats">By how much each side gives.</param>
    public Relaxation Read(int[] seats)
    {
        int[] changed = [.. Enumerable.Range(0, seats.Length).Where(i => seats[i] > 0)];
        ConstraintChange[] changes = [.. changed.Select(i => new ConstraintChange(_bounds[i].Constraint, Moved(i, 0), Moved(i, seats[i])))];
        return new Relaxation(changes, changed.Sum(i => seats[i] * (double)_bounds[i].Priority * Weight(i)), Apply(seats));
    }

    private double Weight(int side) => Sides[side].IsMinimum ? 1 + 2.0 / _bounds[side].Constraint.Quota!.Min : 1;

    private int Moved(int side, int seats)
    {
        Quota quota = _bounds[side].Constraint.Quota!;
        return Sides[side].IsMinimum ? quota.Min - seats : quota.Max + seats;
    }

    private SelectionProblem Apply(int[] seats)
    {
        Dictionary<Quota, (int Min, int Max)> bounds = _problem.Quotas.ToDictionary(q => q, q => (q.Min, q.Max));
        for (int i = 0; i < seats.Length; i++)
        {
            Quota quota = _bounds[i].Constraint.Quota!;
            (int min, int max) = bounds[quota];
            bounds[quota] = Sides[i].IsMinimum ? (min - seats[i], max) : (min, max + seats[i]);
        }

        return _problem.WithBounds(bounds);
    }

    /// <summary>
    /// The costs times their common denominator. Where that is too large for the solver (minima with large prime factors, priorities with many decimals), they
    /// are rounded, by less than a millionth in any case that can arise with real quotas.
    /// </summary>
    private long[] WholeCosts(int[] most)
    {
        (BigInteger Top, BigInteger Bottom)[] costs = [.. _bounds.Select(b => Fraction(b.Constraint, b.Priority))];
        BigInteger scale = costs.Aggregate(BigInteger.One, (lcm, c) => lcm / BigInteger.GreatestCommonDivisor(lcm, c.Bottom) * c.Bottom);
        BigInteger total = costs.Zip(most).Aggregate(BigInteger.Zero, (sum, c) => sum + c.First.Top * (scale / c.First.Bottom) * c.Second);
        BigInteger shrink = BigInteger.Max(BigInteger.One, (total + CostLimit - 1) / CostLimit);
        return [.. costs.Select(c => (long)BigInteger.Max(BigInteger.One, (c.Top * (scale / c.Bottom) + shrink / 2) / shrink))];
    }

    private static (BigInteger Top, BigInteger Bottom) Fraction(Constraint bound, decimal priority)
    {
        int[] bits = decimal.GetBits(priority);
        BigInteger top = new(new decimal(bits[0], bits[1], bits[2], isNegative: false, scale: 0));
        BigInteger bottom = BigInteger.Pow(10, (bits[3] >> 16) & 0xFF);
        if (bound.Kind == ConstraintKind.QuotaMinimum)
        {
            top *= bound.Quota!.Min + 2;
            bottom *= bound.Quota.Min;
        }

        BigInteger common = BigInteger.GreatestCommonDivisor(top, bottom);
        return (top / common, bottom / common);
    }
}
