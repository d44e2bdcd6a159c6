using Google.OrTools.Sat;
using Sortition.Core.Engine.OrTools;
using Sortition.Core.Engine.Polytope;

namespace Sortition.Core.Engine.Conflicts;

/// <summary>The cheapest changes of bounds with which there is a panel, as a program in whole numbers.</summary>
internal sealed class RelaxationProgram
{
    private readonly CpModel _model = new();
    private readonly IntVar[] _changes;
    private readonly BoolVar[] _isChanged;

    /// <param name="polytope">The panels; people are counted by type.</param>
    /// <param name="sides">The bounds that may give; all others stay.</param>
    public RelaxationProgram(QuotaPolytope polytope, IReadOnlyList<LooseSide> sides)
    {
        _changes = [.. sides.Select(s => _model.NewIntVar(0, s.Most, ""))];
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

        _model.Minimize(LinearExpr.WeightedSum(_changes, sides.Select(s => s.Cost)));

        int Most(int type) => polytope.RowsOf[type].Aggregate(
            polytope.Upper[type], (most, r) => (int)Math.Min(most, polytope.Rows[r].Max + sideOf[(r, false)].Sum(i => (long)sides[i].Most)));
    }

    /// <summary>The cheapest changes.</summary>
    /// <returns>By how much each side gives; null if nothing allowed is enough. Both proven.</returns>
    public int[]? Solve(CancellationToken cancellationToken) =>
        WholeNumberSolver.Solve(_model, _changes, cancellationToken) is long[] values ? Array.ConvertAll(values, v => (int)v) : null;

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
