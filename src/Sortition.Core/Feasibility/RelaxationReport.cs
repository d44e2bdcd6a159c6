namespace Sortition.Core.Feasibility;

/// <summary>The ways out where quotas cannot be met.</summary>
public sealed class RelaxationReport
{
    internal RelaxationReport(IReadOnlyList<Relaxation> alternatives, bool isExhaustive, SelectionProblem? loosest, Diagnosis? obstacles)
    {
        Alternatives = alternatives;
        IsExhaustive = isExhaustive;
        Loosest = loosest;
        Obstacles = obstacles;
    }

    /// <summary>
    /// The cheapest first. In each, no change could be smaller without another being larger; and no two change the same bounds, or one only some of those that
    /// the other changes. A problem that has a panel has one alternative: to change nothing. Empty if nothing that may give is enough.
    /// </summary>
    public IReadOnlyList<Relaxation> Alternatives { get; }

    /// <summary>Whether there are no others of that kind; proven. If false, there may be more.</summary>
    public bool IsExhaustive { get; }

    /// <summary>If there are no alternatives, the problem with every bound as loose as it may be; null otherwise.</summary>
    public SelectionProblem? Loosest { get; }

    /// <summary>If there are no alternatives, what clashes in <see cref="Loosest"/> all the same; null otherwise.</summary>
    public Diagnosis? Obstacles { get; }
}

/// <summary>Changes of quotas with which there is a panel.</summary>
public sealed class Relaxation
{
    internal Relaxation(IReadOnlyList<ConstraintChange> changes, double cost, SelectionProblem problem)
    {
        Changes = changes;
        Cost = cost;
        Problem = problem;
    }

    /// <summary>The changes, in the order of the quotas, a minimum before its maximum.</summary>
    public IReadOnlyList<ConstraintChange> Changes { get; }

    /// <summary>What they cost together; 0 for no changes.</summary>
    public double Cost { get; }

    /// <summary>The problem with the changes made.</summary>
    public SelectionProblem Problem { get; }
}
