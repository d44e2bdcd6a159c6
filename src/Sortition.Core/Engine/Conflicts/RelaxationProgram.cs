using Google.OrTools.Sat;
using Sortition.Core.Engine.OrTools;
using Sortition.Core.Engine.Polytope;

namespace Sortition.Core.Engine.Conflicts;

/// <summary>The cheapest changes of bounds with which there is a panel, as a program in whole numbers.</summary>
internal sealed class RelaxationProgram
{
    /// <summary>Beyond this the solver could not add up squares.</summary>
    private const long MostSpread = 1L << 50;

    private readonly CpModel _model = new();
    private readonly IReadOnlyList<LooseSide> _sides;
    private readonly LinearExpr _cost;
    private readonly IntVar[] _changes;
    private readonly BoolVar[] _isChanged;

    /// <param name="polytope">The panels; people are counted by type.</param>
    /// <param name="sides">The bounds that may give; all others stay.</param>
    public RelaxationProgram(QuotaPolytope polytope, IReadOnlyList<LooseSide> sides)
    {
        _sides = sides;
        _changes = [.. sides.Select(s => _model.NewIntVar(0, s.Most, ""))];
        _cost = LinearExpr.WeightedSum(_changes, sides.Select(s => s.Cost));
        _isChanged = [.. sides.Select(_ => _model.NewBoolVar(""))];
        for (int i = 0; i < sides.Count; i++)
        {
            _model.Add(_changes[i] >= _isChanged[i]);
            _model.Add(_changes[i] <= sides[i].Most * _isChanged[i]);
        }

        ILookup<(int, bool), int> sideOf = Enumerable.Range(0, sides.Count).ToLookup(i => (sides[i].Row, sides[i].IsMinimum));
        IntVar[] seats = [.. polytope.Lower.Select((least, t) => _model.NewIntVar(least, Math.Max(least, Most(t)), ""))];
        for (int r = 0; r < polytope.Rows.Count; r++)
        {
            PolytopeRow row = polytope.Rows[r];
            LinearExpr sum = LinearExpr.Sum(row.Types.Select(t => seats[t]));
            _model.Add(sum + LinearExpr.Sum(sideOf[(r, true)].Select(i => _changes[i])) >= row.Min);
            _model.Add(sum - LinearExpr.Sum(sideOf[(r, false)].Select(i => _changes[i])) <= row.Max);
        }

        foreach (PolytopeRow row in polytope.HouseholdRows)
        {
            _model.Add(LinearExpr.Sum(row.Types.Select(t => seats[t])) <= row.Max);
        }

        int Most(int type) => polytope.RowsOf[type].Aggregate(
            polytope.Upper[type], (most, r) => (int)Math.Min(most, polytope.Rows[r].Max + sideOf[(r, false)].Sum(i => (long)sides[i].Most)));
    }

    /// <summary>The cheapest changes; of those that cost the same, the ones that are spread most evenly.</summary>
    /// <returns>By how much each side gives; null if nothing allowed is enough. Both proven.</returns>
    public int[]? Solve(CancellationToken cancellationToken)
    {
        _model.Minimize(_cost);
        return WholeNumberSolver.Solve(_model, _changes, cancellationToken) is long[] cheapest
            ? Spread(Array.ConvertAll(cheapest, v => (int)v), cancellationToken)
            : null;
    }

    /// <summary>
    /// Of changes that cost as much as given ones, those with the least sum of squares, so that three groups give two seats each rather than one all six; of
    /// those, the first in the order of the sides, so that the answer is the same everywhere.
    /// </summary>
    private int[] Spread(int[] changes, CancellationToken cancellationToken)
    {
        long cost = changes.Zip(_sides).Sum(c => c.First * c.Second.Cost);
        long[] most = [.. _sides.Select(s => Math.Min(s.Most, cost / s.Cost))];
        long places = 1 + most.Select((m, i) => m * i).Sum();
        if (changes.DefaultIfEmpty(0).Max() < 2 || most.Sum(m => m * m) > MostSpread / places)
        {
            return changes;
        }

        BoolVar isAtCost = _model.NewBoolVar("");
        _model.Add(_cost <= cost).OnlyEnforceIf(isAtCost);
        IntVar[] squares = [.. most.Select(m => _model.NewIntVar(0, m * m, ""))];
        for (int i = 0; i < squares.Length; i++)
        {
            // A square is at least what its tangents say, and in whole numbers no more.
            for (long step = 0; step < most[i]; step++)
            {
                _model.Add(squares[i] >= ((2 * step) + 1) * _changes[i] - (step * (step + 1))).OnlyEnforceIf(isAtCost);
            }
        }

        Force(isAtCost, 1);
        _model.Minimize(LinearExpr.Sum(squares) * places + LinearExpr.WeightedSum(_changes, most.Select((_, i) => (long)i)));
        long[] spread = WholeNumberSolver.Solve(_model, _changes, cancellationToken)!;
        Force(isAtCost, 0);
        return Array.ConvertAll(spread, v => (int)v);
    }

    private void Force(BoolVar variable, long value)
    {
        _model.Model.Variables[variable.Index].Domain.Clear();
        _model.Model.Variables[variable.Index].Domain.Add([value, value]);
    }

    /// <summary>Leaves out all changes of the same sides, of these sides and more, and of some of these sides only.</summary>
    public void ForbidNested(int[] changes)
    {
        _model.AddBoolOr(_isChanged.Where((_, i) => changes[i] > 0).Select(v => v.Not()));
        _model.AddBoolOr(_isChanged.Where((_, i) => changes[i] == 0));
    }

    /// <summary>Leaves out all changes that are nowhere smaller than these.</summary>
    public void ForbidAbove(int[] changes)
    {
        List<ILiteral> isSmaller = [];
        for (int i = 0; i < changes.Length; i++)
        {
            if (changes[i] > 0)
            {
                BoolVar smaller = _model.NewBoolVar("");
                _model.Add(_changes[i] <= changes[i] - 1).OnlyEnforceIf(smaller);
                isSmaller.Add(smaller);
            }
        }

        _model.AddBoolOr(isSmaller);
    }
}

/// <summary>A bound that may give.</summary>
/// <param name="Row">The row of the polytope.</param>
/// <param name="IsMinimum">Whether it is the row's minimum, which can be lowered; otherwise it is the maximum, which can be raised.</param>
/// <param name="Most">By how much at most, 1 or more.</param>
/// <param name="Cost">What each seat costs, in whole numbers, above 0.</param>
internal sealed record LooseSide(int Row, bool IsMinimum, int Most, long Cost);
