namespace Sortition.Core.Feasibility;

/// <summary>A change of one number: a quota's minimum or maximum, or the panel size.</summary>
/// <remarks>Immutable and safe to read from any thread.</remarks>
public sealed class ConstraintChange
{
    internal ConstraintChange(Constraint constraint, int from, int to)
    {
        Constraint = constraint;
        From = from;
        To = to;
    }

    /// <summary>The constraint as it was: of a quota, or the panel size.</summary>
    public Constraint Constraint { get; }

    /// <summary>What its number was, in seats.</summary>
    public int From { get; }

    /// <summary>What it becomes, in seats.</summary>
    public int To { get; }

    /// <summary>By how many seats it gives, 1 or more.</summary>
    public int Seats => Math.Abs(To - From);

    /// <summary>Whether the minimum of a quota is lowered.</summary>
    internal bool IsMinimum => Constraint.Kind == ConstraintKind.QuotaMinimum;
}
