using Google.OrTools.Sat;

namespace Sortition.Core.Tests.Feasibility;

/// <summary>Whether some people of a pool meet constraints, straight from the definition, as an integer program of its own; nobody must be in or out.</summary>
/// <remarks>
/// People who have the same values and live in households of the same make-up are one number. That is enough: seats that keep each number, and the limit for all households of one make-up together, can be dealt
/// round these households.
/// </remarks>
internal sealed class PeopleProgram
{
    private readonly SelectionProblem _problem;
    private readonly List<(Person Someone, int Count, string? Home)> _kinds = [];

    /// <summary>How many households there are of each make-up.</summary>
    private readonly Dictionary<string, int> _homes = [];

    public PeopleProgram(SelectionProblem problem)
    {
        _problem = problem;
        Dictionary<int, string> homeOf = problem.HouseholdLimit is null ? [] : problem.People.Where(p => p.Household is not null).GroupBy(p => p.Household!.Value)
            .ToDictionary(g => g.Key, g => string.Join(';', g.Select(Values).Order(StringComparer.Ordinal)));
        foreach (string home in homeOf.Values)
        {
            _homes[home] = _homes.GetValueOrDefault(home) + 1;
        }

        foreach (IGrouping<(string, string?), Person> kind in problem.People.GroupBy(p => (Values(p), p.Household is int number ? homeOf.GetValueOrDefault(number) : null)))
        {
            _kinds.Add((kind.First(), kind.Count(), kind.Key.Item2));
        }

        static string Values(Person person) => string.Join(',', person.Values.Select(v => FormattableString.Invariant($"{v.Length}:{v}")));
    }

    /// <summary>All constraints of the problem.</summary>
    public IEnumerable<Constraint> All =>
    [
        new Constraint(ConstraintKind.PanelSize),
        .. _problem.Quotas.SelectMany(q => new[] { new Constraint(ConstraintKind.QuotaMinimum, q), new Constraint(ConstraintKind.QuotaMaximum, q) }),
        .. _problem.HouseholdLimit is null ? (Constraint[])[] : [new Constraint(ConstraintKind.HouseholdLimit)],
    ];

    /// <summary>Whether there is a panel.</summary>
    public bool CanBeMet() => CanBeMet(All);

    /// <summary>Whether some people meet constraints, however many people unless the size is one of them.</summary>
    public bool CanBeMet(IEnumerable<Constraint> constraints)
    {
        CpModel model = new();
        IntVar[] seats = [.. _kinds.Select(k => model.NewIntVar(0, k.Count, ""))];
        foreach (Constraint constraint in constraints)
        {
            switch (constraint.Kind)
            {
                case ConstraintKind.PanelSize:
                    model.Add(Sum(_ => true) == _problem.PanelSize);
                    break;
                case ConstraintKind.QuotaMinimum:
                    model.Add(Sum(k => _problem.Matches(k.Someone, constraint.Quota!)) >= constraint.Quota!.Min);
                    break;
                case ConstraintKind.QuotaMaximum:
                    model.Add(Sum(k => _problem.Matches(k.Someone, constraint.Quota!)) <= constraint.Quota!.Max);
                    break;
                case ConstraintKind.HouseholdLimit:
                    foreach ((string home, int count) in _homes)
                    {
                        model.Add(Sum(k => k.Home == home) <= (long)count * _problem.HouseholdLimit!.Value);
                    }

                    break;
                default:
                    throw new NotSupportedException();
            }
        }

        CpSolver solver = new() { StringParameters = "num_workers:1,cp_model_presolve:false,catch_sigint_signal:false" };
        return solver.Solve(model) switch
        {
            CpSolverStatus.Optimal or CpSolverStatus.Feasible => true,
            CpSolverStatus.Infeasible => false,
            var other => throw new InvalidOperationException(other.ToString()),
        };

        LinearExpr Sum(Func<(Person Someone, int Count, string? Home), bool> counts) => LinearExpr.Sum(seats.Where((_, k) => counts(_kinds[k])));
    }
}
