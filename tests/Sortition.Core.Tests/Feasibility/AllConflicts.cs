namespace Sortition.Core.Tests.Feasibility;

/// <summary>Which constraints of a tiny problem can be met together, from all sets of people who may be drawn.</summary>
internal sealed class AllConflicts
{
    private readonly List<long> _met = [];

    public AllConflicts(SelectionProblem problem)
    {
        Constraints =
        [
            new Constraint(ConstraintKind.PanelSize),
            new Constraint(ConstraintKind.MustBeIn),
            .. problem.HouseholdLimit is null ? (Constraint[])[] : [new Constraint(ConstraintKind.HouseholdLimit)],
            .. problem.Quotas.Where(q => q.Min > 0).Select(q => new Constraint(ConstraintKind.QuotaMinimum, q)),
            .. problem.Quotas.Select(q => new Constraint(ConstraintKind.QuotaMaximum, q)),
        ];
        Person[] drawable = [.. problem.People.Where(p => p.Status != PersonStatus.MustBeOut)];
        HashSet<long> all = [];
        for (int set = 0; set < 1 << drawable.Length; set++)
        {
            Person[] members = [.. drawable.Where((_, bit) => (set >> bit & 1) == 1)];
            all.Add(Constraints.Select((c, i) => Holds(problem, c, members) ? 1L << i : 0).Sum());
        }

        _met.AddRange(all.Where(a => !all.Any(b => b != a && (a & b) == a)));
    }

    /// <summary>All constraints that a panel of the problem has to meet.</summary>
    public IReadOnlyList<Constraint> Constraints { get; }

    /// <summary>Whether some people meet constraints.</summary>
    public bool CanBeMet(IEnumerable<Constraint> constraints) => CanBeMet(Bits(constraints));

    /// <summary>Every irreducible conflict. A set is none if and only if it misses a constraint of every conflict: so the conflicts are the minimal sets that hit the complements of the largest sets that can be met.</summary>
    public List<long> Irreducible()
    {
        List<long> hitting = [0];
        foreach (long met in _met)
        {
            List<long> next = [.. hitting.Where(h => (h & ~met) != 0)];
            foreach (long missed in hitting.Where(h => (h & ~met) == 0).ToList())
            {
                for (int i = 0; i < Constraints.Count; i++)
                {
                    long extended = missed | 1L << i;
                    if ((met >> i & 1) == 0 && !next.Any(h => (h & extended) == h))
                    {
                        next.RemoveAll(h => (h & extended) == extended);
                        next.Add(extended);
                    }
                }
            }

            hitting = next;
        }

        return hitting;
    }

    public long Bits(IEnumerable<Constraint> constraints) => constraints.Select(c => 1L << Constraints.ToList().IndexOf(c)).Sum();

    private static bool Holds(SelectionProblem problem, Constraint constraint, Person[] members) => constraint.Kind switch
    {
        ConstraintKind.PanelSize => members.Length == problem.PanelSize,
        ConstraintKind.QuotaMinimum => members.Count(m => problem.Matches(m, constraint.Quota!)) >= constraint.Quota!.Min,
        ConstraintKind.QuotaMaximum => members.Count(m => problem.Matches(m, constraint.Quota!)) <= constraint.Quota!.Max,
        ConstraintKind.HouseholdLimit => members.Where(m => m.Household is not null).GroupBy(m => m.Household).All(g => g.Count() <= problem.HouseholdLimit),
        _ => problem.People.Where(p => p.Status == PersonStatus.MustBeIn).All(members.Contains),
    };

    private bool CanBeMet(long constraints) => _met.Exists(m => (m & constraints) == constraints);
}
