using Google.OrTools.Sat;
using Sortition.Core.Engine.OrTools;

namespace Sortition.Core.Engine.Conflicts;

/// <summary>
/// The map of what is still unexplored: the sets of constraints that contain no conflict found so far and are no part of a set known to be satisfiable.
/// </summary>
internal sealed class ConflictMap
{
    private readonly CpModel _model = new();
    private readonly BoolVar[] _isIn;

    public ConflictMap(int constraints)
    {
        _isIn = [.. Enumerable.Range(0, constraints).Select(_ => _model.NewBoolVar(""))];
        _model.Maximize(LinearExpr.Sum(_isIn));
    }

    /// <summary>A largest unexplored set; null if there is none.</summary>
    public bool[]? Next(CancellationToken cancellationToken) =>
        WholeNumberSolver.Solve(_model, _isIn, cancellationToken) is long[] values ? Array.ConvertAll(values, v => v != 0) : null;

    /// <summary>Leaves out all sets that contain a conflict.</summary>
    public void CloseAbove(bool[] conflict) => _model.AddBoolOr(_isIn.Where((_, i) => conflict[i]).Select(v => v.Not()));

    /// <summary>Leaves out all parts of a satisfiable set.</summary>
    public void CloseBelow(bool[] satisfiable) => _model.AddBoolOr(_isIn.Where((_, i) => !satisfiable[i]));
}
